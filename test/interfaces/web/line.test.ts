import { expect } from 'chai';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { drawLying, xAt, type Label } from '../../../src/interfaces/web/pages/wall/lying.ts';
import { countBands, type LineClock, type Look } from '../../../src/interfaces/web/pages/wall/scale.ts';
import { drawStanding } from '../../../src/interfaces/web/pages/wall/standing.ts';
import { stretchBetween, timesIn } from '../../../src/interfaces/web/words/times.ts';

function clock(
  hours: number,
  title = 'First notice to the Berlin authority',
  look: Look = 'calm',
): LineClock {
  const late: Look = hours < 0 ? 'late' : look;
  return { title, reference: 'INC-2026-0001', href: '/incidents/1', look: late, hours, left: '9 h 28 min' };
}

const anyClocks = fc
  .array(
    fc.record({
      hours: fc.oneof(fc.double({ min: -400, max: 2000, noNaN: true }), fc.constantFrom(0, 1, 24, 72, 1440)),
      title: fc.string({ minLength: 1, maxLength: 80 }),
      look: fc.constantFrom<Look>('calm', 'soon', 'maybe'),
    }),
    { maxLength: 90 },
  )
  .map((list) => list.map(({ hours, title, look }) => clock(hours, title, look)));

const overlaps = (a: readonly [number, number], b: readonly [number, number], gap: number): boolean =>
  a[0] < b[1] + gap && b[0] < a[1] + gap;

describe('The time line', () => {
  it('gives near deadlines room, ends at 60 days, and keeps what is later in sight', () => {
    expect(xAt(0, 176)).to.equal(176);
    expect(Math.round(xAt(1440, 176))).to.equal(1092);
    expect(xAt(5000, 176)).to.equal(1132);
    expect(xAt(-200, 264)).to.equal(12);
    expect(xAt(2, 176) - xAt(1, 176)).to.be.greaterThan(xAt(102, 176) - xAt(101, 176));
  });

  it('no label covers another, no stem crosses a text, none covers now', () => {
    fc.assert(
      fc.property(anyClocks, (clocks) => {
        const { labels, xNow } = drawLying(clocks);
        labels.forEach((label, index) => {
          expect(label.box[0]).to.be.greaterThan(xNow);
          expect(label.box[1]).to.be.at.most(1200);
          for (const other of labels.slice(index + 1)) expect(clear(label, other)).to.equal(true);
        });
      }),
      { numRuns: 60 },
    );
  });

  function clear(a: Label, b: Label): boolean {
    if (a.lane === b.lane && overlaps(a.box, b.box, 8)) return false;
    const crossed = (stem: Label, text: Label): boolean =>
      stem.lane <= text.lane && stem.x > text.box[0] - 6 && stem.x < text.box[1] + 6;
    return !crossed(a, b) && !crossed(b, a);
  }

  it('marks never overlap, and what does not fit is counted', () => {
    fc.assert(
      fc.property(anyClocks, (clocks) => {
        const ahead = clocks.filter(({ hours }) => hours >= 0);
        const { marks, more } = drawLying(ahead);
        const counted = more.reduce((sum, { count }) => sum + count, 0);
        expect(marks.length + counted).to.equal(ahead.length);
        marks.forEach((mark, index) => {
          for (const other of marks.slice(index + 1))
            expect(Math.hypot(mark.x - other.x, mark.y - other.y)).to.be.at.least(12.9);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('lists what is overdue, longest first, and counts what the fifth row has no room for', () => {
    const { overdue, xNow } = drawLying([1, 2, 3, 4, 5, 6, 7].map((hours) => clock(-hours, `Late ${hours}`)));
    expect(xNow).to.equal(264);
    expect(overdue.map(({ title, others }) => title || others)).to.deep.equal([
      'Late 7',
      'Late 6',
      'Late 5',
      'Late 4',
      3,
    ]);
  });

  it('bands add up to everything that is sure', () => {
    fc.assert(
      fc.property(anyClocks, (clocks) => {
        const { late, day, week, month, later } = countBands(clocks);
        const sure = clocks.filter(({ look }) => look !== 'maybe');
        expect(late + day + week + month + later).to.equal(sure.length);
      }),
    );
  });

  it('names what is owed before what only may be', () => {
    const maybes = Array.from({ length: 10 }, (_, index) => clock(2 + index / 50, 'may be', 'maybe'));
    const { labels } = drawLying([...maybes, clock(2.1, 'is owed')]);
    expect(labels[0]?.title).to.equal('is owed');
  });

  it('stands up on a phone with its labels 40 px apart', () => {
    fc.assert(
      fc.property(anyClocks, (clocks) => {
        const { labels, height } = drawStanding(clocks);
        const ys = labels.map(({ yText }) => yText);
        ys.slice(1).forEach((y, index) => expect(y - (ys[index] ?? 0)).to.be.at.least(39.9));
        expect(Math.max(0, ...ys)).to.be.below(height);
      }),
      { numRuns: 60 },
    );
  });
});

describe('Moments and stretches in words', () => {
  const now = Temporal.Instant.from('2026-12-04T17:40:00Z');

  it('name the zone in the words of the page, and the year where it is another', () => {
    expect(timesIn('Europe/Berlin', 'en', now).full(now)).to.equal('Fri 4 Dec, 18:40 CET');
    expect(timesIn('Europe/Berlin', 'de', now).full(now)).to.match(/^Fr\.? 4\. Dez\.?, 18:40 MEZ$/);
    expect(timesIn('America/New_York', 'en', now).full(now)).to.equal('Fri 4 Dec, 12:40 EST');
    expect(timesIn('Europe/Berlin', 'en', now).full(now.add({ hours: 24 * 40 }))).to.contain('2027');
  });

  it('are cut to the two units that matter', () => {
    const parts = (duration: Temporal.DurationLike) =>
      stretchBetween(now, now.add(duration)).parts.map(({ number, unit }) => `${number} ${unit}`);
    expect(parts({ hours: 9, minutes: 28, seconds: 59 })).to.deep.equal(['9 h', '28 min']);
    expect(parts({ hours: 50 })).to.deep.equal(['2 d', '2 h']);
    expect(parts({ hours: 24 * 17 })).to.deep.equal(['17 d']);
    expect(parts({ hours: 72 })).to.deep.equal(['3 d']);
    expect(parts({ seconds: 30 })).to.deep.equal(['0 min']);
  });
});
