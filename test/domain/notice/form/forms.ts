import { fileURLToPath } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { loadForms } from '../../../../src/adapters/playbook-files/forms.ts';
import type { FormBook } from '../../../../src/domain/notice/form/form-book.ts';
import type { Form } from '../../../../src/domain/notice/form/form.ts';

const PLAYBOOKS = fileURLToPath(new URL('../../../../playbooks', import.meta.url));

let book: FormBook | undefined;

/** The installed forms, read once. */
export function bookOfForms(): FormBook {
  book ??= loadForms(PLAYBOOKS).book;
  return book;
}

export function formNamed(id: string): Form {
  const form = bookOfForms().forms.find((one) => one.id === id);
  if (!form) throw new Error(`no form ${id}`);
  return form;
}

export function at(text: string): Temporal.Instant {
  return Temporal.Instant.from(text);
}
