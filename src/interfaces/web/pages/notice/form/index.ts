import { Router } from 'express';
import { answerForm } from '../../../../../application/notice/answer-form.ts';
import { viewNotice, type NoticeView } from '../../../../../application/notice/view-notice.ts';
import { isAsked } from '../../../../../domain/notice/form/asked.ts';
import { FIELD_NAMES, ruleOf, type Field } from '../../../../../domain/notice/form/fields.ts';
import { ownQuestions, type Asked } from '../../../../../domain/notice/form/own.ts';
import type { Pack } from '../../../../../domain/notice/form/pack.ts';
import { refuse } from '../../../answers/errors.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../../answers/problems.ts';
import { go, show } from '../../../answers/show.ts';
import type { Parts } from '../../../parts.ts';
import type { Form } from '../../../request/form.ts';
import { forStaff, param, staffForms } from '../../../request/routes.ts';
import type { StaffVisit } from '../../../request/visit.ts';
import { noticePath } from '../paths.ts';
import { isWritable } from '../writable.ts';
import { controlOf, isWrittenThere, nameOf, ownControl, typedOwn } from './fields.ts';
import { languageName } from './language.ts';
import { packText } from './pack-text.ts';
import { countsOf, looseFindings, questionModels } from './questions.ts';

/** The form of a notice's authority: its pack to paste, and the answers that are still asked. */
export function noticeFormPages(parts: Parts): Router {
  const router = Router();
  const at = '/incidents/:incident/notices/:notice/form';
  router.get(at, forStaff(parts, showForm));
  router.post(at, staffForms(parts, takeForm));
  router.get(`${at}/text`, forStaff(parts, showText));
  return router;
}

interface Refused {
  readonly errors: FormErrors;
  readonly typed?: Readonly<Record<string, string>>;
}

async function showForm(visit: StaffVisit): Promise<void> {
  await showPage(visit, { errors: NO_ERRORS }, 200);
}

/** The notice and its pack; a notice that goes to no authority has no form, and that is said. */
async function packHere(visit: StaffVisit): Promise<{ view: NoticeView; pack: Pack } | null> {
  const { house } = visit.parts;
  const found = await viewNotice(house, visit.actor, param(visit, 'incident'), param(visit, 'notice'));
  const pack = found.ok ? found.value.pack : null;
  if (found.ok && pack) return { view: found.value, pack };
  refuse(visit, found.ok ? { kind: 'not-found', what: 'notice', id: '' } : found.error);
  return null;
}

async function showPage(visit: StaffVisit, refused: Refused, status: number): Promise<void> {
  const here = await packHere(visit);
  if (!here) return;
  const { view, pack } = here;
  const { say } = visit;
  const model = {
    title: say('forms.title', { form: pack.form.title }),
    section: 'incidents' as const,
    errors: refused.errors.summary,
    heading: pack.form.title,
    lang: pack.language,
    back: noticePath(visit),
    action: `${noticePath(visit)}/form`,
    channel: pack.form.channel,
    facts: [
      { term: say('forms.follow-up'), words: pack.form.followUp },
      { term: say('forms.withdrawal'), words: pack.form.withdrawal },
      { term: say('forms.sure'), words: say(`forms.mark.${pack.form.mark}`) },
      { term: say('forms.source'), words: pack.form.source },
      { term: say('forms.checked'), words: pack.form.checkedOn },
    ],
    notes: pack.form.notes,
    englishOnly: pack.englishOnly ? say('forms.english-only', { language: languageName(visit, pack) }) : null,
    sealed: view.notice.submitted !== undefined,
    lateReason: reasonWithFiling(visit, view),
    counts: say('forms.counts', countsOf(pack)),
    questions: questionModels(visit, view, pack),
    findings: looseFindings(visit, pack),
    answer: answerModel(visit, view, pack, refused),
  };
  show(visit, 'notice/form', model, status);
}

/** The fields of this form that are not written on the notice's page; what is missing or open stands open. */
function answerModel(
  visit: StaffVisit,
  view: NoticeView,
  pack: Pack,
  { errors, typed }: Refused,
): object | null {
  const { form, notice, draft, now } = view;
  if (!form || !visit.may('notice.write') || !isWritable(notice)) return null;
  const inForm = new Set<Field>(form.form.questions.flatMap(({ fields }) => fields));
  const values = { ...form.values, completeness: pack.completeness };
  const filing = { filedAt: now, dueAt: null, allPlacesListed: false };
  const open = new Set<Asked>(
    pack.questions.flatMap(({ answers }) =>
      answers.filter(({ state }) => state === 'missing' || state === 'open').map(({ field }) => field),
    ),
  );
  const fields = FIELD_NAMES.filter((name) => inForm.has(name) && !isWrittenThere(name));
  const controls = (names: readonly Field[]): readonly object[] =>
    names.map((name) => controlOf(visit, view, name, errors, typed));
  const wrong = (name: Field): boolean => errors.at(nameOf(name)) !== null;
  const first = fields.filter((name) => open.has(name) || wrong(name));
  const rest = fields.filter((name) => !first.includes(name));
  const own = ownQuestions(form.form).map((question) => ownControl(visit, view, question, errors, typed));
  return {
    shown: draft.revision,
    voids: notice.state !== 'draft',
    asked: controls(first),
    own,
    others: controls(rest.filter((name) => isAsked(name, values, filing))),
    unasked: controls(rest.filter((name) => !isAsked(name, values, filing))),
  };
}

async function takeForm(visit: StaffVisit, form: Form): Promise<void> {
  const here = await packHere(visit);
  if (!here) return;
  const canonical = Object.fromEntries(
    FIELD_NAMES.filter((name) => form.has(nameOf(name)) || form.has(`${nameOf(name)}:asked`)).map((name) => [
      name,
      ruleOf(name).type === 'many' ? form.list(nameOf(name)).join(', ') : form.text(nameOf(name)),
    ]),
  );
  const asked = here.view.form?.form;
  const answers = { ...canonical, ...(asked ? typedOwn(asked, form) : {}) };
  const done = await answerForm(visit.parts.house, visit.actor, {
    incident: param(visit, 'incident'),
    notice: param(visit, 'notice'),
    answers,
    shown: form.int('shown', 0),
  });
  if (done.ok) go(visit, `${noticePath(visit)}/form`, 'draft');
  else if (done.error.kind === 'invalid-input')
    await showPage(visit, { errors: formErrors(visit, done.error, (path) => path), typed: answers }, 422);
  else refuse(visit, done.error);
}

/** Why it is late, where that was said when it was filed and stands in no answer of the sealed pack. */
function reasonWithFiling({ say }: StaffVisit, { notice, delayReason, words }: NoticeView): string | null {
  const { filed } = notice;
  if (!filed?.lateBecause || delayReason !== null) return null;
  return say('filing.reasons-with-filing', { reason: words.get(filed.lateBecause.id) ?? '' });
}

async function showText(visit: StaffVisit): Promise<void> {
  const here = await packHere(visit);
  if (!here) return;
  const reason = reasonWithFiling(visit, here.view);
  const text = packText(visit, here.pack) + (reason === null ? '' : `\n${reason}\n`);
  visit.response.type('text/plain').send(text);
}
