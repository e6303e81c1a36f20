import type { Notice, NoticeState } from '../../../../domain/notice/notice.ts';

const WRITABLE: readonly NoticeState[] = ['draft', 'in-review', 'approved'];

/** Whether anybody can still write on it; that makes an approval void. */
export function isWritable({ state }: Pick<Notice, 'state'>): boolean {
  return WRITABLE.includes(state);
}
