import { tellDirectly } from '../../../../application/incident/tell-directly.ts';
import { decideDuty } from '../../../../application/incident/tasks-and-stages.ts';
import { nameControllers } from '../../../../application/incident/name-controllers.ts';
import { prepareNotice, prepareNotices } from '../../../../application/notice/prepare.ts';
import { NOTICE_KINDS, type NoticeKind } from '../../../../domain/notice/notice.ts';
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

function kindIn(form: Form): NoticeKind {
  return NOTICE_KINDS.find((kind) => kind === form.text('kind')) ?? 'authority';
}

/** Begins a notice for a duty, and goes on to write it. */
export async function takePrepare(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const recipient = form.text('recipient').trim();
  const done = await prepareNotice(
    visit.parts.house,
    visit.actor,
    {
      incident,
      kind: kindIn(form),
      obligations: form.list('obligations'),
      locales: form.list('locales'),
      ...(recipient === '' ? {} : { recipient }),
    },
    form.key,
  );
  if (done.ok) go(visit, `/incidents/${incident}/notices/${done.value.notice}`, 'notice-prepared');
  else if (done.error.kind === 'invalid-input') await showRefusedForm(visit, done.error, () => undefined);
  else refuse(visit, done.error);
}

/** Begins a notice for each office that is owed one, and shows them all. */
export async function takePrepareEach(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const kind = kindIn(form);
  const done = await prepareNotices(
    visit.parts.house,
    visit.actor,
    { incident, kind: kind === 'letter' ? 'authority' : kind },
    form.key,
  );
  if (done.ok) go(visit, `/incidents/${incident}#notices`, 'notices-prepared');
  else if (done.error.kind === 'invalid-input') await showRefusedForm(visit, done.error, () => undefined);
  else refuse(visit, done.error);
}

/** For whom we process the data: one a line, a mail address after the last comma. */
export async function takeControllers(visit: StaffVisit, form: Form): Promise<void> {
  const incident = param(visit, 'incident');
  const lines = form
    .text('controllers')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const controllers = lines.map((line) => {
    const [, name = line, contact = ''] = /^(.*\S)\s*,\s*(\S+@\S+|\+?[\d\s()/-]{6,})$/.exec(line) ?? [];
    return { name, contact };
  });
  const done = await nameControllers(visit.parts.house, visit.actor, { incident, controllers }, form.key);
  if (done.ok) go(visit, `/incidents/${incident}#duties`, 'controllers');
  else if (done.error.kind === 'invalid-input') {
    const errors = formErrors(visit, done.error, () => 'controllers');
    await showDutyPage(visit, errors, 422, {}, form.text('controllers'));
  } else refuse(visit, done.error);
}
