import { attachFiles } from '../../../../application/notice/attach-files.ts';
import { refuse } from '../../answers/errors.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showRefused } from './page.ts';
import { noticePath } from './paths.ts';

/** Keeps which files go along; an approval or hand-in is void from then on. */
export async function takeAttached(visit: StaffVisit, form: Form): Promise<void> {
  const asked = {
    incident: param(visit, 'incident'),
    notice: param(visit, 'notice'),
    evidence: form.list('evidence'),
  };
  const done = await attachFiles(visit.parts.house, visit.actor, asked, form.key);
  if (done.ok) go(visit, `${noticePath(visit)}#along`, 'attached');
  else if (done.error.kind === 'invalid-input') await showRefused(visit, done.error, () => 'evidence');
  else refuse(visit, done.error);
}
