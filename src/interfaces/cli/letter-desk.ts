import type { Letters } from '../../application/ports/letters.ts';
import type { Desk } from './law/desk.ts';

/** What the letter's command needs of the program around it. No store is touched. */
export interface LetterDesk extends Desk {
  /** Letters by our templates and those of this data folder. */
  letters(): Promise<Letters>;
  /** The bytes of a letter as a mail, to be kept in a file (`.eml`). */
  mail(letter: {
    readonly from: { readonly name: string; readonly email: string };
    readonly to: { readonly name: string; readonly email: string };
    readonly subject: string;
    readonly html: string;
    readonly text: string;
    readonly locale: string;
  }): Promise<string>;
}
