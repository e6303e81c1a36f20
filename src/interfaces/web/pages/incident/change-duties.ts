import { tellDirectly } from '../../../../application/incident/tell-directly.ts';
import { decideDuty } from '../../../../application/incident/tasks-and-stages.ts';
import { prepareNotice } from '../../../../application/notice/prepare.ts';
import type { NoticeKind } from '../../../../domain/notice/notice.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { momentText } from '../log/typed.ts';
import { showDutyPage } from './duty-page.ts';
import { showRefusedForm } from './page.ts';
import { readTelling } from './telling-form.ts';

/** A duty is decided otherwise than computed, with a reason. */
export async function takeDecision(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const obligation = param(visit, 'key');
  const done = await decideDuty(
    visit.parts.house,
    visit.actor,
    { incident, obligation, reason: form.text('reason') },
    form.key,
  );
  if (done.ok) go(visit, `/incidents/${incident}/duties/${encodeURIComponent(obligation)}`, 'decided');
  else if (done.error.kind === 'invalid-input')
    await showDutyPage(
      visit,
      formErrors(visit, done.error, () => `decide-${obligation}`),
      422,
    );
  else refuse(visit, done.error);
}

/** A bank, a bureau, the press or clients were told, and the duty is met. */
export async function takeTelling(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const obligation = param(visit, 'key');
  const typed = readTelling(form);
  const { day = '', time = '', how = '', lateBecause = '' } = typed;
  const done = await tellDirectly(
    visit.parts.house,
    visit.actor,
    { incident, obligation, at: momentText(day, time), how, lateBecause },
    form.key,
  );
  if (done.ok) go(visit, `/incidents/${incident}/duties/${encodeURIComponent(obligation)}`, 'told-directly');
  else if (done.error.kind === 'invalid-input') {
    const errors = formErrors(visit, done.error, (path) => (path === 'at' ? 'day' : path));
    await showDutyPage(visit, errors, 422, typed);
  } else refuse(visit, done.error);
}

const KINDS: readonly string[] = ['authority', 'controller', 'letter'];

/** Begins a notice for a duty, and goes on to write it. */
export async function takePrepare(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const kind = form.text('kind');
  const done = await prepareNotice(
    visit.parts.house,
    visit.actor,
    {
      incident,
      kind: (KINDS.includes(kind) ? kind : 'authority') as NoticeKind,
      obligations: form.list('obligations'),
      locales: form.list('locales'),
    },
    form.key,
  );
  if (done.ok) go(visit, `/incidents/${incident}/notices/${done.value.notice}`, 'notice-prepared');
  else if (done.error.kind === 'invalid-input') await showRefusedForm(visit, done.error, () => undefined);
  else refuse(visit, done.error);
}
