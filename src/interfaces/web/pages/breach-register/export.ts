import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Temporal } from 'temporal-polyfill';
import type { BreachEntry } from '../../../../application/breach-register/breach-entry.ts';
import type { BreachFilter } from '../../../../application/breach-register/filter.ts';
import {
  EXPORT_FORMATS,
  exportBreachRegister,
} from '../../../../application/breach-register/view-breach-register.ts';
import type { RecordsDocument } from '../../../../application/ports/print.ts';
import { csvLine } from '../../../shared/csv.ts';
import { Refused } from '../../../shared/refused.ts';
import { refuse } from '../../answers/errors.ts';
import { query } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { timesIn } from '../../words/times.ts';
import { number } from '../wall/rows.ts';
import { filterFrom, filterWords } from './filter-form.ts';
import { COLUMNS, recordWords, toldWords, type Moments } from './record-words.ts';

/** Gives what the filter of the address finds as CSV or PDF; that it was taken stands in the record. */
export async function giveExport(visit: StaffVisit): Promise<void> {
  const format = EXPORT_FORMATS.find((known) => known === query(visit, 'format'));
  if (!format) throw new Refused(404, 'not-found');
  const filter = filterFrom(visit);
  const taken = await exportBreachRegister(visit.parts.house, visit.actor, filter, format);
  if (!taken.ok) {
    refuse(visit, taken.error);
    return;
  }
  const { entries, count } = taken.value;
  if (format === 'csv') await giveCsv(visit, entries);
  else await givePdf(visit, filter, entries, count);
}

/** RFC 4180, line by line as entries are read. */
async function giveCsv(visit: StaffVisit, entries: AsyncIterable<BreachEntry>): Promise<void> {
  const { response, now, times } = visit;
  response.attachment(nameOf(now, times.zone, 'csv')).type('text/csv; charset=utf-8');
  await pipeline(Readable.from(csvOf(visit, entries)), response);
}

/** Excel takes a file for UTF-8 only where it begins with a byte order mark; other programs stumble over it. */
const BOM = '\uFEFF';

async function* csvOf(visit: StaffVisit, entries: AsyncIterable<BreachEntry>): AsyncGenerator<string> {
  const { say } = visit;
  if (query(visit, 'bom') === 'yes') yield BOM;
  const heads = ['reference', 'title', ...COLUMNS];
  yield csvLine(heads.map((column) => say(`breach-register.col.${column}`)));
  const moment = sortable(visit.times.zone);
  for await (const entry of entries) {
    const words = recordWords(visit, entry, moment);
    yield csvLine([entry.reference, entry.title, ...COLUMNS.map((column) => words[column].join('\n'))]);
  }
}

/** `2026-12-04 18:40 +01:00`: a spreadsheet sorts it as it is. */
function sortable(zone: string): Moments {
  return (at) => {
    const local = at.toZonedDateTimeISO(zone);
    const day = local.toPlainDate().toString();
    return `${day} ${local.toPlainTime().toString({ smallestUnit: 'minute' })} ${local.offset}`;
  };
}

const LONG_AGO = Temporal.Instant.fromEpochMilliseconds(0);

async function givePdf(
  visit: StaffVisit,
  filter: BreachFilter,
  entries: AsyncIterable<BreachEntry>,
  count: number,
): Promise<void> {
  const { say, now, organisation, locale, response } = visit;
  // On paper each date has its year: a time that is not of this year is written so.
  const times = timesIn(visit.times.zone, locale, LONG_AGO);
  const lines: string[][] = [];
  const records: RecordsDocument['records'][number][] = [];
  for await (const entry of entries) {
    const words = recordWords(visit, entry, times.full);
    lines.push([
      entry.reference,
      entry.title,
      words.aware[0] ?? '',
      entry.people === null ? say('wall.people-unknown') : number(visit, entry.people),
      entry.risk?.value ? say(`risk.${entry.risk.value}`) : say('breach-register.not-assessed'),
      toldWords(visit, entry).join(' '),
    ]);
    records.push({
      heading: say('breach-register.record', { reference: entry.reference, title: entry.title }),
      rows: COLUMNS.filter((column) => words[column].length > 0).map((column) => ({
        term: say(`breach-register.col.${column}`),
        paragraphs: words[column],
      })),
    });
  }
  const filtered = filterWords(visit, filter);
  const pdf = await visit.parts.house.printer.printRecords({
    locale,
    title: say('breach-register.of', { name: organisation.name }),
    lead: [
      say('breach-register.lead'),
      say('breach-register.printed', { when: times.full(now), name: visit.user.name, count }),
      ...(filtered.length > 0 ? filtered : [say('breach-register.unfiltered')]),
    ],
    table: {
      heads: [
        ...['reference', 'title', 'aware', 'people'].map((column) => say(`breach-register.col.${column}`)),
        say('breach-register.filter.risk'),
        say('breach-register.col.told'),
      ],
      // Shares of the width.
      widths: [17, 26, 18, 10, 11, 18],
      lines,
    },
    records,
    footer: (page, pages) => say('breach-register.footer', { name: organisation.name, page, pages }),
  });
  response
    .attachment(nameOf(now, times.zone, 'pdf'))
    .type('application/pdf')
    .send(Buffer.from(pdf));
}

function nameOf(now: Temporal.Instant, zone: string, ending: string): string {
  return `breach-register-${now.toZonedDateTimeISO(zone).toPlainDate().toString()}.${ending}`;
}
