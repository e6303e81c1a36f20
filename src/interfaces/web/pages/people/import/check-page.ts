import { viewNotice, type NoticeView } from '../../../../../application/notice/view-notice.ts';
import { viewUpload, type Findings } from '../../../../../application/people/check-upload.ts';
import { NO_COUNTRY, UNDETERMINED, type Counts } from '../../../../../domain/people/list-file/check.ts';
import { REJECT_REASONS } from '../../../../../domain/people/list-file/row.ts';
import { REGION } from '../../../../shared/words.ts';
import { refuse } from '../../../answers/errors.ts';
import { choices } from '../../../answers/fields.ts';
import { NO_ERRORS, type FormErrors } from '../../../answers/problems.ts';
import { show } from '../../../answers/show.ts';
import type { StaffVisit } from '../../../request/visit.ts';
import { noticePath } from '../../notice/paths.ts';
import { placeName } from '../../places.ts';
import { number } from '../../wall/rows.ts';
import { placeOf } from '../page.ts';
import { columnsModel } from './columns-form.ts';
import { importPath, uploadPath, uploadPlace } from './paths.ts';

/** More countries than these are told together. */
const COUNTRIES_SHOWN = 12;

export async function showCheck(visit: StaffVisit): Promise<void> {
  await showCheckPage(visit, NO_ERRORS, 200);
}

/** What was found in a list, before anything of it is on the letter. */
export async function showCheckPage(visit: StaffVisit, errors: FormErrors, status: number): Promise<void> {
  const { house } = visit.parts;
  const seen = await viewUpload(house, visit.actor, uploadPlace(visit));
  if (!seen.ok) {
    refuse(visit, seen.error);
    return;
  }
  const { incident, notice } = placeOf(visit);
  const letter = await viewNotice(house, visit.actor, incident, notice);
  if (!letter.ok) {
    refuse(visit, letter.error);
    return;
  }
  const { findings, upload } = seen.value;
  const { say, times } = visit;
  const model = {
    title: say('list.check-title'),
    section: 'incidents' as const,
    back: noticePath(visit),
    importHref: importPath(visit),
    path: uploadPath(visit),
    errors: errors.summary,
    name: findings.name,
    until: say('list.until', { when: times.full(upload.until) }),
    sums: findings.counts && sumsModel(visit, findings, findings.counts),
    rejects: rejectsModel(visit, findings),
    rejectsHref: `${uploadPath(visit)}/rejects.csv`,
    columns: columnsModel(visit, findings),
    letters: findings.counts && lettersModel(visit, findings.counts, letter.value),
    countries: findings.counts && countriesModel(visit, findings.counts),
    accept: findings.counts && acceptModel(visit, findings, findings.counts, letter.value),
  };
  show(visit, 'people/import-check', model, status);
}

function sumsModel(visit: StaffVisit, { reasons }: Findings, counts: Counts): readonly object[] {
  const { say } = visit;
  const rejected = Object.values(reasons).reduce((sum, count) => sum + count, 0);
  return (['rows', 'accepted', 'duplicates', 'rejected'] as const).map((sum) => ({
    count: number(visit, sum === 'rejected' ? rejected : counts[sum]),
    word: say(`list.sum.${sum}`),
    what: say(`list.sum-what.${sum}`),
  }));
}

function rejectsModel(visit: StaffVisit, { reasons, rejected, counts }: Findings): readonly object[] {
  const { say } = visit;
  if (!counts) return [];
  return REJECT_REASONS.filter((reason) => reasons[reason] > 0).map((reason) => {
    const rows = rejected.filter((one) => one.reason === reason).map(({ row }) => number(visit, row));
    return {
      count: number(visit, reasons[reason]),
      word: say(`list.reason.${reason}`),
      what: say(`list.reason-what.${reason}`),
      rows: rows.length === 0 ? '' : say('list.reason-rows', { rows: rows.join(' · ') }),
    };
  });
}

/** In which language people would get the letter, and why where it is not their own. */
function lettersModel(visit: StaffVisit, { languages }: Counts, { notice }: NoticeView): readonly object[] {
  const { say, locale, parts } = visit;
  const named = new Intl.DisplayNames([REGION[locale]], { type: 'language' });
  const { locales } = notice;
  return sorted(languages).map(([language, count]) => {
    const person = { name: '', email: '', ...(language === UNDETERMINED ? {} : { language }) };
    const letter = parts.house.noticeWriter.localeFor(person, locales);
    const isOwn = letter.split('-')[0] === language;
    return {
      language: language === UNDETERMINED ? say('list.language-unknown') : named.of(language),
      count: number(visit, count),
      letter: named.of(letter),
      why: isOwn ? '' : say(language === UNDETERMINED ? 'list.why-unknown' : 'list.why-not-written'),
    };
  });
}

function countriesModel(visit: StaffVisit, { countries }: Counts): readonly object[] {
  const { say, locale } = visit;
  const all = sorted(countries);
  const rest = all.slice(COUNTRIES_SHOWN).reduce((sum, [, count]) => sum + count, 0);
  const shown = all.slice(0, COUNTRIES_SHOWN).map(([code, count]) => ({
    name: code === NO_COUNTRY ? say('list.country-unknown') : placeName(code, locale),
    count: number(visit, count),
  }));
  return rest === 0 ? shown : [...shown, { name: say('list.country-others'), count: number(visit, rest) }];
}

function acceptModel(
  visit: StaffVisit,
  findings: Findings,
  { accepted }: Counts,
  { notice, list }: NoticeView,
): object | null {
  const { say } = visit;
  if (accepted === 0) return null;
  return {
    revision: findings.revision,
    go: say('list.accept', { count: accepted }),
    voids: notice.state !== 'draft',
    mode: list
      ? choices(
          'mode',
          { legend: say('list.mode'), kind: 'radio', columns: 'list' },
          [
            {
              value: 'add',
              label: say('list.mode-add'),
              hint: say('list.mode-add-hint', { count: list.count }),
            },
            { value: 'replace', label: say('list.mode-replace'), hint: say('list.mode-replace-hint') },
          ],
          ['add'],
          NO_ERRORS,
        )
      : null,
  };
}

function sorted(counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(counts).sort(([, a], [, b]) => b - a);
}
