import type { RequestHandler } from 'express';
import { attachEvidence } from '../../../../application/evidence/attach.ts';
import { invalid, type DomainError } from '../../../../domain/errors.ts';
import { fileTooLarge } from '../../../../domain/incident/records.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Parts } from '../../parts.ts';
import type { Form } from '../../request/form.ts';
import { param, staffUploads } from '../../request/routes.ts';
import type { Upload } from '../../request/upload.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showEvidencePage } from './page.ts';

/** Keeps the file of a form. */
export function takeEvidence(parts: Parts): RequestHandler {
  const { limit } = parts.house.evidence;
  return staffUploads(parts, {
    limit,
    tooLarge: (visit) => refuseFile(visit, fileTooLarge(limit), 413),
    take: keep,
  });
}

async function keep(visit: StaffVisit, form: Form, file: Upload | null): Promise<void> {
  if (!file || file.name === '') {
    await refuseFile(visit, invalid('file', 'file.none'), 422, form);
    return;
  }
  const incident = param(visit, 'incident');
  const task = form.text('task');
  const called = form.text('name').trim();
  const done = await attachEvidence(
    visit.parts.house,
    visit.actor,
    {
      incident,
      name: called === '' ? file.name : called,
      type: file.type,
      content: file.content,
      ...(task === '' ? {} : { task }),
    },
    form.key,
  );
  if (done.ok) go(visit, `/incidents/${incident}/evidence#e-${done.value.evidence}`, 'evidence');
  else await refuseFile(visit, done.error, 422, form);
}

async function refuseFile(visit: StaffVisit, error: DomainError, status: number, form?: Form): Promise<void> {
  if (error.kind !== 'invalid-input') {
    refuse(visit, error);
    return;
  }
  const typed = form ? { task: form.text('task'), name: form.text('name') } : undefined;
  await showEvidencePage(
    visit,
    formErrors(visit, error, (path) => (path === 'name' && typed?.name.trim() === '' ? 'file' : path)),
    status,
    typed,
  );
}
