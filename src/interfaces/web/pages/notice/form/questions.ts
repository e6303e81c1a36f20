import type { NoticeView } from '../../../../../application/notice/view-notice.ts';
import type { Finding } from '../../../../../domain/notice/form/finding.ts';
import type { Field } from '../../../../../domain/notice/form/fields.ts';
import { isOwn, type Asked } from '../../../../../domain/notice/form/own.ts';
import type { Pack, PackQuestion } from '../../../../../domain/notice/form/pack.ts';
import type { StaffVisit } from '../../../request/visit.ts';
import type { Pill } from '../../../words/standing.ts';
import { idOf } from '../../../answers/problems.ts';
import { noticePath } from '../paths.ts';
import { isWritable } from '../writable.ts';
import { isWrittenThere, labelOf, nameOf } from './fields.ts';

const LOOKS: Readonly<Record<PackQuestion['state'], readonly [look: string, icon: string]>> = {
  answered: ['met', 'met'],
  open: ['due-soon', 'due-soon'],
  missing: ['overdue', 'due-soon'],
  empty: ['not-required', 'not-started'],
};

/** The questions of the form in its order, each with what to tick and what to paste, and what is wrong with it. */
export function questionModels(visit: StaffVisit, view: NoticeView, pack: Pack): readonly object[] {
  const { say } = visit;
  return pack.questions.map((question, index) => ({
    id: `q-${index + 1}`,
    number: question.number,
    label: question.label,
    lang: pack.language,
    gloss: question.gloss,
    hint: question.hint,
    pill: pillOf(visit, question.state),
    likely: question.mark === 'seen' ? null : say(`forms.mark.${question.mark}`),
    answerHref: answerHref(visit, view, question),
    limit: question.limit === null ? null : say('forms.limit', { limit: question.limit }),
    answers: question.answers
      .filter(({ state }) => state !== 'empty')
      .map(({ field, state, ticks, text }) => ({
        label: question.answers.length > 1 ? labelOf(visit, field) : null,
        ticks,
        text,
        lang: pack.language,
        note: state === 'missing' || (state === 'open' && text === '') ? say(`forms.state.${state}`) : null,
        from: originWords(visit, view, field),
      })),
    findings: pack.findings
      .filter(({ field }) => question.answers.some((answer) => answer.field === field))
      .map((finding) => findingModel(visit, finding)),
  }));
}

/** Where the first thing that a question still asks is answered: in this form, or where the notice is written. */
function answerHref(visit: StaffVisit, { form, notice }: NoticeView, question: PackQuestion): string | null {
  if (!form || !isWritable(notice) || !visit.may('notice.write')) return null;
  const open = question.answers.find(({ state }) => state === 'missing' || state === 'open');
  const asked = open ?? (question.state === 'missing' ? question.answers[0] : undefined);
  if (!asked) return null;
  if (!isWrittenThere(asked.field)) return `#${idOf(nameOf(asked.field))}`;
  const { field } = asked;
  if (isOwn(field)) return null;
  const locale = WITHOUT_LANGUAGE.has(field) ? '_' : (notice.locales[0] ?? '_');
  return `${noticePath(visit)}#f-content-${locale}-${DRAFT_FIELDS[field] ?? field}`;
}

/** Fields of the form that the notice calls otherwise. */
const DRAFT_FIELDS: Readonly<Partial<Record<Field, string>>> = {
  'record-count-detail': 'record-count',
  'impact-other': 'consequences',
};
const WITHOUT_LANGUAGE: ReadonlySet<Field> = new Set<Field>(['record-count-detail']);

/** What the check has to say where the form has no question for it. */
export function looseFindings(visit: StaffVisit, pack: Pack): readonly object[] {
  const asked = new Set<Asked>(pack.questions.flatMap(({ answers }) => answers.map(({ field }) => field)));
  return pack.findings
    .filter(({ field }) => !asked.has(field))
    .map((finding) => ({
      ...findingModel(visit, finding),
      label: labelOf(visit, finding.field),
    }));
}

function findingModel({ say }: StaffVisit, { level, key, values = {} }: Finding): { readonly words: string } {
  return { words: say(`forms.finding.${key}`, { ...values }), ...(level === 'error' ? { stops: true } : {}) };
}

function originWords({ say }: StaffVisit, { form, draft }: NoticeView, field: string): string | null {
  const origin = form?.filled.from[field as keyof typeof form.filled.from];
  if (origin === undefined || draft.answers?.[field] !== undefined) return null;
  return say(`forms.from.${origin}`);
}

function pillOf({ say }: StaffVisit, state: PackQuestion['state']): Pill {
  const [look, icon] = LOOKS[state];
  return { look, icon, word: say(`forms.state.${state}`) };
}

/** How far the form is: by state of its questions, and what the check found. */
export function countsOf({ questions, findings }: Pack): Readonly<Record<string, number>> {
  const of = (state: PackQuestion['state']): number => questions.filter((one) => one.state === state).length;
  return {
    answered: of('answered'),
    open: of('open'),
    missing: of('missing'),
    findings: findings.length,
    all: questions.length,
  };
}
