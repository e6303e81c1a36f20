import { approveNotice, sendBackNotice } from '../../../../application/notice/decide.ts';
import { fileNotice } from '../../../../application/notice/file.ts';
import { submitNotice } from '../../../../application/notice/write.ts';
import { startDispatch } from '../../../../application/people/dispatch.ts';
import { sha256 } from '../../../../domain/register/entry.ts';
import { invalid, type DomainError } from '../../../../domain/errors.ts';
import type { Result } from '../../../../domain/result.ts';
import { refuse } from '../../answers/errors.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { momentText } from '../log/typed.ts';
import { showRefused, type Refusal } from './page.ts';
import { noticePath } from './paths.ts';

interface Place {
  readonly incident: string;
  readonly notice: string;
}

function place(visit: StaffVisit): Place {
  return { incident: param(visit, 'incident'), notice: param(visit, 'notice') };
}

/** Back to the notice, or the page again with what is wrong. */
async function answer(
  visit: StaffVisit,
  done: Result<unknown, DomainError>,
  words: string,
  fieldOf: (path: string) => string | undefined = (path) => path,
  typed: Omit<Refusal, 'errors'> = {},
): Promise<void> {
  if (done.ok) go(visit, noticePath(visit), words);
  else if (done.error.kind === 'invalid-input') await showRefused(visit, done.error, fieldOf, typed);
  else refuse(visit, done.error);
}

export async function takeSubmit(visit: StaffVisit, form: Form): Promise<void> {
  const done = await submitNotice(visit.parts.house, visit.actor, place(visit), form.key);
  await answer(visit, done, 'submitted', (path) => (path === 'people' ? path : 'checklist'));
}

export async function takeSendBack(visit: StaffVisit, form: Form): Promise<void> {
  const reason = form.text('reason');
  const done = await sendBackNotice(visit.parts.house, visit.actor, { ...place(visit), reason }, form.key);
  await answer(visit, done, 'sent-back', () => 'back-reason');
}

/** The password is asked again, so its tries are counted like those at signing in. */
export async function takeApproval(visit: StaffVisit, form: Form): Promise<void> {
  const { account } = visit.parts.throttle;
  const counted = sha256(`approval:${visit.user.id}`);
  const tries = await account.consume(counted);
  if (!tries.allowed) {
    visit.response.setHeader('Retry-After', String(tries.retryAfter));
    const minutes = Math.ceil(tries.retryAfter / 60);
    await showRefused(visit, invalid('password', 'sign-in.throttled', { minutes }), (path) => path);
    return;
  }
  const reason = form.text('reason');
  const done = await approveNotice(
    visit.parts.house,
    visit.actor,
    {
      ...place(visit),
      seal: form.text('seal'),
      password: form.text('password'),
      ...(reason.trim() === '' ? {} : { reason }),
    },
    form.key,
  );
  if (done.ok) await account.forget(counted);
  await answer(visit, done, 'approved');
}

const FILED = ['day', 'time', 'way', 'how', 'reference', 'lateBecause'] as const;

export async function takeFiling(visit: StaffVisit, form: Form): Promise<void> {
  const filing = Object.fromEntries(FILED.map((name) => [name, form.text(name)])) as Record<
    (typeof FILED)[number],
    string
  >;
  const { day, time, way, how, reference, lateBecause } = filing;
  const done = await fileNotice(
    visit.parts.house,
    visit.actor,
    { ...place(visit), at: momentText(day, time), way, how, reference, lateBecause },
    form.key,
  );
  await answer(visit, done, 'filed', (path) => (path === 'at' ? 'day' : path), { filing });
}

export async function takeDispatch(visit: StaffVisit, form: Form): Promise<void> {
  const done = await startDispatch(visit.parts.house, visit.actor, place(visit), form.key);
  await answer(visit, done, 'dispatch');
}
