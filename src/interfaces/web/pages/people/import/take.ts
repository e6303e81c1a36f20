import type { RequestHandler } from 'express';
import { checkUpload } from '../../../../../application/people/check-upload.ts';
import { letterFor } from '../../../../../application/people/list-upload.ts';
import { invalid, type DomainError } from '../../../../../domain/errors.ts';
import { refuse } from '../../../answers/errors.ts';
import { field } from '../../../answers/fields.ts';
import { formErrors, NO_ERRORS, type FormErrors } from '../../../answers/problems.ts';
import { go, show } from '../../../answers/show.ts';
import type { Parts } from '../../../parts.ts';
import type { Form } from '../../../request/form.ts';
import { staffUploads } from '../../../request/routes.ts';
import type { Upload } from '../../../request/upload.ts';
import type { StaffVisit } from '../../../request/visit.ts';
import { noticePath } from '../../notice/paths.ts';
import { placeOf } from '../page.ts';
import { importPath, uploadPath } from './paths.ts';

const MEGABYTE = 1024 * 1024;

/** Where a list is sent in. */
export async function showImport(visit: StaffVisit): Promise<void> {
  const letter = await letterFor(visit.parts.house, visit.actor, placeOf(visit));
  if (letter.ok) showForm(visit, NO_ERRORS, 200);
  else refuse(visit, letter.error);
}

/** Takes a list in, and shows what was found in it; what is no list is told why, and destroyed. */
export function takeList(parts: Parts): RequestHandler {
  const { limit } = parts.house.listUploads;
  const megabytes = Math.round(limit / MEGABYTE);
  return staffUploads(parts, {
    limit,
    tooLarge: (visit) => answerFault(visit, invalid('file', 'list.too-large', { megabytes }), 413),
    take,
  });
}

async function take(visit: StaffVisit, _form: Form, file: Upload | null): Promise<void> {
  if (!file || file.name === '') {
    answerFault(visit, invalid('file', 'file.none'), 422);
    return;
  }
  const { name, content } = file;
  const done = await checkUpload(visit.parts.house, visit.actor, { ...placeOf(visit), name, content });
  if (done.ok) go(visit, uploadPath(visit, done.value.upload));
  else answerFault(visit, done.error, 422);
}

function answerFault(visit: StaffVisit, error: DomainError, status: number): void {
  if (error.kind === 'invalid-input') showForm(visit, formErrors(visit, error), status);
  else refuse(visit, error);
}

function showForm(visit: StaffVisit, errors: FormErrors, status: number): void {
  const { say } = visit;
  const megabytes = Math.round(visit.parts.house.listUploads.limit / MEGABYTE);
  const model = {
    title: say('list.title'),
    section: 'incidents' as const,
    back: noticePath(visit),
    action: importPath(visit),
    errors: errors.summary,
    file: field(
      'file',
      { label: say('list.file'), hint: say('list.file-hint', { megabytes }), type: 'file' },
      errors,
    ),
  };
  show(visit, 'people/import', model, status);
}
