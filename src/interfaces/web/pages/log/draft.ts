import { keepLogDraft, logDraftOf } from '../../../../application/incident/log-draft.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { blank, isTouched, type Typed } from './typed.ts';

/** The form as it stands before a person: typed anew, or taken up where they left it. */
export interface LogPage {
  readonly typed: Typed;
  /** The key of idempotency; a form that is taken up keeps its own, so that it is logged once. */
  readonly key: string;
  /** When the form that is taken up was last kept, in words; null for a new one. */
  readonly since: string | null;
}

/** Keeps what stands in the form, if anything does. @returns when, in words (`18:41:07`), or null */
export async function keepTyped(
  visit: StaffVisit,
  typed: Typed,
  key: string | undefined,
): Promise<string | null> {
  if (!isTouched(typed)) return null;
  const form = JSON.stringify({ typed, key: key ?? '' });
  const at = await keepLogDraft(visit.parts.house, visit.actor, form);
  return at.toZonedDateTimeISO(visit.times.zone).toPlainTime().toString({ smallestUnit: 'second' });
}

export async function forgetTyped(visit: StaffVisit): Promise<void> {
  await keepLogDraft(visit.parts.house, visit.actor, '');
}

export async function openLogPage(visit: StaffVisit): Promise<LogPage> {
  const draft = await logDraftOf(visit.parts.house, visit.actor);
  const kept = draft && readKept(draft.form);
  if (!draft || !kept) return { typed: blank(visit), key: visit.parts.house.ids.id(), since: null };
  return {
    typed: { ...blank(visit), ...kept.typed },
    key: kept.key === '' ? visit.parts.house.ids.id() : kept.key,
    since: visit.times.short(draft.at),
  };
}

/** What an earlier version of this page kept may have other fields: what is missing is as in a blank form. */
function readKept(form: string): { readonly typed: Partial<Typed>; readonly key: string } | null {
  const { typed, key } = JSON.parse(form) as { typed?: Partial<Typed>; key?: unknown };
  return typed ? { typed, key: typeof key === 'string' ? key : '' } : null;
}
