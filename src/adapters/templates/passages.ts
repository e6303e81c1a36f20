import { textTwin } from './text-twin.ts';

const HEADING = /<h2\b[^>]*\bdata-element="([\w-]+)"[^>]*>/g;
/** What ends a part: the next heading of any kind, or a rule. */
const END = /<h[12]\b|<hr\b|<\/td>|<\/main>/g;
/** The article that a part answers stands above it, and is none of its sentences. */
const CITE = /<p class="cite">[\s\S]*?<\/p>/g;

/** The parts of a rendered notice by the element that each answers: its plain text, without the heading. */
export function passagesIn(html: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const heading of html.matchAll(HEADING)) {
    const [tag, element = ''] = heading;
    const from = html.indexOf('</h2>', heading.index + tag.length);
    if (from < 0 || found.has(element)) continue;
    END.lastIndex = from;
    const part = html.slice(from + '</h2>'.length, END.exec(html)?.index);
    found.set(element, textTwin(part.replace(CITE, '')).trim());
  }
  return found;
}
