import type { RequestHandler } from 'express';
import { attachEvidence } from '../../../../application/evidence/attach.ts';
import { acknowledgeFiling } from '../../../../application/notice/file.ts';
import type { DomainError } from '../../../../domain/errors.ts';
import { fileTooLarge } from '../../../../domain/incident/records.ts';
import { ok, type Result } from '../../../../domain/result.ts';
import { refuse } from '../../answers/errors.ts';
import { go } from '../../answers/show.ts';
import type { Parts } from '../../parts.ts';
import type { Form } from '../../request/form.ts';
import { param, staffUploads } from '../../request/routes.ts';
import type { Upload } from '../../request/upload.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showRefused } from './page.ts';
import { noticePath } from './paths.ts';

/** What came back from whom a notice was filed with: its number, the day, and the receipt, which becomes evidence. */
export function takeReceipt(parts: Parts): RequestHandler {
  const { limit } = parts.house.evidence;
  return staffUploads(parts, {
    limit,
    tooLarge: (visit) => answer(visit, { ok: false, error: fileTooLarge(limit) }, {}),
    take,
  });
}

async function take(visit: StaffVisit, form: Form, file: Upload | null): Promise<void> {
  const typed = { reference: form.text('reference'), acknowledgedAt: form.text('acknowledgedAt') };
  await answer(visit, await record(visit, form, typed, file), typed);
}

interface Typed {
  readonly reference: string;
  readonly acknowledgedAt: string;
}

async function record(
  visit: StaffVisit,
  form: Form,
  { reference, acknowledgedAt }: Typed,
  file: Upload | null,
): Promise<Result<undefined, DomainError>> {
  const { house } = visit.parts;
  const incident = param(visit, 'incident');
  const receipt = await kept(visit, incident, form.key, file);
  if (!receipt.ok) return receipt;
  return acknowledgeFiling(
    house,
    visit.actor,
    {
      incident,
      notice: param(visit, 'notice'),
      reference,
      at: acknowledgedAt === '' ? '' : `${acknowledgedAt}T00:00`,
      ...(receipt.value === undefined ? {} : { receipt: receipt.value }),
    },
    form.key,
  );
}

/** The file as evidence; under a key of its own, since two changes cannot be answered by one. */
async function kept(
  visit: StaffVisit,
  incident: string,
  key: string | undefined,
  file: Upload | null,
): Promise<Result<string | undefined, DomainError>> {
  if (!file || file.name === '') return ok(undefined);
  const { name, type, content } = file;
  const done = await attachEvidence(
    visit.parts.house,
    visit.actor,
    { incident, name, type, content },
    key === undefined ? undefined : `${key}:receipt`,
  );
  return done.ok ? ok(done.value.evidence) : done;
}

async function answer(
  visit: StaffVisit,
  done: Result<undefined, DomainError>,
  typed: Partial<Typed>,
): Promise<void> {
  if (done.ok) go(visit, `${noticePath(visit)}#filing`, 'acknowledged');
  else if (done.error.kind === 'invalid-input')
    await showRefused(visit, done.error, (path) => (path === 'name' ? 'file' : path), {
      filing: { ...typed },
    });
  else refuse(visit, done.error);
}
