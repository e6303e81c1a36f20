import type { Form } from '../request/form.ts';

/** What belongs to one sending of a form and to no other: the guards, and the revision that was seen. */
const OWN = ['_csrf', 'key', 'shown'];

/** The fields of a form as they were sent, to be sent again once a person has chosen between two versions. */
export function fieldsAgain(form: Form): readonly { readonly name: string; readonly value: string }[] {
  return form.names
    .filter((name) => !OWN.includes(name))
    .flatMap((name) => form.list(name).map((value) => ({ name, value })));
}
