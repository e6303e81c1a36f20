import { ALL_HANDS, type Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { replayed } from '../../domain/incident/change.ts';
import {
  forgetPeople as decide,
  isForgetting,
  peopleForgotten,
  type HeldOfPeople,
} from '../../domain/incident/forgetting.ts';
import type { Forgotten, Incident } from '../../domain/incident/incident.ts';
import { NOTE_ADDED } from '../../domain/incident/records.ts';
import { openIn } from '../../domain/people/person.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { findForPerson } from '../incident/find.ts';
import { sealIfGiven, sealNote } from '../incident/seal-note.ts';
import type { House } from '../ports/house.ts';
import { entriesOf, textIn } from '../register/entries-of.ts';
import { registerSettlings } from './register-settlings.ts';

type Keeping = Pick<House, 'lists' | 'notes' | 'register'>;
type Destroying = Changing & Pick<House, 'lists' | 'listUploads' | 'drafts' | 'letterPost'>;

export interface ForgettingView {
  readonly incident: Incident;
  readonly held: HeldOfPeople;
  /** The incident's own notes, which go only where that is chosen. */
  readonly ownNotes: number;
  readonly isSending: boolean;
  readonly forgotten: Forgotten | null;
  /** The words of its reasons, by the id of their note. */
  readonly words: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

/** What would be destroyed, and what has been. */
export async function viewForgetting(
  house: Keeping & Pick<House, 'incidents' | 'organisations' | 'users'>,
  actor: Actor,
  id: string,
): Promise<Result<ForgettingView, DomainError>> {
  const found = await findForPerson(house, actor, 'people.forget', id);
  if (!found.ok) return found;
  const { incident } = found.value;
  const forgotten = incident.forgotten ?? null;
  const reasons = [forgotten?.reason, forgotten?.override].flatMap((ref) => (ref ? [ref.id] : []));
  const [held, own, words, users] = await Promise.all([
    heldOf(house, incident, false),
    ownNotesOf(house, incident),
    house.notes.read(actor.organisation, reasons),
    house.users.of(actor.organisation),
  ]);
  return ok({
    incident,
    held,
    ownNotes: own.length,
    isSending: incident.notices.some(({ kind, state }) => kind === 'letter' && state === 'sending'),
    forgotten,
    words,
    names: new Map(users.map(({ id: user, name }) => [user, name])),
  });
}

export interface ForgetForm {
  readonly incident: string;
  /** The incident's reference, typed: nobody forgets the people of another one by mistake. */
  readonly reference: string;
  readonly reason: string;
  /** The own password again: an open browser destroys nothing. */
  readonly password: string;
  /** Why it is done although a letter is being sent or people are not told. */
  readonly override?: string;
  /** The incident's own notes go too. */
  readonly withNotes?: boolean;
}

/**
 * Forgets the people of an incident: decided first, so that nothing of theirs is used any more, then destroyed, keys
 * before what they seal. What dies in between is finished by reconciling.
 */
export async function forgetPeople(
  house: Destroying & Pick<House, 'users' | 'passwords'>,
  actor: Actor,
  form: ForgetForm,
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const found = await findForPerson(house, actor, 'people.forget', form.incident);
  if (!found.ok) return found;
  const { incident } = found.value;
  if (!replayed(incident, key)) {
    const decided = await decideIt(house, actor, incident, form, key);
    if (!decided.ok) return decided;
  }
  return finishForgetting(house, actor.organisation, form.incident);
}

async function decideIt(
  house: Destroying & Pick<House, 'users' | 'passwords'>,
  actor: Actor,
  incident: Incident,
  form: ForgetForm,
  key: string | undefined,
): Promise<Result<unknown, DomainError>> {
  const user = await house.users.byId(actor.user);
  if (!(await house.passwords.verify(user?.password ?? null, form.password)))
    return fail(invalid('password', 'password.wrong'));
  const reason = await sealNote(house, actor, { ...form, text: form.reason, path: 'reason' });
  if (!reason.ok) return reason;
  const override = await sealIfGiven(house, actor, { ...form, text: form.override, path: 'override' });
  if (!override.ok) return override;
  // What was recorded of single people and did not reach the register yet could not be told of a forgotten letter.
  await registerSettlings(house, actor.organisation);
  const withNotes = form.withNotes ?? false;
  const held = await heldOf(house, incident, withNotes);
  const forgetting = {
    reference: form.reference,
    reason: reason.value.ref,
    held,
    withNotes,
    ...(override.value ? { override: override.value.ref } : {}),
  };
  const notes = [reason.value, ...(override.value ? [override.value] : [])];
  return changeIncident(
    house,
    actor,
    incident.id,
    (fresh, context) => decide(fresh, forgetting, context),
    key,
    notes,
  );
}

/**
 * Destroys what is to be forgotten of an incident, to the end; does nothing where nothing was decided or all is done.
 * Every step can be run again: it is safe to die after each, and to run beside itself.
 */
export async function finishForgetting(
  house: Destroying,
  organisation: string,
  id: string,
): Promise<Result<undefined, DomainError>> {
  const incident = await house.incidents.byId(organisation, id);
  if (!incident?.forgotten || !isForgetting(incident)) return ok(undefined);
  const { forgotten } = incident;
  const letters = incident.notices.filter(({ kind }) => kind === 'letter').map((letter) => letter.id);
  const lists = await house.lists.ofIncident(organisation, id);
  // Keys first: whatever dies behind them leaves only what nobody can open.
  for (const list of lists) await house.lists.destroyKey(organisation, list.id);
  await destroyUploads(house, organisation, id);
  const notes = await notesOf(house, incident, forgotten.withNotes);
  await house.notes.remove(organisation, notes);
  await house.drafts.remove(organisation, id, letters);
  for (const letter of letters) await house.letterPost.forget?.(letter);
  for (const list of lists) await house.lists.clear(organisation, list.id);
  const actor: Actor = { user: 'tocsin', organisation, roles: ALL_HANDS };
  const destroyed = { lists: lists.length, people: forgotten.people, notes: notes.length };
  const done = await changeIncident(house, actor, id, (fresh, context) =>
    peopleForgotten(fresh, destroyed, context),
  );
  return done.ok ? ok(undefined) : done;
}

/** Longer than any list that was sent in waits for somebody to take it over. */
const FAR = { hours: 24 * 3650 };

/** Lists that were sent in for this incident and not taken over lie under keys of their own. */
async function destroyUploads(
  house: Pick<House, 'clock' | 'listUploads'>,
  organisation: string,
  incident: string,
): Promise<void> {
  const uploads = await house.listUploads.ended(organisation, house.clock.now().add(FAR));
  for (const upload of uploads)
    if (upload.incident === incident) await house.listUploads.destroy(organisation, upload.id);
}

async function heldOf(house: Keeping, incident: Incident, withNotes: boolean): Promise<HeldOfPeople> {
  const { organisation, notices } = incident;
  const kept = (await house.lists.ofIncident(organisation, incident.id)).filter((list) => list.kept);
  const named = kept.filter(({ id }) => notices.some(({ list }) => list?.id === id));
  const totals = await Promise.all(named.map(({ id }) => house.lists.totals(organisation, id)));
  const notes = await house.notes.read(organisation, await notesOf(house, incident, withNotes));
  return {
    lists: kept.length,
    people: named.reduce((sum, { count }) => sum + count, 0),
    open: totals.reduce((sum, one) => sum + openIn(one), 0),
    notes: notes.size,
  };
}

/** The notes that go: what somebody noted of single people, and the incident's own where that is chosen. */
async function notesOf(house: Keeping, incident: Incident, withNotes: boolean): Promise<readonly string[]> {
  const { organisation } = incident;
  const found = withNotes ? [...(await ownNotesOf(house, incident))] : [];
  for (const list of await house.lists.ofIncident(organisation, incident.id))
    for (let batch = 0; batch < list.batches.length; batch += 1)
      for (const { note } of await house.lists.settlings(organisation, list.id, batch))
        if (note) found.push(note.id);
  return found;
}

async function ownNotesOf(house: Pick<House, 'register'>, incident: Incident): Promise<readonly string[]> {
  const entries = await entriesOf(house, incident, [NOTE_ADDED]);
  return entries.map((entry) => textIn(entry, 'note'));
}
