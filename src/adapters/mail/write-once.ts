import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The steps that can be cut short; a test puts its own in. */
export interface FileSteps {
  rename(from: string, to: string): Promise<void>;
}

/** Writes files of a folder once, whole or not at all. */
interface WriteOnce {
  /**
   * Writes a file under this name unless there is one already. When it resolves, name and bytes are on the disk:
   * temporary file, fsync, rename, fsync of the folder. Whatever cuts it short leaves no file under the name.
   *
   * @param bytes called only if there is no such file yet.
   * @returns false if the file was there.
   */
  write(name: string, bytes: () => Promise<Uint8Array>): Promise<boolean>;
  /** The bytes of a file, or null if there is none of that name. */
  read(name: string): Promise<Uint8Array | null>;
  /** Takes away every file whose name begins so, and what is half written of one. */
  removeAll(prefix: string): Promise<void>;
}

// What this process writes just now, over all folders.
const writing = new Set<string>();
let writes = 0;

const TEMPORARY = /^\..+\.(\d+)\.part$/;

/** Files are readable by their owner only: letters hold names and addresses. */
export function writeOnceInto(folder: string, steps: FileSteps = { rename }): WriteOnce {
  let ready: Promise<void> | undefined;
  return {
    async write(name, bytes) {
      await (ready ??= prepare(folder));
      const path = join(folder, name);
      if ((await orNull(stat(path))) !== null) return false;
      writes += 1;
      const temporary = join(folder, `.${name}.${writes}.${process.pid}.part`);
      writing.add(temporary);
      try {
        await writeDurably(temporary, await bytes());
        await steps.rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      } finally {
        writing.delete(temporary);
      }
      await syncFolder(folder);
      return true;
    },
    read: (name) => orNull(readFile(join(folder, name))),
    async removeAll(prefix) {
      const files = (await orNull(readdir(folder))) ?? [];
      const found = files.filter((file) => file.startsWith(prefix) || file.startsWith(`.${prefix}`));
      for (const file of found) await rm(join(folder, file), { force: true });
      if (found.length > 0) await syncFolder(folder);
    },
  };
}

/** Makes the folder, and removes what a process that died left half written: it may hold people's addresses. */
async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const file of await readdir(folder)) {
    const writer = TEMPORARY.exec(file)?.[1];
    const path = join(folder, file);
    if (writer !== undefined && !isWritten(path, Number(writer))) await rm(path, { force: true });
  }
}

function isWritten(path: string, pid: number): boolean {
  // Our number may be that of the process before us: in a container every start has the same one.
  if (pid === process.pid) return writing.has(path);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; there the file's own fsync must do.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a file gives, or null if there is no such file. */
async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
