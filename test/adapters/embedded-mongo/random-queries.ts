import { BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId } from 'bson';
import type { Doc } from '../../../src/adapters/embedded-mongo/values/decode.ts';

/** Random documents, filters and sorts over mixed types; the same seed gives the same ones. */
export class RandomQueries {
  #state: number;
  /** Whether documents and filters may hold arrays. */
  readonly #arrays: boolean;

  constructor(seed: number, arrays: boolean) {
    this.#state = seed;
    this.#arrays = arrays;
  }

  document(): Doc {
    const doc: Doc = {};
    for (const name of ['a', 'b', 'c']) if (this.#chance(0.85)) doc[name] = this.#field();
    if (this.#chance(0.8)) doc['d'] = this.#sub();
    return doc;
  }

  filter(depth = 0): Doc {
    const filter: Doc = {};
    const count = 1 + this.#below(3);
    for (let at = 0; at < count; at++) filter[this.#path()] = this.#condition(0);
    if (depth < 2 && this.#chance(0.3)) {
      const branches = Array.from({ length: 1 + this.#below(3) }, () => this.filter(depth + 1));
      const operator = this.#one(['$and', '$or', '$or', '$nor']);
      if (operator === '$or' && this.#chance(0.5)) return { $or: branches };
      filter[operator] = branches;
    }
    return filter;
  }

  sort(): Doc | undefined {
    if (this.#chance(0.35)) return undefined;
    const sort: Doc = {};
    const count = 1 + this.#below(2);
    for (let at = 0; at < count; at++) sort[this.#path()] = new Int32(this.#chance(0.5) ? 1 : -1);
    return sort;
  }

  /** A whole number from 0 up to, not including, the bound. */
  below(bound: number): number {
    return this.#below(bound);
  }

  #condition(depth: number): unknown {
    if (this.#chance(0.3)) return this.#value();
    const condition: Doc = {};
    const count = 1 + this.#below(2);
    for (let at = 0; at < count; at++) Object.assign(condition, this.#operator(depth));
    return condition;
  }

  #operator(depth: number): Doc {
    const choice = this.#below(20);
    if (choice < 3) return { $eq: this.#value() };
    if (choice < 4) return { $in: FEW.filter(() => this.#chance(0.6)) };
    if (choice < 6) return { $in: Array.from({ length: this.#below(4) }, () => this.#value()) };
    if (choice < 8) return this.#between();
    if (choice < 11) return { [this.#one(['$gt', '$gte', '$lt', '$lte'])]: this.#plain() };
    switch (choice) {
      case 11:
        return { $exists: this.#chance(0.6) };
      case 12:
        return { $ne: this.#chance(0.5) ? null : this.#plain() };
      case 13:
        return { $nin: [this.#value(), this.#value()] };
      case 14:
        return { $regex: this.#one(['^a', '^ab', '^a\\.', 'b', '^ab*', '^a|^b', '^(a|b)']) };
      case 15:
        return { $type: this.#one(['string', 'number', 'null', 'object', 'array', 'int']) };
      case 16:
        return { $size: new Int32(this.#below(3)) };
      case 17:
        return { $all: Array.from({ length: 1 + this.#below(2) }, () => this.#value()) };
      case 18:
        return depth > 1 ? { $mod: [new Int32(2), new Int32(1)] } : { $elemMatch: this.#element(depth) };
      default:
        return depth > 1 ? { $exists: true } : { $not: this.#operator(depth + 1) };
    }
  }

  // On an array, one element may lie above and another below: the two must not be taken together.
  #between(): Doc {
    return { [this.#one(['$gt', '$gte'])]: this.#one(FEW), [this.#one(['$lt', '$lte'])]: this.#one(FEW) };
  }

  #element(depth: number): Doc {
    if (this.#chance(0.5)) return this.#operator(depth + 1);
    return {
      [this.#one(['x', 'y'])]: this.#condition(depth + 1),
      ...(this.#chance(0.3) && { x: this.#scalar() }),
    };
  }

  #value(): unknown {
    if (this.#arrays && this.#chance(0.1)) return this.#array();
    return this.#chance(0.9)
      ? this.#scalar()
      : this.#one([{ x: new Int32(1) }, {}, new BSONRegExp('^a', '')]);
  }

  // Neither a range nor `$ne` may name a regular expression.
  #plain(): unknown {
    const value = this.#chance(0.9)
      ? this.#scalar()
      : this.#one([{ x: new Int32(1) }, {}, [], [new Int32(1)]]);
    return value instanceof BSONRegExp ? 'a' : value;
  }

  #field(): unknown {
    if (this.#arrays && this.#chance(0.3)) return this.#array();
    return this.#chance(0.9) ? this.#scalar() : this.#sub();
  }

  #array(): unknown[] {
    return Array.from({ length: this.#below(4) }, () => {
      if (this.#chance(0.15)) return this.#chance(0.5) ? [this.#scalar()] : [];
      return this.#chance(0.7) ? this.#scalar() : this.#sub();
    });
  }

  #sub(): unknown {
    if (this.#arrays && this.#chance(0.3)) {
      return Array.from({ length: this.#below(3) }, () =>
        this.#chance(0.8) ? this.#plainSub() : this.#scalar(),
      );
    }
    return this.#chance(0.9) ? this.#plainSub() : this.#scalar();
  }

  #plainSub(): Doc {
    const doc: Doc = {};
    for (const name of ['x', 'y']) {
      if (this.#chance(0.7)) doc[name] = this.#arrays && this.#chance(0.15) ? this.#array() : this.#scalar();
    }
    return doc;
  }

  #scalar(): unknown {
    return this.#chance(0.4) ? this.#one(FEW) : this.#one(SCALARS);
  }

  #path(): string {
    return this.#one(['a', 'a', 'b', 'b', 'c', 'd.x', 'd.x', 'd.y', 'd.y', 'd', 'd.0.x', 'a.0']);
  }

  #one<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }

  #chance(probability: number): boolean {
    return this.#next() < probability;
  }

  #below(bound: number): number {
    return Math.floor(this.#next() * bound);
  }

  // mulberry32: small, and good enough to mix these choices.
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
}

/** Drawn often, so that conditions on two fields meet now and then. */
const FEW: readonly unknown[] = [new Int32(0), new Int32(1), new Int32(2), 'a', 'a\0', 'ab', null];

const BIG = '9007199254740993';

/** Values that lie close to each other in one way or another: equal across types, or nearly. */
const SCALARS: readonly unknown[] = [
  null,
  null,
  true,
  false,
  new Int32(0),
  new Int32(1),
  new Int32(1),
  new Int32(2),
  new Int32(-1),
  new Double(1),
  new Double(1.5),
  new Double(-0),
  new Double(NaN),
  new Double(Infinity),
  new Double(-Infinity),
  new Double(9007199254740992),
  new Double(0.1),
  Long.fromNumber(1),
  Long.fromString(BIG),
  Long.fromString('9007199254740992'),
  Long.fromString(`-${BIG}`),
  Decimal128.fromString('1'),
  Decimal128.fromString('0.1'),
  Decimal128.fromString('0.10000000000000000000001'),
  Decimal128.fromString('0.10000000000000000000002'),
  Decimal128.fromString(BIG),
  Decimal128.fromString('1.50'),
  Decimal128.fromString('NaN'),
  '',
  'a',
  'a',
  'ab',
  'abc',
  'a.b',
  'a\0',
  'a\0b',
  'b',
  '\uffee',
  '😀',
  new Date(0),
  new Date(1),
  new Date(-1),
  new ObjectId('000000000000000000000001'),
  new ObjectId('ffffffffffffffffffffffff'),
  new BSONRegExp('^a', ''),
  new MinKey(),
  new MaxKey(),
];
