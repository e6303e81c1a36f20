import { Decimal128, Long, ObjectId } from 'bson';
import { expect } from 'chai';
import { double, faultOf, int, long, shown, typed, value } from './typed.ts';

const gives = (expression: unknown, expected: unknown, doc: object = {}): void => {
  expect(shown({ v: value(expression, doc as never) }), shown({ expression })).to.equal(
    shown(typed({ v: expected })),
  );
};

const missing = (expression: unknown, doc: object = {}): void => {
  expect(value(expression, doc as never), shown({ expression })).to.equal(undefined);
};

const codeOf = (expression: unknown, doc: object = {}): number =>
  faultOf(() => value(expression, doc as never)).code;

describe('Field paths', () => {
  it('go through the documents of an array, never into it by index', () => {
    gives('$a.b', [1, 2], { a: [{ b: 1 }, { c: 5 }, 7, [{ b: 9 }], { b: 2 }] });
    gives('$a.0', [], { a: [1, 2] });
    missing('$a.b', { a: 5 });
    missing('$a.b.c', { a: { b: 5 } });
  });

  it("never read JavaScript's insides", () => {
    const doc = { date: new Date(0), oid: new ObjectId(), long: long(5), text: 'x', list: [1] };
    for (const path of [
      '$date.getTime',
      '$oid.id',
      '$long.low',
      '$text.length',
      '$constructor',
      '$__proto__',
    ])
      missing(path, doc);
    gives('$list.length', [], doc);
  });

  it('must be well formed', () => {
    expect(codeOf('$')).to.equal(16872);
    expect(codeOf('$a.')).to.equal(40353);
    expect(codeOf('$a..b')).to.equal(15998);
    expect(codeOf('$a.$b')).to.equal(16410);
    expect(codeOf('$$nobody')).to.equal(17276);
    expect(codeOf('$$CLUSTER_TIME')).to.equal(238);
  });
});

describe('Comparison of expressions', () => {
  it('tells missing from null and orders types', () => {
    gives({ $eq: ['$missing', null] }, false);
    gives({ $lt: ['$missing', null] }, true);
    gives({ $gt: ['text', 5] }, true);
    gives({ $lt: [null, 0] }, true);
    gives({ $cmp: ['$a', '$b'] }, int(-1), { b: 1 });
  });

  it('compares numbers by value, whatever their type', () => {
    gives({ $eq: [long(5), int(5)] }, true);
    gives({ $eq: [Decimal128.fromString('5.0'), double(5)] }, true);
    gives({ $lt: [long(2n ** 53n), long(2n ** 53n + 1n)] }, true);
  });

  it('ObjectIds, dates and documents by what they hold', () => {
    const id = new ObjectId();
    gives({ $eq: ['$id', new ObjectId(id.toHexString())] }, true, { id });
    gives({ $eq: ['$d', new Date(5)] }, true, { d: new Date(5) });
    gives({ $eq: ['$o', { y: 2, x: 1 }] }, false, { o: { x: 1, y: 2 } });
    gives({ $in: ['$id', [id]] }, true, { id });
  });

  it('$and, $or, $cond and $switch leave alone what they need not evaluate', () => {
    const fails = { $divide: [1, 0] };
    gives({ $and: [false, fails] }, false);
    gives({ $or: [1, fails] }, true);
    gives({ $cond: [true, 'a', fails] }, 'a');
    gives({ $cond: { if: '$missing', then: fails, else: 'b' } }, 'b');
    gives(
      {
        $switch: {
          branches: [
            { case: { $eq: [1, 1] }, then: 'x' },
            { case: fails, then: 'y' },
          ],
        },
      },
      'x',
    );
    expect(codeOf({ $switch: { branches: [{ case: false, then: 1 }] } })).to.equal(40066);
    gives({ $ifNull: ['$missing', null, 5] }, 5);
    missing({ $ifNull: [null, '$missing'] });
  });
});

describe('Arithmetic of expressions', () => {
  it('gives the widest type of its operands', () => {
    gives({ $add: [int(1), int(2)] }, int(3));
    gives({ $add: [long(1), int(2)] }, long(3));
    gives({ $add: [long(1), double(2)] }, double(3));
    gives({ $add: [int(2147483647), int(1)] }, long(2147483648n));
    gives(
      { $add: [Decimal128.fromString('0.1'), Decimal128.fromString('0.2')] },
      Decimal128.fromString('0.3'),
    );
    gives({ $subtract: [long(5), int(7)] }, long(-2));
    gives({ $multiply: [int(3), long(4)] }, long(12));
    gives({ $divide: [int(6), int(3)] }, double(2));
    gives({ $mod: [int(-7), int(3)] }, int(-1));
    gives({ $pow: [int(2), int(40)] }, long(1099511627776n));
    gives({ $abs: long(-5) }, long(5));
  });

  it('goes on in doubles when a long overflows', () => {
    gives({ $add: [long(2n ** 63n - 1n), int(1)] }, double(2 ** 63));
    gives({ $multiply: [long(2n ** 62n), int(4)] }, double(2 ** 64));
  });

  it('is null with null or missing and an error with anything else', () => {
    gives({ $add: [1, null] }, null);
    gives({ $mod: ['$missing', 2] }, null);
    gives({ $year: null }, null);
    expect(codeOf({ $add: [1, 'x'] })).to.equal(14);
    expect(codeOf({ $divide: [1, 0] })).to.equal(2);
    expect(codeOf({ $divide: [Decimal128.fromString('1'), 3] })).to.equal(238);
  });

  it('moves dates by milliseconds and tells their distance', () => {
    gives({ $add: [new Date(1000), 500] }, new Date(1500));
    gives({ $subtract: [new Date(1500), new Date(1000)] }, long(500));
    gives({ $subtract: [new Date(1500), 500] }, new Date(1000));
    expect(codeOf({ $add: [new Date(0), new Date(0)] })).to.equal(16612);
  });

  it('rounds halves to even, and to places', () => {
    gives({ $round: [double(2.5), 0] }, double(2));
    gives({ $round: [double(3.5), 0] }, double(4));
    gives({ $round: [double(19.25), 1] }, double(19.2));
    gives({ $round: [int(1234), -2] }, int(1200));
    gives({ $trunc: [double(-7.89), 1] }, double(-7.8));
    gives({ $floor: double(-1.5) }, double(-2));
    gives({ $ceil: int(5) }, int(5));
  });

  it('$sum, $avg, $min and $max count Longs and pass over what is no number', () => {
    gives({ $sum: '$n' }, long(9), { n: [long(2), int(3), 'x', long(4)] });
    gives({ $avg: '$n' }, double(2.5), { n: [long(2), int(3)] });
    gives({ $max: [[1, 5]] }, 5);
    gives({ $min: ['$missing', 5, 3] }, 3);
  });
});

describe('Arrays, sets and objects', () => {
  it('$filter, $map and $reduce bind their element', () => {
    gives({ $filter: { input: '$a', as: 'x', cond: { $gt: ['$$x', 1] } } }, [2, 3], { a: [1, 2, 3] });
    gives({ $filter: { input: [1, 2, 3], cond: { $gt: ['$$this', 1] }, limit: 1 } }, [2]);
    gives({ $map: { input: [1, 2], in: { $add: ['$$this', '$k'] } } }, [11, 12], { k: 10 });
    gives({ $map: { input: [1], in: '$missing' } }, [null]);
    gives({ $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6);
    gives({ $map: { input: null, in: 1 } }, null);
  });

  it('takes elements and slices from both ends', () => {
    gives({ $arrayElemAt: [[1, 2, 3], -1] }, 3);
    missing({ $arrayElemAt: [[1], 5] });
    gives({ $slice: [[1, 2, 3], -2] }, [2, 3]);
    gives({ $slice: [[1, 2, 3], 1, 1] }, [2]);
    gives({ $first: [[7, 8]] }, 7);
    gives({ $last: '$a' }, 8, { a: [7, 8] });
    gives({ $concatArrays: [[1], [2]] }, [1, 2]);
    gives({ $reverseArray: [[1, 2]] }, [2, 1]);
    gives({ $range: [0, 5, 2] }, [0, 2, 4]);
    gives({ $zip: { inputs: [[1, 2], ['a']], useLongestLength: true, defaults: [0, 'z'] } }, [
      [1, 'a'],
      [2, 'z'],
    ]);
    gives({ $indexOfArray: [[1, 2], long(2)] }, 1);
    gives({ $sortArray: { input: [{ a: 2 }, { a: 1 }], sortBy: { a: 1 } } }, [{ a: 1 }, { a: 2 }]);
    expect(codeOf({ $size: '$missing' })).to.equal(17124);
  });

  it('sets know their elements by value', () => {
    gives(
      {
        $setUnion: [
          [int(1), 2],
          [long(1), 3],
        ],
      },
      [1, 2, 3],
    );
    gives(
      {
        $setIntersection: [
          [1, 2],
          [2, 3],
        ],
      },
      [2],
    );
    gives({ $setDifference: [[1, 2], [2]] }, [1]);
    gives(
      {
        $setEquals: [
          [1, 2, 2],
          [2, 1],
        ],
      },
      true,
    );
    gives({ $setIsSubset: [[1], [1, 2]] }, true);
    gives({ $anyElementTrue: [[0, 1]] }, true);
  });

  it('reads and writes fields that a path cannot name', () => {
    gives({ $getField: 'a.b' }, 5, { 'a.b': 5 });
    gives({ $getField: { field: { $literal: '$x' }, input: { $literal: { $x: 5 } } } }, 5);
    gives(
      { $setField: { field: { $literal: '$a' }, input: '$$ROOT', value: 7 } },
      { _id: 1, $a: 7 },
      { _id: 1 },
    );
    gives({ $setField: { field: 'a', input: '$o', value: '$$REMOVE' } }, { b: 2 }, { o: { a: 1, b: 2 } });
    gives({ $mergeObjects: ['$o', { b: 3 }, null] }, { a: 1, b: 3 }, { o: { a: 1, b: 2 } });
    gives({ $objectToArray: '$o' }, [{ k: 'a', v: 1 }], { o: { a: 1 } });
    gives(
      {
        $arrayToObject: [
          [
            { k: 'a', v: 1 },
            { k: 'b', v: 2 },
          ],
        ],
      },
      { a: 1, b: 2 },
    );
  });

  it('leaves missing fields out of objects and makes them null in arrays', () => {
    gives({ a: '$x', b: 1 }, { b: 1 });
    gives(['$x', 1], [null, 1]);
    gives({ $literal: '$x' }, '$x');
    gives({ $let: { vars: { low: 1, high: '$h' }, in: { $multiply: ['$$low', '$$high'] } } }, 5, { h: 5 });
  });
});

describe('Texts and conversions', () => {
  it('null and missing are an empty text to the older operators', () => {
    gives({ $toUpper: null }, '');
    gives({ $toLower: 'ÄB' }, 'Äb');
    gives({ $substrCP: ['añb', 1, 2] }, 'ñb');
    gives({ $substrBytes: ['añb', 1, 2] }, 'ñ');
    expect(codeOf({ $substrBytes: ['añb', 2, 1] })).to.equal(28656);
    gives({ $concat: ['a', null] }, null);
    gives({ $strLenCP: '😀a' }, 2);
    gives({ $strLenBytes: '😀a' }, 5);
    gives({ $indexOfCP: ['😀ab', 'b'] }, 2);
    gives({ $split: ['a-b', '-'] }, ['a', 'b']);
    gives({ $trim: { input: '  a ' } }, 'a');
    gives({ $ltrim: { input: 'xxa', chars: 'x' } }, 'a');
    gives({ $replaceAll: { input: 'aba', find: 'a', replacement: 'c' } }, 'cbc');
    gives({ $regexMatch: { input: 'Hello', regex: '^h', options: 'i' } }, true);
    gives({ $regexFind: { input: 'xay', regex: /a(y)/ } }, { match: 'ay', idx: 1, captures: ['y'] });
  });

  it('converts what MongoDB converts', () => {
    const id = new ObjectId();
    gives({ $toString: '$id' }, id.toHexString(), { id });
    gives({ $toObjectId: id.toHexString() }, id);
    gives({ $toInt: '12' }, int(12));
    gives({ $toInt: double(2.9) }, int(2));
    gives({ $toLong: new Date(5) }, long(5));
    gives({ $toDecimal: double(0.1) }, Decimal128.fromString('0.1'));
    gives({ $toBool: 'false' }, true);
    gives({ $toDate: '2026-03-29T01:30:00+02:00' }, new Date('2026-03-28T23:30:00Z'));
    gives({ $convert: { input: 'x', to: 'int', onError: 'bad' } }, 'bad');
    gives({ $convert: { input: null, to: 'int', onNull: 0 } }, 0);
    expect(codeOf({ $toInt: 'x' })).to.equal(241);
    expect(codeOf({ $toDate: '2026-02-30' })).to.equal(241);
    expect(codeOf({ $toDate: '1 April 2026' })).to.equal(238);
    gives({ $type: '$missing' }, 'missing');
    gives({ $type: long(1) }, 'long');
  });
});

describe('Dates', () => {
  const at = (text: string): Date => new Date(text);

  it('$dateAdd keeps to the calendar and to the zone', () => {
    const add = (startDate: Date, unit: string, amount: number, timezone?: string): object => ({
      $dateAdd: { startDate, unit, amount, ...(timezone ? { timezone } : {}) },
    });
    gives(add(at('2026-01-31T00:00:00Z'), 'month', 1), at('2026-02-28T00:00:00Z'));
    gives(add(at('2026-03-28T12:00:00Z'), 'day', 1, 'Europe/Berlin'), at('2026-03-29T11:00:00Z'));
    gives(add(at('2026-03-28T12:00:00Z'), 'hour', 24, 'Europe/Berlin'), at('2026-03-29T12:00:00Z'));
  });

  it('refuses sums that leave the range of dates, and arrays that no document could hold', () => {
    const far = Long.MAX_VALUE;
    expect(
      codeOf({ $dateAdd: { startDate: at('2026-01-01T00:00:00Z'), unit: 'year', amount: far } }),
    ).to.equal(15);
    expect(
      codeOf({ $dateAdd: { startDate: at('2026-01-01T00:00:00Z'), unit: 'hour', amount: far } }),
    ).to.equal(15);
    expect(codeOf({ $dateFromParts: { year: 2026, day: far } })).to.equal(15);
    expect(codeOf({ $range: [0, 2_000_000_000] })).to.equal(146);
  });

  it('reads parts, in a zone if asked', () => {
    const date = at('2026-01-01T23:30:15.250Z');
    gives({ $year: date }, 2026);
    gives({ $hour: { date, timezone: 'Europe/Berlin' } }, 0);
    gives({ $dayOfMonth: { date, timezone: '+0530' } }, 2);
    gives({ $dayOfWeek: date }, 5);
    gives({ $isoWeek: date }, 1);
    gives({ $week: date }, 0);
    gives({ $millisecond: [date] }, 250);
    expect(codeOf({ $year: 5 })).to.equal(16006);
    expect(codeOf({ $hour: { date, timezone: 'Nowhere/Land' } })).to.equal(40485);
  });

  it('writes, truncates and counts', () => {
    const date = at('2026-11-24T17:05:09.007Z');
    gives({ $dateToString: { date } }, '2026-11-24T17:05:09.007Z');
    gives(
      { $dateToString: { date, format: '%d.%m.%Y %H:%M %z %j%%', timezone: 'Europe/Berlin' } },
      '24.11.2026 18:05 +0100 328%',
    );
    gives({ $dateToString: { date: null, onNull: '-' } }, '-');
    gives({ $dateTrunc: { date, unit: 'month' } }, at('2026-11-01T00:00:00Z'));
    gives({ $dateTrunc: { date, unit: 'week', startOfWeek: 'monday' } }, at('2026-11-23T00:00:00Z'));
    gives({ $dateTrunc: { date, unit: 'minute', binSize: 15 } }, at('2026-11-24T17:00:00Z'));
    gives({ $dateTrunc: { date, unit: 'day', timezone: 'Europe/Berlin' } }, at('2026-11-23T23:00:00Z'));
    gives(
      {
        $dateDiff: {
          startDate: at('2025-12-31T23:59:59Z'),
          endDate: at('2026-01-01T00:00:01Z'),
          unit: 'year',
        },
      },
      long(1),
    );
    gives({ $dateDiff: { startDate: at('2026-01-01T00:00:00Z'), endDate: date, unit: 'day' } }, long(327));
    gives({ $dateFromParts: { year: 2026, month: 14, day: 1 } }, at('2027-02-01T00:00:00Z'));
    gives(
      { $dateFromString: { dateString: '2026-11-24T18:00:00', timezone: 'Europe/Berlin' } },
      at('2026-11-24T17:00:00Z'),
    );
    gives(
      { $dateToParts: { date } },
      { year: 2026, month: 11, day: 24, hour: 17, minute: 5, second: 9, millisecond: 7 },
    );
  });
});

describe('What no expression does', () => {
  it('is refused by name when MongoDB knows it, and as unknown when it does not', () => {
    expect(codeOf({ $function: { body: 'x', args: [], lang: 'js' } })).to.equal(238);
    expect(codeOf({ $meta: 'textScore' })).to.equal(238);
    expect(codeOf({ $sin: 1 })).to.equal(238);
    expect(codeOf({ $nonsense: 1 })).to.equal(168);
    expect(codeOf({ $add: [1], $subtract: [1, 2] })).to.equal(15983);
    expect(codeOf({ $eq: [1] })).to.equal(16020);
    expect(codeOf({ $filter: { input: [] } })).to.equal(9);
  });
});
