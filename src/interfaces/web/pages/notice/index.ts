import { Router, type RequestHandler } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { onlyFiles } from '../../request/upload.ts';
import { ownPagesOnly } from '../../security/csrf.ts';
import { takeApproval, takeDispatch, takeFiling, takeSendBack, takeSubmit } from './decide.ts';
import { takeAttached } from './take-attached.ts';
import { takeCopy } from './take-copy.ts';
import { takeDraft } from './draft.ts';
import { noticeFormPages } from './form/index.ts';
import { showLetter, showLetterFrame, showLetterMail, takePeople } from './people.ts';
import { showNotice } from './page.ts';
import { showPreview } from './preview.ts';
import { takeReceipt } from './receipt.ts';
import { saveNotice } from './take-along.ts';

/** One notice or letter: writing, approving, filing, sending. */
export function noticePages(parts: Parts): Router {
  const router = Router();
  const at = '/incidents/:incident/notices/:notice';
  router.get(at, forStaff(parts, showNotice));
  router.get(`${at}/preview/:locale`, forStaff(parts, showPreview));
  router.post(`${at}/draft`, staffForms(parts, takeDraft));
  router.post(`${at}/copy`, staffForms(parts, takeCopy));
  router.post(`${at}/attached`, staffForms(parts, takeAttached));
  router.post(`${at}/submit`, staffForms(parts, takeSubmit));
  router.post(`${at}/send-back`, staffForms(parts, takeSendBack));
  router.post(`${at}/approve`, staffForms(parts, takeApproval));
  router.post(`${at}/file`, staffForms(parts, takeFiling));
  router.get(`${at}/files/:locale/:as`, forStaff(parts, saveNotice));
  router.post(`${at}/dispatch`, staffForms(parts, takeDispatch));
  router.post(`${at}/people`, staffForms(parts, takePeople));
  router.get(`${at}/letters/:batch/:position`, forStaff(parts, showLetter));
  router.get(`${at}/letters/:batch/:position/frame`, forStaff(parts, showLetterFrame));
  router.get(`${at}/letters/:batch/:position/mail`, forStaff(parts, showLetterMail));
  router.use(noticeFormPages(parts));
  return router;
}

/** The receipt of a filing comes as a file: like evidence it stands before what reads all other forms. */
export function noticeUploads(parts: Parts, session: RequestHandler): Router {
  const router = Router();
  router.post(
    '/incidents/:incident/notices/:notice/receipt',
    onlyFiles,
    session,
    ownPagesOnly(parts.config),
    takeReceipt(parts),
  );
  return router;
}
