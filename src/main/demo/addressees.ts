import { Readable } from 'node:stream';
import type { Actor } from '../../domain/access/roles.ts';
import { acceptList } from '../../application/people/accept-list.ts';
import { addressLetter } from '../../application/people/address-letter.ts';
import { checkUpload } from '../../application/people/check-upload.ts';
import type { House } from '../../application/ports/house.ts';
import { must, StepFailed } from './must.ts';

/** So many are typed in; more come as a list, as their shop would write it out. */
const TYPED_AT_MOST = 10;

interface Letter {
  readonly incident: string;
  readonly notice: string;
  readonly people: number;
}

/** Puts the people on the letter. @returns what was done, for who watches */
export async function address(house: House, actor: Actor, letter: Letter): Promise<string> {
  return letter.people <= TYPED_AT_MOST ? typed(house, actor, letter) : fromList(house, actor, letter);
}

async function typed(house: House, actor: Actor, { incident, notice, people }: Letter): Promise<string> {
  const rows = Array.from({ length: people }, (_, index) => {
    const { name, email, language } = someone(index);
    return { name, email, language, country: 'DE' };
  });
  must('the people', await addressLetter(house, actor, { incident, notice, people: rows }));
  return `The people: ${people} typed in, sealed at once.`;
}

/** A list with what lists have: a header in German, somebody twice, and an address that is none. */
async function fromList(house: House, actor: Actor, { incident, notice, people }: Letter): Promise<string> {
  const place = { incident, notice };
  const sent = { ...place, name: 'customers.csv', content: Readable.from(linesFor(people)) };
  const { upload, findings } = must('the list', await checkUpload(house, actor, sent));
  const { rows = 0, accepted = 0, duplicates = 0 } = findings.counts ?? {};
  if (rows !== people + 2 || accepted !== people || duplicates !== 1)
    throw new StepFailed(`of ${rows} rows ${accepted} would be taken, and ${duplicates} are there twice`);
  const { revision } = findings;
  must('taking it over', await acceptList(house, actor, { ...place, upload, revision, mode: 'replace' }));
  return `The list of the shop: ${rows} rows, of which ${accepted} are taken; one is there twice, one has no address.`;
}

function* linesFor(people: number): Generator<Buffer> {
  yield Buffer.from('Vorname;Nachname;E-Mail;Sprache;Land\n');
  for (let index = 0; index < people; index += 1) {
    const { first, last, email, language } = someone(index);
    yield Buffer.from(`${first};${last};${email};${language};Deutschland\n`);
  }
  const { first, last, email } = someone(0);
  yield Buffer.from(`${first};${last};${email.toUpperCase()};de;Deutschland\nNo;Body;no-address;de;DE\n`);
}

function someone(index: number): Record<'first' | 'last' | 'name' | 'email' | 'language', string> {
  const [first, last] = ['Person', String(index + 1)];
  const email = `person${index + 1}@customers.example`;
  return { first, last, name: `${first} ${last}`, email, language: index % 2 === 0 ? 'de' : 'en' };
}
