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

export interface LetterPost {
  /** Hands a letter over. Resolves when it is surely accepted; the same notice, batch and position is never two letters. */
  deliver(letter: Letter): Promise<void>;
  /** The mail as it was handed over, where this post keeps one (the outbox folder); null if there is none. */
  kept?(letter: Pick<Letter, 'notice' | 'batch' | 'position'>): Promise<Uint8Array | null>;
}
