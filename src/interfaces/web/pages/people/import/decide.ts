import { acceptList, ACCEPT_MODES } from '../../../../../application/people/accept-list.ts';
import { readAgain, refuseUpload, viewUpload } from '../../../../../application/people/check-upload.ts';
import { refuse } from '../../../answers/errors.ts';
import { formError, formErrors } from '../../../answers/problems.ts';
import { go } from '../../../answers/show.ts';
import type { Form } from '../../../request/form.ts';
import type { StaffVisit } from '../../../request/visit.ts';
import { noticePath } from '../../notice/paths.ts';
import { showCheckPage } from './check-page.ts';
import { wishOf } from './columns-form.ts';
import { uploadPath, uploadPlace } from './paths.ts';

/** Reads the list again, with other columns, another encoding or another delimiter. */
export async function takeReading(visit: StaffVisit, form: Form): Promise<void> {
  const { house } = visit.parts;
  const seen = await viewUpload(house, visit.actor, uploadPlace(visit));
  const done = seen.ok
    ? await readAgain(house, visit.actor, { ...uploadPlace(visit), wish: wishOf(form, seen.value.findings) })
    : seen;
  if (done.ok) go(visit, uploadPath(visit));
  else if (done.error.kind === 'invalid-input')
    await showCheckPage(
      visit,
      formErrors(visit, done.error, () => 'column-0'),
      422,
    );
  else refuse(visit, done.error);
}

/** Puts the people of the list on the letter. */
export async function takeAccept(visit: StaffVisit, form: Form): Promise<void> {
  const mode = ACCEPT_MODES.find((known) => known === form.text('mode')) ?? 'add';
  const revision = form.int('revision', 0);
  const done = await acceptList(
    visit.parts.house,
    visit.actor,
    { ...uploadPlace(visit), mode, revision },
    form.key,
  );
  if (done.ok) go(visit, `${noticePath(visit)}#people`, 'people');
  else if (done.error.kind === 'invalid-input')
    await showCheckPage(visit, formErrors(visit, done.error), 422);
  else if (done.error.kind === 'stale-version')
    await showCheckPage(visit, formError('accept', visit.say('list.changed')), 409);
  else refuse(visit, done.error);
}

/** Takes nothing over: the list is destroyed. */
export async function takeRefuse(visit: StaffVisit): Promise<void> {
  const done = await refuseUpload(visit.parts.house, visit.actor, uploadPlace(visit));
  if (done.ok) go(visit, `${noticePath(visit)}#people`, 'list-refused');
  else refuse(visit, done.error);
}
