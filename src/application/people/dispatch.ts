import { allow } from '../../domain/access/permissions.ts';
import { ALL_HANDS, type Actor } from '../../domain/access/roles.ts';
import type { DomainError, SealBroken } from '../../domain/errors.ts';
import { areForgotten } from '../../domain/incident/forgetting.ts';
import { recordTold, startDispatch as start } from '../../domain/incident/sending.ts';
import type { Notice, Seal } from '../../domain/notice/notice.ts';
import { differs } from '../../domain/notice/seal.ts';
import { openIn, WRITTEN_FROM, type DeliveryState, type Person } from '../../domain/people/person.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { findIncident } from '../incident/find.ts';
import type { House } from '../ports/house.ts';
import type { Handed, Letter } from '../ports/post.ts';
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

/** A call that gave no answer for so long will give none: whoever made it is dead, or was cut off. */
const IN_FLIGHT_SECONDS = 60;

/** How far a run came. `again`: the mail service took nothing just now, so that it is worth another run. */
export interface Run {
  readonly again: boolean;
}

/**
 * Sends, or goes on sending, a letter. Safe to run again after dying anywhere and beside itself: an attempt is written
 * down before its call, and one of which nobody knows how it ended is `uncertain` and never made again by itself, save
 * where handing over again is the same letter (the outbox folder).
 */
export async function dispatchLetters(
  house: Deps,
  organisationId: string,
  incidentId: string,
  noticeId: string,
): Promise<Result<Run, DomainError>> {
  const incident = await house.incidents.byId(organisationId, incidentId);
  const organisation = await house.organisations.byId(organisationId);
  const notice = incident?.notices.find(({ id }) => id === noticeId);
  if (!organisation || !notice) return fail({ kind: 'not-found', what: 'notice', id: noticeId });
  if (incident && areForgotten(incident, notice)) return ok({ again: false });
  const seal = notice.approved?.seal;
  // A letter that came back after everybody was told may be written again.
  const isUnderWay = notice.state === 'sending' || notice.state === 'told';
  if (!isUnderWay || !seal?.list) return ok({ again: false });
  const head = await house.lists.head(organisationId, seal.list.id);
  if (!head) return fail({ kind: 'seal-broken', notice: noticeId, part: 'people' });
  const sender = { organisation, drill: incident?.drill ?? false };
  for (let batch = 0; batch < head.batches.length; batch += 1) {
    const sent = await sendBatch(house, sender, notice, seal, batch);
    if (!sent.ok || sent.value.again) return sent;
  }
  if (notice.state === 'told') return ok({ again: false });
  const settled = await settleDispatch(house, organisationId, incidentId, notice);
  return settled.ok ? ok({ again: false }) : settled;
}

async function sendBatch(
  house: Deps,
  { organisation, drill }: Pick<Wave, 'organisation' | 'drill'>,
  notice: Notice,
  seal: Seal,
  batch: number,
): Promise<Result<Run, SealBroken>> {
  const list = seal.list?.id ?? '';
  if (!house.letterPost.exact) {
    const silentSince = house.clock.now().subtract({ seconds: IN_FLIGHT_SECONDS });
    await house.lists.makeUncertain(organisation.id, list, batch, silentSince);
  }
  const deliveries = await house.lists.deliveries(organisation.id, list, batch);
  const from = house.letterPost.exact ? [...WRITTEN_FROM, 'sending' as const] : WRITTEN_FROM;
  // Who was turned away comes last: one mailbox that is full for days must not keep the others waiting behind it.
  const waiting = deliveries
    .filter(({ state }) => from.includes(state))
    .sort((a, b) => Number(a.state === 'failed') - Number(b.state === 'failed'));
  if (waiting.length === 0) return ok({ again: false });
  const broken = differs(seal, await atHand(house, organisation.id, notice, seal));
  if (broken) return fail({ kind: 'seal-broken', notice: notice.id, part: broken });
  const people = await house.lists.open(organisation.id, list, batch);
  const texts = await sealedWords(house, seal);
  const wave = { organisation, drill, notice, list, batch, texts };
  for (const { position } of waiting) {
    const person = people[position];
    if (!person || person.email === '') continue;
    // Where the service takes nothing now, the next one would only be turned away as well.
    if ((await sendOne(house, wave, from, position, person)) === 'later') return ok({ again: true });
  }
  return ok({ again: false });
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

const STATE_AFTER: Readonly<Record<Handed, DeliveryState>> = {
  accepted: 'accepted',
  refused: 'refused',
  later: 'failed',
  uncertain: 'uncertain',
};

/** @returns how it ended; null where somebody else has it in hand or the person was told meanwhile */
async function sendOne(
  house: Deps,
  wave: Wave,
  from: readonly DeliveryState[],
  position: number,
  person: Person,
): Promise<Handed | null> {
  const { organisation, list, batch } = wave;
  const move = (before: readonly DeliveryState[], to: DeliveryState): Promise<boolean> =>
    house.lists.move(organisation.id, list, batch, position, before, to, house.clock.now());
  if (!(await move(from, 'sending'))) return null;
  const handed = wave.drill
    ? 'accepted'
    : await house.letterPost.deliver(letterFor(house, wave, position, person));
  await move(['sending'], STATE_AFTER[handed]);
  return handed;
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
export async function settleDispatch(
  house: Deps,
  organisation: string,
  incident: string,
  { id: notice, list }: Pick<Notice, 'id' | 'list'>,
): Promise<Result<undefined, DomainError>> {
  if (!list) return ok(undefined);
  const totals = await house.lists.totals(organisation, list.id);
  if (openIn(totals) > 0) return ok(undefined);
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
