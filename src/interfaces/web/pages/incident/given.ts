import { invalid, type InvalidInput, type Problem } from '../../../../domain/errors.ts';
import { fail, ok, type Result } from '../../../../domain/result.ts';
import type { Form } from '../../request/form.ts';
import { momentText, readPeople } from '../log/typed.ts';
import { placeCode } from '../places.ts';
import { NONE, planOf } from './fact-forms.ts';

export type Given = { readonly value: unknown } | { readonly unknownBecause: string };

/**
 * What the form of a fact or an answer says, by the kind of the fact. A reason for not knowing stands for itself; a
 * form that says nothing is asked again.
 */
export function givenOf(name: string, form: Form): Result<Given, InvalidInput> {
  if (form.text('unknown').trim() !== '') return ok({ unknownBecause: form.text('unknown') });
  const problems: Problem[] = [];
  const value = valueOf(name, form, problems);
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  return value === undefined || value === '' ? fail(invalid(name, 'fact.empty')) : ok({ value });
}

function valueOf(name: string, form: Form, problems: Problem[]): unknown {
  switch (planOf(name)?.kind) {
    case 'moment':
      return momentText(form.text('day'), form.text('time'));
    case 'bool':
      return boolOf(form.text(name));
    case 'many':
      return listOf(form.list(name));
    case 'people':
      return peopleOf(form, problems);
    case 'places':
      return placesOf(name, form.text(name));
    case 'number':
      return numberOf(form.text(name));
    case 'text':
      return form.text(name).trim().toUpperCase();
    case 'hold':
      return holdOf(form);
    case 'orders':
      return ordersOf(form);
    // An answer to the playbook's question is typed by the question; the use case reads it.
    default:
      return form.has('day') ? momentText(form.text('day'), form.text('time')) : form.text(name);
  }
}

function boolOf(text: string): boolean | string {
  return text === 'true' ? true : text === 'false' ? false : text;
}

function listOf(chosen: readonly string[]): readonly string[] | undefined {
  return chosen.length === 0 ? undefined : chosen.filter((one) => one !== NONE);
}

/** `1,500.5` and `1.500,5` alike; what is no number goes on as it is and is refused with its place. */
function numberOf(text: string): number | string {
  const tidy = text
    .trim()
    .replace(/(?<=\d)[.,'  ](?=\d{3}(?!\d))/g, '')
    .replace(',', '.');
  return /^\d{1,15}(?:\.\d{1,6})?$/.test(tidy) ? Number(tidy) : text.trim();
}

function peopleOf(form: Form, problems: Problem[]): unknown {
  const counts = form.list('people');
  const groups = form.list('groups');
  const rows = form.list('place').flatMap((place, index) => {
    const count = counts[index] ?? '';
    if (place.trim() === '' && count.trim() === '') return [];
    const own = (groups[index] ?? '').split(' ').filter((group) => group !== '');
    return [
      {
        ...(place.trim() === '' ? {} : { place: placeCode(place) }),
        ...readPeople(count, `subjects-people[${index}]`, problems),
        ...(own.length > 0 ? { groups: own } : {}),
      },
    ];
  });
  return rows.length > 0 || form.text('nobody') === 'yes' ? rows : undefined;
}

function placesOf(name: string, text: string): unknown {
  const codes = text
    .split(',')
    .map(placeCode)
    .filter((code) => code !== '');
  if (codes.length === 0) return undefined;
  return name === 'mainEstablishment' ? codes[0] : codes;
}

function holdOf(form: Form): unknown {
  const from = momentText(form.text('day'), form.text('time'));
  const until = momentText(form.text('untilDay'), form.text('untilTime'));
  if (from === '' && until === '') return undefined;
  return { from, ...(until === '' ? {} : { until }) };
}

/** The rows of which a duty was chosen; none left means that nothing is ordered. */
function ordersOf(form: Form): unknown {
  const [days, times] = [form.list('day'), form.list('time')];
  const [dueDays, dueTimes] = [form.list('dueDay'), form.list('dueTime')];
  return form.list('duty').flatMap((duty, index) => {
    if (duty === '') return [];
    const due = momentText(dueDays[index] ?? '', dueTimes[index] ?? '');
    return [
      { duty, at: momentText(days[index] ?? '', times[index] ?? ''), ...(due === '' ? {} : { dueAt: due }) },
    ];
  });
}

/** The field of a fact's form where a problem stands. */
export function fieldOfFact(name: string, path: string): string {
  const row = /subjects\[(\d+)\](?:\.(place|count|min|max|groups))?/.exec(path);
  if (row) {
    const column = row[2] === 'place' || row[2] === 'groups' ? row[2] : 'people';
    return `subjects-${column}[${row[1] ?? ''}]`;
  }
  const order = /orders\[(\d+)\](?:\.(at|dueAt))?/.exec(path);
  if (order) {
    const column = order[2] === 'at' ? '-at' : order[2] === 'dueAt' ? '-due' : '';
    return `orders${column}[${order[1] ?? ''}]`;
  }
  // A fault of the whole list is told at its first row.
  if (/^(?:facts\.)?subjects$/.test(path)) return 'subjects-place[0]';
  if (/^(?:facts\.)?orders$/.test(path)) return 'orders[0]';
  if (path.endsWith('lawEnforcementHold.until')) return 'lawEnforcementHold-until';
  if (path === 'because') return `${name}-because`;
  return path.startsWith('subjects-') ? path : name;
}
