import type { BreachEntry } from '../../../../application/breach-register/breach-entry.ts';
import {
  viewBreachRegister,
  type BreachRegister,
} from '../../../../application/breach-register/view-breach-register.ts';
import type { BreachFilter } from '../../../../application/breach-register/filter.ts';
import { refuse } from '../../answers/errors.ts';
import { show } from '../../answers/show.ts';
import { query } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { number } from '../wall/rows.ts';
import { filterForm, filterFrom, filterQuery } from './filter-form.ts';
import { COLUMNS, kindWords, recordWords, toldWords } from './record-words.ts';

const SIZE = 25;

export async function showBreachRegister(visit: StaffVisit): Promise<void> {
  const filter = filterFrom(visit);
  const asked = query(visit, 'page');
  const page = /^\d{1,6}$/.test(asked) ? Number(asked) : 1;
  const found = await viewBreachRegister(visit.parts.house, visit.actor, filter, { page, size: SIZE });
  if (!found.ok) {
    refuse(visit, found.error);
    return;
  }
  const { say } = visit;
  const register = found.value;
  const { matching, all } = register;
  show(visit, 'breach-register/breach-register', {
    title: say('breach-register.title'),
    section: 'register',
    filters: filterForm(visit, filter, register.facets),
    isFiltered: filterQuery(filter) !== '',
    count: say('breach-register.count', {
      count: matching,
      many: number(visit, matching),
      all: number(visit, all),
      filtered: matching === all ? 'no' : 'yes',
    }),
    rows: register.entries.map((entry) => rowModel(visit, entry)),
    empty: all === 0,
    takeAlong: matching === 0 ? null : exportLinks(filter),
    pages: pagesModel(visit, filter, register),
    zone: say('facts.zone', { zone: visit.times.zone.replaceAll('_', ' ') }),
  });
}

function exportLinks(filter: BreachFilter): object {
  const link = (more: Readonly<Record<string, string>>): string =>
    `/breach-register/export${filterQuery(filter, more)}`;
  return {
    csv: link({ format: 'csv' }),
    excel: link({ format: 'csv', bom: 'yes' }),
    pdf: link({ format: 'pdf' }),
  };
}

function pagesModel(
  visit: StaffVisit,
  filter: BreachFilter,
  { page, pages }: Pick<BreachRegister, 'page' | 'pages'>,
): object | null {
  if (pages === 1) return null;
  const link = (wanted: number): string | null =>
    wanted < 1 || wanted > pages ? null : `/breach-register${filterQuery(filter, { page: String(wanted) })}`;
  return {
    words: visit.say('breach-register.page', { page, pages }),
    newer: link(page - 1),
    older: link(page + 1),
  };
}

/** A line of the table, and the whole entry under its fold. */
function rowModel(visit: StaffVisit, entry: BreachEntry): object {
  const { say, times, may } = visit;
  const words = recordWords(visit, entry, times.full);
  const late = entry.duties.some((duty) => duty.late);
  const moment = entry.awareAt ?? entry.detectedAt;
  return {
    id: entry.reference,
    reference: entry.reference,
    title: entry.title,
    href: may('incident.see') ? `/incidents/${entry.incident}` : null,
    state: say(`state.${entry.state}`),
    kind: kindWords(visit, entry),
    restricted: entry.restricted,
    when: moment ? times.full(moment) : say('facts.not-known'),
    whenWhat: say(entry.awareAt ? 'breach-register.col.aware' : 'breach-register.col.detected'),
    people: entry.people === null ? say('wall.people-unknown') : number(visit, entry.people),
    risk: entry.risk?.value ? say(`risk.${entry.risk.value}`) : say('breach-register.not-assessed'),
    told: toldWords(visit, entry),
    pill: late ? { look: 'overdue', icon: 'overdue', word: say('breach-register.late.late') } : null,
    more: say('breach-register.more', { reference: entry.reference }),
    record: COLUMNS.flatMap((column) =>
      words[column].length === 0
        ? []
        : [{ term: say(`breach-register.col.${column}`), paragraphs: words[column] }],
    ),
  };
}
