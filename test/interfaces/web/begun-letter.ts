import type { Person } from './browser-like.ts';
import { emptyLetter } from './letters.ts';
import { taken } from './staff.ts';

/** What somebody writes into the fields of a letter, in both languages. */
export const WORDS = {
  'content.en.what-happened': 'On 3 December someone copied our orders. Yours were among them.',
  'content.en.data-detail': 'Your name and what you ordered.',
  'content.en.consequences': 'Somebody may write to you and sound like us.',
  'content.en.measures-taken': 'We cut the supplier off.',
  'content.de.what-happened': 'Am 3. Dezember hat jemand unsere Bestellungen kopiert. Ihre waren dabei.',
  'content.de.data-detail': 'Ihr Name und was Sie bestellt haben.',
  'content.de.consequences': 'Jemand kann Ihnen schreiben und klingen wie wir.',
  'content.de.measures-taken': 'Wir haben den Lieferanten ausgesperrt.',
};
export const TWO = 'Maria Weiß, maria@example.org, de, DE\nTom Reed, tom@example.com, en, GB';

/** A letter with its words and two people, not yet handed in. @returns its path */
export async function begunLetter(ada: Person, people = TWO): Promise<string> {
  const letter = await emptyLetter(ada, { 'contact.website': 'https://linden.example' });
  taken(await ada.submit(await ada.open(letter), '/people', { people }));
  taken(await ada.submit(await ada.open(letter), '/draft', WORDS));
  return letter;
}
