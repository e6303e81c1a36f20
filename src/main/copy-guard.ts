import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CopyGuard } from '../application/ports/copy-guard.ts';
import type { LetterPost, StaffPost } from '../application/ports/post.ts';
import type { Stores } from '../adapters/mongo/index.ts';

const LOOK_MS = 1000;

/** What tells the file of a store from every copy of it: where it lies and when it was made. */
export async function identityOf(dataFolder: string): Promise<string> {
  const { dev, ino, birthtimeNs } = await stat(join(dataFolder, 'store.mdb'), { bigint: true });
  return `${dev}:${ino}:${birthtimeNs}`;
}

/** @param file of the embedded store; null for a MongoDB elsewhere, whose copies cannot be known from here */
export async function guardCopy(
  installation: Stores['installation'],
  file: string | null,
): Promise<CopyGuard & { whenAlive(): Promise<void>; close(): void }> {
  let isCopy = file !== null && (await installation.isCopy(file));
  let closed = false;
  return {
    get isCopy() {
      return isCopy;
    },
    async live() {
      if (file !== null) await installation.live(file);
      isCopy = false;
    },
    /** Resolves at once where this is no copy, else when somebody says, here or in another process, that it lives. */
    async whenAlive() {
      while (isCopy && !closed) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS).unref());
        if (isCopy && file !== null && !closed) isCopy = await installation.isCopy(file);
      }
    },
    close() {
      closed = true;
    },
  };
}

/** The same post, which sends nothing from a copy: people would hear twice, from two installations. */
export function silentInCopy(post: StaffPost, guard: CopyGuard): StaffPost {
  return {
    get reaches() {
      return post.reaches && !guard.isCopy;
    },
    async send(mail) {
      if (!guard.isCopy) await post.send(mail);
    },
  };
}

/** The same for letters: they wait. */
export function waitingInCopy(post: LetterPost, guard: CopyGuard): LetterPost {
  const { many } = post;
  return {
    ...post,
    deliver: (letter) => (guard.isCopy ? Promise.resolve('later') : post.deliver(letter)),
    ...(many
      ? {
          many: {
            most: many.most,
            deliver: (mailing) =>
              guard.isCopy ? Promise.resolve({ handed: 'later' }) : many.deliver(mailing),
          },
        }
      : {}),
  };
}
