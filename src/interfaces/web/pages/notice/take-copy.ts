import { copyToMe } from '../../../../application/notice/copy-to-me.ts';
import { invalid } from '../../../../domain/errors.ts';
import { placeOf } from '../../../../domain/law/places.ts';
import { sha256 } from '../../../../domain/register/entry.ts';
import { refuse } from '../../answers/errors.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showRefused } from './page.ts';
import { noticePath } from './paths.ts';

/** A person reads the letter where its readers will; a handful of copies is enough for that. */
export async function takeCopy(visit: StaffVisit, form: Form): Promise<void> {
  const { house, throttle } = visit.parts;
  const tries = await throttle.account.consume(sha256(`copy:${visit.user.id}`));
  if (!tries.allowed) {
    visit.response.setHeader('Retry-After', String(tries.retryAfter));
    const minutes = Math.ceil(tries.retryAfter / 60);
    await showRefused(visit, invalid('copy', 'copy.throttled', { minutes }), (path) => path);
    return;
  }
  const done = await copyToMe(house, visit.actor, {
    incident: param(visit, 'incident'),
    notice: param(visit, 'notice'),
    locale: form.text('locale'),
    place: placeOf(form.text('place').toUpperCase()) ?? '',
  });
  if (done.ok) go(visit, `${noticePath(visit)}#copy`, 'copied');
  else if (done.error.kind === 'invalid-input') await showRefused(visit, done.error, () => 'copy');
  else refuse(visit, done.error);
}
