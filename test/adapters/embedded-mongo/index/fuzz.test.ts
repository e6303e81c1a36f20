import { expect } from 'chai';
import { EJSON, Int32 } from 'bson';
import { CollectionIndex, type IndexSpec } from '../../../../src/adapters/embedded-mongo/index/index.ts';
import { planQuery } from '../../../../src/adapters/embedded-mongo/index/planner.ts';
import { compileFilter } from '../../../../src/adapters/embedded-mongo/query/match.ts';
import { compileSort } from '../../../../src/adapters/embedded-mongo/query/sort.ts';
import { decode, encode, type Doc } from '../../../../src/adapters/embedded-mongo/values/decode.ts';
import { MongoFault } from '../../../../src/adapters/embedded-mongo/errors.ts';
import { RandomQueries } from '../random-queries.ts';

const QUERIES = Number(process.env['FUZZ'] ?? 3000);
const DOCUMENTS = 150;

const PATTERNS: readonly (readonly [Record<string, 1 | -1>, Partial<IndexSpec>])[] = [
  [{ a: 1 }, {}],
  [{ a: -1 }, {}],
  [{ b: 1, a: -1 }, {}],
  [{ a: 1, b: 1, c: 1 }, {}],
  [{ c: 1 }, { sparse: true }],
  [{ c: -1, a: 1 }, { sparse: true }],
  [{ 'd.x': 1 }, {}],
  [{ 'd.x': 1, 'd.y': -1 }, {}],
  [{ 'd.y': 1 }, { sparse: true }],
  [{ d: 1 }, {}],
  [{ b: 1 }, { partial: { a: { $exists: true } } }],
  [{ c: 1 }, { partial: { b: { $gt: new Int32(0) } } }],
  [{ b: -1, c: 1 }, { partial: { a: { $in: [new Int32(1), 'a', null] } } }],
  [{ a: 1, c: 1 }, { partial: { b: null } }],
  [{ b: 1 }, { partial: { a: { $type: ['null', 'int'] } } }],
  [{ 'a.0': 1 }, {}],
];

interface World {
  readonly docs: readonly Doc[];
  readonly indexes: readonly CollectionIndex[];
}

function indexOf([key, rest]: (typeof PATTERNS)[number], at: number): CollectionIndex {
  const spec = {
    name: `index${at}`,
    key: Object.entries(key),
    unique: false,
    sparse: false,
    raw: { key },
    ...rest,
  };
  return new CollectionIndex(spec);
}

/** Documents with a random choice of the indexes, as a collection would hold them. */
function worldOf(random: RandomQueries): World {
  const indexes = PATTERNS.map(indexOf).filter(() => random.below(3) > 0);
  const docs: Doc[] = [];
  while (docs.length < DOCUMENTS) {
    const doc = decode(encode(random.document()));
    try {
      for (const index of indexes) index.keysOf(doc);
    } catch (error) {
      // Two arrays in one index: MongoDB refuses the document, too.
      expect((error as MongoFault).code).to.equal(171);
      continue;
    }
    for (const index of indexes) index.add(docs.length, doc);
    docs.push(doc);
  }
  return { docs, indexes };
}

function checkOne({ docs, indexes }: World, source: Doc, sort: Doc | undefined): 'scan' | 'index' {
  const filter = compileFilter(source);
  const order = sort && compileSort(sort);
  const plan = planQuery({ filter, indexes, ...(sort && { sort }) });
  if (plan.kind === 'scan') return 'scan';
  const shown = (): string =>
    `${EJSON.stringify(source, { relaxed: false })} sort ${EJSON.stringify(sort)} by ${plan.kind === 'index' ? plan.index.spec.name : 'union'}`;
  const scanned = docs.flatMap((doc, record) => (filter.matches(doc) ? [record] : []));
  const numbers = [...plan.recordNumbers()];
  const found = numbers.filter((record) => filter.matches(docs[record] as Doc));
  expect(
    found.toSorted((a, b) => a - b),
    shown(),
  ).to.deep.equal(scanned);
  if (order && plan.kind === 'index' && plan.sorted) {
    for (const [at, record] of found.slice(1).entries()) {
      expect(order.compare(docs[found[at] as number] as Doc, docs[record] as Doc), shown()).to.be.at.most(0);
    }
  }
  return 'index';
}

describe('planner', function () {
  this.timeout(600_000);

  for (const arrays of [false, true]) {
    it(`finds by index what a scan finds, in the order asked for, ${arrays ? 'with' : 'without'} arrays`, () => {
      const counts = { scan: 0, index: 0 };
      for (let done = 0; done < QUERIES / 2;) {
        const random = new RandomQueries(done + (arrays ? 7_000_000 : 0), arrays);
        const world = worldOf(random);
        for (let round = 0; round < 100 && done < QUERIES / 2; round++, done++) {
          counts[checkOne(world, decode(encode(random.filter())), random.sort())] += 1;
        }
      }
      expect(counts.index).to.be.above(QUERIES / 8);
    });
  }

  it('keeps no entry of documents that were removed', () => {
    const random = new RandomQueries(1, true);
    const { docs, indexes } = worldOf(random);
    for (const index of indexes) {
      for (const [record, doc] of docs.entries()) index.remove(record, doc);
      expect(index.size, index.spec.name).to.equal(0);
    }
  });
});
