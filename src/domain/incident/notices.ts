import { may, type Permission } from '../access/permissions.ts';
import { invalid, type DomainError } from '../errors.ts';
import { mayApprove } from '../notice/approval.ts';
import { addresseesOf, kindOf } from '../notice/addressee.ts';
import type { Notice, NoticeKind, NoticeState, Seal } from '../notice/notice.ts';
import { differs } from '../notice/seal.ts';
import type { Happening, Json } from '../register/entry.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import { stillKnown } from './forgetting.ts';
import type { Incident, NoteRef } from './incident.ts';

type Outcome = Result<Change, DomainError>;

export interface NewNotice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly obligations: readonly string[];
  /** Who gets it, where the law engine or a person names them. */
  readonly recipient?: string;
  readonly locales: readonly string[];
}

/** Begins a notice for obligations of this incident. */
export function prepareNotice(
  incident: Incident,
  input: NewNotice,
  context: Context,
): Result<Change<string>, DomainError> {
  return begin(incident, [input], input.id, context);
}

/** The same for several at once: all of them or none. @returns their ids, in order */
export function prepareNotices(
  incident: Incident,
  inputs: readonly NewNotice[],
  context: Context,
): Result<Change<readonly string[]>, DomainError> {
  return begin(
    incident,
    inputs,
    inputs.map(({ id }) => id),
    context,
  );
}

function begin<T extends Json>(
  incident: Incident,
  inputs: readonly NewNotice[],
  answer: T,
  context: Context,
): Result<Change<T>, DomainError> {
  if (!may(context.actor, 'notice.write')) return notAllowed('notice.write');
  for (const input of inputs) {
    const fault = faultOf(incident, input);
    if (fault) return fail(fault);
  }
  const begun = { state: 'draft', createdAt: context.at, authors: [context.actor.user], version: 0 } as const;
  const notices: readonly Notice[] = inputs.map((input) => ({ ...input, ...begun }));
  const happenings = inputs.map(({ id, kind, obligations, locales }) => ({
    type: 'notice-prepared',
    data: { notice: id, kind, obligations: [...obligations], locales: [...locales] },
  }));
  return ok(settle(incident, { notices: [...incident.notices, ...notices] }, happenings, context, answer));
}

/** A notice says to one office what its law asks: where the law asks it of several, each gets its own. */
function faultOf(incident: Incident, { kind, obligations: keys }: NewNotice): DomainError | null {
  const known = new Map(incident.obligations.map((obligation) => [obligation.key, obligation]));
  const unknown = keys.find((key) => !known.has(key));
  if (unknown !== undefined) return { kind: 'not-found', what: 'obligation', id: unknown };
  const owed = keys.flatMap((key) => known.get(key) ?? []);
  if (owed.some((obligation) => kindOf(obligation) !== kind)) return invalid('kind', 'notice.other-kind');
  const count = addresseesOf(owed);
  return count > 1 ? invalid('obligations', 'notice.several-recipients', { count }) : null;
}

/**
 * Makes the notice ready to be written on by this person: an approval or a hand-in is void from here on, and the
 * person counts as an author.
 */
export function reviseNotice(incident: Incident, id: string, context: Context): Outcome {
  return onNotice(incident, id, 'notice.write', ['draft', 'in-review', 'approved'], context, (notice) => {
    const written = writtenBy(notice, context.actor.user);
    if (notice.state === 'draft' && written.authors === notice.authors) return ok({ notice, happenings: [] });
    const happening = { type: 'notice-revised', data: { notice: id, voided: sealOf(notice) } };
    return ok({ notice: written, happenings: [happening] });
  });
}

/** A draft again, without hand-in and approval; whoever writes on it counts as an author. */
export function writtenBy(notice: Notice, user: string): Notice {
  const { submitted: _submitted, approved: _approved, ...rest } = notice;
  const authors = notice.authors.includes(user) ? notice.authors : [...notice.authors, user];
  return { ...rest, state: 'draft', authors };
}

/** The hash of the seal under which it stands, handed in or approved; null of a draft. */
export function sealOf({ approved, submitted }: Notice): string | null {
  return approved?.seal.hash ?? submitted?.seal.hash ?? null;
}

/** Puts people on the letter, or others in their place; an approval given for other people is void. */
export function addressLetter(
  incident: Incident,
  id: string,
  list: NonNullable<Notice['list']>,
  context: Context,
): Outcome {
  return onNotice(incident, id, 'people.import', ['draft', 'in-review', 'approved'], context, (notice) => {
    if (notice.kind !== 'letter') return wrongState('draft', 'notice.not-a-letter');
    const { submitted: _submitted, approved: _approved, ...rest } = notice;
    const happening = {
      type: 'people-listed',
      data: { notice: id, list: list.id, count: list.count, digest: list.digest },
    };
    return ok({ notice: { ...rest, list, state: 'draft' }, happenings: [happening] });
  });
}

/** Hands the notice in for approval: exactly these texts, these people, these attachments. */
export function submitNotice(
  incident: Incident,
  id: string,
  input: { readonly seal: Seal; readonly incomplete: readonly string[] },
  context: Context,
): Outcome {
  return onNotice(incident, id, 'notice.write', ['draft'], context, (notice) => {
    if (input.incomplete.length > 0) {
      const problems = input.incomplete.map((element) => ({
        path: `content.${element}`,
        key: 'notice.element-missing',
        values: { element },
      }));
      return fail({ kind: 'invalid-input', problems });
    }
    if (notice.kind === 'letter' && !notice.list) {
      return fail({ kind: 'invalid-input', problems: [{ path: 'people', key: 'people.none' }] });
    }
    const { sentBack: _sentBack, ...rest } = notice;
    const next: Notice = {
      ...rest,
      state: 'in-review',
      version: notice.version + 1,
      submitted: { at: context.at, by: context.actor.user, seal: input.seal },
    };
    const happening = {
      type: 'notice-submitted',
      data: { notice: id, version: next.version, seal: input.seal.hash },
    };
    return ok({ notice: next, happenings: [happening] });
  });
}

/** Sends it back to its author with a reason. */
export function sendBackNotice(incident: Incident, id: string, reason: NoteRef, context: Context): Outcome {
  return onNotice(incident, id, 'notice.approve', ['in-review'], context, (notice) => {
    const { submitted: _submitted, ...rest } = notice;
    const sentBack = { at: context.at, by: context.actor.user, reason };
    const happening = {
      type: 'notice-sent-back',
      data: { notice: id, reason: reason.id, hash: reason.hash },
    };
    return ok({ notice: { ...rest, state: 'draft', sentBack }, happenings: [happening] });
  });
}

export interface ApprovalInput {
  /** What lies in the store now, hashed anew: it must be what was handed in. */
  readonly atHand: Omit<Seal, 'hash'>;
  /** The hash of the seal that the approver was shown. */
  readonly shown: string;
  readonly approvers: readonly string[];
  readonly reason?: NoteRef;
}

/** Approves and seals. What was approved is what was shown, and is all that can leave the house. */
export function approveNotice(
  incident: Incident,
  id: string,
  input: ApprovalInput,
  context: Context,
): Outcome {
  return onNotice(incident, id, 'notice.approve', ['in-review'], context, (notice) => {
    const { submitted } = notice;
    if (!submitted) return wrongState(notice.state, 'notice.not-submitted');
    if (submitted.seal.hash !== input.shown) {
      return fail({
        kind: 'stale-version',
        subject: id,
        shown: 0,
        current: notice.version,
        theirs: submitted.seal.hash,
        yours: input.shown,
      });
    }
    const part = differs(submitted.seal, input.atHand);
    if (part) return fail({ kind: 'seal-broken', notice: id, part });
    const allowed = mayApprove(notice, {
      approver: context.actor.user,
      approvers: input.approvers,
      reasonGiven: input.reason !== undefined,
      at: context.at,
    });
    if (!allowed.ok) return allowed;
    const { ownText } = allowed.value;
    const approved = {
      at: context.at,
      by: context.actor.user,
      seal: submitted.seal,
      ...(ownText && input.reason ? { byItsAuthor: input.reason } : {}),
    };
    const happening = {
      type: ownText ? 'notice-approved-by-its-author' : 'notice-approved',
      data: {
        notice: id,
        version: notice.version,
        seal: submitted.seal.hash,
        reason: ownText ? (input.reason?.id ?? null) : null,
      },
    };
    return ok({ notice: { ...notice, state: 'approved', approved }, happenings: [happening] });
  });
}

/** An unexported helper's input: what a command makes of one notice. */
interface Turned {
  readonly notice: Notice;
  readonly happenings: readonly Happening[];
}

/** Finds the notice, checks right and state, and puts what the command made of it in its place. */
export function onNotice(
  incident: Incident,
  id: string,
  permission: Permission,
  states: readonly NoticeState[],
  context: Context,
  turn: (notice: Notice) => Result<Turned & { readonly changes?: Partial<Incident> }, DomainError>,
): Outcome {
  if (!may(context.actor, permission)) return notAllowed(permission);
  const notice = incident.notices.find((candidate) => candidate.id === id);
  if (!notice) return fail({ kind: 'not-found', what: 'notice', id });
  const known = stillKnown(incident, notice);
  if (!known.ok) return known;
  if (!states.includes(notice.state)) return wrongState(notice.state, 'notice.state');
  const turned = turn(notice);
  if (!turned.ok) return turned;
  const notices = incident.notices.map((candidate) =>
    candidate.id === id ? turned.value.notice : candidate,
  );
  return ok(
    settle(incident, { ...turned.value.changes, notices }, turned.value.happenings, context, undefined),
  );
}

function notAllowed(permission: Permission): Result<never, DomainError> {
  return fail({ kind: 'not-allowed', permission });
}

function wrongState(state: string, key: string): Result<never, DomainError> {
  return fail({ kind: 'wrong-state', what: 'notice', state, key });
}
