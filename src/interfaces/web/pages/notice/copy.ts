import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import type { Looking } from './looking.ts';

/** The button that mails the text as it is looked at to whoever presses it. */
export function copyModel(
  visit: StaffVisit,
  { incident }: NoticeView,
  { locale, place }: Looking,
  errors: FormErrors,
): object | null {
  if (incident.drill || !(visit.may('notice.write') || visit.may('notice.approve'))) return null;
  const { say, user, parts } = visit;
  return {
    locale,
    place,
    what: say(parts.house.staffPost.reaches ? 'copy.what' : 'copy.what-folder', { email: user.email }),
    error: errors.at('copy'),
  };
}
