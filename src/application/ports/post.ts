import type { Recipient } from './staff.ts';

/** A mail to staff. `name` is the same for the same mail, so that writing it again changes nothing. */
export interface StaffMail {
  readonly name: string;
  readonly to: readonly Recipient[];
  readonly template: 'reminder' | 'approval' | 'invitation' | 'reset' | 'copy';
  readonly values: Readonly<Record<string, unknown>>;
}

/** How staff are woken. */
export interface StaffPost {
  /** False while mails only reach a folder: then every page says that nobody is woken. */
  readonly reaches: boolean;
  send(mail: StaffMail): Promise<void>;
}

/** A sealed letter for one person, personal parts put in. */
export interface Letter {
  readonly notice: string;
  readonly batch: number;
  readonly position: number;
  readonly from: { readonly name: string; readonly email: string };
  readonly to: { readonly name: string; readonly email: string };
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly locale: string;
}

/**
 * How a handing over ended. `later`: surely nothing was taken, and it may be tried again. `refused`: this letter will
 * never be taken. `uncertain`: no answer came, so that it may have left.
 */
export type Handed = 'accepted' | 'refused' | 'later' | 'uncertain';

/**
 * One letter for many people in one call: the sealed words of one language, with tags where each person's own words
 * go. Every tag that stands in the words has its text with each person.
 */
export interface Mailing extends Pick<
  Letter,
  'notice' | 'batch' | 'from' | 'subject' | 'html' | 'text' | 'locale'
> {
  readonly list: string;
  /** The attempt of the batch that was written down for exactly this call. */
  readonly attempt: number;
  readonly people: readonly {
    readonly position: number;
    readonly to: Letter['to'];
    readonly tags: Readonly<Record<string, string>>;
  }[];
}

/**
 * How a call for many ended. `later`: nothing was taken; again after so many seconds, where the service says so, or
 * once somebody has looked after the `account`. `refused`: nothing was taken, and these positions never will be.
 * `too-much`: nothing was taken of this as a whole; of a part it may be.
 */
export type HandedMailing =
  | { readonly handed: 'accepted' | 'uncertain' | 'too-much' }
  | { readonly handed: 'later'; readonly seconds?: number; readonly account?: true }
  | { readonly handed: 'refused'; readonly positions: readonly number[] };

export interface LetterPost {
  /** Handing the same letter over again can never make a second one (a file of the outbox). */
  readonly exact: boolean;
  /** Hands over one letter. Several may be under way at once. */
  deliver(letter: Letter): Promise<Handed>;
  /** Hands over a letter for many in one call, where the service takes that. */
  readonly many?: {
    /** The most people of a call. */
    readonly most: number;
    deliver(mailing: Mailing): Promise<HandedMailing>;
  };
  /** Gives back what it holds open. */
  close?(): void;
  /** Whether the service tells afterwards what became of each letter: then doubt waits for that first. */
  readonly hasReceipts?: boolean;
  /** Takes away the letters of a notice that this installation ever wrote into its outbox folder. */
  forget?(notice: string): Promise<void>;
  /** The mail as it was handed over, where this post keeps one (the outbox folder); null if there is none. */
  kept?(letter: Pick<Letter, 'notice' | 'batch' | 'position'>): Promise<Uint8Array | null>;
}
