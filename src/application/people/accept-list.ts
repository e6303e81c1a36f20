import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { replayed } from '../../domain/incident/change.ts';
import { addressLetter } from '../../domain/incident/notices.ts';
import type { Notice } from '../../domain/notice/notice.ts';
import { digestOfList } from '../../domain/notice/seal.ts';
import { ListCheck } from '../../domain/people/list-file/check.ts';
import { personOfRow } from '../../domain/people/list-file/person-of-row.ts';
import { DELIVERY_STATES, firstState, isSettled, type Person } from '../../domain/people/person.ts';
import { BATCH_SIZE } from '../../domain/people/typed-list.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import type { House } from '../ports/house.ts';
import type { ListHead, NewBatch } from '../ports/people.ts';
import { viewUpload } from './check-upload.ts';
import { openList, type ReadableList } from './check-list.ts';
import { sourceOf, type UploadPlace } from './list-upload.ts';

/** Whether the people of the list join those on the letter, or take their place. */
export const ACCEPT_MODES = ['add', 'replace'] as const;
export type AcceptMode = (typeof ACCEPT_MODES)[number];

export interface Accepted {
  /** People on the letter now. */
  readonly count: number;
  /** How many of them came with this list. */
  readonly added: number;
  readonly duplicates: number;
}

type Accepting = Changing & Pick<House, 'lists' | 'listFiles' | 'listUploads'>;

/**
 * Takes a list over that was looked at: its people are streamed into sealed batches of a new list, and only when the
 * last one lies there does the letter name it. Whoever dies on the way leaves what nobody names or opens, and what
 * was sent in is there still. The same `key` takes it over once.
 *
 * Two people of one address are one: who is on the letter already, or was told of it in any way, is a duplicate.
 */
export async function acceptList(
  house: Accepting,
  actor: Actor,
  form: UploadPlace & { readonly mode: AcceptMode; readonly revision: number },
  key?: string,
): Promise<Result<Accepted, DomainError>> {
  const repeat = await acceptedBefore(house, actor, form, key);
  if (repeat) return ok(repeat);
  try {
    const done = await takeOver(house, actor, form, key);
    if (done.ok) return done;
    const meanwhile = await acceptedBefore(house, actor, form, key);
    return meanwhile ? ok(meanwhile) : done;
  } catch (error) {
    // The other click was faster, and destroyed what this one was reading.
    const meanwhile = await acceptedBefore(house, actor, form, key);
    if (meanwhile) return ok(meanwhile);
    throw error;
  }
}

async function takeOver(
  house: Accepting,
  actor: Actor,
  form: UploadPlace & { readonly mode: AcceptMode; readonly revision: number },
  key: string | undefined,
): Promise<Result<Accepted, DomainError>> {
  const seen = await viewUpload(house, actor, form);
  if (!seen.ok) return seen;
  const { findings } = seen.value;
  if (findings.counts === null) return fail(invalid('columns', 'list.no-header'));
  if (findings.revision !== form.revision) return fail(stale(form, findings.revision));
  const incident = await findIncident(house, actor, form.incident);
  const before = incident?.notices.find(({ id }) => id === form.notice);
  if (!before) return fail({ kind: 'not-found', what: 'notice', id: form.notice });
  const list = await openList(
    house.listFiles,
    sourceOf(house, actor.organisation, form.upload),
    findings.wish,
  );
  if (!list.ok) return fail(invalid('file', `list.${list.error}`));
  const written = await writeList(house, actor, form, before, list.value);
  const done = await nameIt(house, actor, form, before, written, key);
  if (done.ok && done.value.named) await house.listUploads.destroy(actor.organisation, form.upload);
  else await house.lists.discard(actor.organisation, written.head.id);
  return done.ok ? ok(done.value.accepted) : done;
}

interface Written {
  readonly head: ListHead;
  readonly added: number;
  readonly duplicates: number;
}

/** Streams everybody into a new list: who stays on the letter, then who comes. */
async function writeList(
  house: Accepting,
  actor: Actor,
  form: UploadPlace & { readonly mode: AcceptMode },
  notice: Notice,
  list: ReadableList,
): Promise<Written> {
  const { organisation } = actor;
  const id = house.ids.id();
  await house.listUploads.takingOver(organisation, form.upload, id);
  const stays = form.mode === 'add' ? notice.list?.id : undefined;
  const check = new ListCheck(list.layout, await knownBefore(house, organisation, form, stays));
  async function* people(): AsyncGenerator<NewBatch> {
    if (stays !== undefined) yield* peopleOf(house, organisation, stays);
    yield* acceptedOf(list, check);
  }
  const { incident, notice: of } = form;
  try {
    const at = house.clock.now();
    const head = await house.lists.write({ id, organisation, incident, notice: of, at }, people());
    const { accepted, duplicates } = check.counts();
    return { head, added: accepted, duplicates };
  } catch (error) {
    await house.lists.discard(organisation, id);
    throw error;
  }
}

/** Who counts as a duplicate: who stays on the letter, and whoever of any of its lists needs no letter any more. */
async function knownBefore(
  { lists }: Pick<House, 'lists'>,
  organisation: string,
  { incident, notice }: UploadPlace,
  stays: string | undefined,
): Promise<(email: string) => boolean> {
  const settled = DELIVERY_STATES.filter(isSettled);
  const ofLetter = (await lists.ofIncident(organisation, incident)).filter((list) => list.notice === notice);
  const tests = await Promise.all(
    ofLetter
      .filter(({ kept }) => kept)
      .map(({ id }) => lists.holds(organisation, id, id === stays ? 'any' : settled)),
  );
  return (email) => tests.some((holds) => holds(email));
}

async function* peopleOf(
  { lists }: Pick<House, 'lists'>,
  organisation: string,
  list: string,
): AsyncGenerator<NewBatch> {
  const head = await lists.head(organisation, list);
  for (let batch = 0; batch < (head?.batches.length ?? 0); batch += 1) {
    const people = await lists.open(organisation, list, batch);
    const letters = await lists.deliveries(organisation, list, batch);
    const states = people.map((person, position) => {
      const state = letters[position]?.state ?? firstState(person);
      return isSettled(state) ? state : firstState(person);
    });
    yield { people, states };
  }
}

/** The people of a list that can be taken, in batches of a thousand. @throws ListUnreadable */
export async function* acceptedOf(list: ReadableList, check: ListCheck): AsyncGenerator<NewBatch> {
  let batch: Person[] = [];
  for await (const { rows, suspicion } of list.table.rows())
    for (const cells of rows) {
      const verdict = check.take(cells, suspicion);
      if (verdict.kind !== 'accepted') continue;
      batch.push(personOfRow(cells, list.layout, verdict));
      if (batch.length < BATCH_SIZE) continue;
      yield { people: batch };
      batch = [];
    }
  if (batch.length > 0) yield { people: batch };
}

/** The letter names the list, if it still has the people that this one was made for. */
async function nameIt(
  house: Accepting,
  actor: Actor,
  form: UploadPlace & { readonly revision: number },
  before: Notice,
  { head, added, duplicates }: Written,
  key: string | undefined,
): Promise<Result<{ readonly named: boolean; readonly accepted: Accepted }, DomainError>> {
  if (head.count === 0) return fail(invalid('file', 'list.nobody'));
  const list = { id: head.id, count: head.count, digest: digestOfList(head.batches) };
  const upload = await house.listUploads.find(actor.organisation, form.upload);
  if (!upload) return fail({ kind: 'not-found', what: 'list', id: form.upload });
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context) => {
      const now = fresh.notices.find(({ id }) => id === form.notice);
      return now?.list?.id === before.list?.id
        ? addressLetter(fresh, form.notice, list, context)
        : fail(stale(form, form.revision));
    },
    key,
  );
  if (!done.ok) return done;
  const named = done.value.incident.notices.find(({ id }) => id === form.notice)?.list;
  return ok({
    named: named?.id === head.id,
    accepted: { count: named?.count ?? head.count, added, duplicates },
  });
}

/** A double click: what it took over the first time. */
async function acceptedBefore(
  house: Pick<House, 'incidents'>,
  actor: Actor,
  form: UploadPlace,
  key: string | undefined,
): Promise<Accepted | null> {
  const incident = await findIncident(house, actor, form.incident);
  if (!incident || !replayed(incident, key)) return null;
  const count = incident.notices.find(({ id }) => id === form.notice)?.list?.count ?? 0;
  return { count, added: 0, duplicates: 0 };
}

function stale(
  { notice, revision }: UploadPlace & { readonly revision: number },
  current: number,
): DomainError {
  return { kind: 'stale-version', subject: notice, shown: revision, current, theirs: null, yours: null };
}
