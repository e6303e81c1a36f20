import { timeIn } from '../../domain/incident/drill-time.ts';
import type { Temporal } from 'temporal-polyfill';
import { allow, may } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Incident, Obligation } from '../../domain/incident/incident.ts';
import { standingOf, type Standing } from '../../domain/incident/standing.ts';
import { mayApprove } from '../../domain/notice/approval.ts';
import type { Pack } from '../../domain/notice/form/pack.ts';
import type { Notice } from '../../domain/notice/notice.ts';
import type { DeliveryState } from '../../domain/people/person.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { DutyText } from '../ports/law.ts';
import type { ChecklistItem } from '../ports/notices.ts';
import type { ListHead } from '../ports/people.ts';
import type { Organisation } from '../ports/staff.ts';
import type { Draft } from '../ports/stores.ts';
import { evidenceOf, type EvidenceView } from '../evidence/view-evidence.ts';
import { approversOf, staffOf } from './approvers.ts';
import {
  formOfNotice,
  sealedPack,
  type FormAtHand,
  type FormDeps,
  type NoticeTexts,
  sourceOf,
} from './form.ts';
import { delayReasonOf } from './delay-reason.ts';
import { findNotice, type Finding } from './source.ts';
import { earlierVersion, textsOfSeal, type EarlierVersion } from './versions.ts';

export interface NoticeView {
  readonly now: Temporal.Instant;
  readonly incident: Incident;
  readonly organisation: Organisation;
  readonly notice: Notice;
  readonly draft: Draft;
  readonly duties: readonly DutyText[];
  readonly obligations: readonly { readonly obligation: Obligation; readonly standing: Standing }[];
  readonly checklist: readonly ChecklistItem[];
  /** As the reader will see it: the sealed words once it was handed in, else the draft rendered now. */
  readonly rendered: NoticeTexts;
  /** What goes into the authority's form: as it was sealed, else as it would be now; null for other notices. */
  readonly pack: Pack | null;
  /** The form with what is answered in it; null where nobody can write on it any more. */
  readonly form: FormAtHand | null;
  /** Why it is late, as the notice itself says; null where it does not. */
  readonly delayReason: string | null;
  /** The evidence that proves its filing; null where there is none. */
  readonly receipt: EvidenceView | null;
  /** The files of the incident of which a notice to an office may take some along, the oldest first. */
  readonly files: readonly EvidenceView[];
  readonly list: ListHead | null;
  readonly totals: Readonly<Record<DeliveryState, number>> | null;
  /** What stops this person from approving it now; null if nothing does. */
  readonly approval: {
    readonly allowed: boolean;
    readonly reason: string | null;
    readonly ownText: boolean;
    readonly values: Readonly<Record<string, unknown>>;
  };
  /** The version before this one as it was handed in, to say what changed since; null if there is none. */
  readonly earlier: EarlierVersion | null;
  readonly words: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

type Deps = Finding & FormDeps & Pick<House, 'users' | 'lists' | 'texts' | 'register' | 'evidence'>;

/** One notice with all that its page shows. */
export async function viewNotice(
  house: Deps,
  actor: Actor,
  incidentId: string,
  noticeId: string,
): Promise<Result<NoticeView, DomainError>> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const found = await findNotice(house, actor, incidentId, noticeId);
  if (!found.ok) return found;
  const { incident, organisation, notice, draft } = found.value;
  const now = timeIn(incident, house.clock.now());
  const users = await house.users.of(actor.organisation);
  const listId = notice.list?.id;
  const seal = notice.approved?.seal ?? notice.submitted?.seal;
  const sealed = seal ? await textsOfSeal(house, seal) : null;
  const form = await formOfNotice(house, found.value);
  const source = sourceOf(found.value, form);
  const files = notice.kind === 'letter' ? [] : await evidenceOf(house, incident);
  return ok({
    now,
    incident,
    organisation,
    notice,
    draft,
    duties: source.duties,
    obligations: incident.obligations
      .filter(({ key }) => notice.obligations.includes(key))
      .map((obligation) => ({ obligation, standing: standingOf(obligation, now) })),
    checklist: house.noticeWriter.checklist(source),
    rendered: sealed ?? house.noticeWriter.render(source),
    pack: (sealed && sealedPack(sealed)) ?? form?.pack ?? null,
    form: notice.filed ? null : form,
    delayReason: delayReasonOf(draft, notice, sealed && sealedPack(sealed)),
    receipt: files.find(({ id }) => id === notice.filed?.receipt) ?? null,
    files,
    list: listId === undefined ? null : await house.lists.head(actor.organisation, listId),
    totals: listId === undefined ? null : await house.lists.totals(actor.organisation, listId),
    approval: await approvalFor(house, actor, incident, notice, now),
    earlier: await earlierVersion(house, incident, notice),
    words: await house.notes.read(actor.organisation, noteIds(notice)),
    names: new Map(users.map(({ id, name }) => [id, name])),
  });
}

async function approvalFor(
  house: Deps,
  actor: Actor,
  incident: Incident,
  notice: Notice,
  at: Temporal.Instant,
): Promise<NoticeView['approval']> {
  if (!may(actor, 'notice.approve')) return { allowed: false, reason: 'role', ownText: false, values: {} };
  const staff = await staffOf(house, actor.organisation);
  const approvers = approversOf(incident, staff).map(({ user }) => user);
  const verdict = mayApprove(notice, { approver: actor.user, approvers, reasonGiven: true, at });
  if (verdict.ok) return { allowed: true, reason: null, ownText: verdict.value.ownText, values: {} };
  const { reason, values } = verdict.error;
  return { allowed: false, reason: reason ?? 'role', ownText: true, values: values ?? {} };
}

function noteIds(notice: Notice): readonly string[] {
  const refs = [notice.sentBack?.reason, notice.approved?.byItsAuthor, notice.filed?.lateBecause];
  return refs.flatMap((ref) => (ref ? [ref.id] : []));
}
