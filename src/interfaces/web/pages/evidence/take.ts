import type { Request, RequestHandler } from 'express';
import { attachEvidence } from '../../../../application/evidence/attach.ts';
import { invalid, type DomainError } from '../../../../domain/errors.ts';
import { fileTooLarge } from '../../../../domain/incident/records.ts';
import { Refused } from '../../../shared/refused.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Parts } from '../../parts.ts';
import { formOf, type Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import { readUpload, type Upload } from '../../request/upload.ts';
import { staffVisit, type StaffVisit } from '../../request/visit.ts';
import { checkToken } from '../../security/csrf.ts';
import { showEvidencePage } from './page.ts';

/** What the fields around the file may take. */
const AROUND_BYTES = 64 * 1024;

/** Keeps the file of a form, streamed. One whose length says that it is too large is refused before it is read. */
export function takeEvidence(parts: Parts): RequestHandler {
  return async (request, response) => {
    const visit = await staffVisit(parts, request, response);
    if (!visit) throw new Refused(401, 'signed-out');
    const { limit } = parts.house.evidence;
    if (lengthOf(request) > limit + AROUND_BYTES) {
      await refuseFile(visit, fileTooLarge(limit), 413);
      return;
    }
    const file = await readUpload(request);
    try {
      checkToken(request);
      await keep(visit, formOf(request), file);
    } finally {
      file?.skip();
    }
  };
}

function lengthOf(request: Request): number {
  return Number(request.get('content-length') ?? 0);
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
