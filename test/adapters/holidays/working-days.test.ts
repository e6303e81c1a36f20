import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { HolidayCalendar, parseHolidayFile } from '../../../src/adapters/holidays/index.ts';
import { readHolidayFiles } from '../../../src/adapters/law-files/index.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

describe('The days off of a place', () => {
  const calendar = new HolidayCalendar(readHolidayFiles('playbooks'));

  it('keeps a US federal holiday on Friday when it is a Saturday and on Monday when a Sunday', () => {
    const kept = ['2026-07-03', '2027-06-18', '2027-07-05', '2027-12-24', '2027-12-31', '2028-11-10'];
    for (const date of kept) expect(calendar.kindOf('US', day(date)), date).to.equal('off');
    expect(calendar.kindOf('US', day('2026-11-27')), 'the day after Thanksgiving').to.equal('working');
    expect(calendar.kindOf('US', day('2026-12-24')), 'Christmas Eve').to.equal('working');
  });

  it('counts eleven federal holidays in each year', () => {
    for (const year of [2024, 2026, 2027, 2030]) {
      let count = 0;
      for (let date = day(`${year}-01-01`); date.year === year; date = date.add({ days: 1 })) {
        if (date.dayOfWeek <= 5 && calendar.kindOf('US', date) === 'off') count += 1;
      }
      // In 2027 New Year's Day of 2028, a Saturday, is kept on 31 December too.
      expect(count, String(year)).to.equal(year === 2027 ? 12 : 11);
    }
  });

  it('adds the holidays of a Land to those of the country', () => {
    expect(calendar.kindOf('DE', day('2027-01-06'))).to.equal('working');
    expect(calendar.kindOf('DE-BY', day('2027-01-06'))).to.equal('off');
    expect(calendar.kindOf('DE-BY', day('2026-12-25'))).to.equal('off');
  });

  it('takes an eve for a working day where only its evening is festive', () => {
    expect(calendar.kindOf('DE', day('2026-12-24'))).to.equal('working');
  });

  it('knows the weekly days off of a place', () => {
    expect(calendar.kindOf('EG', day('2026-12-04'))).to.equal('off');
    expect(calendar.kindOf('EG', day('2026-12-06'))).to.equal('working');
    expect(calendar.kindOf(undefined, day('2026-12-06'))).to.equal('off');
  });

  it('has three kinds of days in Brazil', () => {
    expect(calendar.kindOf('BR', day('2027-02-08'))).to.equal('optional');
    expect(calendar.kindOf('BR', day('2027-03-26'))).to.equal('off');
    expect(calendar.kindOf('BR', day('2027-02-10'))).to.equal('working');
  });

  it('keeps the closing of Costa Rica’s agency out of the strict reading, and its holidays by the code of today', () => {
    expect(calendar.kindOf('CR', day('2026-12-28'))).to.equal('optional');
    expect(calendar.kindOf('CR', day('2026-12-25'))).to.equal('off');
    expect(calendar.kindOf('CR', day('2026-12-01'))).to.equal('off');
    expect(calendar.kindOf('CR', day('2026-10-12')), 'no holiday since Law 9803').to.equal('working');
  });

  it('keeps the holidays of Ecuador on the days to which its act moves them', () => {
    expect(calendar.kindOf('EC', day('2027-08-09')), 'for Tuesday 10 August').to.equal('off');
    expect(calendar.kindOf('EC', day('2027-08-10'))).to.equal('working');
    expect(calendar.kindOf('EC', day('2027-03-25')), 'Maundy Thursday').to.equal('working');
    expect(calendar.kindOf('EC', day('2026-10-09')), 'Guayaquil').to.equal('off');
  });

  it('keeps the day off that Bulgaria gives for a holiday at a weekend (Labour Code art. 154(2))', () => {
    expect(calendar.kindOf('BG', day('2028-12-26')), 'the second day of Christmas').to.equal('off');
    expect(calendar.kindOf('BG', day('2026-12-28')), 'for Saturday 26 December').to.equal('off');
    expect(calendar.kindOf('BG', day('2027-05-04')), 'for Saturday 1 May, after Easter Monday').to.equal(
      'off',
    );
    expect(calendar.kindOf('BG', day('2026-12-29'))).to.equal('working');
  });

  it('mends what the library has wrong of Cyprus, Liechtenstein, Slovakia and parts of other states', () => {
    expect(calendar.kindOf('CY', day('2027-03-15')), 'Green Monday').to.equal('off');
    expect(calendar.kindOf('CY', day('2027-03-16'))).to.equal('working');
    expect(calendar.kindOf('LI', day('2028-08-15')), 'the national day').to.equal('off');
    expect(calendar.kindOf('LI', day('2027-05-07')), 'the day after Ascension').to.equal('working');
    expect(calendar.kindOf('LI', day('2027-03-26')), 'Good Friday, named for time limits').to.equal(
      'optional',
    );
    expect(calendar.kindOf('SK', day('2026-09-15')), 'works in 2026 alone').to.equal('working');
    expect(calendar.kindOf('SK', day('2027-09-15'))).to.equal('off');
    expect(calendar.kindOf('ES-VC', day('2026-10-09'))).to.equal('off');
    expect(calendar.kindOf('ES', day('2026-10-09'))).to.equal('working');
    expect(calendar.kindOf('ES-VC', day('2026-10-12')), 'a holiday of all Spain').to.equal('off');
    expect(calendar.kindOf('IT-BZ', day('2027-05-17')), 'Whit Monday').to.equal('off');
    expect(calendar.kindOf('IT-BZ', day('2027-06-02')), 'a holiday of all Italy').to.equal('off');
  });

  it('takes days that a decree moved from a file: a Saturday that works, a Friday that is off', () => {
    expect(calendar.kindOf('CN', day('2026-10-10'))).to.equal('working');
    expect(calendar.kindOf('CN', day('2026-10-06'))).to.equal('off');
    expect(calendar.kindOf('RU', day('2026-01-09'))).to.equal('off');
    expect(calendar.kindOf('BY', day('2026-01-02'))).to.equal('off');
  });

  it('has the days of a zone without a code of its own from its country', () => {
    for (const [zone, country] of [
      ['AE-DIFC', 'AE'],
      ['AE-ADGM', 'AE'],
      ['QA-QFC', 'QA'],
    ] as const) {
      for (let date = day('2026-01-01'); date.year === 2026; date = date.add({ days: 1 }))
        expect(calendar.kindOf(zone, date), `${zone} ${date.toString()}`).to.equal(
          calendar.kindOf(country, date),
        );
      expect(calendar.listOf(zone)).to.deep.equal(calendar.listOf(country));
    }
    expect(calendar.kindOf('XK', day('2026-12-05'))).to.equal('off');
  });

  it('says where its list comes from, or that there is none', () => {
    expect(calendar.listOf('US')?.source).to.equal('5 USC 6103, Executive Order 11582');
    expect(calendar.listOf('DE-BY')?.checkedUntil).to.be.a('number');
    expect(calendar.listOf('AQ')).to.equal(null);
  });

  it('lets a file make a Saturday a working day', () => {
    const file = parseHolidayFile(
      'places: [RU]\nsource: a decree\ncheckedUntil: 2027\nworking:\n  - { date: 2027-02-20 }\n',
      'RU.yaml',
    );
    expect(new HolidayCalendar([file]).kindOf('RU', day('2027-02-20'))).to.equal('working');
  });

  it('refuses a holiday file with an unknown key, naming the file', () => {
    expect(() =>
      parseHolidayFile('places: [RU]\nsource: x\ncheckedUntil: 2027\nhollidays: []\n', 'RU.yaml'),
    ).to.throw(/RU\.yaml.*hollidays/);
  });
});
