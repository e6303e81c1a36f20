import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clockText, installedDuties } from './installed.ts';
import { makeLawBook, parseRegime, periodText, type LintProblem } from '../../../src/domain/law/index.ts';
import { holidayJsonSchema } from '../../../src/adapters/holidays/override.ts';
import { authorityJsonSchema } from '../../../src/domain/law/authority.ts';
import { regimeJsonSchema } from '../../../src/domain/law/regime/json-schema.ts';
import { installedLaw, judged, only } from './book.ts';
import { DUTY_IDS } from './duty-ids.ts';
import { EXAMPLES } from './worked-examples.ts';

const HEAD = `regime: trial
title: A trial law
law: Trial Act
link: https://example.org/act
confidence: sure
since: 2020-01-01
duties:
`;

const DUTY = `  - id: trial-one
    title: Tell somebody
    provision: s 1
    notify: authority
    whom: an authority
    when: risk == "high"
    clock: aware
    period: PT72H
    counting: clock-hours
`;

function lint(text: string): readonly LintProblem[] {
  const parsed = parseRegime(text, 'trial.yaml');
  return parsed.regime ? makeLawBook([parsed.regime], []).problems : parsed.problems;
}

function told(problem: LintProblem | undefined): string {
  return problem ? `${problem.line}:${problem.column} ${problem.key}` : 'nothing';
}

describe('Law files', () => {
  it('hold every duty and limit of the tables', () => {
    const law = installedLaw();
    const held = new Set([...law.duties.keys(), ...law.limits.map((limit) => limit.id)]);
    expect(DUTY_IDS.filter((id) => !held.has(id))).to.deep.equal([]);
  });

  it('give each duty a source with a link, somebody to tell, and a note where its first day is not known', () => {
    for (const { duty } of installedDuties()) {
      expect(duty.citation.text, duty.id).to.not.equal('');
      expect(duty.citation.link, duty.id).to.match(/^https:/);
      expect(duty.whom, duty.id).to.not.equal('');
      if (duty.since === null) expect(duty.sinceNote, duty.id).to.be.a('string');
    }
  });

  it('say what each notice contains, or that the law lists nothing', () => {
    for (const { duty } of installedDuties()) {
      expect(duty.content, duty.id).to.not.equal(undefined);
      if (duty.content?.elements.length === 0) expect(duty.content.note, duty.id).to.be.a('string');
    }
  });

  it('count as the worked examples do', () => {
    const law = installedLaw();
    for (const example of EXAMPLES) {
      const version = law.duties.get(example.duty)?.versions[0];
      if (!version) continue;
      const { duty, periods } = version;
      expect(duty.counting.rule, example.duty).to.equal(example.rule);
      expect(
        periods.map((one) => periodText(one.period)),
        example.duty,
      ).to.include(example.period);
      // A row of the world names the list of its own country; there the place of the example is that country.
      expect([example.calendar, example.calendar ?? example.place], example.duty).to.include(
        duty.counting.calendar,
      );
      expect(duty.counting.endOfDay, example.duty).to.equal(example.endOfDay);
      expect([example.dutyZone, example.dutyZone ?? example.zone], example.duty).to.include(duty.zone);
      if (example.clock !== undefined) expect(clockText(duty.clock), example.duty).to.equal(example.clock);
    }
  });

  it('are described by a JSON Schema that is current', () => {
    for (const schema of [regimeJsonSchema(), authorityJsonSchema(), holidayJsonSchema()]) {
      const file = join('playbooks', 'schema', String(schema['$id']));
      const written: unknown = JSON.parse(readFileSync(file, 'utf8'));
      expect(written).to.deep.equal(JSON.parse(JSON.stringify(schema)));
    }
  });

  it('take a new law without any code', () => {
    const text = `${HEAD}${DUTY}`.replace('when: risk', 'where: { people: [FJ] }\n    when: risk');
    const parsed = parseRegime(text, 'fj.yaml');
    const made = makeLawBook(parsed.regime ? [parsed.regime] : [], []);
    expect(made.problems).to.deep.equal([]);
    const input = {
      zone: 'Pacific/Fiji',
      awareAt: '2026-12-01T10:00',
      risk: 'high',
      subjects: [{ place: 'FJ' }],
    };
    const obligation = only(judged(input, made.book), 'trial-one');
    expect(obligation.decision).to.equal('applies');
    expect(obligation.dueAt?.toString()).to.equal('2026-12-03T22:00:00Z');
  });

  it('run an organisation’s own contracts beside the law, marked as contract', () => {
    const text = `${HEAD}${DUTY}`
      .replace('clock: aware', 'status: contract\n    clock: aware')
      .replace('PT72H', 'PT24H');
    const parsed = parseRegime(text, 'client.yaml');
    const made = makeLawBook(parsed.regime ? [parsed.regime] : [], []);
    const obligation = only(judged({ awareAt: '2026-12-01T10:00Z', risk: 'high' }, made.book), 'trial-one');
    expect(obligation.duty.status).to.equal('contract');
    expect(obligation.dueAt?.toString()).to.equal('2026-12-02T10:00:00Z');
  });
});

describe('The linter of law files', () => {
  it('finds nothing in a sound file', () => {
    expect(lint(`${HEAD}${DUTY}`)).to.deep.equal([]);
  });

  const faults: readonly (readonly [what: string, from: string, to: string, found: string])[] = [
    ['an unknown key', 'whom:', 'whomm:', '12:5 unknown-key'],
    ['a bad period', 'PT72H', 'PT72', '15:13 bad-period'],
    ['a period that the rule cannot count', 'PT72H', 'P3D', '15:13 period-does-not-fit'],
    ['an unknown counting rule', 'clock-hours', 'clock-hour', '16:15 unknown-value'],
    ['a condition that is no CEL', 'risk == "high"', 'risk ==', '13:18 bad-condition'],
    ['matches()', 'risk == "high"', 'risk.matches("h")', '13:11 matches-refused'],
    ['a fact that does not exist', 'risk == "high"', 'riks == "high"', '13:11 bad-condition'],
    ['a value that does not exist', '"high"', '"hihg"', '13:19 unknown-value'],
    ['a duty without a citation', '    provision: s 1\n', '', '8:5 no-citation'],
    ['an unknown clock', 'clock: aware', 'clock: awake', '14:12 unknown-clock'],
    [
      'a clock of a duty that does not exist',
      'clock: aware',
      'clock: notified:nothing',
      '14:12 unknown-duty',
    ],
    ['an unknown place', 'when: risk', 'where: { people: [UK] }\n    when: risk', '13:23 place-unknown'],
    [
      'an unknown element',
      'clock: aware',
      'content: { elements: [natur] }\n    clock: aware',
      '14:27 unknown-value',
    ],
    ['a day that does not exist', 'clock: aware', 'since: 2026-02-30\n    clock: aware', '14:12 no-such-day'],
    [
      'dates that run backwards',
      'clock: aware',
      'until: 2019-01-01\n    since: 2020-01-01\n    clock: aware',
      '14:12 dates-backwards',
    ],
    [
      'an unknown date without a note',
      'clock: aware',
      'since: null\n    clock: aware',
      '14:12 since-without-note',
    ],
    ['an unknown authority', 'clock: aware', 'to: [nobody]\n    clock: aware', '14:10 unknown-authority'],
    ['a duty that says not whom it tells', '    notify: authority\n', '', '8:9 required'],
  ];
  for (const [what, from, to, found] of faults) {
    it(`finds ${what}, with its place`, () => {
      const text = `${HEAD}${DUTY}`;
      expect(text).to.include(from);
      expect(told(lint(text.replace(from, to))[0])).to.equal(found);
    });
  }

  it('finds two duties with one id', () => {
    expect(told(lint(`${HEAD}${DUTY}${DUTY}`)[0])).to.equal('17:9 two-duties');
  });

  it('finds overlapping dates of force', () => {
    const history =
      '    history:\n      - { since: 2010-01-01, until: 2020-06-30, period: none, counting: none }\n';
    expect(told(lint(`${HEAD}${DUTY}${history}`)[0])).to.equal('18:37 dates-overlap');
  });

  it('finds two spans of force of one place that overlap, and lets them follow each other', () => {
    const spans = (until: string): string =>
      `${HEAD}${DUTY}    inForce:\n      - { place: FR, since: 2020-01-01, until: ${until} }\n      - { place: FR, since: 2022-01-01 }\n`;
    expect(told(lint(spans('2022-01-01'))[0])).to.equal('19:9 dates-overlap');
    expect(lint(spans('2021-12-31'))).to.deep.equal([]);
  });

  const second = DUTY.replace('trial-one', 'trial-two');
  const circles: readonly (readonly [kind: string, one: string, two: string, place: string])[] = [
    [
      'owed',
      DUTY.replace('risk == "high"', 'owed("trial-two")'),
      second.replace('risk == "high"', 'owed("trial-one")'),
      '22:16 cycle',
    ],
    [
      'notified',
      DUTY.replace('aware', 'notified:trial-two'),
      second.replace('aware', 'notified:trial-one'),
      '23:12 cycle',
    ],
    [
      'formOf',
      `${DUTY}    formOf: trial-two\n    formFor: [DE]\n`,
      `${second}    formOf: trial-one\n    formFor: [FR]\n`,
      '28:13 cycle',
    ],
  ];
  for (const [kind, one, two, place] of circles) {
    it(`finds a circle of ${kind}, told once, where it closes`, () => {
      expect(lint(`${HEAD}${one}${two}`).map(told)).to.deep.equal([place]);
    });
  }

  const tricks: readonly (readonly [string, string, string])[] = [
    ['an anchor bomb', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n', '1:4 anchor'],
    ['a merge key', 'a:\n  <<: { b: 1 }\n', '2:3 merge-key'],
    ['a tag', 'a: !!binary aGVsbG8=\n', '1:4 tag'],
    ['broken YAML', 'a: [1, 2\nb: }\n', '2:1 not-yaml'],
    ['a key given twice', 'regime: a\nregime: b\n', '2:1 not-yaml'],
    ['a file of ten megabytes', `regime: "${'x'.repeat(10_000_000)}"`, '1:1 file-too-large'],
  ];
  for (const [what, text, found] of tricks) {
    it(`refuses ${what}, with its place`, () => {
      expect(told(lint(text)[0])).to.equal(found);
    });
  }

  it('points into a condition that is folded over lines', () => {
    const text = `${HEAD}${DUTY}`.replace(
      'when: risk == "high"',
      'when: >-\n      risk == "high" &&\n      sector("banc")',
    );
    expect(told(lint(text)[0])).to.equal('15:14 unknown-value');
  });
});
