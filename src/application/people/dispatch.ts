import { allow } from '../../domain/access/permissions.ts';
import { ALL_HANDS, type Actor } from '../../domain/access/roles.ts';
import type { DomainError, SealBroken } from '../../domain/errors.ts';
import { recordTold, startDispatch as start } from '../../domain/incident/sending.ts';
import type { Notice, Seal } from '../../domain/notice/notice.ts';
import { differs } from '../../domain/notice/seal.ts';
import { isSettled, type Delivery, type Person } from '../../domain/people/person.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';
import type { Letter } from '../ports/post.ts';
import type { Organisation } from '../ports/staff.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { atHand } from '../notice/source.ts';

type Deps = Changing & Pick<House, 'lists' | 'letterPost' | 'noticeWriter'>;

/** Starts sending an approved letter. The seal is checked here and again before each batch. */
export async function startDispatch(
  house: Deps,
  actor: Actor,
  form: { readonly incident: string; readonly notice: string },
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'letters.dispatch');
  if (!allowed.ok) return allowed;
  const incident = await findIncident(house, actor, form.incident);
  const notice = incident?.notices.find(({ id }) => id === form.notice);
  if (!notice) return fail({ kind: 'not-found', what: 'notice', id: form.notice });
  const seal = notice.approved?.seal;
  if (!seal)
    return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: 'notice.not-approved' });
  const now = await atHand(house, actor.organisation, notice, seal);
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context) => start(fresh, form.notice, now, context),
    key,
  );
  if (!done.ok) return done;
  await house.scheduler.dispatch(actor.organisation, form.incident, form.notice);
  return ok(undefined);
}

/**
 * Sends, or goes on sending, a letter. Safe to run again after dying anywhere and beside itself: the post names a
 * letter by notice, batch and position, so that handing one over again is the same letter and never a second one.
 */
export async function dispatchLetters(
  house: Deps,
  organisationId: string,
  incidentId: string,
  noticeId: string,
): Promise<Result<undefined, DomainError>> {
  const incident = await house.incidents.byId(organisationId, incidentId);
  const organisation = await house.organisations.byId(organisationId);
  const notice = incident?.notices.find(({ id }) => id === noticeId);
  if (!organisation || !notice) return fail({ kind: 'not-found', what: 'notice', id: noticeId });
  const seal = notice.approved?.seal;
  if (notice.state !== 'sending' || !seal?.list) return ok(undefined);
  const head = await house.lists.head(organisationId, seal.list.id);
  if (!head) return fail({ kind: 'seal-broken', notice: noticeId, part: 'people' });
  for (let batch = 0; batch < head.batches.length; batch += 1) {
    const sent = await sendBatch(
      house,
      { organisation, drill: incident?.drill ?? false },
      notice,
      seal,
      batch,
    );
    if (!sent.ok) return sent;
  }
  return settleDispatch(house, organisationId, incidentId, noticeId, seal.list.id);
}

async function sendBatch(
  house: Deps,
  { organisation, drill }: Pick<Wave, 'organisation' | 'drill'>,
  notice: Notice,
  seal: Seal,
  batch: number,
): Promise<Result<undefined, SealBroken>> {
  const list = seal.list?.id ?? '';
  const deliveries = await house.lists.deliveries(organisation.id, list, batch);
  if (deliveries.every(({ state }) => isSettled(state))) return ok(undefined);
  const broken = differs(seal, await atHand(house, organisation.id, notice, seal));
  if (broken) return fail({ kind: 'seal-broken', notice: notice.id, part: broken });
  const people = await house.lists.open(organisation.id, list, batch);
  const texts = await sealedWords(house, seal);
  for (const delivery of deliveries) {
    const person = people[delivery.position];
    if (person && !isSettled(delivery.state))
      await sendOne(house, { organisation, drill, notice, list, batch, texts }, delivery, person);
  }
  return ok(undefined);
}

export interface Wave {
  readonly organisation: Organisation;
  /** A letter of a drill goes the whole way but out of the door. */
  readonly drill: boolean;
  readonly notice: Notice;
  readonly list: string;
  readonly batch: number;
  readonly texts: Words;
}

async function sendOne(house: Deps, wave: Wave, delivery: Delivery, person: Person): Promise<void> {
  const { organisation, list, batch } = wave;
  const { position } = delivery;
  const move = (from: readonly Delivery['state'][], to: Delivery['state']): Promise<boolean> =>
    house.lists.move(organisation.id, list, batch, position, from, to, house.clock.now());
  // A letter found in `sending` was begun by a process that died. The folder is exact: the same name, the same
  // letter, so going on cannot make a second one.
  if (!(await move(['waiting', 'sending', 'failed'], 'sending'))) return;
  if (!wave.drill) await house.letterPost.deliver(letterFor(house, wave, position, person));
  await move(['sending'], 'accepted');
}

/** The letter of one person: the sealed words in the person's language, with what is personal put in. */
export function letterFor(
  house: Pick<House, 'noticeWriter'>,
  { organisation, notice, batch, texts }: Omit<Wave, 'drill'>,
  position: number,
  person: Person,
): Letter {
  const locale = house.noticeWriter.localeFor(person, notice.locales);
  const word = (format: 'subject' | 'html' | 'text'): string =>
    house.noticeWriter.personalise(texts[locale]?.[format] ?? '', format, person, locale);
  return {
    notice: notice.id,
    batch,
    position,
    from: { name: organisation.name, email: organisation.contact.email },
    to: { name: person.name, email: person.email },
    subject: word('subject'),
    html: word('html'),
    text: word('text'),
    locale,
  };
}

type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The words under a seal, by language and format, as they lie in the store. */
export async function sealedWords(house: Pick<House, 'texts'>, seal: Seal): Promise<Words> {
  const stored = await house.texts.get(
    Object.values(seal.texts).flatMap((formats) => Object.values(formats)),
  );
  return Object.fromEntries(
    Object.entries(seal.texts).map(([locale, formats]) => [
      locale,
      Object.fromEntries(Object.entries(formats).map(([format, hash]) => [format, stored.get(hash) ?? ''])),
    ]),
  );
}

/** When the last person is settled, the letter is told. */
async function settleDispatch(
  house: Deps,
  organisation: string,
  incident: string,
  notice: string,
  list: string,
): Promise<Result<undefined, DomainError>> {
  const totals = await house.lists.totals(organisation, list);
  const open = totals.waiting + totals.sending + totals.failed + totals.uncertain;
  if (open > 0) return ok(undefined);
  const actor: Actor = { user: 'tocsin', organisation, roles: ALL_HANDS };
  const done = await changeIncident(
    house,
    actor,
    incident,
    (fresh, context, { judge }) => recordTold(fresh, notice, totals, judge, context),
    `told-${notice}`,
  );
  return done.ok ? ok(undefined) : done;
}
