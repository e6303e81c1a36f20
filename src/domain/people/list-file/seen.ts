import { randomBytes } from 'node:crypto';
import { HalfSipHash, type Words } from './half-sip-hash.ts';

const FIRST_ROOM = 1 << 12;

/**
 * Remembers addresses, or their tags, by 64 bits each, so that a million fit where their texts would not. Of a million
 * addresses two different ones fall together in one of forty million lists; and since the hash is keyed by chance,
 * nobody can prepare a list in which one address pushes another out.
 */
export class Seen {
  private readonly hash = new HalfSipHash(randomBytes(8));
  /** Pairs of 32 bits, found by their first; half of the room at most is taken. */
  private room = new Int32Array(2 * FIRST_ROOM);
  private taken = 0;

  /** @returns false where it was there before */
  add(text: string): boolean {
    const words = this.hash.of(text);
    const place = this.placeOf(words);
    if (this.isTaken(place)) return false;
    this.put(place, words);
    this.taken += 1;
    if (this.taken * 4 > this.room.length) this.grow();
    return true;
  }

  has(text: string): boolean {
    return this.isTaken(this.placeOf(this.hash.of(text)));
  }

  /** Where these words stand, or would. */
  private placeOf({ low, high }: Words): number {
    const mask = this.room.length / 2 - 1;
    let place = low & mask;
    while (this.isTaken(place) && (this.room[2 * place] !== low || this.room[2 * place + 1] !== high))
      place = (place + 1) & mask;
    return place;
  }

  /** No pair of words is two zeros: see {@link HalfSipHash.of}. */
  private isTaken(place: number): boolean {
    return this.room[2 * place] !== 0 || this.room[2 * place + 1] !== 0;
  }

  private put(place: number, { low, high }: Words): void {
    this.room[2 * place] = low;
    this.room[2 * place + 1] = high;
  }

  private grow(): void {
    const before = this.room;
    this.room = new Int32Array(2 * before.length);
    for (let at = 0; at < before.length; at += 2) {
      const words = { low: before[at] ?? 0, high: before[at + 1] ?? 0 };
      if (words.low !== 0 || words.high !== 0) this.put(this.placeOf(words), words);
    }
  }
}
