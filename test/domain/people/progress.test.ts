import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { DELIVERY_STATES, type Totals } from '../../../src/domain/people/person.ts';
import { speedOf, stillToLeave } from '../../../src/domain/people/progress.ts';

const START = Temporal.Instant.from('2026-12-04T17:40:00Z');
const seen = (seconds: number, toLeave: number) => ({ at: START.add({ seconds }), toLeave });

describe('How fast a letter leaves', () => {
  it('is what left between the first glance and the last, and the rest takes as long', () => {
    expect(speedOf([seen(0, 1000), seen(5, 700), seen(10, 500)])).to.deep.equal({
      perMinute: 3000,
      minutesLeft: 1,
    });
    expect(speedOf([seen(0, 100_000), seen(10, 99_900)])).to.deep.equal({ perMinute: 600, minutesLeft: 167 });
  });

  it('is not said while nothing moves, or of too short a look', () => {
    expect(speedOf([])).to.equal(null);
    expect(speedOf([seen(0, 1000), seen(1, 900)])).to.equal(null);
    expect(speedOf([seen(0, 1000), seen(10, 1000)])).to.equal(null);
  });

  it('counts what waits, what is tried again and what is in the air', () => {
    const one = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 1])) as Totals;
    expect(stillToLeave(one)).to.equal(3);
  });
});
