import type { Pack } from '../../domain/notice/form/pack.ts';
import { wordsFor } from '../../domain/notice/checklist.ts';
import type { Notice } from '../../domain/notice/notice.ts';
import type { Draft } from '../ports/stores.ts';

/**
 * Why it is late, as the notice itself says: in the pack that was sealed, else in its text. Null where it does not;
 * then whoever files it says so, once.
 */
export function delayReasonOf(
  draft: Pick<Draft, 'content'>,
  { locales }: Pick<Notice, 'locales'>,
  pack: Pack | null,
): string | null {
  const packed = pack?.questions
    .flatMap(({ answers }) => answers)
    .find(({ field, state }) => field === 'delay-reason' && state === 'answered');
  if (packed) return packed.text;
  const written = wordsFor(draft.content, 'delay-reason', locales[0] ?? 'en')?.text.trim();
  return written === undefined || written === '' ? null : written;
}
