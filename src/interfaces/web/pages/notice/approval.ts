import { Temporal } from 'temporal-polyfill';
import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { hashWords } from '../incident/timeline.ts';
import { number } from '../wall/rows.ts';

/** Handing in: ready, or what is still missing. */
export function submitModel(visit: StaffVisit, view: NoticeView): object | null {
  const { say } = visit;
  if (view.notice.state !== 'draft' || !visit.may('notice.write')) return null;
  const missing = view.checklist.filter(({ state }) => state === 'missing').length;
  const noPeople = view.notice.kind === 'letter' && !view.notice.list;
  return {
    ready: missing === 0 && !noPeople,
    heading: say(missing === 0 && !noPeople ? 'submit.ready' : 'submit.not-yet'),
    missing: missing > 0 ? say('submit.missing', { count: missing }) : null,
    noPeople,
  };
}

/** What exactly is sealed, and who may do it; once sealed, by whom. */
export function approvalModel(visit: StaffVisit, view: NoticeView, errors: FormErrors): object | null {
  const { notice } = view;
  if (notice.approved) return approvedModel(visit, view);
  const sealed = notice.submitted?.seal;
  if (notice.state !== 'in-review' || !notice.submitted || !sealed) return null;
  const { say } = visit;
  const { approval } = view;
  return {
    approved: null,
    heading: say('approve.heading', { version: notice.version }),
    rows: sealRows(visit, view, sealed),
    hashes: hashRows(visit, sealed),
    seal: sealed.hash,
    allowed: approval.allowed,
    why: approval.allowed ? null : refusalWords(visit, approval),
    ownText: approval.allowed && approval.ownText,
    password: field(
      'password',
      { label: say('approve.password'), type: 'password', autocomplete: 'current-password' },
      errors,
    ),
    reason: field(
      'reason',
      { label: say('approve.reason'), hint: say('approve.reason-hint'), rows: 2 },
      errors,
    ),
    mayBack: visit.may('notice.approve'),
    back: { ...field('back-reason', { label: say('approve.back-reason'), rows: 2 }, errors), name: 'reason' },
    submitted: say('approve.submitted', {
      name: view.names.get(notice.submitted.by) ?? notice.submitted.by,
      when: visit.times.short(notice.submitted.at),
    }),
  };
}

type Seal = NonNullable<NoticeView['notice']['submitted']>['seal'];

function sealRows(visit: StaffVisit, view: NoticeView, seal: Seal): readonly object[] {
  const { say } = visit;
  const locales = Object.keys(seal.texts);
  const languages = locales.map((locale) => say(`language.${locale}`)).join(', ');
  return [
    { term: say('seal.texts', { count: locales.length }), words: say('seal.formats', { languages }) },
    ...(seal.list
      ? [
          {
            term: say('incident.people', { people: number(visit, seal.list.count), count: seal.list.count }),
            words: view.list ? say('seal.list', { when: visit.times.short(view.list.createdAt) }) : '',
          },
        ]
      : []),
    { term: say('seal.attachments', { count: seal.attachments.length }), words: '' },
    { term: 'SHA-256', words: hashWords(seal.hash), hash: true },
  ];
}

/** Each text, the list and each attachment with its own hash: whoever has the file can check it against the seal. */
function hashRows({ say }: StaffVisit, { texts, list, attachments }: Seal): readonly object[] {
  const textRows = Object.entries(texts).flatMap(([locale, formats]) =>
    Object.entries(formats).map(([format, hash]) => ({
      term: say('seal.text-of', {
        language: say(`language.${locale}`),
        format: say(`seal.format.${format}`),
      }),
      words: hashWords(hash),
    })),
  );
  return [
    ...textRows,
    ...(list ? [{ term: say('seal.list-of'), words: hashWords(list.digest) }] : []),
    ...attachments.map((hash, index) => ({
      term: say('seal.attachment', { number: index + 1 }),
      words: hashWords(hash),
    })),
  ];
}

function refusalWords({ say, times }: StaffVisit, { reason, values }: NoticeView['approval']): string {
  const until = values['until'];
  return say(`approve.refused.${reason ?? 'role'}`, {
    until: typeof until === 'string' ? times.hour(Temporal.Instant.from(until)) : '',
  });
}

function approvedModel(visit: StaffVisit, view: NoticeView): object | null {
  const { approved } = view.notice;
  if (!approved) return null;
  const { say, times } = visit;
  const name = view.names.get(approved.by) ?? approved.by;
  const own = approved.byItsAuthor ? view.words.get(approved.byItsAuthor.id) : undefined;
  return {
    heading: say('approved.heading'),
    approved:
      own === undefined
        ? say('approved.by', { name, when: times.full(approved.at) })
        : say('approved.by-its-author', { name, when: times.full(approved.at), reason: own }),
    rows: sealRows(visit, view, approved.seal),
    hashes: hashRows(visit, approved.seal),
  };
}
