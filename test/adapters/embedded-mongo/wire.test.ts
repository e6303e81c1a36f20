/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call -- answers are documents of any shape */
import { Double, Int32, Long, ObjectId, serialize } from 'bson';
import { expect } from 'chai';
import { elements, MAX_DEPTH, toStored, validate } from '../../../src/adapters/embedded-mongo/bytes.ts';
import { Framer, ProtocolBreach } from '../../../src/adapters/embedded-mongo/wire.ts';
import { Bare, codeOf, frame, message, runEngine } from './support.ts';
import type { Running } from './support.ts';

function nested(levels: number): Buffer {
  let bytes: Buffer = Buffer.from([5, 0, 0, 0, 0]);
  for (let level = 1; level < levels; level++) {
    const out = Buffer.alloc(bytes.length + 8);
    out.writeInt32LE(out.length, 0);
    out.write('\u0003a\0', 4, 'latin1');
    bytes.copy(out, 7);
    bytes = out;
  }
  return bytes;
}

describe('Bytes as they are stored', () => {
  it('moves _id to the front without touching the rest', () => {
    const stored = toStored(Buffer.from(serialize({ b: 1, '2': 'x', _id: 5, c: new Double(1) })));
    expect([...elements(stored)].map(({ name }) => name)).to.deep.equal(['_id', '2', 'b', 'c']);
  });

  it('makes an _id where there is none', () => {
    const stored = toStored(Buffer.from(serialize({ a: 1 })));
    expect([...elements(stored)].map(({ name, type }) => [name, type])).to.deep.equal([
      ['_id', 7],
      ['a', 16],
    ]);
  });

  it('refuses an _id that is an array or a regular expression, and one with a $-name inside', () => {
    for (const _id of [[1], /x/]) {
      expect(() => toStored(Buffer.from(serialize({ _id }))))
        .to.throw()
        .with.property('code', 53);
    }
    expect(() => toStored(Buffer.from(serialize({ _id: { $a: 1 } }))))
      .to.throw()
      .with.property('code', 52);
  });

  it('refuses documents that nest deeper than 100 levels, however deep', () => {
    validate(nested(MAX_DEPTH), MAX_DEPTH);
    for (const levels of [MAX_DEPTH + 1, 200_000 / 8]) {
      expect(() => validate(nested(levels), MAX_DEPTH))
        .to.throw()
        .with.property('code', 15);
    }
  });

  it('refuses bytes that are no document, wherever they are cut or bent', () => {
    const whole = Buffer.from(
      serialize({
        a: 'text',
        b: [1, { c: new ObjectId() }],
        d: Long.fromNumber(7),
        e: /x/i,
        f: Buffer.from('x'),
      }),
    );
    validate(whole, MAX_DEPTH);
    for (let length = 0; length < whole.length; length++) {
      expect(() => validate(whole.subarray(0, length), MAX_DEPTH))
        .to.throw()
        .with.property('code', 22);
    }
    let refused = 0;
    for (let at = 0; at < whole.length; at++) {
      const bent = Buffer.from(whole);
      bent[at] = 0xee;
      try {
        validate(bent, MAX_DEPTH);
      } catch (error) {
        expect(error).to.have.property('code', 22);
        refused++;
      }
    }
    expect(refused).to.be.greaterThan(20);
  });
});

describe('A stream cut into messages', () => {
  const one = message({ ping: 1, $db: 'a' });

  it('gives the same messages however the bytes arrive', () => {
    const stream = Buffer.concat([one, one, one]);
    for (const step of [1, 2, 3, 7, 20, 1000]) {
      const framer = new Framer();
      const found: Buffer[] = [];
      for (let at = 0; at < stream.length; at += step)
        found.push(...framer.push(stream.subarray(at, at + step)));
      expect(found.map((each) => each.equals(one))).to.deep.equal([true, true, true]);
    }
  });

  it('breaks off at a length below 16 bytes or above 48,000,000', () => {
    for (const length of [-1, 0, 15, 48_000_001, 0x7fffffff]) {
      const head = Buffer.alloc(4);
      head.writeInt32LE(length);
      expect(() => new Framer().push(head)).to.throw(ProtocolBreach);
    }
  });
});

describe('The wire', () => {
  let engine: Running;
  let bare: Bare;

  before(async () => (engine = await runEngine()));
  after(() => engine.stop());
  beforeEach(async () => (bare = await Bare.connect(engine.socket)));
  afterEach(() => void bare.socket.destroy());

  it('answers the handshake by OP_QUERY with OP_REPLY', async () => {
    const query = Buffer.concat([
      Buffer.alloc(4),
      Buffer.from('admin.$cmd\0'),
      Buffer.from([0, 0, 0, 0, 255, 255, 255, 255]),
      serialize({ ismaster: 1, helloOk: true, client: { driver: { name: 'x' } } }),
    ]);
    bare.socket.write(frame(2004, query, 42));
    const answer = (await bare.next())!;
    expect([
      answer.readInt32LE(8),
      answer.readInt32LE(12),
      answer.readInt32LE(16),
      answer.readInt32LE(32),
    ]).to.deep.equal([42, 1, 8, 1]);
  });

  it('takes a checksum at the end and goes on', async () => {
    bare.socket.write(message({ ping: 1, $db: 'a' }, 1, [Buffer.alloc(4)]));
    expect(await bare.nextDocument()).to.deep.equal({ ok: 1 });
  });

  it('does what a message without answer says, and answers nothing', async () => {
    bare.socket.write(message({ insert: 'silent', documents: [{ _id: 1 }], $db: 'test' }, 2));
    bare.socket.write(message({ count: 'silent', $db: 'test' }));
    expect(await bare.nextDocument()).to.deep.equal({ n: 1, ok: 1 });
  });

  it('closes connections that do not speak the protocol', async () => {
    const cases = [
      frame(2013, Buffer.alloc(4)),
      frame(2012, Buffer.alloc(40)),
      frame(1, Buffer.alloc(20)),
      message({ ping: 1, $db: 'a' }, 4),
      message(Buffer.from([200, 0, 0, 0, 0])),
      message({ ping: 1, $db: 'a' }, 0, [Buffer.from([9, 5, 0, 0, 0, 0])]),
      Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
    ];
    for (const bytes of cases) {
      const other = await Bare.connect(engine.socket);
      other.socket.write(bytes);
      expect(await other.next()).to.equal(undefined);
    }
    bare.socket.write(message({ ping: 1, $db: 'a' }));
    expect(await bare.nextDocument()).to.deep.equal({ ok: 1 });
  });

  it('answers 22 for a body that is not BSON and 15 for one nested beyond reason', async () => {
    const broken = Buffer.from(serialize({ ping: 1, $db: 'a' }));
    broken[4] = 0x66;
    bare.socket.write(message(broken));
    expect(await bare.nextDocument()).to.include({ ok: 0, code: 22 });
    bare.socket.write(message(nested(300)));
    expect(await bare.nextDocument()).to.include({ ok: 0, code: 15 });
  });

  it('stores documents of 16 MB and refuses larger and deeper ones, by index', async () => {
    const room = 16 * 1024 * 1024 - Buffer.from(serialize({ _id: 1, a: '' })).length;
    const sequence = (documents: readonly Uint8Array[]): Buffer => {
      const name = Buffer.from('documents\0');
      const size = Buffer.alloc(5);
      size[0] = 1;
      size.writeInt32LE(4 + name.length + documents.reduce((sum, { length }) => sum + length, 0), 1);
      return Buffer.concat([size, name, ...documents]);
    };
    const insert = { insert: 'large', ordered: false, $db: 'test' };
    const fits = serialize({ _id: 1, a: 'x'.repeat(room) });
    const tooLarge = Buffer.from(serialize({ _id: 2, a: 'x'.repeat(room + 1) }));
    bare.socket.write(message(insert, 0, [sequence([fits, tooLarge, nested(101)])]));
    const answer = (await bare.nextDocument())!;
    expect(answer.n).to.equal(1);
    expect(
      answer.writeErrors.map(({ index, code }: { index: number; code: number }) => [index, code]),
    ).to.deep.equal([
      [1, 10334],
      [2, 15],
    ]);
  });

  it('keeps every type of number and every byte of what it stores', async () => {
    const types = engine.db.collection('types');
    await types.insertOne({
      _id: 1 as never,
      i: new Int32(1),
      l: Long.fromString('9007199254740993'),
      d: new Double(1),
    });
    await types.updateOne({ _id: 1 as never }, { $set: { touched: true } });
    const [raw] = await types.find({}, { raw: true }).toArray();
    expect([...elements(raw as unknown as Buffer)].map(({ name, type }) => [name, type])).to.deep.equal([
      ['_id', 0x10],
      ['i', 0x10],
      ['l', 0x12],
      ['d', 0x01],
      ['touched', 0x08],
    ]);
  });

  it('sends results of more than 16 MB in several batches', async () => {
    const many = engine.db.collection('many');
    for (let at = 0; at < 5; at++) await many.insertOne({ _id: at as never, a: 'x'.repeat(6_000_000) });
    const cursor = many.find({}, { batchSize: 1000 });
    expect((await cursor.toArray()).map(({ _id }) => _id as unknown as number)).to.deep.equal([
      0, 1, 2, 3, 4,
    ]);
  });

  it('answers a command without database or with one that has no such name by 73', async () => {
    expect(await codeOf(engine.client.db('a').command({ find: 'a$b' }))).to.equal(73);
    expect(await codeOf(engine.client.db('a').command({ find: 5 }))).to.equal(73);
  });
});
