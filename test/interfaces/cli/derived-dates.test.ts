import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { json, run } from './terminal.ts';

interface Asked {
  readonly why: string;
  readonly duty: string;
  readonly start?: string;
  readonly zone?: string;
  readonly place?: string;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly due: string;
  /** Where the law can be read to give later; else the same. */
  readonly latest?: string;
}

interface Line {
  readonly id: number;
  readonly dueAt: string | null;
  readonly latestAt: string | null;
  readonly error?: string;
}

const berlin = { zone: 'Europe/Berlin', place: 'DE' };
const art33 = { duty: 'gdpr-art33-authority', ...berlin };
const dublin = { duty: 'dora-art19-initial', zone: 'Europe/Dublin', place: 'IE' };

/** Dates worked out by hand from the text of each rule; none of them is an example of the contract. */
const BY_RULE: Readonly<Record<string, readonly Asked[]>> = {
  'clock-hours (ICO guide: 72 hours around the clock)': [
    {
      why: 'the clocks go back in between: 72 elapsed hours',
      duty: 'uk-gdpr-art33-authority',
      start: '2026-10-24T12:00',
      zone: 'Europe/London',
      place: 'GB',
      due: '2026-10-27T11:00:00+00:00',
    },
    {
      why: 'a duty in hours of another country is not moved by its holidays',
      duty: 'fr-cass-l12-10-1-complaint',
      start: '2026-12-24T23:59:59',
      zone: 'Europe/Paris',
      place: 'FR',
      due: '2026-12-27T23:59:59+01:00',
    },
  ],
  'eu-1182-71 in hours (Reg. 1182/71 art. 3(1), 3(2)(a), 3(5))': [
    {
      why: 'no full hour of Friday is left at 23:20; Monday alone counts, for the period ends with it',
      ...art33,
      start: '2026-12-04T23:20',
      due: '2026-12-07T23:20:00+01:00',
      latest: '2026-12-08T23:59:59+01:00',
    },
    {
      why: 'a second before eleven the last hour of Friday still counts',
      ...art33,
      start: '2026-12-04T22:59:59',
      due: '2026-12-07T22:59:59+01:00',
      latest: '2026-12-07T23:00:00+01:00',
    },
    {
      why: 'Immaculate Conception is off in Austria: Monday, then Wednesday',
      ...art33,
      start: '2026-12-05T10:00',
      zone: 'Europe/Vienna',
      place: 'AT',
      due: '2026-12-08T10:00:00+01:00',
      latest: '2026-12-09T23:59:59+01:00',
    },
    {
      why: 'an hour of Tuesday is a working day once the clocks went forward in Lisbon',
      ...art33,
      start: '2027-03-26T23:30',
      zone: 'Europe/Lisbon',
      place: 'PT',
      due: '2027-03-30T00:30:00+01:00',
      latest: '2027-03-30T01:00:00+01:00',
    },
    {
      why: 'Christmas in Bulgaria is three days and the next for the one on Sunday',
      ...art33,
      start: '2028-12-22T10:00',
      zone: 'Europe/Sofia',
      place: 'BG',
      due: '2028-12-25T10:00:00+02:00',
      latest: '2028-12-28T23:59:59+02:00',
    },
    {
      why: 'a holiday of the Land counts: Epiphany in Bavaria',
      ...art33,
      start: '2027-01-02T10:00',
      place: 'DE-BY',
      due: '2027-01-05T10:00:00+01:00',
      latest: '2027-01-05T11:00:00+01:00',
    },
    {
      why: 'Saturday to Epiphany: Monday and Tuesday in Bavaria, one hour of Tuesday enough',
      ...art33,
      start: '2027-01-02T23:10',
      place: 'DE-BY',
      due: '2027-01-05T23:10:00+01:00',
      latest: '2027-01-06T00:00:00+01:00',
    },
    {
      why: 'Corpus Christi in Bavaria (27 May): Wednesday has no full hour left, so Friday and Monday',
      ...art33,
      start: '2027-05-26T23:01',
      place: 'DE-BY',
      due: '2027-05-29T23:01:00+02:00',
      latest: '2027-05-31T23:59:59+02:00',
    },
  ],
  'eu-1182-71 in days and months (Reg. 1182/71 art. 3(1), 3(2)(c), 3(4), 3(5))': [
    {
      why: 'three days over Christmas hold one working day, Monday; the second is Tuesday',
      duty: 'eu-611-authority-full',
      ...berlin,
      start: '2026-12-24T10:00',
      due: '2026-12-27T23:59:59+01:00',
      latest: '2026-12-29T23:59:59+01:00',
    },
    {
      why: 'Thursday, and the Tuesday after Easter to which the end moves, are two',
      duty: 'eu-611-authority-full',
      ...berlin,
      start: '2027-03-24T10:00',
      due: '2027-03-27T23:59:59+01:00',
      latest: '2027-03-30T23:59:59+02:00',
    },
    {
      why: 'fourteen days end on Saint Stephen, a Saturday',
      duty: 'cra-art14-vulnerability-final',
      ...berlin,
      start: '2026-12-12T10:00',
      due: '2026-12-26T23:59:59+01:00',
      latest: '2026-12-28T23:59:59+01:00',
    },
    {
      why: 'a month from 31 January of a leap year',
      duty: 'nis2-art23-final',
      ...berlin,
      start: '2028-01-31T23:59:59',
      due: '2028-02-29T23:59:59+01:00',
    },
    {
      why: 'a month from 29 February is 29 March',
      duty: 'nis2-art23-final',
      ...berlin,
      start: '2028-02-29T10:00',
      due: '2028-03-29T23:59:59+02:00',
    },
    {
      why: 'a month that ends on New Year goes on to Monday',
      duty: 'nis2-art23-final',
      ...berlin,
      start: '2026-12-01T10:00',
      due: '2027-01-01T23:59:59+01:00',
      latest: '2027-01-04T23:59:59+01:00',
    },
    {
      why: 'the day is the one of the duty’s zone: still 31 December in Berlin',
      duty: 'nis2-art23-final',
      ...berlin,
      start: '2027-12-31T22:30Z',
      due: '2028-01-31T23:59:59+01:00',
    },
  ],
  'earlier-of (Del. Reg. 2025/301 art. 5(1)(a))': [
    {
      why: 'classified in the very moment in which the 24 hours end: they have not passed',
      ...dublin,
      start: '2026-12-02T08:00',
      set: { classified: '2026-12-03T08:00' },
      due: '2026-12-03T08:00:00+00:00',
    },
    {
      why: 'classified a second later: four hours from there',
      ...dublin,
      start: '2026-12-02T08:00',
      set: { classified: '2026-12-03T08:00:01' },
      due: '2026-12-03T12:00:01+00:00',
    },
    {
      why: 'no awareness is known: the classification stands alone',
      ...dublin,
      set: { classified: '2026-12-02T15:00' },
      due: '2026-12-02T19:00:00+00:00',
    },
    {
      why: 'an institution that is not excepted: noon of Monday, for which Ireland gives no substitute day',
      ...dublin,
      start: '2027-12-24T20:00',
      set: { excepted: false },
      due: '2027-12-25T20:00:00+00:00',
      latest: '2027-12-27T12:00:00+00:00',
    },
  ],
  'business-days (5 USC 6103; Form 8-K B.1)': [
    {
      why: 'New Year 2028 is a Saturday, kept on Friday 31 December 2027',
      duty: 'sec-8k-105',
      start: '2027-12-28T10:00',
      zone: 'America/New_York',
      due: '2028-01-04T17:30:00-05:00',
    },
    {
      why: 'Juneteenth 2027 is a Saturday, kept on Friday',
      duty: 'us-ia-ag',
      start: '2027-06-11T10:00',
      zone: 'America/Chicago',
      due: '2027-06-21T23:59:59-05:00',
    },
    {
      why: 'the place that is given does not change the federal list',
      duty: 'us-ia-ag',
      start: '2027-06-11T10:00',
      zone: 'America/Chicago',
      place: 'DE-BY',
      due: '2027-06-21T23:59:59-05:00',
    },
  ],
  'business-days with optional days (ANPD Res. 15/2024)': [
    {
      why: '27, 28, 29; with the public servants’ day off 27, 29, and Monday before All Souls',
      duty: 'br-lgpd-anpd',
      start: '2027-10-26T10:00',
      zone: 'America/Sao_Paulo',
      due: '2027-10-29T23:59:59-03:00',
      latest: '2027-11-01T23:59:59-03:00',
    },
  ],
  'business-days where Friday and Saturday are off (Egypt)': [
    {
      why: 'Sunday 13, Monday, Tuesday',
      duty: 'eg-pdpl-subjects',
      start: '2026-12-10T10:00',
      zone: 'Africa/Cairo',
      due: '2026-12-15T23:59:59+02:00',
    },
    {
      why: 'it is Friday in Cairo already: the same days',
      duty: 'eg-pdpl-subjects',
      start: '2026-12-10T23:30',
      zone: 'Europe/Berlin',
      due: '2026-12-15T23:59:59+02:00',
    },
  ],
  'calendar-days-inclusive (PPC guidelines 3-5-3-4)': [
    {
      why: 'day 30 is 3 January, closed; so is every day from 29 December',
      duty: 'jp-appi-final',
      start: '2026-11-30T10:00',
      zone: 'Asia/Tokyo',
      place: 'JP',
      due: '2026-12-29T23:59:59+09:00',
      latest: '2027-01-04T23:59:59+09:00',
    },
    {
      why: 'sixty days for a malicious act',
      duty: 'jp-appi-final',
      start: '2026-12-01T10:00',
      zone: 'Asia/Tokyo',
      place: 'JP',
      set: { malicious: true },
      due: '2027-01-29T23:59:59+09:00',
    },
  ],
  'calendar-days-next-working (Acts Interpretation Act 1901 s 36(2))': [
    {
      why: 'Melbourne Cup Day is off in Victoria, the place that was given',
      duty: 'au-ndb-assessment',
      start: '2026-10-04T10:00',
      zone: 'Australia/Melbourne',
      place: 'AU-VIC',
      due: '2026-11-03T23:59:59+11:00',
      latest: '2026-11-04T23:59:59+11:00',
    },
    {
      why: 'and a working day in the rest of Australia',
      duty: 'au-ndb-assessment',
      start: '2026-10-04T10:00',
      zone: 'Australia/Sydney',
      place: 'AU',
      due: '2026-11-03T23:59:59+11:00',
    },
  ],
  'next-year-date and year-end-plus (O. Reg. 329/04 s 6.4; 45 CFR 164.408(c))': [
    {
      why: 'the first half hour of the year belongs to it',
      duty: 'ca-on-phipa-annual',
      start: '2027-01-01T00:30',
      zone: 'America/Toronto',
      place: 'CA-ON',
      due: '2028-03-01T23:59:59-05:00',
    },
    {
      why: 'the year is the one of the duty’s zone',
      duty: 'hipaa-408-hhs-annual',
      start: '2027-01-01T03:00Z',
      zone: 'America/New_York',
      due: '2027-03-01T23:59:59-05:00',
    },
  ],
  'calendar-days (HIPAA, US state laws)': [
    {
      why: 'thirty days from 30 January 2028 end on 29 February',
      duty: 'us-ca-residents',
      start: '2028-01-30T23:59:59',
      zone: 'America/Los_Angeles',
      due: '2028-02-29T23:59:59-08:00',
    },
  ],
};

describe('tocsin deadline, built from the rule and not from the example', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-dates-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [rule, rows] of Object.entries(BY_RULE)) {
    it(`counts by ${rule}`, async () => {
      const file = join(folder, 'batch.jsonl');
      const lines = rows.map(({ why: _why, due: _due, latest: _latest, ...asked }, id) => ({ id, ...asked }));
      await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'));
      const { out } = await run(['deadline', '--batch', file, '--json']);
      const answers = out.map((line) => JSON.parse(line) as Line);
      expect(answers.map(({ id }) => id)).to.deep.equal(rows.map((_row, id) => id));
      for (const [id, { why, due, latest = due }] of rows.entries()) {
        const { dueAt, latestAt, error } = answers[id] ?? {};
        expect([dueAt, latestAt], `${why} ${error ?? ''}`).to.deep.equal([due, latest]);
      }
    });
  }

  it('says in the working on what source the period rests', async () => {
    const asked = ['deadline', '--duty', 'uk-gdpr-art33-authority', '--zone', 'Europe/London'];
    const { trace } = await json([...asked, '--start', '2026-12-24T17:30']);
    const [first] = trace as readonly { readonly cite: string | null }[];
    expect(first?.cite).to.equal('UK GDPR art. 33; ICO guide');
  });

  it('does not take a classification for awareness in the working', async () => {
    const asked = ['deadline', '--duty', 'dora-art19-initial', '--zone', 'Europe/Dublin'];
    const { trace } = await json([...asked, '--set', 'classified=2026-12-02T15:00']);
    const [first] = trace as readonly { readonly step: string }[];
    expect(first?.step).to.match(/started with the classification/);
  });
});
