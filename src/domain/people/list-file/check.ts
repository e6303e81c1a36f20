import { readCountry } from './countries.ts';
import { mainLanguage, readLanguage } from './languages.ts';
import { cellOf, judge, type Cells, type Layout, type RejectReason, type Suspicion } from './row.ts';
import { Seen } from './seen.ts';

/** The language of people of whom none is known (ISO 639-2). */
export const UNDETERMINED = 'und';
export const NO_COUNTRY = '??';

export interface Rejected {
  /** The number of the row, the first below the header being 1. */
  readonly row: number;
  readonly reason: RejectReason;
}

/** What a list holds, in numbers; `accepted` is what is left of `rows` without `rejected` and `duplicates`. */
export interface Counts {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  /** Accepted rows by language (primary subtag, or `und`). */
  readonly languages: Readonly<Record<string, number>>;
  /** Accepted rows by country (ISO 3166-1 alpha-2, or `??`). */
  readonly countries: Readonly<Record<string, number>>;
}

/** Whose letter it would be, as far as the row tells. */
export interface Reader {
  /** As it is compared; '' where there is none. */
  readonly email: string;
  readonly language: string;
  readonly country: string;
}

/** What became of a row. */
export type Verdict =
  | { readonly kind: 'rejected'; readonly reason: RejectReason }
  | { readonly kind: 'duplicate' }
  | ({ readonly kind: 'accepted' } & Reader);

/** Languages and countries are few and come again and again. */
const REMEMBERED = { answers: 10_000, length: 60 };

/**
 * Goes through the rows of a list, one after another, and counts. Two rows of one address are one person: the second is
 * a duplicate; rows without an address never are, since two people of a household have one street.
 */
export class ListCheck {
  private readonly layout: Layout;
  private readonly isKnown: (email: string) => boolean;
  private readonly seen = new Seen();
  private readonly language = remembering(readLanguage);
  private readonly country = remembering(readCountry);
  private readonly languages = new Map<string, number>();
  private readonly countries = new Map<string, number>();
  private rows = 0;
  private accepted = 0;
  private duplicates = 0;

  /** @param isKnown whether an address is a duplicate already: another list of the same letter holds it, say */
  constructor(layout: Layout, isKnown: (email: string) => boolean = () => false) {
    this.layout = layout;
    this.isKnown = isKnown;
  }

  /** The number of the row that was taken last, from 1. */
  get row(): number {
    return this.rows;
  }

  take(cells: Cells, suspicion: Suspicion): Verdict {
    this.rows += 1;
    const judged = judge(cells, this.layout, suspicion);
    if ('reason' in judged) return { kind: 'rejected', reason: judged.reason };
    const { email } = judged;
    if (email !== '' && (this.isKnown(email) || !this.seen.add(email))) {
      this.duplicates += 1;
      return { kind: 'duplicate' };
    }
    const country = this.country(cellOf(cells, this.layout, 'country')) ?? NO_COUNTRY;
    const language =
      this.language(cellOf(cells, this.layout, 'language')) ?? mainLanguage(country) ?? UNDETERMINED;
    this.accepted += 1;
    countOne(this.languages, language);
    countOne(this.countries, country);
    return { kind: 'accepted', email, language, country };
  }

  counts(): Counts {
    const { rows, accepted, duplicates } = this;
    return {
      rows,
      accepted,
      duplicates,
      languages: Object.fromEntries(this.languages),
      countries: Object.fromEntries(this.countries),
    };
  }
}

function countOne(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Remembers the first answers; a list whose cells are all different costs time, not memory. */
function remembering(read: (text: string) => string | null): (text: string) => string | null {
  const answers = new Map<string, string | null>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = read(text);
    if (answers.size < REMEMBERED.answers && text.length <= REMEMBERED.length)
      answers.set(copyOf(text), answer);
    return answer;
  };
}

/** A cell may be a window on the whole piece of the file that it was cut from, and would keep that in memory. */
function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
