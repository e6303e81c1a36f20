import { allow, may } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { recordInOrganisation } from '../register/record.ts';
import { asRecipient } from './approvers.ts';
import { findNotice, type Finding } from './source.ts';
import { wordsAtHand } from './versions.ts';

type Deps = Finding & Pick<House, 'ids' | 'register' | 'texts' | 'users' | 'staffPost'>;

export interface CopyForm {
  readonly incident: string;
  readonly notice: string;
  /** The language in which it is wanted. */
  readonly locale: string;
  /** ISO 3166: as somebody there gets it; '' for a place that is not known. */
  readonly place: string;
}

/**
 * Mails a notice or letter as it stands to whoever asks, and to nobody else, marked as a draft. The register says that a
 * copy left the house, not where to: that is the address of the person who asked.
 */
export async function copyToMe(
  house: Deps,
  actor: Actor,
  form: CopyForm,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, may(actor, 'notice.approve') ? 'notice.approve' : 'notice.write');
  if (!allowed.ok) return allowed;
  const found = await findNotice(house, actor, form.incident, form.notice);
  if (!found.ok) return found;
  const { incident, notice } = found.value;
  // In a drill nothing leaves the house.
  if (incident.drill) return fail(invalid('copy', 'copy.of-a-drill'));
  const texts = (await wordsAtHand(house, found.value))[form.locale];
  const user = await house.users.byId(actor.user);
  if (!texts || !user) return fail(invalid('locale', 'locale.none'));
  const reader = { name: user.name, email: '', country: form.place };
  const word = (format: 'subject' | 'html' | 'text'): string => {
    const text = texts[format] ?? '';
    return notice.kind === 'letter'
      ? house.noticeWriter.personalise(text, format, reader, form.locale)
      : text;
  };
  await house.staffPost.send({
    // Every copy that is asked for is a mail of its own.
    name: `copy-${notice.id}-${house.ids.id()}`,
    to: [asRecipient(user, actor.organisation)],
    template: 'copy',
    values: { subject: word('subject'), html: word('html'), text: word('text'), locale: form.locale },
  });
  await recordInOrganisation(house, actor, {
    type: 'letter-copied',
    data: { incident: incident.id, notice: notice.id, version: notice.version, locale: form.locale },
  });
  return ok(undefined);
}
