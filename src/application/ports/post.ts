import type { Recipient } from './staff.ts';

/** A mail to staff. `name` is the same for the same mail, so that writing it again changes nothing. */
export interface StaffMail {
  readonly name: string;
  readonly to: readonly Recipient[];
  readonly template: 'reminder' | 'approval' | 'invitation' | 'reset';
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

export interface LetterPost {
  /** Handing the same letter over again can never make a second one (a file of the outbox). */
  readonly exact: boolean;
  deliver(letter: Letter): Promise<Handed>;
  /** Takes away the letters of a notice that this installation ever wrote into its outbox folder. */
  forget?(notice: string): Promise<void>;
  /** The mail as it was handed over, where this post keeps one (the outbox folder); null if there is none. */
  kept?(letter: Pick<Letter, 'notice' | 'batch' | 'position'>): Promise<Uint8Array | null>;
}
