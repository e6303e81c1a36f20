import { HolidayCalendar } from '../../../src/adapters/holidays/index.ts';
import { loadLaw, readHolidayFiles } from '../../../src/adapters/law-files/index.ts';
import {
  judge,
  parseFacts,
  type Facts,
  type FactsInput,
  type LawBook,
  type Obligation,
} from '../../../src/domain/law/index.ts';

let book: LawBook | undefined;

/** The installed law, read once for all tests. */
export function installedLaw(): LawBook {
  if (book) return book;
  const loaded = loadLaw({ playbooks: 'playbooks' });
  if (!loaded.book)
    throw new Error(loaded.problems.map((one) => `${one.file}:${one.line} ${one.message}`).join('\n'));
  book = loaded.book;
  return book;
}

export const workingDays = new HolidayCalendar(readHolidayFiles('playbooks'));

export function factsOf(input: FactsInput): Facts {
  const parsed = parseFacts(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error.problems));
  return parsed.value;
}

export function judged(input: FactsInput, law: LawBook = installedLaw()): readonly Obligation[] {
  return judge(factsOf(input), law, { workingDays });
}

/** The obligations of one duty: each recipient's, or the one that does not apply. */
export function of(obligations: readonly Obligation[], dutyId: string): readonly Obligation[] {
  return obligations.filter((one) => one.dutyId === dutyId);
}

/** The only obligation of a duty. */
export function only(obligations: readonly Obligation[], dutyId: string): Obligation {
  const [one, ...more] = of(obligations, dutyId);
  if (!one || more.length > 0) throw new Error(`${dutyId}: ${more.length + (one ? 1 : 0)} obligations`);
  return one;
}

/** Keys of what applies, sorted. */
export function applying(obligations: readonly Obligation[]): readonly string[] {
  return obligations
    .filter((one) => one.decision === 'applies')
    .map((one) => one.key)
    .sort();
}
