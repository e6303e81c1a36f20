import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import {
  answerQuestion as answer,
  askQuestion as ask,
  ownQuestion as own,
} from '../../domain/incident/questions.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { changeIncident, type Changing } from './change.ts';
import { isStaff } from './lead.ts';
import { sealIfGiven, sealNote } from './seal-note.ts';

type Deps = Changing & Pick<House, 'notes' | 'users'>;

/** Puts down what an authority asks. @returns the question's id; the same `key` gives the same one again */
export async function askQuestion(
  house: Deps,
  actor: Actor,
  form: { readonly incident: string; readonly text: string; readonly owner?: string },
  key?: string,
): Promise<Result<{ readonly question: string }, DomainError>> {
  const allowed = allow(actor, 'task.assign');
  if (!allowed.ok) return allowed;
  const { owner } = form;
  if (owner !== undefined && !(await isStaff(house, actor.organisation, [owner])))
    return fail(invalid('owner', 'user.unknown'));
  const text = await sealNote(house, actor, { ...form, path: 'text' });
  if (!text.ok) return text;
  const question = {
    id: house.ids.id(),
    text: text.value.ref,
    ...(owner === undefined ? {} : { owner }),
  };
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) => ask(incident, question, context),
    key,
    [text.value],
  );
  return done.ok ? ok({ question: done.value.answer }) : done;
}

/** Gives a question to a person. */
export async function ownQuestion(
  house: Deps,
  actor: Actor,
  form: {
    readonly incident: string;
    readonly question: string;
    readonly owner: string;
    readonly shown: number;
  },
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'task.assign');
  if (!allowed.ok) return allowed;
  if (!(await isStaff(house, actor.organisation, [form.owner])))
    return fail(invalid('owner', 'user.unknown'));
  const { question: id, owner, shown } = form;
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) => own(incident, { id, owner, shown }, context),
    key,
  );
  return done.ok ? ok(undefined) : done;
}

/** Marks a question answered; the note may say what was answered. */
export async function answerQuestion(
  house: Deps,
  actor: Actor,
  form: {
    readonly incident: string;
    readonly question: string;
    readonly note?: string;
    readonly shown: number;
  },
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'task.assign');
  if (!allowed.ok) return allowed;
  const note = await sealIfGiven(house, actor, { ...form, text: form.note, path: 'note' });
  if (!note.ok) return note;
  const { question: id, shown } = form;
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) =>
      answer(incident, { id, shown, ...(note.value ? { note: note.value.ref } : {}) }, context),
    key,
    note.value ? [note.value] : [],
  );
  return done.ok ? ok(undefined) : done;
}
