import type { LetterSource } from '../../application/ports/letters.ts';
import { draftFields, isForbidding } from '../../domain/notice/content.ts';
import { peopleIn } from '../../domain/notice/content-facts.ts';
import type { Contact } from './contacts.ts';
import type { LetterPen } from './letter-pen.ts';

/** A paragraph between the marks of its readers; without marks it is for all who get the part. */
interface PlacedParagraph {
  readonly open: string;
  readonly close: string;
  readonly lines: readonly string[];
}

/** What laws of the US want in the letter beside the six answers; it stands after the signature. */
export interface RequiredInformation {
  /** Marks of the readers who get it. */
  readonly open: string;
  readonly close: string;
  readonly heading: string;
  readonly paragraphs: readonly PlacedParagraph[];
}

// Elements that only laws of the US want, written by the author: they go to readers there.
const OF_THE_US: Readonly<Record<string, readonly string[]>> = {
  'id-protection': ['US'],
  parent: ['US-MA'],
};

/**
 * Elements of the duties that have a field of their own in the draft: whom the text is for is known of those in
 * `placed`, the others (`general`) belong to what happened.
 */
export function authorsElements({ duties }: Pick<LetterSource, 'duties'>): {
  readonly general: readonly string[];
  readonly placed: readonly string[];
} {
  const usual = new Set(draftFields('letter', []).map(({ field }) => field));
  const own = draftFields(
    'letter',
    duties.flatMap(({ content }) => content),
  )
    .map(({ field }) => field)
    .filter((field) => !usual.has(field) && !isForbidding(field));
  return {
    general: own.filter((field) => !(field in OF_THE_US)),
    placed: own.filter((field) => field in OF_THE_US),
  };
}

/** The required information for readers in the US: federal and for all states, then what single states want. */
export function requiredInformation(source: LetterSource, pen: LetterPen): RequiredInformation {
  const { bureaus, commission, states } = pen.contacts;
  const placed = authorsElements(source).placed.flatMap((field) =>
    pen.paragraphs(field).map((lines) => placedIn(pen, OF_THE_US[field] ?? ['US'], lines)),
  );
  return {
    ...pen.marks(['US']),
    heading: pen.say('required.heading'),
    paragraphs: [
      ...placed,
      forAll(pen.spokenFrom('required.freeze')),
      ...bureaus.map((contact) => forAll(...linesOf(contact))),
      forAll(pen.spokenFrom('required.alert')),
      ...commission.map((contact) => forAll(...linesOf(contact))),
      ...states.map((contact) => placedIn(pen, [contact.place], linesOf(contact))),
      forAll(pen.spokenFrom('required.rights', valuesOf(source, pen))),
    ],
  };
}

/** When it happened and was found, whether the police had us wait, and how many Rhode Island has: states ask for them. */
function valuesOf({ incident }: LetterSource, pen: LetterPen): Readonly<Record<string, string>> {
  const { occurredAt, occurredTo, detectedAt } = pen.facts.moments;
  const hold = incident.facts['lawEnforcementHold'];
  return {
    when: occurredAt && occurredTo ? 'range' : occurredAt ? 'day' : 'unknown',
    from: occurredAt ? pen.day(occurredAt) : '',
    to: occurredTo ? pen.day(occurredTo) : '',
    found: detectedAt ? 'yes' : 'no',
    detected: detectedAt ? pen.day(detectedAt) : '',
    held: hold && 'value' in hold ? 'yes' : 'no',
    count: countIn(incident, pen, 'US-RI'),
  };
}

/** How many people live in a state, in words that need no grammar; `unknown` where nobody has counted. */
function countIn(incident: LetterSource['incident'], pen: LetterPen, state: string): string {
  const people = peopleIn(incident, state);
  if (!people || people.most === null) return 'unknown';
  const { least, most } = people;
  return pen.say('people', { least, most, exact: least === most ? 'yes' : 'no' });
}

function placedIn(pen: LetterPen, areas: readonly string[], lines: readonly string[]): PlacedParagraph {
  return { ...pen.marks(areas), lines };
}

function forAll(...lines: readonly string[]): PlacedParagraph {
  return { open: '', close: '', lines };
}

function linesOf({ name, post, phone, site }: Contact): readonly string[] {
  return [name, [phone, site].filter(Boolean).join(', '), post ?? ''].filter((line) => line !== '');
}
