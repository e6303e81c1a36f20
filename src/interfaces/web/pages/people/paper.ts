import { lettersPosted, printLetters } from '../../../../application/people/on-paper.ts';
import { refuse } from '../../answers/errors.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { peoplePath, placeOf } from './page.ts';

/** Gives the letters of all who go on paper as one PDF to save and print. */
export async function takePrint(visit: StaffVisit, form: Form): Promise<void> {
  const paper = form.text('paper');
  const done = await printLetters(visit.parts.house, visit.actor, { ...placeOf(visit), paper });
  if (!done.ok) {
    refuse(visit, done.error);
    return;
  }
  visit.response.attachment(`letters-${paper}.pdf`).type('application/pdf').send(Buffer.from(done.value.pdf));
}

/** Records that the letters which the page showed are in the letter box. */
export async function takePosted(visit: StaffVisit, form: Form): Promise<void> {
  const key = form.key ?? visit.parts.house.ids.id();
  const people = form.list('person');
  const done = await lettersPosted(visit.parts.house, visit.actor, { ...placeOf(visit), people }, key);
  if (done.ok) go(visit, peoplePath(visit), 'posted');
  else refuse(visit, done.error);
}
