import { diffArrays, diffWordsWithSpace } from 'diff';
import type { EarlierVersion } from '../../../../application/notice/versions.ts';
import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placeName } from '../places.ts';
import { number } from '../wall/rows.ts';
import { asRead, placesToRead, viewPath, type Looking } from './looking.ts';

/** Where comparing word by word takes longer, the paragraphs stand whole, one out and one in. */
const PATIENCE_MS = 300;

interface Compared {
  readonly looking: Looking;
  readonly before: string;
  readonly after: string;
}

/**
 * What changed since the version before: words and sentences in the language and for the readers that are looked at,
 * where else something changed, and whether it is for other people. Null where there is no version before.
 */
export function differenceModel(visit: StaffVisit, view: NoticeView, looking: Looking): object | null {
  const { earlier } = view;
  if (!earlier) return null;
  const { say } = visit;
  const here = compared(visit, view, earlier, looking);
  const isChanged = here.before !== here.after;
  const elsewhere = changedElsewhere(visit, view, earlier, here);
  return {
    heading: say('difference.heading', { version: earlier.version }),
    locale: looking.locale,
    unchanged: isChanged ? null : say(elsewhere.length > 0 ? 'difference.none-here' : 'difference.none'),
    isNew: here.before === '' ? say('difference.new-language') : null,
    blocks: isChanged && here.before !== '' ? blocksOf(visit, here) : [],
    elsewhere,
    besides: besides(visit, view, earlier),
  };
}

function compared(visit: StaffVisit, view: NoticeView, earlier: EarlierVersion, looking: Looking): Compared {
  const said = (texts: NoticeView['rendered']): string => {
    if (!texts[looking.locale]) return '';
    return `${asRead(visit, view, texts, looking, 'subject')}\n\n${asRead(visit, view, texts, looking, 'text')}`;
  };
  return { looking, before: said(earlier.texts), after: said(view.rendered) };
}

function blocksOf({ say }: StaffVisit, { before, after }: Compared): readonly object[] {
  const blocks: object[] = [];
  let out: readonly string[] = [];
  const close = (into: readonly string[]): void => {
    if (out.length + into.length > 0) blocks.push({ runs: runsOf(out.join('\n\n'), into.join('\n\n')) });
    out = [];
  };
  for (const { value, added, removed } of diffArrays(paragraphsOf(before), paragraphsOf(after))) {
    if (added) {
      close(value);
      continue;
    }
    close([]);
    if (removed) out = value;
    else blocks.push({ same: say('difference.same', { count: value.length }) });
  }
  close([]);
  return blocks;
}

function paragraphsOf(text: string): string[] {
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
}

function runsOf(before: string, after: string): readonly object[] {
  const words = before && after ? diffWordsWithSpace(before, after, { timeout: PATIENCE_MS }) : undefined;
  const changes = words ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ];
  return changes
    .filter(({ value }) => value !== '')
    .map(({ value, added, removed }) => ({ text: value, into: added, out: removed }));
}

/** The languages, and the places of readers, whose letter changed as well and in another way than the one shown. */
function changedElsewhere(
  visit: StaffVisit,
  view: NoticeView,
  earlier: EarlierVersion,
  here: Compared,
): readonly object[] {
  const seen = new Set([changeIn(here)]);
  const locales = Object.keys({ ...view.rendered, ...earlier.texts });
  const found: object[] = [];
  for (const locale of locales) {
    for (const place of placesToRead(view)) {
      const looking = { ...here.looking, locale, place, element: '' };
      const other = compared(visit, view, earlier, looking);
      const change = changeIn(other);
      if (other.before === other.after || seen.has(change)) continue;
      seen.add(change);
      found.push({
        href: other.after === '' ? null : `${viewPath(looking)}#changes`,
        word: whose(visit, looking),
      });
    }
  }
  return found;
}

/** The paragraphs that went and came, whatever stands around them. */
function changeIn({ before, after }: Compared): string {
  const parts = diffArrays(paragraphsOf(before), paragraphsOf(after));
  return JSON.stringify(parts.filter(({ added, removed }) => added || removed));
}

function whose({ say, locale: own }: StaffVisit, { locale, place }: Looking): string {
  const language = say(`language.${locale}`);
  if (place === '') return language;
  return say('difference.language-in-place', { language, place: placeName(place, own) });
}

/** Changes that no text shows: other people on the list, other answers in the authority's form. */
function besides(
  visit: StaffVisit,
  { notice, rendered }: NoticeView,
  { seal, texts }: EarlierVersion,
): readonly string[] {
  const { say } = visit;
  const said: string[] = [];
  if (notice.list && seal.list?.digest !== notice.list.digest) {
    const counts = { before: number(visit, seal.list?.count ?? 0), after: number(visit, notice.list.count) };
    said.push(say('difference.people', counts));
  }
  const packOf = (all: NoticeView['rendered']): string | undefined =>
    Object.values(all).find(({ pack }) => pack !== undefined)?.pack;
  const pack = packOf(rendered);
  if (pack !== undefined && pack !== packOf(texts)) said.push(say('difference.form'));
  return said;
}
