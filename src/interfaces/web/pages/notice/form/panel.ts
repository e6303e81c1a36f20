import type { NoticeView } from '../../../../../application/notice/view-notice.ts';
import type { StaffVisit } from '../../../request/visit.ts';
import { languageName } from './language.ts';
import { countsOf } from './questions.ts';

/** What the page of a notice says of its authority's form; once filed, the way to the follow-up. */
export function formPanel(visit: StaffVisit, { pack, notice, incident }: NoticeView): object | null {
  if (!pack) return null;
  const { say } = visit;
  return {
    title: pack.form.title,
    lang: pack.language,
    counts: say('forms.counts', countsOf(pack)),
    englishOnly: pack.englishOnly ? say('forms.english-only', { language: languageName(visit, pack) }) : null,
    after: notice.filed
      ? {
          evidence: `/incidents/${incident.id}/evidence`,
          action: `/incidents/${incident.id}/notices`,
          obligations: notice.obligations,
          locales: notice.locales,
          mayWrite: visit.may('notice.write'),
        }
      : null,
  };
}
