import { expect } from 'chai';
import { Temporal } from 'temporal-polyfill';
import { logIncident } from '../../src/application/incident/log-incident.ts';
import { wakeFor } from '../../src/application/clock/wakes.ts';
import type { House } from '../../src/application/ports/house.ts';
import type { Incident, Obligation } from '../../src/domain/incident/incident.ts';
import { hire, type Cast } from '../../src/main/demo/cast.ts';
import { good } from '../support/breach.ts';
import { withHouse } from '../support/house.ts';
import { supplierBreach } from '../story/breach.ts';

const CLOCKS = 1000;
const WITHIN_MS = 2000;

describe('A thousand clocks', function () {
  this.timeout(600_000);
  const under = withHouse();
  let house: House;
  let cast: Cast;
  let pattern: Incident;

  before(async () => {
    house = under().open.house;
    cast = await hire(house);
    const { id } = good(await logIncident(house, cast.staff, supplierBreach(house)));
    const logged = await house.incidents.byId(cast.staff.organisation, id);
    if (!logged) throw new Error('the pattern is gone');
    pattern = logged;
  });

  /** Incidents as the use case makes them, each with one clock that is due at its moment and was told of all before. */
  async function lay(dues: readonly Temporal.Instant[]): Promise<readonly string[]> {
    const year = house.clock.now().toZonedDateTimeISO(pattern.zone).year;
    const ids = dues.map(() => house.ids.id());
    const one = async (id: string, dueAt: Temporal.Instant): Promise<void> => {
      const made = await house.incidents.insert(pattern.organisation, year, undefined, (reference) =>
        copyOf(pattern, id, reference, dueAt),
      );
      await wakeFor(house, made.incident);
    };
    for (let at = 0; at < dues.length; at += 20)
      await Promise.all(dues.slice(at, at + 20).map((dueAt, index) => one(ids[at + index] ?? '', dueAt)));
    return ids;
  }

  /** When the reminder of each of these was recorded. */
  async function fired(ids: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    const chains = new Map(ids.map((id) => [`incident:${id}`, [] as number[]]));
    const entries = under().open.mongo.models.register.collection.find<Recorded>(
      { organisation: pattern.organisation, chain: { $in: [...chains.keys()] } },
      { projection: { chain: 1, type: 1, at: 1, data: 1 } },
    );
    for await (const { chain, type, at, data } of entries)
      if (type === 'reminder-sent' && JSON.stringify(data).includes('"due"'))
        chains.get(chain)?.push(at.getTime());
    return chains;
  }

  async function allFired(ids: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    // Looked at seldom: looking costs the store time that the clocks need.
    for (let look = 0; look < 100; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5000));
      const times = await fired(ids);
      if ([...times.values()].every((moments) => moments.length > 0)) return times;
    }
    throw new Error('not all of them fired');
  }

  it(`spread evenly over one minute, each fires within ${WITHIN_MS / 1000} s of its time, and once`, async () => {
    const start = await startAfterLaying();
    const dues = Array.from({ length: CLOCKS }, (_, at) =>
      start.add({ milliseconds: at * (60_000 / CLOCKS) }),
    );
    const ids = await lay(dues);
    expect(
      Temporal.Instant.compare(house.clock.now(), start),
      'all are laid before the first is due',
    ).to.equal(-1);
    const times = await allFired(ids);
    const late = ids.map((id, at) => {
      const moments = times.get(`incident:${id}`) ?? [];
      expect(moments, id).to.have.length(1);
      return (moments[0] ?? Infinity) - (dues[at]?.epochMilliseconds ?? 0);
    });
    const sorted = [...late].sort((a, b) => a - b);
    console.log(
      `      ${CLOCKS} clocks over a minute: median ${sorted[CLOCKS / 2]} ms late, 99 % within ${sorted[Math.floor(CLOCKS * 0.99)]} ms, the latest ${sorted.at(-1)} ms`,
    );
    expect(Math.min(...late)).to.be.at.least(0);
    expect(Math.max(...late)).to.be.at.most(WITHIN_MS);
  });

  it('at one instant, all fire, none twice', async () => {
    const at = await startAfterLaying();
    const ids = await lay(Array.from({ length: CLOCKS }, () => at));
    const times = await allFired(ids);
    for (const [chain, moments] of times) expect(moments, chain).to.have.length(1);
    const last = Math.max(...[...times.values()].flat());
    console.log(`      ${CLOCKS} clocks at one instant: the last ${last - at.epochMilliseconds} ms after it`);
    expect(under().faults).to.deep.equal([]);
  });

  /** A moment that leaves time to lay a thousand incidents, measured with the first of them. */
  async function startAfterLaying(): Promise<Temporal.Instant> {
    const sample = 60;
    const before = performance.now();
    const far = house.clock.now().add({ hours: 1000 });
    await lay(Array.from({ length: sample }, () => far));
    const each = (performance.now() - before) / sample;
    return house.clock.now().add({ milliseconds: Math.round(each * CLOCKS * 2 + 5000) });
  }
});

interface Recorded {
  readonly chain: string;
  readonly type: string;
  readonly at: Date;
  readonly data: unknown;
}

/** The pattern under another name: one duty of 72 hours, due at that moment, told of an hour before. */
function copyOf(pattern: Incident, id: string, reference: string, dueAt: Temporal.Instant): Incident {
  const duty = pattern.obligations.find((obligation) => obligation.dueAt !== null);
  if (!duty) throw new Error('the pattern has no clock');
  const before = dueAt.subtract({ hours: 1 });
  const clock: Obligation = {
    ...duty,
    decision: 'applies',
    startedAt: dueAt.subtract({ hours: 72 }),
    dueAt,
    latestAt: null,
    reminded: { moment: 'before-3600s', at: before },
  };
  return {
    ...pattern,
    id,
    reference,
    obligations: [clock],
    outbox: [],
    card: { ...pattern.card, reference },
  };
}
