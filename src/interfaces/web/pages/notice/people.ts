import { addressLetter } from '../../../../application/people/address-letter.ts';
import { viewLetter } from '../../../../application/people/view-letter.ts';
import type { DomainError, Problem } from '../../../../domain/errors.ts';
import { placeOf } from '../../../../domain/law/places.ts';
import { refuse } from '../../answers/errors.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param, paramNumber } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { frameLetter } from '../../security/headers.ts';
import { problemWords } from '../../answers/problems.ts';
import { showNoticePage } from './page.ts';
import { noticePath } from './paths.ts';
import type { PeopleTyped } from './people-form.ts';
import { readPasted, type PastedRow } from './pasted.ts';

/** Puts people on the letter. Every fault names the line on which it stands, and then nothing is stored. */
export async function takePeople(visit: StaffVisit, form: Form): Promise<void> {
  const text = form.text('people');
  const pasted = readPasted(text);
  const otherwise = placeOf(form.text('otherwise').toUpperCase()) ?? '';
  const people = pasted.map(({ row }) => ({ ...row, otherwise }));
  const place = { incident: param(visit, 'incident'), notice: param(visit, 'notice') };
  const done = await addressLetter(visit.parts.house, visit.actor, { ...place, people }, form.key);
  if (done.ok) go(visit, `${noticePath(visit)}#people`, 'people');
  else if (done.error.kind === 'invalid-input')
    await showFaults(visit, done.error.problems, pasted, { text, otherwise });
  else refuse(visit, done.error);
}

async function showFaults(
  visit: StaffVisit,
  problems: readonly Problem[],
  pasted: readonly PastedRow[],
  typed: PeopleTyped,
): Promise<void> {
  const told = problems.map((problem) => lineWords(visit, problem, pasted));
  const errors = {
    at: (name: string) => (name === 'people' ? (told[0] ?? null) : null),
    summary: told.slice(0, 20).map((words) => ({ href: '#f-people', words })),
  };
  await showNoticePage(visit, { errors, people: typed }, 422);
}

function lineWords(visit: StaffVisit, problem: Problem, pasted: readonly PastedRow[]): string {
  const words = problemWords(visit, problem);
  const index = /^people\[(\d+)\]/.exec(problem.path)?.[1];
  const line = index === undefined ? undefined : pasted[Number(index)]?.line;
  return line === undefined ? words : visit.say('people.line', { line, words });
}

type Seen = Extract<Awaited<ReturnType<typeof viewLetter>>, { ok: true }>['value'];

async function letterHere(visit: StaffVisit): Promise<Seen | null> {
  const place = {
    incident: param(visit, 'incident'),
    notice: param(visit, 'notice'),
    batch: paramNumber(visit, 'batch'),
    position: paramNumber(visit, 'position'),
  };
  const missing: DomainError = { kind: 'not-found', what: 'letter', id: '' };
  if (place.batch < 0 || place.position < 0) {
    refuse(visit, missing);
    return null;
  }
  const seen = await viewLetter(visit.parts.house, visit.actor, place);
  if (seen.ok) return seen.value;
  refuse(visit, seen.error);
  return null;
}

/** One person's letter as it leaves, or left, the house. */
export async function showLetter(visit: StaffVisit): Promise<void> {
  const seen = await letterHere(visit);
  if (!seen) return;
  const { letter, mail } = seen;
  const { say } = visit;
  const path = `${noticePath(visit)}/letters/${letter.batch}/${letter.position}`;
  const model = {
    title: say('letter.title'),
    section: 'incidents' as const,
    back: noticePath(visit),
    peopleHref: `${noticePath(visit)}/people`,
    mailHref: mail === null ? null : `${path}/mail`,
    letter: {
      locale: letter.locale,
      plain: false,
      text: letter.text,
      subject: letter.subject,
      from: `${letter.from.name} <${letter.from.email}>`,
      to: `${letter.to.name} <${letter.to.email}>`,
      frame: `${path}/frame`,
      frameTitle: say('letter.title'),
    },
  };
  show(visit, 'notice/letter', model);
}

export async function showLetterFrame(visit: StaffVisit): Promise<void> {
  const seen = await letterHere(visit);
  if (!seen) return;
  frameLetter(visit.response);
  visit.response.type('html').send(seen.letter.html);
}

/** The very mail that was handed over, where the post keeps one. */
export async function showLetterMail(visit: StaffVisit): Promise<void> {
  const seen = await letterHere(visit);
  if (!seen) return;
  const { mail, letter } = seen;
  if (mail === null) {
    refuse(visit, { kind: 'not-found', what: 'letter', id: '' });
    return;
  }
  visit.response
    .type('message/rfc822')
    .attachment(`letter-${letter.batch}-${letter.position}.eml`)
    .send(Buffer.from(mail));
}
