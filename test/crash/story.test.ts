import { randomInt } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { load } from '../interfaces/web/html.ts';
import { until } from '../support/house.ts';
import { run, serveProgram, withDataFolder, type Server } from '../support/program.ts';
import { PASSWORD, playByHand, StubbornPerson, type Told } from './story-by-hand.ts';

const KILLS = 20;
/** How long after a form was sent the server may still live. */
const LONGEST_WAIT_MS = 150;
/** Forms that the story sends without a kill; some more are sent because of the kills. */
const FORMS = 23;

/** Chance that can be had again: mulberry32. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A server that is killed with -9 some moments after forms were sent, and started again on the same folder. */
class Mortal {
  server: Server | undefined;
  deaths = 0;
  url = '';
  private readonly folder: string;
  private readonly environment: Readonly<Record<string, string>>;
  private alive: Promise<void>;
  private plug: (() => number | null) | undefined;

  constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.environment = environment;
    this.alive = this.begin();
  }

  /** `plug` says after how many milliseconds to kill, each time a form is sent; null: not this time. */
  pullPlug(plug: () => number | null): void {
    this.plug = plug;
  }

  readonly patience = {
    sending: (): void => {
      const after = this.plug?.() ?? null;
      if (after === null) return;
      const dying = this.server;
      setTimeout(() => void this.die(dying), after);
    },
    back: (): Promise<void> => this.alive,
  };

  /** Kills what runs now and starts it anew. */
  async die(dying = this.server): Promise<void> {
    if (!dying || dying !== this.server) return;
    this.server = undefined;
    this.deaths += 1;
    const begun = dying.kill().then(() => this.begin());
    this.alive = begun;
    await begun;
  }

  private async begin(): Promise<void> {
    this.server = await serveProgram({ TOCSIN_DATA: this.folder, ...this.environment });
    this.url = this.server.url;
  }

  whole(): Promise<void> {
    return this.alive;
  }
}

const ADMINISTRATOR = { TOCSIN_ADMIN_EMAIL: 'ada@linden.example', TOCSIN_ADMIN_PASSWORD: PASSWORD };

async function lettersIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, 'outbox', 'letters')).catch(() => []);
  return names.filter((name) => name.endsWith('.eml'));
}

/** The addresses that letters went to, read from the files. */
async function addressed(folder: string): Promise<readonly string[]> {
  const files = await lettersIn(folder);
  const mails = await Promise.all(
    files.map((name) => readFile(join(folder, 'outbox', 'letters', name), 'utf8')),
  );
  return mails.map((mail) => /^To: .*?([\w.+-]+@[\w.-]+)/m.exec(mail)?.[1] ?? '').sort();
}

describe('The first breach while the server is killed again and again', function () {
  this.timeout(900_000);

  describe(`at ${KILLS} random moments of the story`, () => {
    const folder = withDataFolder();
    let told: Told;
    let mortal: Mortal;
    let legal: StubbornPerson;

    before(async () => {
      const seed = Number(process.env['CRASH_SEED'] ?? randomInt(1_000_000_000));
      console.log(`      CRASH_SEED=${seed}`);
      const chance = chanceFrom(seed);
      mortal = new Mortal(folder(), ADMINISTRATOR);
      await mortal.whole();
      let left = KILLS;
      let forms = FORMS;
      mortal.pullPlug(() => {
        const due = chance() < left / Math.max(forms, left);
        forms -= 1;
        if (!due || left === 0) return null;
        left -= 1;
        return chance() * LONGEST_WAIT_MS;
      });
      const owner = new StubbornPerson(() => mortal.url, mortal.patience);
      legal = new StubbornPerson(() => mortal.url, mortal.patience);
      told = await playByHand(owner, legal, [
        'Maria Weiß, maria@customers.example, de, DE',
        'Tom Reed, tom@customers.example, en, DE',
        'Jan Nowak, jan@customers.example, de, DE',
      ]);
      // A plug that was to be pulled while the server was down already pulled nothing.
      mortal.pullPlug(() => null);
      await new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS));
      await mortal.whole();
      while (mortal.deaths < KILLS) await mortal.die();
      console.log(`      killed ${mortal.deaths} times`);
    });

    it('is finished all the same: the letter is told', async () => {
      await until('the last letter', async () =>
        /All 3 people on the list are told/.test(load((await legal.open(told.letter)).body).text),
      );
      expect(mortal.deaths).to.equal(KILLS);
    });

    it('has three letter files for three people', async () => {
      expect(await addressed(folder())).to.deep.equal([
        'jan@customers.example',
        'maria@customers.example',
        'tom@customers.example',
      ]);
    });

    it('has one incident with one approved and filed notice: nothing acknowledged was lost, nothing made twice', async () => {
      const page = load((await legal.open(told.incident)).body);
      const notices = new Set(page.links.filter((link) => /\/notices\/[\w-]+$/.test(link)));
      expect([...notices].sort()).to.deep.equal([told.notice, told.letter].sort());
      const notice = load((await legal.open(told.notice)).body).text;
      expect(notice).to.contain('Approved and sealed');
      expect(notice).to.contain('online form');
      const list = load((await legal.open('/incidents')).body);
      expect(new Set(list.links.filter((link) => /^\/incidents\/[0-9a-f-]{36}$/.test(link))).size).to.equal(
        1,
      );
    });

    it('leaves a register that verifies, beside the server and after it', async () => {
      for (const stopped of [false, true]) {
        if (stopped) await mortal.server?.stop();
        const verified = await run(['register', 'verify', '--json'], { TOCSIN_DATA: folder() });
        expect(JSON.parse(verified.out)).to.deep.include({ ok: true, flaws: [] });
        expect(verified.code).to.equal(0);
      }
    });
  });

  describe('while it sends to sixty people', () => {
    const folder = withDataFolder();
    const people = Array.from(
      { length: 60 },
      (_, at) => `Person ${at}, person${at}@customers.example, en, DE`,
    );

    it('nobody gets two letters, and everybody gets one', async () => {
      const mortal = new Mortal(folder(), ADMINISTRATOR);
      await mortal.whole();
      const owner = new StubbornPerson(() => mortal.url, mortal.patience);
      const legal = new StubbornPerson(() => mortal.url, mortal.patience);
      const told = await playByHand(owner, legal, people);
      for (const enough of [1, 15, 30, 45]) {
        await until(`${enough} letters`, async () => (await lettersIn(folder())).length >= enough);
        await mortal.die();
      }
      await until('the last letter', async () =>
        /All 60 people on the list are told/.test(load((await legal.open(told.letter)).body).text),
      );
      const to = await addressed(folder());
      expect(to).to.have.length(60);
      expect(new Set(to).size).to.equal(60);
      const verified = await run(['register', 'verify', '--json'], { TOCSIN_DATA: folder() });
      expect(JSON.parse(verified.out)).to.deep.include({ ok: true });
      await mortal.server?.stop();
    });
  });
});
