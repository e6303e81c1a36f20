import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The master key is missing half, malformed, or not the one that the store was sealed under. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

const LENGTH = 32;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** Reads a key as people give it: 32 bytes in base64. @throws MasterKeyError naming where it came from. */
export function readKey(text: string, source: string): Buffer {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  if (!BASE64.test(trimmed) || key.length !== LENGTH) {
    throw new MasterKeyError(
      `${source} is not a master key: it must be 32 bytes in base64 (make one with: openssl rand -base64 32).`,
    );
  }
  return key;
}

/** The key of this data folder, made at its first use: `<data>/keys/master`, readable by its owner only. */
export async function keyOfFolder(dataFolder: string): Promise<Buffer> {
  const path = join(dataFolder, 'keys', 'master');
  const existing = await readIfThere(path);
  if (existing !== null) return readKey(existing, path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await createOnce(path, `${randomBytes(LENGTH).toString('base64')}\n`);
  return readKey(await readFile(path, 'utf8'), path);
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/**
 * Written whole beside, then linked: the file is never half there, and of two processes that start at once
 * the first one's key stands.
 */
async function createOnce(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeDurably(draft, content);
  try {
    await link(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  await syncFolder(dirname(path));
}

async function writeDurably(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Without this the name of the file may not outlive a power loss. Windows cannot open folders, nor needs it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
