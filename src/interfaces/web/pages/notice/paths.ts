import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { recipientWords } from '../../words/recipients.ts';

export function noticePath(visit: StaffVisit): string {
  return `/incidents/${param(visit, 'incident')}/notices/${param(visit, 'notice')}`;
}

/** The authority by its usual name, else the place or whatever the law engine calls the recipient. */
export function toWhom(visit: StaffVisit, { notice, obligations }: NoticeView): string | null {
  const authority = obligations.map(({ obligation }) => obligation.authority).find((id) => id !== undefined);
  return recipientWords(visit, notice.recipient, authority);
}
