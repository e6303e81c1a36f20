import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Letters } from '../application/ports/letters.ts';
import type { Desk } from '../interfaces/cli/law/desk.ts';
import type { LetterDesk } from '../interfaces/cli/letter-desk.ts';

const LETTERS = fileURLToPath(new URL('../../templates/letters', import.meta.url));

/**
 * Letters for the command that prints one; no store is touched. What writes and mails them is loaded when it is needed.
 * @param own folder of the organisation's own letters, read where it is there
 */
export function openLetterDesk(desk: Desk, own: string): LetterDesk {
  let opened: Promise<Letters> | undefined;
  return {
    ...desk,
    letters: () => (opened ??= open(desk, own)),
    async mail(letter) {
      const { bytesOf } = await import('../adapters/mail/compose.ts');
      const { systemClock } = await import('../adapters/crypto/chance-and-time.ts');
      const identity = createHash('sha256').update(JSON.stringify(letter)).digest('hex');
      return (await bytesOf({ ...letter, identity, date: systemClock.now() })).toString('utf8');
    },
  };
}

async function open({ law, complain }: Desk, own: string): Promise<Letters> {
  const [{ openLetters }, { complaintOffices }, { systemClock }, { authorities }] = await Promise.all([
    import('../adapters/templates/letter-room.ts'),
    import('../domain/notice/offices.ts'),
    import('../adapters/crypto/chance-and-time.ts'),
    law.book(),
  ]);
  return openLetters({
    folder: LETTERS,
    own,
    clock: systemClock,
    offices: complaintOffices(authorities.values()),
    warn: complain,
  });
}
