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

export interface Printer {
  /** All letters as one PDF, each on pages of its own, its address in the window of a usual envelope. */
  print(letters: readonly PaperLetter[], paper: Paper): Promise<Uint8Array>;
}
