import { join } from 'node:path';
import type { Clock } from '../../application/ports/house.ts';
import type { Letter, LetterPost, StaffPost } from '../../application/ports/post.ts';
import { bytesOf } from './compose.ts';
import { letterMail } from './letter-mail.ts';
import { fileNameOf, mailsOf, type StaffPostOptions } from './staff-mail.ts';
import { writeOnceInto, type FileSteps } from './write-once.ts';

interface OutboxOptions {
  /** The outbox itself, usually `<data>/outbox`. */
  readonly folder: string;
  readonly clock: Clock;
  readonly steps?: FileSteps;
}

/**
 * The file of a letter below the outbox, from notice, batch and position alone: the same letter is never two
 * files, and its name tells nobody who gets it.
 *
 * @throws RangeError if the notice's id could be a path.
 */
export function letterFile({
  notice,
  batch,
  position,
}: Pick<Letter, 'notice' | 'batch' | 'position'>): string {
  return join('letters', `${named(notice)}-${padded(batch)}-${padded(position)}.eml`);
}

/** Letters as `.eml` files in `letters/`. Exact: delivering a letter again changes nothing. */
export function createLetterOutbox({
  folder,
  clock,
  steps,
}: OutboxOptions): LetterPost & Required<Pick<LetterPost, 'kept' | 'forget'>> {
  const files = writeOnceInto(join(folder, 'letters'), steps);
  return {
    exact: true,
    async deliver(letter) {
      const name = letterFile(letter).slice('letters'.length + 1);
      await files.write(name, () => bytesOf(letterMail(letter, clock.now())));
      return 'accepted';
    },
    forget: (notice) => files.removeAll(`${named(notice)}-`),
    kept: (letter) => files.read(letterFile(letter).slice('letters'.length + 1)),
  };
}

/** Mails to staff as `.eml` files in `staff/`, one for each reader. Nobody is woken by a file: `reaches` is false. */
export function createStaffOutbox({
  folder,
  steps,
  ...options
}: OutboxOptions & StaffPostOptions): StaffPost {
  const files = writeOnceInto(join(folder, 'staff'), steps);
  return {
    reaches: false,
    async send(mail) {
      const writing = mailsOf(mail, options).map(({ recipient, mail: written }) =>
        files.write(fileNameOf(mail, recipient), () => bytesOf(written)),
      );
      await Promise.all(writing);
    },
  };
}

function named(notice: string): string {
  if (!/^[\w-]+$/.test(notice)) throw new RangeError('a notice id of letters, digits and dashes is needed');
  return notice;
}

function padded(number: number): string {
  return String(number).padStart(4, '0');
}
