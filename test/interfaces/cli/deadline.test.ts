import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { installedLaw } from '../../domain/law/book.ts';
import { EXAMPLES, type Example } from '../../domain/law/worked-examples.ts';
import { json, run } from './terminal.ts';

interface Line {
  readonly id: number;
  readonly duty: string;
  readonly start: string | null;
  readonly dueAt: string | null;
  readonly latestAt: string | null;
  readonly error?: string;
}

describe('tocsin deadline', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-cli-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const art33 = ['deadline', '--duty', 'gdpr-art33-authority', '--zone', 'Europe/Berlin'];

  async function batch(lines: readonly unknown[]): Promise<readonly Line[]> {
    const file = join(folder, 'batch.jsonl');
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    await writeFile(file, text);
    const { code, out } = await run(['deadline', '--batch', file, '--json']);
    expect(code).to.equal(0);
    return out.map((line) => JSON.parse(line) as Line);
  }

  it('prints the contract’s keys, instants in the duty’s zone, and each step with its source', async () => {
    const printed = await json([...art33, '--start', '2026-12-24T17:30', '--place', 'DE']);
    expect(Object.keys(printed)).to.deep.equal(['duty', 'start', 'dueAt', 'latestAt', 'trace']);
    const { trace, ...rest } = printed;
    expect(rest).to.deep.equal({
      duty: 'gdpr-art33-authority',
      start: '2026-12-24T17:30:00+01:00',
      dueAt: '2026-12-27T17:30:00+01:00',
      latestAt: '2026-12-28T23:59:59+01:00',
    });
    for (const step of trace as readonly Record<string, unknown>[])
      expect(Object.keys(step)).to.deep.equal(['step', 'at', 'cite']);
    expect(JSON.stringify(trace)).to.match(/1182\/71 art\. 3\(5\)/);
    expect(JSON.stringify(trace)).to.match(/disputed/);
  });

  it('gives every worked example, many at once', async () => {
    const installed = installedLaw().duties;
    const own = (example: Example): boolean =>
      installed.has(example.duty) && example.latestStart === undefined;
    const examples = EXAMPLES.filter(own);
    expect(examples.length).to.be.greaterThan(25);
    const answers = await batch(
      examples.map(({ duty, start, zone, place, classified, excepted }, id) => ({
        id,
        duty,
        start,
        zone,
        ...(place === undefined ? {} : { place }),
        set: {
          ...(classified === undefined ? {} : { classified }),
          ...(excepted === undefined ? {} : { excepted }),
        },
      })),
    );
    for (const [index, example] of examples.entries()) {
      const { id, dueAt, latestAt } = answers[index] ?? {};
      const expected = [index, example.due, example.latest ?? example.due];
      expect([id, dueAt, latestAt], `${example.duty}: ${example.why}`).to.deep.equal(expected);
    }
  });

  it('takes a start with an offset, and a second start by --set', async () => {
    const printed = await json([
      ...['deadline', '--duty', 'dora-art19-initial', '--start', '2026-12-02T08:00:00Z'],
      ...['--zone', 'Europe/Dublin', '--place', 'IE', '--set', 'classified=2026-12-02T15:00'],
    ]);
    expect(printed['dueAt']).to.equal('2026-12-02T19:00:00+00:00');
  });

  it('without a start has no date and says what the clock waits for', async () => {
    const printed = await json(art33);
    expect(printed).to.include({ start: null, dueAt: null, latestAt: null, waitsFor: 'aware' });
  });

  it('keeps the two ways of having no date apart', async () => {
    const start = ['--start', '2026-12-01T10:00', '--zone', 'Europe/Berlin'];
    const printed = await json(['deadline', '--duty', 'gdpr-art34-subjects', ...start]);
    expect([printed['dueAt'], 'waitsFor' in printed]).to.deep.equal([null, false]);
  });

  it('takes the shortest of several periods, or the one that the facts set choose', async () => {
    const florida = ['deadline', '--duty', 'us-fl-282-3185', '--start', '2026-12-01T10:00'];
    const zone = ['--zone', 'America/New_York'];
    expect((await json([...florida, ...zone]))['dueAt']).to.equal('2026-12-01T22:00:00-05:00');
    const not = await json([...florida, ...zone, '--set', 'ransomware=false']);
    expect(not['dueAt']).to.equal('2026-12-03T10:00:00-05:00');
  });

  it('takes a list by commas, and a part of a fact by the name under which it is missing', async () => {
    const asked = ['deadline', '--start', '2026-12-01T10:00', '--zone', 'Europe/Berlin', '--duty'];
    const dueAt = async (duty: string, ...set: readonly string[]): Promise<unknown> =>
      (await json([...asked, duty, ...set.flatMap((one) => ['--set', one])]))['dueAt'];
    expect(await dueAt('us-ri-residents', 'sectors=bank,public-body')).to.equal('2026-12-31T23:59:59+01:00');
    expect(await dueAt('us-ri-residents', 'sectors=bank')).to.equal('2027-01-15T23:59:59+01:00');
    expect(await dueAt('us-ri-residents', 'sectors=')).to.equal('2027-01-15T23:59:59+01:00');
    expect(await dueAt('ru-187-fsb', 'answered.ru-187-fsb=true')).to.equal('2026-12-01T13:00:00+01:00');
  });

  it('says so where the law was not in force on that day', async () => {
    const printed = await json([...art33, '--start', '2017-01-01T10:00']);
    expect(JSON.stringify(printed['trace'])).to.match(/not in force on that day \(first day 2018-05-25\)/);
  });

  it('says in a spring gap and an autumn fold how the time was read', async () => {
    expect(JSON.stringify(await json([...art33, '--start', '2027-03-28T02:30']))).to.match(/does not exist/);
    expect(JSON.stringify(await json([...art33, '--start', '2026-10-25T02:30']))).to.match(/exists twice/);
  });

  const misuses: readonly (readonly [args: readonly string[], told: RegExp])[] = [
    [['--duty', 'gdpr-art33-autority'], /--duty: .*did you mean "gdpr-art33-authority"/],
    [['--zone', 'Europe/Berln'], /--zone: .*did you mean "Europe\/Berlin"/],
    [['--place', 'UK'], /--place: .*did you mean "GB"/],
    [['--start', '2026-02-30T10:00'], /--start: .*does not exist/],
    [['--start', 'yesterday'], /--start: .*no moment/],
    [['--set', 'clasified=2026-12-01T10:00'], /--set clasified: .*did you mean "classified"/],
    [['--set', 'excepted=maybe'], /--set excepted: .*true, false/],
    [['--set', 'classified'], /--set takes key=value/],
  ];
  for (const [args, told] of misuses) {
    it(`refuses ${args.join(' ')} as misuse and says what to do`, async () => {
      const { code, out, complaints } = await run([...art33, '--start', '2026-12-01T10:00', ...args]);
      expect([code, out]).to.deep.equal([2, []]);
      expect(complaints).to.match(told);
    });
  }

  it('answers a bad line of a batch by its id and goes on', async () => {
    const good = {
      duty: 'gdpr-art33-authority',
      start: '2026-12-01T18:40',
      zone: 'Europe/Berlin',
      place: 'DE',
    };
    const answers = await batch([
      { id: 'a', ...good },
      '{"id": "b", oops}',
      { id: 'c', ...good, duty: 'gdpr' },
      { id: 'd', ...good, plce: 'DE' },
      { id: 'e', ...good, start: null },
      { id: 7, ...good },
    ]);
    expect(answers.map(({ id }) => id)).to.deep.equal(['a', null, 'c', 'd', 'e', 7]);
    expect(answers.map(({ error }) => error !== undefined)).to.deep.equal([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(answers[1]?.error).to.match(/line 2/);
    expect(answers[3]?.error).to.match(/did you mean "place"/);
    expect(answers[4]?.error).to.match(/start: null/);
  });

  it('says which file cannot be read', async () => {
    const { code, complaints } = await run(['deadline', '--batch', join(folder, 'none.jsonl')]);
    expect(code).to.equal(2);
    expect(complaints).to.match(/none\.jsonl cannot be read: there is no such file/);
  });

  it('counts by a contract of the organisation’s own, by the rule of months', async () => {
    const own = join(folder, 'regimes');
    await rm(own, { recursive: true, force: true });
    await (await import('node:fs/promises')).mkdir(own);
    await writeFile(join(own, 'client.yaml'), CONTRACT);
    const zone = ['--zone', 'America/New_York'];
    const duty = ['deadline', '--duty', 'contract-client', ...zone];
    expect((await json([...duty, '--start', '2027-01-31T09:00'], own))['dueAt']).to.equal(
      '2027-02-28T23:59:59-05:00',
    );
    expect((await json([...duty, '--start', '2026-12-15T23:30'], own))['dueAt']).to.equal(
      '2027-01-15T23:59:59-05:00',
    );
  });

  it('leaves out a faulty contract, says so, and the law stands', async () => {
    const own = join(folder, 'faulty');
    await (await import('node:fs/promises')).mkdir(own);
    await writeFile(join(own, 'client.yaml'), CONTRACT.replace('P1M', 'P1X'));
    const { code, complaints } = await run([...art33, '--start', '2026-12-01T10:00'], own);
    expect(code).to.equal(0);
    expect(complaints).to.match(/Not used: .*client\.yaml:\d+:\d+/);
  });
});

const CONTRACT = `regime: client
title: Our client's contract
link: https://client.example/contract
status: contract
confidence: sure
since: 2020-01-01
duties:
  - id: contract-client
    title: Tell the client
    provision: clause 7
    notify: controller
    whom: the client
    clock: aware
    period: P1M
    counting: calendar-days
`;
