import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { HolidayCalendar } from '../../../src/adapters/holidays/index.ts';
import { readHolidayFiles } from '../../../src/adapters/law-files/index.ts';
import { parseClock } from '../../../src/domain/law/clock.ts';
import { computeDeadline, type Deadline } from '../../../src/domain/law/counting/deadline.ts';
import { parseMoment, zonedText } from '../../../src/domain/law/moments.ts';
import { parsePeriod } from '../../../src/domain/law/period.ts';
import type { Clock, Counting, Period } from '../../../src/domain/law/types.ts';
import type { CountingRule } from '../../../src/domain/law/vocabulary.ts';
import type { WorkingDays } from '../../../src/domain/law/working-days.ts';
import { EXAMPLES, type Example } from './worked-examples.ts';

function period(text: string): Period {
  const parsed = parsePeriod(text);
  if (!parsed) throw new Error(`no period: ${text}`);
  return parsed;
}

function clock(text: string): Clock {
  const parsed = parseClock(text);
  if (!parsed) throw new Error(`no clock: ${text}`);
  return parsed;
}

function moment(text: string, zone: string): Temporal.Instant {
  const parsed = parseMoment(text, zone);
  if (!parsed.ok) throw new Error(`no moment: ${text}`);
  return parsed.value.instant;
}

function countingOf(example: Example): Counting {
  return {
    rule: example.rule as CountingRule,
    ...(example.calendar === undefined ? {} : { calendar: example.calendar }),
    ...(example.endOfDay === undefined ? {} : { endOfDay: example.endOfDay }),
    ...(example.relief === undefined ? {} : { relief: example.relief }),
    ...(example.parts === undefined
      ? {}
      : { parts: example.parts.map(([name, length]) => ({ clock: clock(name), period: period(length) })) }),
  };
}

function count(example: Example, days: WorkingDays): Deadline {
  return computeDeadline(
    {
      clock: clock(example.clock ?? 'aware'),
      start: moment(example.start, example.zone),
      ...(example.latestStart === undefined
        ? {}
        : { latestStart: moment(example.latestStart, example.zone) }),
      ...(example.classified === undefined
        ? {}
        : { starts: { classified: moment(example.classified, example.zone) } }),
      period: period(example.period),
      counting: countingOf(example),
      zone: example.dutyZone ?? example.zone,
      ...(example.place === undefined ? {} : { place: example.place }),
      ...(example.excepted === undefined ? {} : { excepted: example.excepted }),
    },
    days,
  );
}

describe('Counting legal time', () => {
  const machineZone = process.env['TZ'];

  for (const zone of ['UTC', 'Pacific/Apia', 'America/St_Johns']) {
    describe(`on a machine in ${zone}`, () => {
      let days: WorkingDays;

      before(() => {
        process.env['TZ'] = zone;
        days = new HolidayCalendar(readHolidayFiles('playbooks'));
      });

      after(() => {
        if (machineZone === undefined) delete process.env['TZ'];
        else process.env['TZ'] = machineZone;
      });

      for (const example of EXAMPLES) {
        it(`${example.rule}: ${example.duty} from ${example.start} in ${example.zone}: ${example.why}`, () => {
          const deadline = count(example, days);
          const inZone = (at: Temporal.Instant | null): string | null =>
            at && zonedText(at, example.dutyZone ?? example.zone);
          expect(inZone(deadline.dueAt), 'dueAt').to.equal(example.due);
          expect(inZone(deadline.latestAt), 'latestAt').to.equal(example.latest ?? example.due);
        });
      }
    });
  }
});
