import { hash, randomBytes } from 'node:crypto';

/** Eight bytes that stand for an address. */
export type Tag = (address: string) => Uint8Array;

const FIRST_ROOM = 1 << 12;
const EMPTY = 0;

/**
 * Remembers addresses by their tags, in sixteen bytes or so each, so that a million fit where their texts would not.
 * Of a million addresses two different ones share a tag once in forty million lists.
 */
export class Seen {
  private readonly tag: Tag;
  /** Pairs of 32 bits, found by their first: half of the room at most is taken. */
  private room = new Uint32Array(2 * FIRST_ROOM);
  private taken = 0;

  constructor(tag: Tag = saltedTag()) {
    this.tag = tag;
  }

  /** @returns false where it was there before */
  add(address: string): boolean {
    return this.addTag(this.tag(address));
  }

  has(address: string): boolean {
    return this.find(wordsOf(this.tag(address))).isThere;
  }

  addTag(tag: Uint8Array): boolean {
    const words = wordsOf(tag);
    const { place, isThere } = this.find(words);
    if (isThere) return false;
    this.put(place, words);
    this.taken += 1;
    if (this.taken * 4 > this.room.length) this.grow();
    return true;
  }

  private find(words: Words): { readonly place: number; readonly isThere: boolean } {
    const mask = this.room.length / 2 - 1;
    for (let place = words.low & mask; ; place = (place + 1) & mask) {
      const low = this.room[2 * place];
      const high = this.room[2 * place + 1];
      if (low === words.low && high === words.high) return { place, isThere: true };
      if (low === EMPTY && high === EMPTY) return { place, isThere: false };
    }
  }

  private put(place: number, { low, high }: Words): void {
    this.room[2 * place] = low;
    this.room[2 * place + 1] = high;
  }

  private grow(): void {
    const before = this.room;
    this.room = new Uint32Array(2 * before.length);
    for (let at = 0; at < before.length; at += 2) {
      const words = { low: before[at] ?? EMPTY, high: before[at + 1] ?? EMPTY };
      if (words.low !== EMPTY || words.high !== EMPTY) this.put(this.find(words).place, words);
    }
  }
}

interface Words {
  readonly low: number;
  readonly high: number;
}

function wordsOf(tag: Uint8Array): Words {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = tag;
  const low = (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  const high = (e | (f << 8) | (g << 16) | (h << 24)) >>> 0;
  // Two zeros mark an empty place.
  return low === EMPTY && high === EMPTY ? { low: 1, high } : { low, high };
}

/** Salted anew for each list: nobody can prepare addresses that push others out. */
function saltedTag(): Tag {
  const salt = randomBytes(16).toString('hex');
  // One call, and its bytes as text: a third of what a hash object and its buffer cost.
  return (address) => Buffer.from(hash('sha256', salt + address, 'binary').slice(0, 8), 'binary');
}
