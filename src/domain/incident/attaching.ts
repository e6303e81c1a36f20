import { invalid, type DomainError } from '../errors.ts';
import type { Attachment } from '../notice/notice.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Change, Context } from './change.ts';
import type { Incident } from './incident.ts';
import { onNotice, sealOf, writtenBy } from './notices.ts';

const MOST = 20;

/**
 * Puts files of evidence along with a notice, in the place of those that were; an approval given for other files is
 * void. A letter to people carries none: a file from somebody who lost their data is what they must not open.
 */
export function attachFiles(
  incident: Incident,
  id: string,
  attachments: readonly Attachment[],
  context: Context,
): Result<Change, DomainError> {
  return onNotice(incident, id, 'notice.write', ['draft', 'in-review', 'approved'], context, (notice) => {
    if (notice.kind === 'letter') return fail(invalid('evidence', 'notice.letter-without-files'));
    if (attachments.length > MOST)
      return fail(invalid('evidence', 'list.too-long', { limit: MOST, count: attachments.length }));
    const same = JSON.stringify(attachments) === JSON.stringify(notice.attachments ?? []);
    if (same) return ok({ notice, happenings: [] });
    const happening = {
      type: 'notice-attached',
      data: {
        notice: id,
        evidence: attachments.map(({ evidence }) => evidence),
        hashes: attachments.map(({ sha256 }) => sha256),
        voided: sealOf(notice),
      },
    };
    const written = writtenBy(notice, context.actor.user);
    return ok({ notice: { ...written, attachments }, happenings: [happening] });
  });
}
