import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { load } from '../interfaces/web/html.ts';
import { until } from '../support/house.ts';
import { run, serveProgram, start, withDataFolder, type Server, type Started } from '../support/program.ts';
import { PASSWORD, logByHand, playByHand, signIn, StubbornPerson, type Told } from './story-by-hand.ts';

const CALLERS = 20;
const LOGS_EACH = 10;
const STEADY = { sending: () => undefined, back: () => Promise.resolve() };

describe('Two servers on one store', function () {
  this.timeout(600_000);
  const folder = withDataFolder();
  const key = randomBytes(32).toString('base64');
  let engine: Started;
  let uri = '';
  let servers: readonly Server[] = [];
  let told: Told;

  const outbox = async (kind: 'letters' | 'staff'): Promise<readonly { name: string; mail: string }[]> => {
    const found = await Promise.all(
      ['one', 'two'].map(async (own) => {
        const path = join(folder(), own, 'outbox', kind);
        const names = (await readdir(path).catch(() => [])).filter((name) => name.endsWith('.eml'));
        return Promise.all(
          names.map(async (name) => ({ name, mail: await readFile(join(path, name), 'utf8') })),
        );
      }),
    );
    return found.flat();
  };
  const visitor = (which: number): StubbornPerson =>
    new StubbornPerson(() => servers[which % servers.length]?.url ?? '', STEADY);

  before(async () => {
    await mkdir(join(folder(), 'store'));
    engine = start(['store', '--data', join(folder(), 'store'), '--port', '0'], {});
    const announced = JSON.parse(await engine.line(/^\{/)) as { uri: string; pid: number };
    expect(announced.pid).to.equal(engine.pid);
    uri = announced.uri;
    const serve = (own: string, more: Readonly<Record<string, string>> = {}): Promise<Server> =>
      serveProgram({ TOCSIN_DATA: join(folder(), own), MONGODB_URI: uri, TOCSIN_KEY: key, ...more });
    const admin = { TOCSIN_ADMIN_EMAIL: 'ada@linden.example', TOCSIN_ADMIN_PASSWORD: PASSWORD };
    servers = [await serve('one', admin), await serve('two')];
  });

  after(async () => {
    for (const server of servers) await server.stop();
    await engine.stop();
  });

  it('play one story together: the owner at one of them, the lawyer at the other', async () => {
    told = await playByHand(visitor(0), visitor(1), [
      'Maria Weiß, maria@customers.example, de, DE',
      'Tom Reed, tom@customers.example, en, DE',
      'Jan Nowak, jan@customers.example, de, DE',
    ]);
    const reader = visitor(1);
    await signIn(reader, 'ada@linden.example');
    await until('the last letter', async () =>
      /All 3 people on the list are told/.test(load((await reader.open(told.letter)).body).text),
    );
  });

  it('write each letter once, whichever of them sends it', async () => {
    const letters = await outbox('letters');
    const to = letters.map(({ mail }) => /^To: .*?([\w.+-]+@[\w.-]+)/m.exec(mail)?.[1]).sort();
    expect(to).to.deep.equal(['jan@customers.example', 'maria@customers.example', 'tom@customers.example']);
  });

  it('remind each person once of a clock that is due for both', async () => {
    const owner = visitor(0);
    await signIn(owner, 'ada@linden.example');
    // 71 hours and some minutes after the awareness: an hour is left, so the clock rings at once.
    for (let at = 0; at < 5; at += 1) await logByHand(owner, 71.2);
    const reminders = async () => (await outbox('staff')).filter(({ name }) => name.includes('before-'));
    await until('the reminders', async () => (await reminders()).length >= 5);
    // A second look, after both had time to find the same jobs again.
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const names = (await reminders()).map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    expect(new Set(names.map((name) => /INC-\d{4}-\d{4}/.exec(name)?.[0])).size).to.equal(5);
  });

  it(`number ${CALLERS * LOGS_EACH} incidents of ${CALLERS} callers without a gap`, async () => {
    const before = await references(visitor(0));
    const callers = Array.from({ length: CALLERS }, (_, caller) => visitor(caller));
    // One after another: ten people who try one account at the same moment are kept out, as they should be.
    for (const person of callers) await signIn(person, 'ada@linden.example');
    await Promise.all(
      callers.map(async (person) => {
        for (let at = 0; at < LOGS_EACH; at += 1) await logByHand(person, 2);
      }),
    );
    const numbers = await references(visitor(1));
    expect(numbers).to.deep.equal(
      Array.from({ length: before.length + CALLERS * LOGS_EACH }, (_, at) => at + 1),
    );
  });

  it('leave a register that verifies', async () => {
    const environment = { TOCSIN_DATA: join(folder(), 'one'), MONGODB_URI: uri, TOCSIN_KEY: key };
    const verified = await run(['register', 'verify', '--json'], environment);
    expect(JSON.parse(verified.out)).to.deep.include({ ok: true, flaws: [] });
  });

  it('say nothing on standard error', () => {
    for (const server of servers) expect(server.complaints()).to.equal('');
  });

  async function references(person: StubbornPerson): Promise<readonly number[]> {
    await signIn(person, 'ada@linden.example');
    const page = load((await person.open('/incidents')).body).text;
    const found = new Set([...page.matchAll(/INC-\d{4}-(\d{4})/g)].map(([, number]) => Number(number)));
    return [...found].sort((a, b) => a - b);
  }
});
