import { viewNotice, type NoticeView } from '../../../../application/notice/view-notice.ts';
import type { InvalidInput } from '../../../../domain/errors.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show, type Shown } from '../../answers/show.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { pillFor } from '../../words/standing.ts';
import { noticePill } from '../incident/notices.ts';
import { approvalModel, submitModel } from './approval.ts';
import { attachedModel } from './attached.ts';
import { checklistModel } from './checklist.ts';
import { copyModel } from './copy.ts';
import { differenceModel } from './difference.ts';
import { draftModel, type DraftTyped } from './draft-form.ts';
import { filingModel } from './filing.ts';
import { formPanel } from './form/panel.ts';
import { lookingOf } from './looking.ts';
import { noticePath, toWhom } from './paths.ts';
import { forgottenModel } from './forgotten.ts';
import { peopleModel, type PeopleTyped } from './people-form.ts';
import { previewModel } from './preview.ts';
import { steerModel } from '../dispatch/model.ts';
import { progressModel } from './progress.ts';
import { readingModel } from './reading.ts';
import { alongModel } from './take-along.ts';

/** What a refused form of this page had in it. */
export interface Refusal {
  readonly errors: FormErrors;
  readonly draft?: DraftTyped;
  readonly people?: PeopleTyped;
  readonly filing?: Readonly<Record<string, string>>;
}

const NOTHING: Refusal = { errors: NO_ERRORS };

export async function showNotice(visit: StaffVisit): Promise<void> {
  await showNoticePage(visit, NOTHING, 200);
}

/** A form of the page was refused: the page again, with what was typed. */
export async function showRefused(
  visit: StaffVisit,
  error: InvalidInput,
  fieldOf: (path: string) => string | undefined,
  typed: Omit<Refusal, 'errors'> = {},
): Promise<void> {
  await showNoticePage(visit, { ...typed, errors: formErrors(visit, error, fieldOf) }, 422);
}

export async function showNoticePage(visit: StaffVisit, refusal: Refusal, status: number): Promise<void> {
  const view = await viewNotice(
    visit.parts.house,
    visit.actor,
    param(visit, 'incident'),
    param(visit, 'notice'),
  );
  if (view.ok) {
    const steer = await steerModel(visit, view.value, refusal.errors);
    show(visit, 'notice/notice', { steer, ...noticeModel(visit, view.value, refusal) }, status);
  } else refuse(visit, view.error);
}

function noticeModel(visit: StaffVisit, view: NoticeView, refusal: Refusal): Shown {
  const { say } = visit;
  const { notice, incident } = view;
  const looking = lookingOf(visit, view);
  const title = say(`notice.kind.${notice.kind}`);
  return {
    title: `${title} · ${incident.reference}`,
    section: 'incidents',
    errors: refusal.errors.summary,
    heading: title,
    lead: leadWords(visit, view),
    incidentHref: `/incidents/${incident.id}`,
    incidentTitle: `${incident.reference} ${incident.title}`,
    pill: noticePill(visit, notice.state),
    deadlines: deadlineModel(visit, view),
    action: noticePath(visit),
    ...previewModel(visit, view, looking),
    reading: readingModel(visit, view, looking),
    changes: differenceModel(visit, view, looking),
    copy: copyModel(visit, view, looking, refusal.errors),
    checklist: checklistModel(visit, view, looking),
    form: formPanel(visit, view),
    sentBack: sentBackWords(visit, view),
    draft: draftModel(visit, view, refusal.errors, refusal.draft),
    submit: submitModel(visit, view),
    approval: approvalModel(visit, view, refusal.errors),
    along: alongModel(visit, view),
    attached: attachedModel(visit, view, refusal.errors),
    filing: filingModel(visit, view, refusal.errors, refusal.filing),
    people: peopleModel(visit, view, refusal.errors, refusal.people),
    progress: progressModel(visit, view),
    ...forgottenModel(visit, view),
  };
}

function leadWords(visit: StaffVisit, view: NoticeView): string {
  const { say } = visit;
  const { notice, names, duties } = view;
  const authors = notice.authors.map((id) => names.get(id) ?? id).join(', ');
  const recipient = toWhom(visit, view);
  return [
    ...(recipient === null ? [] : [say('notice.to', { recipient })]),
    notice.version === 0 ? say('notice.never-submitted') : say('notice.version', { version: notice.version }),
    say('notice.written-by', { authors }),
    ...(duties.length > 0
      ? [say('notice.for', { laws: duties.map(({ citation }) => citation).join(', ') })]
      : []),
  ].join(' · ');
}

function deadlineModel(visit: StaffVisit, { obligations }: NoticeView): readonly object[] {
  return obligations.map(({ obligation, standing }) => ({
    pill: pillFor(visit, standing, obligation),
    when: obligation.dueAt ? visit.times.full(obligation.dueAt) : '',
  }));
}

function sentBackWords({ say, times }: StaffVisit, { notice, names, words }: NoticeView): string | null {
  const back = notice.sentBack;
  if (!back) return null;
  return say('notice.sent-back', {
    name: names.get(back.by) ?? back.by,
    when: times.short(back.at),
    reason: words.get(back.reason.id) ?? '',
  });
}
