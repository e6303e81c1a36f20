import { expect } from 'chai';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { DRILL_SPEEDS, realTimeOf, timeIn } from '../../../src/domain/incident/drill-time.ts';

const loggedAt = Temporal.Instant.from('2026-12-04T17:40:00Z');

describe('The clock of a drill', () => {
  it('runs from the moment of logging: after a minute an hour has passed', () => {
    const drill = { loggedAt, speed: 60 };
    expect(timeIn(drill, loggedAt.add({ minutes: 1 })).toString()).to.equal('2026-12-04T18:40:00Z');
    expect(realTimeOf(drill, loggedAt.add({ hours: 72 })).toString()).to.equal('2026-12-04T18:52:00Z');
  });

  it('leaves what lies before the logging as it was told', () => {
    const earlier = loggedAt.subtract({ hours: 5 });
    expect(timeIn({ loggedAt, speed: 60 }, earlier).equals(earlier)).to.equal(true);
  });

  it('is the real one where no speed is named', () => {
    const later = loggedAt.add({ hours: 5 });
    expect(timeIn({ loggedAt }, later).equals(later)).to.equal(true);
    expect(realTimeOf({ loggedAt }, later).equals(later)).to.equal(true);
  });

  it('goes there and back within a millisecond, and never backwards', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DRILL_SPEEDS),
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 1e9 }),
        (speed, milliseconds, more) => {
          const drill = { loggedAt, speed };
          const real = loggedAt.add({ milliseconds });
          const back = realTimeOf(drill, timeIn(drill, real));
          expect(Math.abs(back.epochMilliseconds - real.epochMilliseconds)).to.be.at.most(1);
          const later = timeIn(drill, real.add({ milliseconds: more }));
          expect(later.epochMilliseconds).to.be.at.least(timeIn(drill, real).epochMilliseconds);
        },
      ),
    );
  });
});
