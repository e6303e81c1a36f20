import { escape } from '../templates/engine.ts';
import { oneLine } from '../templates/plain.ts';
import type { Words } from '../templates/words.ts';
import type { WrittenMail } from './staff-words.ts';

const BAND =
  'margin:0;padding:12px 24px;background:#fdf0c9;color:#20262d;font:bold 16px/1.5 sans-serif;text-align:start';

/**
 * A letter as its reader would get it, marked as a draft in subject and body, so that nobody who is handed the copy on
 * takes it for the letter.
 * @throws RangeError if subject, html or text is missing
 */
export function draftCopy(values: Readonly<Record<string, unknown>>, words: Words): WrittenMail {
  const text = (name: string): string => {
    const value = values[name];
    if (typeof value !== 'string' || value === '') throw new RangeError(`a copy needs ${name}`);
    return value;
  };
  const band = words.say('copy.band');
  const locale = text('locale');
  return {
    subject: oneLine(words.say('copy.subject', { subject: oneLine(text('subject')) })),
    html: withBand(text('html'), `<p lang="${escape(words.locale)}" style="${BAND}">${escape(band)}</p>`),
    text: `*** ${band} ***\n\n${text('text')}`,
    locale,
  };
}

/** Puts the band first into the body; a shop's own template may have none, and then it stands before everything. */
function withBand(html: string, band: string): string {
  const body = /<body\b[^>]*>/i.exec(html);
  if (!body) return band + html;
  const at = body.index + body[0].length;
  return html.slice(0, at) + band + html.slice(at);
}
