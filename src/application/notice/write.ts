import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError, type Problem } from '../../domain/errors.ts';
import { reviseNotice, submitNotice as submit } from '../../domain/incident/notices.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Answers } from '../../domain/notice/form/answers.ts';
import { stopsOf } from '../../domain/notice/form/pack.ts';
import { seal, textOfSeal } from '../../domain/notice/seal.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { Draft } from '../ports/stores.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { attachmentsAtHand } from './attach-files.ts';
import { approversOf, staffOf } from './approvers.ts';
import { formOfNotice, sourceOf, withPack, type FormDeps } from './form.ts';
import { findNotice, listAtHand, sealedTexts, type Finding } from './source.ts';

/** What writing on a notice needs of the house. */
export type WriteDeps = Changing &
  Finding &
  FormDeps &
  Pick<House, 'users' | 'lists' | 'evidence' | 'staffPost' | 'url'>;

const WORDS_LIMIT = 20_000;

export interface DraftForm {
  readonly incident: string;
  readonly notice: string;
  readonly content: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly follows: readonly string[];
  /** What was typed into the fields of the authority's form; left out, those of the draft stay. */
  readonly answers?: Answers;
  /** The revision of the draft that the page showed; 0 for the proposal. */
  readonly shown: number;
}

/**
 * Stores the working copy. An approval or a hand-in is void first, so that no moment exists in which changed words
 * look approved; the person becomes an author of the notice.
 */
export async function editDraft(
  house: WriteDeps,
  actor: Actor,
  form: DraftForm,
): Promise<Result<{ readonly revision: number }, DomainError>> {
  const allowed = allow(actor, 'notice.write');
  if (!allowed.ok) return allowed;
  const found = await findNotice(house, actor, form.incident, form.notice);
  if (!found.ok) return found;
  const problems = draftProblems(form);
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const { draft } = found.value;
  if (isRepeat(draft, actor, form)) return ok({ revision: draft.revision });
  if (draft.revision !== form.shown) return fail(stale(form, draft.revision, draft.content));
  const revised = await changeIncident(house, actor, form.incident, (incident, context) =>
    reviseNotice(incident, form.notice, context),
  );
  if (!revised.ok) return revised;
  const { content, follows, answers } = form;
  const next = {
    ...draft,
    ...(answers ? { answers } : {}),
    notice: form.notice,
    content,
    follows,
    revision: form.shown + 1,
    at: house.clock.now(),
    by: actor.user,
  };
  if (await house.drafts.save(next)) return ok({ revision: next.revision });
  const theirs = await house.drafts.get(actor.organisation, form.incident, form.notice);
  return fail(stale(form, theirs?.revision ?? 0, theirs?.content ?? {}));
}

/** The same words sent again by the same person (a double click, an answer that was lost) are stored already. */
function isRepeat(draft: Draft, actor: Actor, { shown, content, follows, answers }: DraftForm): boolean {
  return (
    draft.revision === shown + 1 &&
    draft.by === actor.user &&
    JSON.stringify([draft.content, draft.follows, draft.answers]) ===
      JSON.stringify([content, follows, answers ?? draft.answers])
  );
}

/** Hands the notice in: its texts are rendered, kept under their hashes, and sealed together with the list. */
export async function submitNotice(
  house: WriteDeps,
  actor: Actor,
  form: { readonly incident: string; readonly notice: string },
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'notice.write');
  if (!allowed.ok) return allowed;
  const found = await findNotice(house, actor, form.incident, form.notice);
  if (!found.ok) return found;
  const { notice } = found.value;
  const asked = await formOfNotice(house, found.value);
  const source = sourceOf(found.value, asked);
  const stops = asked ? stopsOf(asked.pack) : [];
  if (stops.length > 0) return fail(invalid('form', 'notice.form-stops', { count: stops.length }));
  const incomplete = house.noticeWriter
    .checklist(source)
    .filter(({ state }) => state === 'missing')
    .map(({ element }) => element);
  const { texts, hashes } = sealedTexts(withPack(house.noticeWriter.render(source), notice, asked?.pack));
  const list = await listAtHand(house, actor.organisation, notice);
  const attachments = await attachmentsAtHand(house, actor.organisation, notice);
  const sealed = seal({ texts: hashes, attachments, ...(list ? { list } : {}) });
  await house.texts.put([...texts, textOfSeal(sealed)]);
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) => submit(incident, form.notice, { seal: sealed, incomplete }, context),
    key,
  );
  if (!done.ok) return done;
  await askApprovers(house, actor, done.value.incident, form.notice);
  return ok(undefined);
}

/** One mail a version: handing in again under the same key asks nobody twice. */
async function askApprovers(
  house: WriteDeps,
  actor: Actor,
  incident: Incident,
  notice: string,
): Promise<void> {
  if (incident.drill) return;
  const version = incident.notices.find(({ id }) => id === notice)?.version ?? 0;
  const approvers = approversOf(incident, await staffOf(house, actor.organisation));
  await house.staffPost.send({
    name: `approval-${notice}-v${version}`,
    to: approvers.filter(({ user }) => approvers.length === 1 || user !== actor.user),
    template: 'approval',
    values: {
      reference: incident.reference,
      link: `${house.url}/incidents/${incident.id}/notices/${notice}`,
    },
  });
}

function draftProblems(form: DraftForm): Problem[] {
  return Object.entries(form.content).flatMap(([locale, elements]) =>
    Object.entries(elements).flatMap(([element, words]) =>
      words.length > WORDS_LIMIT
        ? [{ path: `content.${locale}.${element}`, key: 'text.too-long', values: { limit: WORDS_LIMIT } }]
        : [],
    ),
  );
}

function stale(form: DraftForm, current: number, theirs: unknown): DomainError {
  return {
    kind: 'stale-version',
    subject: `draft ${form.notice}`,
    shown: form.shown,
    current,
    theirs,
    yours: form.content,
  };
}
