import type { NoticeView } from '../../../application/notice/view-notice.ts';
import type { PersonRow } from '../../../application/people/view-people.ts';
import { draftFields, LOCALE_FREE } from '../../../domain/notice/content.ts';
import type { Pack } from '../../../domain/notice/form/pack.ts';
import type { Notice } from '../../../domain/notice/notice.ts';
import { DELIVERY_STATES } from '../../../domain/people/person.ts';
import {
  bool,
  count,
  id,
  iso,
  list,
  maybe,
  moment,
  person,
  personOf,
  record,
  shape,
  text,
  texts,
} from './pieces.ts';

export const totals = shape(Object.fromEntries(DELIVERY_STATES.map((state) => [state, count]))).description(
  'How many of the people are where; the figures add up.',
);

const step = { at: moment, by: person };

const filing = shape({
  ...step,
  way: maybe(text),
  how: text,
  reference: maybe(text),
  lateBecause: maybe(text),
  complete: bool,
  receipt: maybe(text).description('The id of the evidence that proves it.'),
  acknowledgedAt: maybe(moment),
});

const formShape = shape({
  id: text,
  title: text,
  language: text,
  completeness: text,
  questions: list(
    shape({
      number: text,
      label: text,
      state: text,
      answers: list(shape({ field: text, state: text, ticks: texts, text })),
    }),
  ),
  findings: list(shape({ field: text, level: text, key: text })),
}).description("The pack for the authority's form: what to tick and to paste, and what is missing.");

function formOf({ form, language, completeness, questions, findings }: Pack): object {
  return {
    id: form.id,
    title: form.title,
    language,
    completeness,
    questions: questions.map(({ number, label, state, answers }) => ({ number, label, state, answers })),
    findings: findings.map(({ field, level, key }) => ({ field, level, key })),
  };
}

export const notice = shape({
  id,
  incident: id,
  kind: text,
  state: text,
  duties: list(shape({ key: text, title: text, standing: text, dueAt: maybe(moment) })),
  recipient: maybe(text),
  locales: texts,
  version: count.description('How often it was handed in.'),
  createdAt: moment,
  authors: list(person),
  draft: shape({
    revision: count.description('To be sent as `shown` with the next draft.'),
    content: record(record(text)).description('By language, or * where a field has none, and field.'),
    fields: shape({ localised: texts, free: texts }).description('The fields that a draft of it can have.'),
    follows: texts,
    answers: record(text).description("What was typed into the fields of the authority's form."),
  }),
  form: maybe(formShape),
  checklist: list(shape({ element: text, state: text, field: text, from: text, locales: texts })),
  rendered: record(record(text)).description('As the reader will see it, by language and format.'),
  seal: maybe(text).description('Of what was handed in or approved; an approval names it.'),
  submitted: maybe(shape(step)),
  sentBack: maybe(shape({ ...step, reason: text })),
  approved: maybe(shape({ ...step, byItsAuthor: maybe(text) })),
  filed: maybe(filing),
  dispatch: maybe(shape({ startedAt: moment, by: person, toldAt: maybe(moment) })),
  people: maybe(shape({ count, languages: record(count), countries: record(count) })),
  totals: maybe(totals),
  approval: shape({ allowed: bool, reason: maybe(text), ownText: bool }).description(
    'Whether whose token this is may approve it now, and if not, why.',
  ),
}).description('A notice with all that its page shows.');

export function noticeOf(view: NoticeView): object {
  const { notice: own, draft, duties, names, list: head, approval, pack } = view;
  return {
    id: own.id,
    incident: view.incident.id,
    kind: own.kind,
    state: own.state,
    duties: view.obligations.map(({ obligation: { key, duty, dueAt }, standing }) => ({
      key,
      title: duties.find((law) => law.id === duty)?.title ?? duty,
      standing,
      dueAt: iso(dueAt),
    })),
    recipient: own.recipient ?? null,
    locales: own.locales,
    version: own.version,
    createdAt: iso(own.createdAt),
    authors: own.authors.map((author) => personOf(author, names)),
    draft: {
      revision: draft.revision,
      content: draft.content,
      fields: fieldNames(view),
      follows: draft.follows,
      answers: draft.answers ?? {},
    },
    form: pack && formOf(pack),
    checklist: view.checklist.map(({ element, state, field, from, locales }) => ({
      element,
      state,
      field,
      from,
      locales,
    })),
    rendered: view.rendered,
    ...stepsOf(own, view),
    people: head && { count: head.count, languages: head.languages, countries: head.countries },
    totals: view.totals,
    approval: { allowed: approval.allowed, reason: approval.reason, ownText: approval.ownText },
  };
}

function stepsOf(own: Notice, { words, names }: NoticeView): object {
  const { submitted, sentBack, approved, filed, dispatch } = own;
  const worded = (ref: { readonly id: string } | undefined): string | null =>
    ref ? (words.get(ref.id) ?? '') : null;
  const stepOf = ({ at, by }: { at: NonNullable<typeof submitted>['at']; by: string }) => ({
    at: iso(at),
    by: personOf(by, names),
  });
  return {
    seal: approved?.seal.hash ?? submitted?.seal.hash ?? null,
    submitted: submitted ? stepOf(submitted) : null,
    sentBack: sentBack ? { ...stepOf(sentBack), reason: worded(sentBack.reason) } : null,
    approved: approved ? { ...stepOf(approved), byItsAuthor: worded(approved.byItsAuthor) } : null,
    filed: filed
      ? {
          ...stepOf(filed),
          way: filed.way ?? null,
          how: filed.how,
          reference: filed.reference ?? null,
          lateBecause: worded(filed.lateBecause),
          complete: filed.complete ?? true,
          receipt: filed.receipt ?? null,
          acknowledgedAt: iso(filed.acknowledgedAt),
        }
      : null,
    dispatch: dispatch
      ? {
          startedAt: iso(dispatch.startedAt),
          by: personOf(dispatch.by, names),
          toldAt: iso(dispatch.toldAt),
        }
      : null,
  };
}

function fieldNames({ notice: own, duties }: NoticeView): Record<'localised' | 'free', readonly string[]> {
  const fields = draftFields(
    own.kind,
    duties.flatMap(({ content }) => content),
  );
  const named = (localised: boolean): readonly string[] =>
    fields.filter((field) => field.localised === localised).map(({ field }) => field);
  return { localised: named(true), free: named(false) };
}

/** The fields of a draft by language: those of a language stand under it, those of none under `*`. */
export function fieldsOf(view: NoticeView): ReadonlyMap<string, readonly string[]> {
  const { localised, free } = fieldNames(view);
  return new Map([...view.notice.locales.map((locale) => [locale, localised] as const), [LOCALE_FREE, free]]);
}

export const progress = shape({ state: text, totals: maybe(totals), toldAt: maybe(moment) });

export const personRow = shape({
  batch: count,
  position: count,
  name: text,
  email: text,
  language: maybe(text),
  country: maybe(text),
  postal: maybe(texts),
  state: text,
}).description('Somebody affected. Each look at people is recorded.');

export function personRowOf({ batch, position, person: own, state }: PersonRow): object {
  const { name, email, language, country, postal } = own;
  return {
    batch,
    position,
    name,
    email,
    language: language ?? null,
    country: country ?? null,
    postal: postal ?? null,
    state,
  };
}
