import { FILE_KINDS, takeAlong, type FileKind } from '../../../../application/notice/take-along.ts';
import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { refuse } from '../../answers/errors.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { noticePath } from './paths.ts';

/** What was sealed as a text to copy, as a mail and on paper, language by language; for offices, once approved. */
export function alongModel(visit: StaffVisit, { notice }: NoticeView): object | null {
  if (!notice.approved || notice.kind === 'letter' || !visit.may('notice.write')) return null;
  const { say } = visit;
  const path = noticePath(visit);
  return {
    languages: Object.keys(notice.approved.seal.texts).map((locale) => {
      const language = say(`language.${locale}`);
      return {
        text: `${path}?lang=${locale}&as=text#letter`,
        eml: `${path}/files/${locale}/eml`,
        pdf: `${path}/files/${locale}/pdf`,
        asText: say('take-along.as-text', { language }),
        asMail: say('take-along.as-mail', { language }),
        asPaper: say('take-along.as-paper', { language }),
      };
    }),
  };
}

const TYPES: Readonly<Record<FileKind, string>> = { eml: 'message/rfc822', pdf: 'application/pdf' };

/** An approved notice as a file to save. */
export async function saveNotice(visit: StaffVisit): Promise<void> {
  const as = FILE_KINDS.find((kind) => kind === param(visit, 'as'));
  if (!as) {
    refuse(visit, { kind: 'not-found', what: 'notice', id: '' });
    return;
  }
  const form = {
    incident: param(visit, 'incident'),
    notice: param(visit, 'notice'),
    locale: param(visit, 'locale'),
    as,
  };
  const done = await takeAlong(visit.parts.house, visit.actor, form);
  if (!done.ok) {
    refuse(visit, done.error);
    return;
  }
  const { name, content } = done.value;
  visit.response.attachment(name).type(TYPES[as]).send(Buffer.from(content));
}
