import type { Letter } from './post.ts';

export const PAPERS = ['a4', 'letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** A letter for an envelope: the sealed words in plain text, with where it goes and where it comes from. */
export interface PaperLetter extends Pick<Letter, 'subject' | 'text' | 'locale'> {
  /** Lines of the address, the name first. */
  readonly to: readonly string[];
  /** The sender in one line, small above the address. */
  readonly from: string;
}

/** A notice as a mail that a person sends from their own mail program. */
export interface MailFile extends Pick<Letter, 'from' | 'subject' | 'html' | 'text' | 'locale'> {
  /** What makes it this mail and no other. */
  readonly identity: string;
  /** Left out where no mail address is known. */
  readonly to?: Letter['to'];
}

export interface MailFiles {
  /** The bytes of an .eml file (RFC 5322), to be opened as a draft. */
  write(mail: MailFile): Promise<Uint8Array>;
}

/** A table of records with each record in full behind it, in the words of one language. */
export interface RecordsDocument {
  readonly locale: string;
  readonly title: string;
  /** What it is, when it was made, what was asked. */
  readonly lead: readonly string[];
  readonly table: {
    readonly heads: readonly string[];
    /** The shares of the columns in the width. */
    readonly widths: readonly number[];
    readonly lines: readonly (readonly string[])[];
  };
  readonly records: readonly {
    readonly heading: string;
    readonly rows: readonly { readonly term: string; readonly paragraphs: readonly string[] }[];
  }[];
  /** What stands at the foot of a page. */
  readonly footer: (page: number, pages: number) => string;
}

export interface Printer {
  /** All letters as one PDF, each on pages of its own, its address in the window of a usual envelope. */
  print(letters: readonly PaperLetter[], paper: Paper): Promise<Uint8Array>;
  /** Records on A4, the heads of the table on each of its pages. */
  printRecords(records: RecordsDocument): Promise<Uint8Array>;
}
