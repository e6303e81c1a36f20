import { correctAddress } from '../../../../application/people/correct-address.ts';
import { settlePerson } from '../../../../application/people/settle-person.ts';
import type { DomainError } from '../../../../domain/errors.ts';
import type { Result } from '../../../../domain/result.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { paramNumber } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { fieldName, type Typed } from './forms.ts';
import { peoplePath, placeOf, showPeoplePage } from './page.ts';

interface Spot {
  readonly batch: number;
  readonly position: number;
}

function spotOf(visit: StaffVisit): Spot {
  return { batch: paramNumber(visit, 'batch'), position: paramNumber(visit, 'position') };
}

const NAMES = ['channel', 'day', 'time', 'note', 'why', 'email', 'postal'] as const;

function typedOf(form: Form, { batch, position }: Spot): Typed {
  return Object.fromEntries(NAMES.map((name) => [name, form.text(fieldName(batch, position, name))]));
}

/** Records a telling, a bounce, or a decision of one person. */
export async function takeSettling(visit: StaffVisit, form: Form): Promise<void> {
  const spot = spotOf(visit);
  const typed = typedOf(form, spot);
  const kind = form.text('kind');
  const { day = '', time = '' } = typed;
  const done = await settlePerson(
    visit.parts.house,
    visit.actor,
    {
      ...placeOf(visit),
      ...spot,
      kind,
      ...(typed.channel ? { channel: typed.channel } : {}),
      at: kind === 'told' && day !== '' ? `${day}T${time === '' ? '12:00' : time}` : '',
      note: (kind === 'given-up' ? typed.why : kind === 'told' ? typed.note : '') ?? '',
    },
    form.key ?? visit.parts.house.ids.id(),
  );
  await answer(visit, done, spot, typed, 'settled', {
    at: 'day',
    note: kind === 'given-up' ? 'why' : 'note',
  });
}

/** Puts one person's address right. */
export async function takeAddress(visit: StaffVisit, form: Form): Promise<void> {
  const spot = spotOf(visit);
  const typed = typedOf(form, spot);
  const { email = '', postal = '' } = typed;
  const done = await correctAddress(
    visit.parts.house,
    visit.actor,
    { ...placeOf(visit), ...spot, email, postal },
    form.key,
  );
  await answer(visit, done, spot, typed, 'corrected', {});
}

async function answer(
  visit: StaffVisit,
  done: Result<undefined, DomainError>,
  spot: Spot,
  typed: Typed,
  sentence: string,
  fields: Readonly<Record<string, keyof Typed>>,
): Promise<void> {
  const { batch, position } = spot;
  if (done.ok) go(visit, `${peoplePath(visit)}#p-${batch}-${position}`, sentence);
  else if (done.error.kind === 'invalid-input') {
    const named = (path: string): string => fieldName(batch, position, fields[path] ?? (path as keyof Typed));
    const errors = formErrors(visit, done.error, named);
    await showPeoplePage(visit, { ...spot, errors, typed }, 422);
  } else refuse(visit, done.error);
}
