import type { LogForm } from '../../../../application/incident/log-incident.ts';
import type { PreviewForm } from '../../../../application/incident/preview-incident.ts';
import type { InvalidInput, Problem } from '../../../../domain/errors.ts';
import type { IncidentState } from '../../../../domain/incident/incident.ts';
import { fail, ok, type Result } from '../../../../domain/result.ts';
import type { Form } from '../../request/form.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placeCode } from '../places.ts';

export interface PlaceRow {
  readonly place: string;
  readonly people: string;
}

/** What stands in the form, as typed: it comes back unchanged when anything is wrong with it. */
export interface Typed {
  readonly state: string;
  readonly kind: string;
  readonly title: string;
  readonly whatHappened: string;
  readonly detectedDay: string;
  readonly detectedTime: string;
  readonly reporter: string;
  readonly aware: string;
  readonly awareDay: string;
  readonly awareTime: string;
  readonly groups: readonly string[];
  readonly categories: readonly string[];
  readonly rows: readonly PlaceRow[];
  /** Empty rows to offer below those that are filled. */
  readonly spare: number;
  readonly supplier: string;
  readonly supplierName: string;
  readonly toldDay: string;
  readonly toldTime: string;
  /** How fast the clock of a drill runs; empty where it is none. */
  readonly drill: string;
}

const SPARE_ROWS = 2;

/** An empty form: noticed just now, and sure of it. */
export function blank({ times, now }: StaffVisit): Typed {
  const local = now.toZonedDateTimeISO(times.zone);
  const day = local.toPlainDate().toString();
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return {
    state: 'breach',
    kind: '',
    title: '',
    whatHappened: '',
    detectedDay: day,
    detectedTime: time,
    reporter: '',
    aware: 'yes',
    awareDay: day,
    awareTime: time,
    groups: [],
    categories: [],
    rows: [],
    spare: SPARE_ROWS,
    supplier: 'unknown',
    supplierName: '',
    toldDay: '',
    toldTime: '',
    drill: '',
  };
}

export function typedOf(form: Form): Typed {
  const people = form.list('people');
  const all = form.list('place').map((place, index) => ({ place, people: people[index] ?? '' }));
  const rows = all.filter(({ place, people: count }) => place.trim() !== '' || count.trim() !== '');
  return {
    state: form.text('state'),
    kind: form.text('kind'),
    title: form.text('title'),
    whatHappened: form.text('whatHappened'),
    detectedDay: form.text('detectedDay'),
    detectedTime: form.text('detectedTime'),
    reporter: form.text('reporter'),
    aware: form.text('aware'),
    awareDay: form.text('awareDay'),
    awareTime: form.text('awareTime'),
    groups: form.list('groups'),
    categories: form.list('categories'),
    rows,
    spare: Math.max(1, all.length - rows.length),
    supplier: form.text('supplier'),
    supplierName: form.text('supplierName'),
    toldDay: form.text('toldDay'),
    toldTime: form.text('toldTime'),
    drill: form.text('drill'),
  };
}

/** Whether anything was typed beyond what the blank form has in it. */
export function isTouched(typed: Typed): boolean {
  const { kind, title, whatHappened, reporter, groups, categories, rows, supplier } = typed;
  return (
    [kind, title, whatHappened, reporter].some((text) => text.trim() !== '') ||
    [groups, categories, rows].some((list) => list.length > 0) ||
    supplier !== 'unknown'
  );
}

/** A day and a time of day as a local moment; half of one is no moment. */
export function momentText(day: string, time: string): string {
  const [date, clock] = [day.trim(), time.trim()];
  if (date === '' && clock === '') return '';
  return `${date}T${clock}`;
}

/** What was typed as the use case wants it. Only what has no meaning for it at all is refused here: numbers of people. */
export function readLogForm(typed: Typed): Result<LogForm, InvalidInput> {
  const problems: Problem[] = [];
  const form = logFormOf(typed, problems);
  if (typed.aware === 'yes' && form.awareAt === undefined)
    problems.push({ path: 'facts.awareAt', key: 'moment.missing' });
  return problems.length > 0 ? fail({ kind: 'invalid-input', problems }) : ok(form);
}

/** What was typed, as far as it can be read while it is still typed. */
export function previewFormOf(typed: Typed): PreviewForm {
  const known = typed.supplier === 'yes' || typed.supplier === 'no';
  return { ...logFormOf(typed, []), ...(known ? { supplierInvolved: typed.supplier === 'yes' } : {}) };
}

function logFormOf(typed: Typed, problems: Problem[]): LogForm {
  const subjects = typed.rows.map((row, index) => ({
    ...(row.place.trim() === '' ? {} : { place: placeCode(row.place) }),
    ...readPeople(row.people, `people[${index}]`, problems),
    ...(typed.groups.length > 0 ? { groups: typed.groups } : {}),
  }));
  const toldUsAt = momentText(typed.toldDay, typed.toldTime);
  const awareAt = typed.aware === 'yes' ? momentText(typed.awareDay, typed.awareTime) : '';
  return {
    state: typed.state as IncidentState,
    kind: typed.kind,
    title: typed.title,
    whatHappened: typed.whatHappened,
    detectedAt: momentText(typed.detectedDay, typed.detectedTime),
    categories: typed.categories,
    subjects,
    ...(typed.reporter.trim() === '' ? {} : { reporter: typed.reporter }),
    ...(awareAt === '' ? {} : { awareAt }),
    ...(typed.drill === '' ? {} : { drill: true, speed: Number(typed.drill) }),
    ...(typed.supplier === 'yes'
      ? { supplier: { name: typed.supplierName, ...(toldUsAt === '' ? {} : { toldUsAt }) } }
      : {}),
  };
}

const RANGE = /^(\d{1,9})\s*(?:-|–|to|bis)\s*(\d{1,9})$/i;

/** `40000`, `40,000`, `30000 to 50000`; nothing is unknown. */
export function readPeople(
  text: string,
  path: string,
  problems: Problem[],
): { count?: number; min?: number; max?: number } {
  const tidy = text.trim().replace(/(?<=\d)[.,' \u00a0](?=\d{3}\b)/g, '');
  if (tidy === '') return {};
  if (/^\d{1,9}$/.test(tidy)) return { count: Number(tidy) };
  const range = RANGE.exec(tidy);
  if (range) return { min: Number(range[1]), max: Number(range[2]) };
  problems.push({ path, key: 'people.not-a-number', values: { given: text.trim().slice(0, 40) } });
  return {};
}

const FIELDS: Readonly<Record<string, string>> = {
  'facts.detectedAt': 'detectedDay',
  'facts.awareAt': 'awareDay',
  'facts.data.categories': 'categories',
  'supplier.name': 'supplierName',
  'supplier.toldUsAt': 'toldDay',
  speed: 'drill',
};

/** The field where a problem stands: `facts.subjects[1].place` is the place of the second row. */
export function fieldOf(path: string): string | undefined {
  const row = /^facts\.subjects\[(\d+)\](?:\.(place|count|min|max))?/.exec(path);
  if (row) return `${row[2] === 'place' ? 'place' : 'people'}[${row[1] ?? ''}]`;
  if (path.startsWith('facts.data.categories')) return 'categories';
  return FIELDS[path];
}
