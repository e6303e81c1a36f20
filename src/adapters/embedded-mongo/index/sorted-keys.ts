const BLOCK = 512;

/** A sorted set of strings in blocks: an insert moves at most one block, not the whole. */
export class SortedKeys {
  #blocks: string[][] = [];
  #size = 0;
  #changes = 0;

  get size(): number {
    return this.#size;
  }

  add(key: string): void {
    const at = this.#blockFor(key);
    const block = this.#blocks[at];
    this.#changes += 1;
    if (!block) {
      this.#blocks.push([key]);
      this.#size += 1;
      return;
    }
    const place = lowerBound(block, key);
    if (block[place] === key) return;
    block.splice(place, 0, key);
    this.#size += 1;
    if (block.length > BLOCK) this.#blocks.splice(at + 1, 0, block.splice(BLOCK / 2));
  }

  delete(key: string): void {
    const at = this.#blockFor(key);
    const block = this.#blocks[at];
    if (!block) return;
    const place = lowerBound(block, key);
    if (block[place] !== key) return;
    block.splice(place, 1);
    this.#changes += 1;
    this.#size -= 1;
    if (block.length === 0) this.#blocks.splice(at, 1);
  }

  clear(): void {
    this.#blocks = [];
    this.#size = 0;
    this.#changes += 1;
  }

  /**
   * The keys from `from` up to, not including, `to` (undefined: the end), backwards if asked. When the set changes
   * between two keys, it goes on behind the one that came last.
   */
  *range(from: string, to: string | undefined, reverse = false): Generator<string> {
    let [low, high] = [from, to];
    for (;;) {
      let last: string | undefined;
      const changes = this.#changes;
      for (const key of this.#unchanged(low, high, reverse)) {
        yield key;
        if (changes === this.#changes) continue;
        last = key;
        break;
      }
      if (last === undefined) return;
      if (reverse) high = last;
      else low = `${last}\0`;
    }
  }

  #unchanged(from: string, to: string | undefined, reverse: boolean): Generator<string> {
    const start = this.#position(from);
    const end = to === undefined ? { block: this.#blocks.length, place: 0 } : this.#position(to);
    return reverse ? this.#backwards(start, end) : this.#forwards(start, end);
  }

  *#forwards(start: Position, end: Position): Generator<string> {
    for (let at = start.block; at <= end.block && at < this.#blocks.length; at++) {
      const block = this.#blocks[at] as string[];
      const last = at === end.block ? end.place : block.length;
      for (let place = at === start.block ? start.place : 0; place < last; place++)
        yield block[place] as string;
    }
  }

  *#backwards(start: Position, end: Position): Generator<string> {
    for (let at = Math.min(end.block, this.#blocks.length - 1); at >= start.block; at--) {
      const block = this.#blocks[at] as string[];
      const first = at === start.block ? start.place : 0;
      for (let place = (at === end.block ? end.place : block.length) - 1; place >= first; place--) {
        yield block[place] as string;
      }
    }
  }

  #position(key: string): Position {
    const block = this.#blockFor(key);
    const keys = this.#blocks[block];
    return { block, place: keys ? lowerBound(keys, key) : 0 };
  }

  /** The last block that begins at or before the key; the first if all begin after it. */
  #blockFor(key: string): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (((this.#blocks[middle] as string[])[0] as string) <= key) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}

interface Position {
  readonly block: number;
  readonly place: number;
}

function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
