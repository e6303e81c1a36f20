import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forStaff, staffForms } from '../../request/routes.ts';
import { takeApproval, takeDispatch, takeFiling, takeSendBack, takeSubmit } from './decide.ts';
import { takeDraft } from './draft.ts';
import { noticeFormPages } from './form/index.ts';
import { showLetter, showLetterFrame, showLetterMail, takePeople } from './people.ts';
import { showNotice, showPreview } from './page.ts';

/** One notice or letter: writing, approving, filing, sending. */
export function noticePages(parts: Parts): Router {
  const router = Router();
  const at = '/incidents/:incident/notices/:notice';
  router.get(at, forStaff(parts, showNotice));
  router.get(`${at}/preview/:locale`, forStaff(parts, showPreview));
  router.post(`${at}/draft`, staffForms(parts, takeDraft));
  router.post(`${at}/submit`, staffForms(parts, takeSubmit));
  router.post(`${at}/send-back`, staffForms(parts, takeSendBack));
  router.post(`${at}/approve`, staffForms(parts, takeApproval));
  router.post(`${at}/file`, staffForms(parts, takeFiling));
  router.post(`${at}/dispatch`, staffForms(parts, takeDispatch));
  router.post(`${at}/people`, staffForms(parts, takePeople));
  router.get(`${at}/letters/:batch/:position`, forStaff(parts, showLetter));
  router.get(`${at}/letters/:batch/:position/frame`, forStaff(parts, showLetterFrame));
  router.get(`${at}/letters/:batch/:position/mail`, forStaff(parts, showLetterMail));
  router.use(noticeFormPages(parts));
  return router;
}
