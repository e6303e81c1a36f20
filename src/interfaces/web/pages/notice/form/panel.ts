import type { NoticeView } from '../../../../../application/notice/view-notice.ts';
import type { Pack } from '../../../../../domain/notice/form/pack.ts';
import type { StaffVisit } from '../../../request/visit.ts';
import { noticePath } from '../paths.ts';
import { languageName } from './language.ts';
import { countsOf } from './questions.ts';

/** What the page of a notice says of its authority's form: how far it is, and what it still asks. */
export function formPanel(visit: StaffVisit, { pack, notice }: NoticeView): object | null {
  if (!pack) return null;
  const { say } = visit;
  return {
    title: pack.form.title,
    lang: pack.language,
    counts: say('forms.counts', countsOf(pack)),
    englishOnly: pack.englishOnly ? say('forms.english-only', { language: languageName(visit, pack) }) : null,
    ...missingModel(visit, pack, notice.filed !== undefined),
  };
}

/** So many missing questions are named; the form itself has them all. */
const SHOWN = 5;

function missingModel(visit: StaffVisit, { questions, language }: Pack, filed: boolean): object {
  const missing = questions
    .map((question, index) => ({ question, href: `${noticePath(visit)}/form#q-${index + 1}` }))
    .filter(({ question }) => question.state === 'missing' && !filed);
  const more = missing.length - SHOWN;
  return {
    missing: missing.slice(0, SHOWN).map(({ question, href }) => ({
      href,
      words: question.gloss ?? question.label,
      lang: question.gloss === null ? language : visit.locale,
    })),
    more: more > 0 ? visit.say('forms.see-all', { count: more }) : null,
  };
}
