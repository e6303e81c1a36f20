import { expect } from 'chai';
import fc from 'fast-check';
import { begin, end, giveUp, move, newBatch, type Batch } from '../../../src/domain/people/batch.ts';
import { DELIVERY_STATES, type DeliveryState } from '../../../src/domain/people/person.ts';
import { receive, RECEIPT_KINDS, type PlacedReceipt } from '../../../src/domain/people/receipt.ts';

const PEOPLE = 6;
const OWNER = 'worker';
const LEASE = { owner: OWNER, until: 1_000_000 };

function batchOf(count = PEOPLE): Batch {
  const people = Array.from({ length: count }, (_, index) => ({ email: `p${index}@people.example` }));
  return { ...newBatch(people), lease: LEASE };
}

function sent(): Batch {
  const all = Array.from({ length: PEOPLE }, (_, position) => position);
  const { batch, attempt, begun } = begin(batchOf(), all, { owner: OWNER, seconds: 1 });
  return end(batch, attempt, new Map(begun.map((position) => [position, 'accepted'])), 2);
}

const receipt: fc.Arbitrary<PlacedReceipt> = fc.record({
  position: fc.integer({ min: -1, max: PEOPLE }),
  kind: fc.constantFrom(...RECEIPT_KINDS),
  attempt: fc.integer({ min: 0, max: 2 }),
});

describe('Receipts of a batch', () => {
  it('lead to the same states in whatever order and however often they come', () => {
    fc.assert(
      fc.property(fc.array(receipt), fc.array(fc.nat()), (receipts, seeds) => {
        const shuffled = receipts
          .flatMap((one, at) => [one, ...((seeds[at] ?? 0) % 3 === 0 ? [one] : [])])
          .map((one, at) => ({ one, by: seeds[at] ?? at }))
          .sort((a, b) => a.by - b.by)
          .map(({ one }) => one);
        const once = receive(sent(), receipts, 3);
        const other = shuffled.reduce((batch, one) => receive(batch, [one], 3), sent());
        expect(other.states).to.deep.equal(once.states);
      }),
    );
  });

  it('never change how many people there are, whatever happens beside them', () => {
    type Step = (batch: Batch) => Batch;
    const positions = fc.array(fc.nat({ max: PEOPLE - 1 }), { maxLength: PEOPLE });
    const state: fc.Arbitrary<DeliveryState> = fc.constantFrom(...DELIVERY_STATES);
    const step: fc.Arbitrary<Step> = fc.oneof(
      positions.map(
        (at): Step =>
          (batch) =>
            begin(batch, at, { owner: OWNER, seconds: 5 }).batch,
      ),
      fc.tuple(positions, state).map(
        ([at, to]): Step =>
          (batch) =>
            end(batch, batch.attempt, new Map(at.map((position) => [position, to])), 6),
      ),
      fc.array(receipt).map(
        (some): Step =>
          (batch) =>
            receive(batch, some, 7),
      ),
      fc.boolean().map(
        (exact): Step =>
          (batch) =>
            giveUp(batch, exact, 8),
      ),
      fc.tuple(positions, state, state).map(
        ([at, from, to]): Step =>
          (batch) =>
            move(batch, at, [from], to, 9),
      ),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { states, attempts, receipts, movedAt } = steps.reduce((batch, next) => next(batch), batchOf());
        for (const column of [states, attempts, receipts, movedAt]) expect(column).to.have.length(PEOPLE);
        expect(states.every((one) => DELIVERY_STATES.includes(one))).to.equal(true);
      }),
    );
  });

  it('settle who is in doubt, and a late answer of the call itself does so too', () => {
    const { batch, attempt } = begin(batchOf(2), [0, 1], { owner: OWNER, seconds: 1 });
    const doubtful = giveUp(batch, false, 2);
    expect(doubtful.states).to.deep.equal(['uncertain', 'uncertain']);
    const told = receive(doubtful, [{ position: 0, kind: 'delivered', attempt }], 3);
    expect(
      end(
        told,
        attempt,
        new Map([
          [0, 'failed'],
          [1, 'accepted'],
        ]),
        4,
      ).states,
    ).to.deep.equal(['delivered', 'accepted']);
  });

  it('of a bounce count after delivered, as asynchronous ones come', () => {
    const states = (kinds: readonly PlacedReceipt['kind'][]) =>
      receive(
        sent(),
        kinds.map((kind) => ({ position: 0, kind, attempt: 1 })),
        3,
      ).states[0];
    expect(states(['delivered', 'bounced'])).to.equal('bounced');
    expect(states(['bounced', 'delivered'])).to.equal('bounced');
    expect(states(['delivered', 'complained'])).to.equal('complained');
    expect(states(['deferred', 'processed'])).to.equal('deferred');
  });

  it('leave alone who was told by a person, and who is written once more', () => {
    const bounce = { position: 0, kind: 'bounced', attempt: 1 } as const;
    const told = move(sent(), [0], ['accepted'], 'told', 3);
    expect(receive(told, [bounce], 4).states[0]).to.equal('told');
    const again = move(receive(sent(), [bounce], 3), [0], ['bounced'], 'waiting', 4);
    expect(receive(again, [bounce], 5).states[0], 'the same one again').to.equal('waiting');
    const second = begin(again, [0], { owner: OWNER, seconds: 6 });
    expect(receive(second.batch, [bounce], 7).states[0], 'of the attempt before').to.equal('sending');
  });
});

describe('An attempt', () => {
  it('is begun only by who holds the batch, and only for whom nobody has told meanwhile', () => {
    const told = move(batchOf(3), [1], ['waiting'], 'told', 1);
    expect(begin(told, [0, 1, 2], { owner: OWNER, seconds: 2 }).begun).to.deep.equal([0, 2]);
    expect(begin(told, [0], { owner: 'another', seconds: 2 }).begun).to.deep.equal([]);
    expect(begin(told, [0], { owner: OWNER, seconds: LEASE.until }).begun).to.deep.equal([]);
  });
});
