import { closeSync, fstatSync, ftruncateSync, openSync, statfsSync, writeSync } from 'node:fs';

/** LMDB's page, fixed so that a file moves between machines. */
export const PAGE = 4096;
const MEGABYTE = 1024 * 1024;
/** Kept for deletions when the disk is full: they too write new pages before they give old ones free. */
const RESERVE = MEGABYTE;
/** The file grows in steps: one write of zeros now spares the many that follow a change of the file's size. */
const STEP = MEGABYTE;
const LONGEST_STEP = 16 * MEGABYTE;
/** Left to others on the disk: the next start has a lock to write. */
const HEADROOM = 128 * 1024;
/** Pages that any transaction writes beside the leaves: branches, roots, the list of free pages. */
const ANY_TRANSACTION = 48;
/** A value from about half a page on lives in pages of its own. */
const OWN_PAGES_FROM = 2000;
const KEY_AND_HEADER = 26;
/** LMDB's own is 16 bytes; the edition in the package writes the transaction's number into it as well. */
const PAGE_HEADER = 24;
/** For branches, and for leaves that are split in the middle. */
const SPREAD = 1.25;

/** The disk has no room for a transaction. Nothing of it was written. */
export class DiskFull extends Error {
  constructor(cause?: unknown) {
    super('no room on the disk', { cause });
    this.name = 'DiskFull';
  }
}

/** What LMDB tells of itself, in pages. */
export interface Pages {
  /** Up to where the file is used. */
  readonly end: number;
  /** Pages below the end that hold nothing. */
  readonly free: number;
  /** Leaves of the tree of documents. */
  readonly leaves: number;
}

function leafBytes(size: number): number {
  return KEY_AND_HEADER + (size < OWN_PAGES_FROM ? size : 8);
}

/** The part of a leaf that a record takes: of those that fit, LMDB leaves the place of one free when it splits. */
function leafShare(size: number): number {
  const fitting = Math.floor((PAGE - PAGE_HEADER) / leafBytes(size));
  return SPREAD / Math.max(1, fitting - 1);
}

function ownPages(size: number): number {
  return size < OWN_PAGES_FROM ? 0 : Math.ceil((size + PAGE_HEADER) / PAGE);
}

/**
 * Sees to it that every page that a transaction will write has its place on the disk before LMDB writes it.
 *
 * LMDB 3.5.6 must never meet a full disk itself: when a write fails, it prints the reason into a buffer that
 * is too short (mdb.c, `last_error = malloc(100)`), which ends the process. So the file is made longer
 * beforehand, with zeros; if that fails, the transaction is refused while nothing has happened.
 */
export class Room {
  readonly #file: string;
  readonly #fd: number;
  #pages = 0;
  /** Leaves that a change in place copies, at most: as many as the changed records, and never more than there are. */
  #copied = 0;
  /** Up to where the file can be used by now, at most. */
  #bound = 0;
  #length = 0;
  #grows = false;
  #last = { collection: -1, record: 0 };

  constructor(file: string) {
    this.#file = file;
    this.#fd = openSync(file, 'r+');
  }

  /** Begins to count for a new transaction. */
  begin(): void {
    this.#pages = ANY_TRANSACTION;
    this.#copied = 0;
    this.#grows = false;
    this.#last = { collection: -1, record: 0 };
  }

  inserts(collection: number, record: number, size: number): void {
    this.#grows = true;
    this.#pages += ownPages(size) + leafShare(size);
    this.#touch(collection, record, () => false);
  }

  replaces(collection: number, record: number, size: number): void {
    this.#grows = true;
    this.#pages += ownPages(size) + leafShare(size);
    this.#touch(collection, record, (distance) => distance > 0);
  }

  removes(collection: number, record: number): void {
    // Neighbours that go together leave empty leaves, which LMDB uses again at once.
    this.#touch(collection, record, (distance) => distance > 1);
  }

  /** The catalogue's entries are few and small. */
  catalogue(size: number): void {
    this.#grows = true;
    this.#pages += 2 + ownPages(size);
  }

  /** Before the commit: makes the file long enough. `pages` is asked only when it matters. Throws DiskFull. */
  ensure(pages: () => Pages): void {
    const most = Math.ceil(this.#pages + this.#copied) * PAGE;
    this.#bound += most;
    if (this.#bound + RESERVE <= this.#length) return;
    const { end, free, leaves } = pages();
    const need = Math.ceil(this.#pages + Math.min(this.#copied, leaves)) * PAGE;
    const used = end * PAGE;
    this.#bound = used + need;
    this.#length = fstatSync(this.#fd).size;
    if (this.#bound + RESERVE <= this.#length || this.#grow(this.#bound + RESERVE)) return;
    const slack = this.#length - used;
    if (!this.#grows && slack >= need) return;
    // Pages that hold nothing are used before the file's end is, mostly: what must be whole may not fit them.
    if (free * PAGE >= 2 * need + RESERVE && slack >= need + RESERVE / 2) return;
    throw new DiskFull();
  }

  close(): void {
    closeSync(this.#fd);
  }

  /** What lies between two records may be of any size, so that each may be on a leaf of its own. */
  #touch(collection: number, record: number, copies: (distance: number) => boolean): void {
    const same = collection === this.#last.collection;
    if (!same || copies(Math.abs(record - this.#last.record))) this.#copied += 1;
    this.#last = { collection, record };
  }

  /** Makes the file at least `wanted` bytes long, really on the disk. False when there is no room. */
  #grow(wanted: number): boolean {
    const before = this.#length;
    const step = Math.min(Math.max(STEP, before / 8), LONGEST_STEP);
    const disk = statfsSync(this.#file);
    const there = before + disk.bavail * disk.bsize - HEADROOM;
    const end = Math.floor(Math.min(wanted + step, there) / PAGE) * PAGE;
    if (end < wanted) return false;
    const zeros = Buffer.alloc(STEP);
    try {
      for (let at = before; at < end;) at += writeSync(this.#fd, zeros, 0, Math.min(STEP, end - at), at);
    } catch {
      // A quota or a limit on files.
      if (fstatSync(this.#fd).size < wanted) ftruncateSync(this.#fd, before);
    }
    this.#length = fstatSync(this.#fd).size;
    return this.#length >= wanted;
  }
}
