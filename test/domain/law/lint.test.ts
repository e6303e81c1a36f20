import { expect } from 'chai';
import { readHolidays } from '../../../src/adapters/holidays/override.ts';
import { makeLawBook } from '../../../src/domain/law/law-book.ts';
import { parseRegime } from '../../../src/domain/law/regime/parse.ts';
import type { LintProblem } from '../../../src/domain/law/types.ts';

const HEAD = `regime: zz
title: A test
law: A law
link: https://example.org/
changes:
  - { on: 2026-11-24, what: First written. }
since: 2020-01-01
where: { established: [FJ] }
`;

const DUTY = `  - id: zz-a
    title: Tell
    provision: art. 1
    obliged: any
    notify: authority
    whom: someone
    when: anyData()
    clock: aware
    period: PT72H
    counting: clock-hours
`;

const FILE = `${HEAD}duties:\n${DUTY}`;
const other = (more = ''): string => `${DUTY.replace('zz-a', 'zz-b')}${more}`;
const terms = (text: string): string => `terms:\n${text}duties:`;

function lint(text: string): readonly LintProblem[] {
  const { regime, problems } = parseRegime(text, 'zz.yaml');
  return regime ? makeLawBook([regime], []).problems : problems;
}

const first = (problems: readonly LintProblem[]): string => {
  const [one] = problems;
  return one ? `${one.line}:${one.column} ${one.key}` : 'in order';
};

/** What is wrong, the text, and the first line that the linter prints of it. */
const FAULTS: readonly (readonly [what: string, text: string, told: string])[] = [
  ['a file with CRLF', FILE.replaceAll('\n', '\r\n'), 'in order'],
  ['a file with a byte-order mark', `\uFEFF${FILE}`, 'in order'],
  ['tabs that indent', FILE.replace('    title', '\t\ttitle'), '11:1 not-yaml'],
  ['a second document', `${FILE}---\n${FILE}`, '20:1 not-yaml'],
  ['an empty file', '', '1:1 wrong-type'],
  ['an unknown key after a byte-order mark', `\uFEFF${FILE.replace('regime', 'regme')}`, '1:1 unknown-key'],
  ['an unknown key with CRLF', `${FILE}    perod: P1D\n`.replaceAll('\n', '\r\n'), '20:5 unknown-key'],
  ['a key that is needed and misspelt, once', FILE.replace('title: A', 'titel: A'), '2:1 unknown-key'],
  [
    'an unknown key of an exception in a list',
    `${FILE}    unless:\n      - { id: x, title: y, when: cyber, sorce: z }\n`,
    '21:41 unknown-key',
  ],
  [
    'an unknown key of an earlier wording',
    `${FILE}    history:\n      - { since: 2019-01-01, until: 2019-12-31, preiod: P1D }\n`,
    '21:49 unknown-key',
  ],
  ['the key __proto__', `${FILE}    __proto__: { a: 1 }\n`, '20:5 unknown-key'],
  [
    'a bad period in a list',
    FILE.replace('period: PT72H', 'period:\n      - { when: cyber, period: 72H }\n      - { period: PT72H }'),
    '19:32 bad-period',
  ],
  ['a bad period of a hold', `${FILE}    hold: { period: PT, source: x }\n`, '20:21 bad-period'],
  [
    'an unknown counting rule',
    FILE.replace('counting: clock-hours', 'counting: { rule: clock-hour }'),
    '19:23 unknown-value',
  ],
  [
    'a CEL error on the second line of a folded condition',
    FILE.replace('when: anyData()', 'when: >-\n      anyData() &&\n      risk =='),
    '18:14 bad-condition',
  ],
  [
    'matches() in the condition of a period',
    FILE.replace(
      'period: PT72H',
      'period:\n      - { when: \'risk.matches("r")\', period: PT24H }\n      - { period: PT72H }',
    ),
    '19:18 matches-refused',
  ],
  [
    'an unknown fact in an earlier wording',
    `${FILE}    history:\n      - { since: 2019-01-01, until: 2019-12-31, when: risc == "high" }\n`,
    '21:55 bad-condition',
  ],
  ['an unknown member of a fact', FILE.replace('anyData()', 'data.categoris'), '16:16 bad-condition'],
  [
    'a second duty without citation',
    `${FILE}${other().replace('    provision: art. 1\n', '')}`,
    '20:5 no-citation',
  ],
  ['two duties with one id in one file', `${FILE}${DUTY}`, '20:9 two-duties'],
  [
    'an earlier wording that runs on',
    `${FILE}    history:\n      - { since: 2019-01-01, until: 2020-06-01, period: PT24H }\n`,
    '21:37 dates-overlap',
  ],
  ['a last day before the first one of the file', `${FILE}    until: 2019-01-01\n`, '20:12 dates-backwards'],
  ['a duty that is owed if it is owed', FILE.replace('anyData()', 'owed("zz-a")'), '16:16 cycle'],
  [
    'the same by a term of a term',
    FILE.replace(
      'duties:',
      terms(`  t: { means: x, when: 'owed("zz-a")' }\n  u: { means: x, when: 'term("t") || cyber' }\n`),
    ).replace('anyData()', 'term("u")'),
    '19:11 cycle',
  ],
  [
    'the same by an exception',
    `${FILE}    unless:\n      - { id: x, title: y, when: 'owed("zz-a")', source: z }\n`,
    '21:40 cycle',
  ],
  [
    'one that covers by what it excludes',
    `${FILE}    covers: owed("zz-b")\n    excludes: [zz-b]\n${other()}`,
    '20:13 cycle',
  ],
  [
    'a form that turns on its own row',
    `${FILE}${other('    formOf: zz-a\n    formFor: [FJ]\n').replace('anyData()', 'owed("zz-a")')}`,
    '30:13 cycle',
  ],
  ['a clock that starts with itself', FILE.replace('clock: aware', 'clock: notified:zz-a'), '17:12 cycle'],
  [
    'a clock that starts with itself, in a part of earlier-of',
    FILE.replace('PT72H', 'none').replace(
      'counting: clock-hours',
      'counting: { rule: earlier-of, parts: [ { clock: notified:zz-a, period: PT1H }, { clock: aware, period: PT2H } ] }',
    ),
    '19:53 cycle',
  ],
  ['an anchor', FILE.replace('title: A', 'title: &a A'), '2:8 anchor'],
  ['an anchor on the line above its value', FILE.replace('where: {', 'where: &w\n  {'), '8:8 anchor'],
  ['an anchor bomb', `a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n${FILE}`, '1:4 anchor'],
  ['a merge key', FILE.replace('    title: Tell', '    <<: { title: Tell }'), '11:5 merge-key'],
  ['a merge key in quotes', FILE.replace('    title', '    "<<": { a: 1 }\n    title'), '11:5 merge-key'],
  ['a tag', FILE.replace('title: A', 'title: !!str A'), '2:8 tag'],
  ['a tag on the line above its value', FILE.replace('where: {', 'where: !!map\n  {'), '8:8 tag'],
  ['a file of ten megabytes', `# ${'x'.repeat(10_000_000)}\n${FILE}`, '1:1 file-too-large'],
];

describe('The linter of law files, in odd places', () => {
  it('takes a file that is in order', () => {
    expect(lint(FILE)).to.deep.equal([]);
  });

  for (const [what, text, told] of FAULTS) {
    it(`finds ${what}: ${told}`, () => {
      expect(first(lint(text))).to.equal(told);
    });
  }

  it('tells the first faults of a file of five thousand brackets, and not one for each', () => {
    const problems = lint(`${FILE}x: ${'['.repeat(5000)}\n`);
    expect(problems.length).to.be.within(1, 30);
    expect(problems[0]?.line).to.equal(20);
  });
});

describe('The linter of files of days off', () => {
  const DAYS =
    'places: [FJ]\nsource: an act\ncheckedUntil: 2027\nholidays:\n  - { on: 01-01, name: New Year }\n';
  const faults: readonly (readonly [what: string, text: string, told: string])[] = [
    ['a file that is in order', DAYS, 'in order'],
    ['29 February', DAYS.replace('01-01', '02-29'), 'in order'],
    ['30 February', DAYS.replace('01-01', '02-30'), '5:11 no-such-day'],
    ['a date that is none', DAYS.replace('on: 01-01', 'date: 2027-02-29'), '5:13 no-such-day'],
    ['an unknown key of a day', DAYS.replace('name:', 'nmae:'), '5:18 unknown-key'],
    ['an unknown key', DAYS.replace('checkedUntil', 'checkdUntil'), '3:1 unknown-key'],
    ['a place that is none', DAYS.replace('FJ', 'FJX'), '1:10 place-unknown'],
    ['a sixth Monday', DAYS.replace('on: 01-01', 'nth: 6, weekday: 1, month: 5'), '5:12 unknown-value'],
    ['a span backwards', DAYS.replace('on:', 'since: 2030, until: 2020, on:'), '5:27 dates-backwards'],
    ['an anchor', DAYS.replace('[FJ]', '&a [FJ]'), '1:9 anchor'],
  ];
  for (const [what, text, told] of faults) {
    it(`finds ${what}: ${told}`, () => {
      expect(first(readHolidays(text, 'FJ.yaml').problems)).to.equal(told);
    });
  }
});
