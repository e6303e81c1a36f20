import { viewNotice, type NoticeView } from '../../../../application/notice/view-notice.ts';
import type { InvalidInput } from '../../../../domain/errors.ts';
import { placeOf } from '../../../../domain/law/places.ts';
import type { Format } from '../../../../domain/notice/notice.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show, type Shown } from '../../answers/show.ts';
import { param, query } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { frameLetter } from '../../security/headers.ts';
import { LOCALES } from '../../../shared/words.ts';
import { recipientWords } from '../../words/recipients.ts';
import { pillFor } from '../../words/standing.ts';
import { noticePill } from '../incident/notices.ts';
import { approvalModel, submitModel } from './approval.ts';
import { checklistModel } from './checklist.ts';
import { draftModel, type DraftTyped } from './draft-form.ts';
import { filingModel } from './filing.ts';
import { formPanel } from './form/panel.ts';
import { peopleModel, type PeopleTyped } from './people-form.ts';
import { progressModel } from './progress.ts';
import { readingModel } from './reading.ts';

/** What a refused form of this page had in it. */
export interface Refusal {
  readonly errors: FormErrors;
  readonly draft?: DraftTyped;
  readonly people?: PeopleTyped;
  readonly filing?: Readonly<Record<string, string>>;
}

const NOTHING: Refusal = { errors: NO_ERRORS };

export function noticePath(visit: StaffVisit): string {
  return `/incidents/${param(visit, 'incident')}/notices/${param(visit, 'notice')}`;
}

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
  if (view.ok) show(visit, 'notice/notice', noticeModel(visit, view.value, refusal), status);
  else refuse(visit, view.error);
}

function noticeModel(visit: StaffVisit, view: NoticeView, refusal: Refusal): Shown {
  const { say } = visit;
  const { notice, incident } = view;
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
    ...previewModel(visit, view),
    checklist: checklistModel(visit, view),
    form: formPanel(visit, view),
    sentBack: sentBackWords(visit, view),
    draft: draftModel(visit, view, refusal.errors, refusal.draft),
    submit: submitModel(visit, view),
    approval: approvalModel(visit, view, refusal.errors),
    filing: filingModel(visit, view, refusal.errors, refusal.filing),
    people: peopleModel(visit, view, refusal.errors, refusal.people),
    progress: progressModel(visit, view),
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

/** The authority by its usual name, else the place or whatever the law engine calls the recipient. */
function toWhom(visit: StaffVisit, { notice, obligations }: NoticeView): string | null {
  const authority = obligations.map(({ obligation }) => obligation.authority).find((id) => id !== undefined);
  return recipientWords(visit, notice.recipient, authority);
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

/** The text as its reader gets it, by language and as mail or plain text. */
function previewModel(visit: StaffVisit, view: NoticeView): object {
  const { say } = visit;
  const { notice, organisation } = view;
  const locales = Object.keys(view.rendered);
  const locale = locales.find((known) => known === query(visit, 'lang')) ?? locales[0] ?? 'en';
  const plain = query(visit, 'as') === 'text';
  const rendered = view.rendered[locale] ?? {};
  const place = placeAsked(visit);
  const there = place === '' ? '' : `&place=${place}`;
  const link = (lang: string, as: string): string => `?lang=${lang}&as=${as}${there}`;
  const counts = view.list?.languages ?? {};
  return {
    tabs: locales.map((lang) => ({
      href: link(lang, plain ? 'text' : 'html'),
      word: say(`language.${lang}`),
      lang,
      count: counts[lang] ?? 0,
      current: lang === locale,
    })),
    formats: ['html', 'text'].map((as) => ({
      href: link(locale, as),
      word: say(`notice.as.${as}`),
      current: (as === 'text') === plain,
    })),
    letter: {
      locale,
      plain,
      text: withSample(visit, view, locale, 'text', rendered.text ?? ''),
      subject: withSample(visit, view, locale, 'subject', rendered.subject ?? ''),
      from: `${organisation.name} <${organisation.contact.email}>`,
      to:
        notice.kind === 'letter'
          ? say('notice.one-of-people')
          : (toWhom(visit, view) ?? say(`notice.to-whom.${notice.kind}`)),
      frame: `${noticePath(visit)}/preview/${locale}${place === '' ? '' : `?place=${place}`}`,
      frameTitle: say('notice.frame', { language: say(`language.${locale}`) }),
    },
    reading: readingModel(visit, view, locale, place),
  };
}

/** Where the reader lives as whom the letter is looked at; '' where none is known. */
function placeAsked(visit: StaffVisit): string {
  return placeOf(query(visit, 'place').toUpperCase()) ?? '';
}

/** A letter as somebody at the place asked for gets it: where the name goes, the page says that a name goes there. */
function withSample(
  visit: StaffVisit,
  { notice }: NoticeView,
  locale: string,
  format: Format,
  text: string,
): string {
  if (notice.kind !== 'letter') return text;
  const { words, house } = visit.parts;
  const language = LOCALES.find((known) => known === locale) ?? 'en';
  const person = { name: words.say(language, 'notice.sample-name'), email: '', country: placeAsked(visit) };
  return house.noticeWriter.personalise(text, format, person, locale);
}

/** The HTML of the notice in a language, for the frame of its page. */
export async function showPreview(visit: StaffVisit): Promise<void> {
  const view = await viewNotice(
    visit.parts.house,
    visit.actor,
    param(visit, 'incident'),
    param(visit, 'notice'),
  );
  const html = view.ok ? view.value.rendered[param(visit, 'locale')]?.html : undefined;
  if (!view.ok || html === undefined) {
    refuse(visit, view.ok ? { kind: 'not-found', what: 'notice', id: '' } : view.error);
    return;
  }
  frameLetter(visit.response);
  visit.response.type('html').send(withSample(visit, view.value, param(visit, 'locale'), 'html', html));
}
