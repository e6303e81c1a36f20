import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfiguration } from '../../src/main/configuration.ts';
import { serve } from '../../src/main/serve.ts';
import type { Running } from '../../src/main/work.ts';
import { PASSWORD, playByHand, StubbornPerson, type Told } from '../crash/story-by-hand.ts';
import type { Answer } from '../interfaces/web/browser-like.ts';
import { load } from '../interfaces/web/html.ts';

const OPERATOR = '{"$gt":""}';
const OPERATORS = ['[$gt]', '[$ne]', '[$where]'];

describe('Bad input to the whole program', function () {
  this.timeout(300_000);
  let folder = '';
  let running: Running | undefined;
  const lines: string[] = [];
  let told: Told;
  const steady = { sending: () => undefined, back: () => Promise.resolve() };
  const owner = new StubbornPerson(() => running?.url ?? '', steady);
  const legal = new StubbornPerson(() => running?.url ?? '', steady);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-bad-'));
    await mkdir(join(folder, 'playbooks'));
    await mkdir(join(folder, 'regimes'));
    await writeFile(join(folder, 'playbooks', 'ours.yaml'), 'id: ours\ntitle: Ours\n  stages: [detect\n');
    await writeFile(
      join(folder, 'regimes', 'contract.yaml'),
      'duties:\n  - id: contract\n    title: "Tell\n',
    );
    const configuration = readConfiguration({
      PORT: '0',
      TOCSIN_DATA: folder,
      TOCSIN_ADMIN_EMAIL: 'ada@linden.example',
      TOCSIN_ADMIN_PASSWORD: PASSWORD,
    });
    running = await serve(configuration, (line) => lines.push(line));
    told = await playByHand(owner, legal, ['Maria Weiß, maria@customers.example, de, DE']);
  });

  after(async () => {
    await running?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  for (const file of [join('playbooks', 'ours.yaml'), join('regimes', 'contract.yaml')]) {
    it(`says at the start where ${file} is broken, by line and column, and goes on without it`, () => {
      const said = lines.filter((line) => line.includes(file));
      expect(said).to.not.be.empty;
      for (const line of said) expect(line).to.match(/^Not used: .+\.yaml:\d+:\d+ \S/);
      expect(lines.at(-1)).to.match(/^Tocsin is ready/);
      expect(lines.join('\n')).not.to.match(/\n\s+at /);
    });
  }

  it('has forms enough to try', async () => {
    expect((await everyForm()).length).to.be.at.least(20);
  });

  it('takes an operator in a field of any form as the text that it is, or says what is wrong', async () => {
    for (const { path, action, fields } of await everyForm()) {
      const typed = Object.fromEntries(fields.map((name) => [name, OPERATOR]));
      const answer = await owner.person.post(action, { ...typed, _csrf: await token(path) });
      expect([200, 303, 403, 404, 409, 422], `${action}: ${answer.status}`).to.include(answer.status);
      expectWords(action, answer);
    }
  });

  it('refuses an operator as part of the name of any field of any form, and stores nothing', async () => {
    const before = await entries();
    for (const { path, action, fields } of await everyForm()) {
      const names = fields.flatMap((name) => OPERATORS.map((operator) => `${name}${operator}`));
      const sent = Object.fromEntries(names.map((name) => [name, '']));
      const answer = await owner.person.post(action, { ...sent, _csrf: await token(path) });
      expect(answer.status, action).to.equal(422);
      for (const name of fields) expect(load(answer.body).text, action).to.contain(name);
      expectWords(action, answer);
    }
    expect(await entries()).to.equal(before);
  });

  it('wants a zone that exists before it reads a local time', async () => {
    const form = await owner.form('/settings', '/settings/organisation');
    for (const zone of ['', 'Mars/Olympus', '+25:00', OPERATOR]) {
      const answer = await owner.person.post(form.action, { ...form.fields, zone });
      expect(answer.status, zone).to.equal(422);
      expectWords('zone', answer);
    }
    // A time that the night of the change to summer time leaves out, and one that it has twice, are told apart.
    const log = await owner.form('/incidents/new', '/incidents/new');
    const gap = {
      ...log.fields,
      kind: 'supplier-breach',
      title: 'x',
      detectedDay: '2026-03-29',
      detectedTime: '02:30',
    };
    const answer = await owner.person.post('/incidents/new', { ...gap, aware: 'no' });
    expect(answer.status).to.equal(422);
    expectWords('gap', answer);
  });

  it('leaves a register that verifies, and one incident', async () => {
    const page = load((await owner.open('/register?verify=yes')).body).text;
    expect(page).to.match(/It holds/);
  });

  interface Found {
    readonly path: string;
    readonly action: string;
    readonly fields: readonly string[];
  }

  /** One form of every kind that stands on the pages: tasks and facts are alike, so a few of each are enough. */
  async function everyForm(): Promise<readonly Found[]> {
    const seen = new Map<string, number>();
    const found: Found[] = [];
    const pages = ['/', '/settings', '/incidents/new', told.incident, told.notice, told.letter, '/incidents'];
    for (const path of pages) {
      const page = load((await owner.open(path)).body);
      for (const action of page.actions) {
        // Forms that send a file take no other kind of body; what they refuse has tests of its own.
        if (action.includes('sign-out') || action.endsWith('/receipt')) continue;
        const kind = action.replace(/(tasks|duties|staff)\/[^/]+/, '$1/#').replace(/[0-9a-f-]{36}/g, '#');
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
        const fields = Object.keys(page.form(action)?.fields ?? {}).filter(
          (name) => !/^(_csrf|key|)$/.test(name),
        );
        if ((seen.get(kind) ?? 0) <= 1 && fields.length > 0) found.push({ path, action, fields });
      }
    }
    return found;
  }

  async function token(path: string): Promise<string> {
    const page = load((await owner.open(path)).body);
    return String(page.form('/sign-out')?.fields['_csrf'] ?? '');
  }

  async function entries(): Promise<string> {
    const page = load((await owner.open('/register?verify=yes')).body).text;
    return /It holds: (\d+) entries/.exec(page)?.[1] ?? page.slice(0, 300);
  }

  function expectWords(what: string, { body }: Answer): void {
    expect(body, what).not.to.match(/\n\s+at |node_modules|MongoServerError|CastError|\[object Object\]/);
    expect(load(body).text, what).not.to.match(/\b(undefined|NaN)\b/);
  }
});
