import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { stillKnown } from '../../domain/incident/forgetting.ts';
import { recordPrinting } from '../../domain/incident/settling.ts';
import { needsSomebody, type DeliveryState, type Person } from '../../domain/people/person.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { findIncident } from '../incident/find.ts';
import { textsOfSeal } from '../notice/versions.ts';
import type { House } from '../ports/house.ts';
import { PAPERS, type Paper, type PaperLetter } from '../ports/print.ts';
import { letterFor, type Wave } from './dispatch/letters.ts';
import { settlePerson } from './settle-person.ts';

type Deps = Changing &
  Pick<House, 'lists' | 'deliveries' | 'letterPost' | 'noticeWriter' | 'printer' | 'sending'>;

interface Place {
  readonly incident: string;
  readonly notice: string;
}

/** Who gets a letter on paper: has a postal address, and nothing else reached them. */
export function goesOnPaper(person: Person, state: DeliveryState): boolean {
  return person.postal !== undefined && needsSomebody(state);
}

/** The letters of all who go on paper, as one PDF for one print job; what was approved, and nothing else. */
export async function printLetters(
  house: Deps,
  actor: Actor,
  form: Place & { readonly paper: string },
): Promise<Result<{ readonly pdf: Uint8Array; readonly count: number }, DomainError>> {
  const allowed = allow(actor, 'people.see');
  if (!allowed.ok) return allowed;
  const paper: Paper = PAPERS.find((known) => known === form.paper) ?? 'a4';
  const onPaper = await paperPeople(house, actor, form);
  if (!onPaper.ok) return onPaper;
  const { wave, people } = onPaper.value;
  const letters = people.map(({ batch, position, person }) =>
    paperLetter(house, { ...wave, batch }, position, person),
  );
  const recorded = await changeIncident(house, actor, form.incident, (fresh, context) =>
    recordPrinting(fresh, form.notice, { count: letters.length, paper }, context),
  );
  if (!recorded.ok) return recorded;
  return ok({ pdf: await house.printer.print(letters, paper), count: letters.length });
}

/**
 * Records that these letters went to the post: each person counts as told by letter. Which ones is said by the caller,
 * who printed them, so that somebody who came to need a letter since is not told by one that never existed.
 * @param key names the act; a repeat records nothing twice
 */
export async function lettersPosted(
  house: Deps,
  actor: Actor,
  form: Place & { readonly people: readonly string[]; readonly at?: string },
  key: string,
): Promise<Result<{ readonly count: number }, DomainError>> {
  const allowed = allow(actor, 'letters.dispatch');
  if (!allowed.ok) return allowed;
  const onPaper = await paperPeople(house, actor, form);
  if (!onPaper.ok) return onPaper;
  const posted = onPaper.value.people.filter(({ batch, position }) =>
    form.people.includes(`${batch}/${position}`),
  );
  for (const { batch, position } of posted) {
    const settling = { ...form, batch, position, kind: 'told', channel: 'letter' };
    const done = await settlePerson(house, actor, settling, `${key}:${batch}/${position}`);
    if (!done.ok) return done;
  }
  return ok({ count: posted.length });
}

interface OnPaper {
  readonly wave: Omit<Wave, 'batch'>;
  readonly people: readonly { readonly batch: number; readonly position: number; readonly person: Person }[];
}

async function paperPeople(
  house: Deps,
  actor: Actor,
  { incident: id, notice: noticeId }: Place,
): Promise<Result<OnPaper, DomainError>> {
  const incident = await findIncident(house, actor, id);
  const organisation = await house.organisations.byId(actor.organisation);
  const notice = incident?.notices.find((candidate) => candidate.id === noticeId);
  const known = incident && notice ? stillKnown(incident, notice) : ok(true);
  if (!known.ok) return known;
  const seal = notice?.approved?.seal;
  const head = seal?.list ? await house.lists.head(actor.organisation, seal.list.id) : null;
  if (!organisation || !notice || !seal || !head)
    return fail({ kind: 'not-found', what: 'notice', id: noticeId });
  const people: { batch: number; position: number; person: Person }[] = [];
  for (let batch = 0; batch < head.batches.length; batch += 1) {
    const opened = await house.lists.open(actor.organisation, head.id, batch);
    for (const { position, state } of await house.lists.deliveries(actor.organisation, head.id, batch)) {
      const person = opened[position];
      if (person && goesOnPaper(person, state)) people.push({ batch, position, person });
    }
  }
  const texts = await textsOfSeal(house, seal);
  return ok({ wave: { organisation, notice, list: head.id, texts }, people });
}

function paperLetter(house: Deps, wave: Wave, position: number, person: Person): PaperLetter {
  const { subject, text, locale } = letterFor(house, wave, position, person);
  const { name, contact } = wave.organisation;
  const from = [name, ...contact.address.split('\n')]
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return { subject, text, locale, to: [person.name, ...(person.postal ?? [])], from: from.join(' · ') };
}
