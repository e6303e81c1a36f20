import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { DUTY_IDS } from '../../domain/law/duty-ids.ts';
import { json, run } from './terminal.ts';

const FACTS = {
  zone: 'Europe/Berlin',
  role: 'controller',
  establishments: ['DE-BY'],
  mainEstablishment: 'DE-BY',
  sectors: [],
  awareAt: '2026-12-24T17:30',
  risk: 'high',
  breach: { confidentiality: true },
  data: { categories: ['name', 'email', 'health'], encrypted: false },
  subjects: [{ place: 'DE', count: 340 }, { place: 'US-CA' }],
};

describe('The commands of the law', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-cli-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function file(name: string, content: unknown): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 1));
    return path;
  }

  describe('duties', () => {
    it('prints what applies, what is to be decided and by what, and why the rest does not', async () => {
      const facts = await file('facts.json', FACTS);
      const { applies, undecided, not } = (await json(['duties', '--facts', facts])) as Record<
        string,
        readonly Record<string, unknown>[]
      >;
      const authority = applies?.find(({ duty }) => duty === 'gdpr-art33-authority');
      expect(authority).to.deep.include({
        recipient: 'DE-BY',
        notify: 'authority',
        authority: 'de-by-baylda',
        dueAt: '2026-12-27T17:30:00+01:00',
        latestAt: '2026-12-28T23:59:59+01:00',
      });
      expect(authority?.['because']).to.match(/^[A-Z].*\.$/);
      expect(undecided?.find(({ duty }) => duty === 'us-ca-ag')?.['missing']).to.deep.equal([
        'subjects[US-CA].count',
      ]);
      for (const one of undecided ?? []) expect(Object.keys(one)).to.deep.equal(['duty', 'missing', 'dueAt']);
      for (const one of not ?? []) {
        expect(Object.keys(one)).to.deep.equal(['duty', 'because']);
        expect(one['because']).to.match(/^[A-Z].*\.$/s);
      }
    });

    it('names a clock that has not started', async () => {
      const open = { ...FACTS, awareAt: undefined };
      const { applies } = await json(['duties', '--facts', await file('open.json', open)]);
      const found = (applies as readonly Record<string, unknown>[]).find(
        ({ duty }) => duty === 'gdpr-art33-authority',
      );
      expect(found).to.include({ dueAt: null, latestAt: null, waitsFor: 'aware' });
    });

    it('names file, line, column and the nearest right word of each fault', async () => {
      const wrong = { ...FACTS, risk: 'hihg', data: { categoris: [] }, listed: null };
      const path = await file('wrong.json', wrong);
      const { code, out, complaints } = await run(['duties', '--facts', path]);
      expect([code, out]).to.deep.equal([2, []]);
      const lines = complaints.split('\n');
      expect(lines).to.have.length(3);
      for (const line of lines) expect(line).to.match(/^.*wrong\.json:\d+:\d+ /);
      expect(complaints)
        .to.match(/did you mean "high"/)
        .and.to.match(/did you mean "categories"/);
      expect(complaints).to.match(/listed: null/);
    });

    it('says where a file is no JSON', async () => {
      const { code, complaints } = await run([
        'duties',
        '--facts',
        await file('no.json', '{"risk": "high",,}'),
      ]);
      expect(code).to.equal(2);
      expect(complaints).to.match(/no\.json:\d+:\d+ This is no JSON/);
    });

    it('refuses a filing of a duty that there is not', async () => {
      const filed = { 'gdpr-art33-autority': { at: '2026-12-25T10:00' } };
      const { code, complaints } = await run([
        'duties',
        '--facts',
        await file('f.json', { ...FACTS, filed }),
      ]);
      expect(code).to.equal(2);
      expect(complaints).to.match(
        /There is no duty "gdpr-art33-autority"; did you mean "gdpr-art33-authority"/,
      );
    });

    it('answers a batch line by line, each as alone', async () => {
      const lines = [{ id: 1, facts: FACTS }, { id: 2, facts: { risk: 'hihg' } }, { id: 3 }];
      const path = await file('batch.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'));
      const { code, out } = await run(['duties', '--batch', path]);
      const answers = out.map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(code).to.equal(0);
      expect(answers.map(({ id }) => id)).to.deep.equal([1, 2, 3]);
      const alone = await json(['duties', '--facts', await file('facts.json', FACTS)]);
      expect(answers[0]).to.deep.equal({ id: 1, ...alone });
      expect(answers[1]?.['error']).to.match(/did you mean "high"/);
      expect(answers[2]?.['error']).to.match(/facts/);
    });
  });

  describe('severity', () => {
    it('prints the score with its working', async () => {
      const input = {
        data: [{ type: 'simple' }, { type: 'financial' }],
        ei: 'significant',
        circumstances: { confidentiality: 0.25 },
      };
      const printed = await json(['severity', '--input', await file('s.json', input)]);
      expect(Object.keys(printed)).to.deep.equal(['dpc', 'ei', 'cb', 'score', 'level', 'risk', 'trace']);
      expect(printed).to.include({ dpc: 3, ei: 0.75, cb: 0.25, score: 2.5, level: 'medium', risk: 'risk' });
      expect(JSON.stringify(printed['trace'])).to.match(/financial: base 3/);
    });

    it('refuses what stands in no table, with its place', async () => {
      const path = await file('s.json', { data: { type: 'simple', adjust: 4 }, ei: 'limited' });
      const { code, complaints } = await run(['severity', '--input', path]);
      expect(code).to.equal(2);
      expect(complaints).to.match(/s\.json:\d+:\d+ data\.adjust: .*nearest 3/);
    });
  });

  describe('law', () => {
    it('lists every row of the tables with the contract’s keys', async () => {
      const rows = (await json(['law', 'list'])) as unknown as readonly Record<string, unknown>[];
      const ids = new Set(rows.map(({ id }) => id));
      expect(DUTY_IDS.filter((id) => !ids.has(id))).to.deep.equal([]);
      const keys = 'id regime provision notify clock period counting citation since until confidence status';
      for (const row of rows) expect(Object.keys(row).join(' '), String(row['id'])).to.equal(keys);
      const shown = await json(['law', 'show', 'de-bdsg-29-limit']);
      expect(shown['limits']).to.equal('gdpr-art34-subjects');
      expect(rows.find(({ id }) => id === 'sec-8k-105')).to.include({
        clock: 'material',
        period: 'P4BD',
        counting: 'business-days',
      });
    });

    it('shows one duty, and names the nearest where there is none', async () => {
      const { code, out } = await run(['law', 'show', 'gdpr-art33-authority']);
      expect(code).to.equal(0);
      expect(out.join('\n'))
        .to.match(/PT72H/)
        .and.to.match(/EDPB Guidelines 9\/2022/);
      const wrong = await run(['law', 'show', 'gdpr-art33-autority']);
      expect(wrong.code).to.equal(2);
      expect(wrong.complaints).to.match(/did you mean "gdpr-art33-authority"/);
    });

    it('finds the installed law in order', async () => {
      expect(await run(['law', 'lint'])).to.deep.include({ code: 0, complaints: '' });
    });

    const gdpr = readFileSync('playbooks/regimes/gdpr.yaml', 'utf8');
    const faults: readonly (readonly [what: string, from: string, to: string, told: RegExp])[] = [
      ['an unknown key', 'period: PT72H', 'perod: PT72H', /did you mean "period"/],
      ['a bad period', 'period: PT72H', 'period: PT72X', /no period/],
      ['an unknown rule', 'counting: eu-1182-71', 'counting: eu-1182', /did you mean "eu-1182-71"/],
      [
        'a duty that is referred to and does not exist',
        'clock: notified:gdpr-art33-authority',
        'clock: notified:gdpr-art33',
        /There is no duty "gdpr-art33"/,
      ],
      ['a fact that is none', 'risk in ["risk", "high"]', 'risc in ["risk", "high"]', /risc/],
      ['matches()', 'risk in ["risk", "high"]', 'risk.matches("r")', /matches\(\) is refused/],
    ];
    for (const [what, from, to, told] of faults) {
      it(`finds ${what} in a file that takes the place of the installed one of its name`, async () => {
        expect(gdpr).to.include(from);
        const path = await file('gdpr.yaml', gdpr.replace(from, to));
        const { code, out } = await run(['law', 'lint', path]);
        expect(code).to.equal(1);
        expect(out[0]).to.match(/^.*gdpr\.yaml:\d+:\d+ /);
        expect(out.join('\n')).to.match(told);
        const line = Number(/:(\d+):\d+ /.exec(out[0] ?? '')?.[1]);
        expect(gdpr.replace(from, to).split('\n')[line - 1]).to.include(to.split(' ').at(-1));
      });
    }

    it('takes a file of another name beside the installed ones, and finds an id that is taken', async () => {
      const copy = await file('copy.yaml', gdpr.replace('regime: gdpr', 'regime: copy'));
      const { code, out } = await run(['law', 'lint', copy]);
      expect(code).to.equal(1);
      expect(out.join('\n')).to.match(/two duties with the id "gdpr-art33-authority"/);
    });

    it('asks a file for what was changed in it, at the id of the law', async () => {
      const silent = gdpr.replace(/^changes:\n(?: {2}.*\n)+/m, '');
      expect(silent).to.not.equal(gdpr);
      const { code, out } = await run(['law', 'lint', await file('gdpr.yaml', silent)]);
      expect(code).to.equal(1);
      expect(out).to.have.length(1);
      expect(out[0]).to.match(/gdpr\.yaml:2:1 This file does not say what was changed in it/);
    });

    it('finds a change on a day that does not exist', async () => {
      const wrong = gdpr.replace('on: 2026-11-24', 'on: 2026-11-31');
      expect(wrong).to.not.equal(gdpr);
      const { code, out } = await run(['law', 'lint', await file('gdpr.yaml', wrong)]);
      expect(code).to.equal(1);
      expect(out[0]).to.match(/gdpr\.yaml:\d+:\d+ "2026-11-31" is a day that does not exist/);
    });

    it('keeps a contract of an organisation’s that says nothing of its changes', async () => {
      const own = await mkdtemp(join(folder, 'own-'));
      await writeFile(
        join(own, 'client.yaml'),
        `regime: client
title: A contract
law: Contract of 2026
link: https://example.org/
status: contract
duties:
  - id: client-48h
    title: Tell the client
    provision: clause 9
    since: 2026-01-01
    obliged: any
    notify: clients
    whom: the client
    when: anyData()
    clock: aware
    period: PT48H
    counting: clock-hours
`,
      );
      const linted = await run(['law', 'lint'], own);
      expect(linted.out).to.deep.equal(['All installed law files are in order.']);
      const listed = await run(['law', 'list'], own);
      expect(listed.complaints).to.equal('');
      expect(listed.out.some((line) => line.startsWith('client-48h'))).to.equal(true);
      const logged = await run(['law', 'changes'], own);
      expect(logged.out).to.include(
        '2026-01-01  A contract: in force from this day: Tell the client (client-48h).',
      );
    });

    it('tells the changes of the files and the days of force in words, newest first', async () => {
      const { code, out } = await run(['law', 'changes']);
      expect(code).to.equal(0);
      const days = out.map((line) => line.slice(0, 10));
      expect(days).to.deep.equal([...days].sort().reverse());
      const text = out.join('\n');
      expect(text).to.match(/^2027-05-13 {2}India.*in force from this day: .*\(in-dpdp-board\)/m);
      expect(text).to.match(/^2025-12-06 {2}.*no longer in force from this day: .*\(de-bsig-8b-old\)/m);
      expect(text).to.match(/^2026-11-24 {2}.*New Zealand.*: First written/m);
    });

    it('gives the same as JSON, each change with its file, its day and its duties', async () => {
      const log = (await json(['law', 'changes', '--json'])) as unknown as readonly Record<string, unknown>[];
      expect(new Set(log.map(({ kind }) => kind))).to.deep.equal(
        new Set(['begins', 'file', 'ends', 'reworded']),
      );
      for (const one of log)
        expect(one['what'])
          .to.be.a('string')
          .and.not.match(/^log\./);
      const files = new Set(log.filter(({ kind }) => kind === 'file').map(({ regime }) => regime));
      const laws = (await json(['law', 'list'])) as unknown as readonly { readonly regime: string }[];
      expect([...new Set(laws.map(({ regime }) => regime))].filter((id) => !files.has(id))).to.deep.equal([]);
    });

    it('checks a file of days off by its shape, in the place of the installed one of its name', async () => {
      const brazil = readFileSync('playbooks/holidays/BR.yaml', 'utf8');
      const good = await run(['law', 'lint', await file('BR.yaml', brazil)]);
      expect(good.code, good.out.join()).to.equal(0);
      const wrong = await run(['law', 'lint', await file('BR.yaml', brazil.replace('04-21', '04-31'))]);
      expect(wrong.code).to.equal(1);
      expect(wrong.out).to.have.length(1);
      expect(wrong.out[0]).to.match(/BR\.yaml:\d+:11 "04-31" is a day that does not exist/);
    });

    it('finds a place that another file of days off lists', async () => {
      const text = 'places: [BR]\nsource: an act\ncheckedUntil: 2027\n';
      const { code, out } = await run(['law', 'lint', await file('south.yaml', text)]);
      expect(code).to.equal(1);
      expect(out[0]).to.match(/south\.yaml:1:10 The days off of BR stand in .*BR\.yaml too/);
    });

    it('takes a new authority for one by its shape', async () => {
      const text = 'name: A body\nshort: AB\nplace: FJ\nkind: data-protection\nlanguages: [en]\n';
      expect((await run(['law', 'lint', await file('fj-body.yaml', text)])).code).to.equal(0);
      const wrong = await run([
        'law',
        'lint',
        await file('fj-body.yaml', `${text}siet: https://x.example/\n`),
      ]);
      expect(wrong.out[0]).to.match(/fj-body\.yaml:6:1 "siet" is no key here; did you mean "site"/);
    });

    it('says which file cannot be read', async () => {
      const { code, out } = await run(['law', 'lint', join(folder, 'none.yaml')]);
      expect(code).to.equal(1);
      expect(out[0]).to.match(/none\.yaml:1:1 The file cannot be read/);
    });
  });

  describe('playbook lint', () => {
    it('finds the installed playbooks in order', async () => {
      expect(await run(['playbook', 'lint'])).to.deep.include({ code: 0, complaints: '' });
    });

    it('prints FILE:LINE:COLUMN of a fault and fails', async () => {
      const text = readFileSync('playbooks/lost-device.yaml', 'utf8');
      const { code, out } = await run([
        'playbook',
        'lint',
        await file('lost-device.yaml', `${text}\nhello: you\n`),
      ]);
      expect(code).to.equal(1);
      expect(out[0]).to.match(/^.*lost-device\.yaml:\d+:\d+ .*hello/);
    });
  });

  it('load neither store nor web nor jobs, and a deadline neither schemas nor YAML nor conditions', () => {
    const entries = [
      'src/main.ts',
      ...['commands', 'changes', 'duties', 'list', 'lint', 'severity'].map(cli),
    ];
    const law = packagesOf(entries);
    for (const heavy of ['mongoose', 'mongodb', 'agenda', 'express', 'lmdb', 'handlebars', 'pino'])
      expect(law, heavy).to.not.include(heavy);
    const lean = packagesOf(['src/main.ts', cli('deadline')]);
    expect(lean).to.include('temporal-polyfill');
    for (const heavy of ['joi', 'yaml', '@marcbachmann/cel-js', 'date-holidays'])
      expect(lean, heavy).to.not.include(heavy);
  });
});

function cli(name: string): string {
  return `src/interfaces/cli/law/${name}.ts`;
}

const STATIC = /^(?:import|export)(?! type\b)(?: [\w*{}, \n]+? from)? '([^']+)'/gm;

/** The packages that files load as soon as they are imported: static imports of values, followed through our own. */
function packagesOf(entries: readonly string[]): readonly string[] {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const follow = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, from = ''] of readFileSync(path, 'utf8').matchAll(STATIC)) {
      if (from.startsWith('.')) follow(join(dirname(path), from));
      else packages.add(from);
    }
  };
  entries.forEach(follow);
  return [...packages];
}
