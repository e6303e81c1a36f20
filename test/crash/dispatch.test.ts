import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import express from 'express';
import { decideDoubt } from '../../src/application/people/doubt.ts';
import { startDispatch } from '../../src/application/people/dispatch.ts';
import { paceDispatch } from '../../src/application/people/steer-dispatch.ts';
import type { House } from '../../src/application/ports/house.ts';
import { startEmbeddedMongo, type RunningEngine } from '../../src/adapters/embedded-mongo/start.ts';
import type { Actor } from '../../src/domain/access/roles.ts';
import { isSettled, needsSomebody, type DeliveryState, type Totals } from '../../src/domain/people/person.ts';
import { hooks } from '../../src/interfaces/hooks/index.ts';
import { readConfiguration } from '../../src/main/configuration.ts';
import { openHouse, type OpenHouse } from '../../src/main/open-house.ts';
import { approveLetterTo, crowd, type LetterPlace } from '../support/approved-letter.ts';
import { good } from '../support/breach.ts';
import { chanceFrom } from '../support/chance.ts';
import { until } from '../support/house.ts';
import { start, withDataFolder, type Started } from '../support/program.ts';
import { SendGridStandIn, type Fate, type MailSend } from '../support/sendgrid-stand-in.ts';
import { openShop, type Shop } from '../support/shop.ts';

const PEOPLE = 20_000;
const WORKERS = 2;
const KILLS = 20;
/** How long a worker lives after calls came in since it said that it is at work, in milliseconds. */
const LONGEST_LIFE = 500;
/** Where none come in (others hold what is left), it dies all the same. */
const WITHOUT_CALLS = 1500;
/** As fast as leaves something to do until the last kill. */
const PER_MINUTE = 60_000;
/** Nobody has these mailboxes; the API refuses them by name. */
const isRefused = (email: string): boolean => /^person\d*9{3}@/.test(email);

describe(`Letters to ${PEOPLE} people while workers are killed`, function () {
  this.timeout(600_000);
  const folder = withDataFolder();
  const sendGrid = new SendGridStandIn();
  const seed = Number(process.env['CRASH_SEED'] ?? randomInt(1_000_000_000));
  const chance = chanceFrom(seed);
  let engine: RunningEngine;
  let open: OpenHouse;
  let house: House;
  let shop: Shop;
  let cast: { readonly responder: Actor; readonly legal: Actor };
  let place: LetterPlace;
  let list = '';
  let environment: Readonly<Record<string, string>> = {};
  let webhook = '';
  let server: Server;

  before(async () => {
    console.log(`      CRASH_SEED=${seed}`);
    await sendGrid.start();
    await mkdir(join(folder(), 'store'));
    engine = await startEmbeddedMongo({ path: join(folder(), 'store') });
    environment = {
      TOCSIN_DATA: join(folder(), 'data'),
      TOCSIN_KEY: randomBytes(32).toString('base64'),
      TOCSIN_LETTERS: 'sendgrid',
      TOCSIN_GRACE_HOURS: '0',
      MONGODB_URI: engine.uri,
      SENDGRID_API_KEY: sendGrid.key,
      SENDGRID_BASE_URL: sendGrid.url,
    };
    const report = (error: unknown, what: string): void => console.error(what, error);
    open = await openHouse(readConfiguration(environment), 'http://127.0.0.1', { alone: false, report });
    ({ house } = open);
    shop = await openShop(house);
    cast = { responder: await shop.hire('responder'), legal: await shop.hire('legal') };
    place = await approveLetterTo(house, cast, crowd(PEOPLE));
    const app = express();
    const log = { info: () => undefined, warn: () => undefined, error: console.error };
    app.use('/hooks', hooks({ house, log, sendGridKey: sendGrid.publicKey }));
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/sendgrid`;
    list = (await noticeNow()).list?.id ?? '';
  });

  after(async () => {
    server.closeAllConnections();
    server.close();
    await open.jobs.stop();
    await open.close();
    await engine.close();
    await sendGrid.close();
  });

  async function noticeNow() {
    const incident = await house.incidents.byId(shop.organisation, place.incident);
    const notice = incident?.notices.find(({ id }) => id === place.notice);
    if (!notice) throw new Error('the letter is gone');
    return notice;
  }

  const worker = (): Started => start(['start'], { ...environment, TOCSIN_ROLE: 'worker' });
  const totals = (): Promise<Totals> => house.lists.totals(shop.organisation, list);
  const sumOf = (all: Totals): number => Object.values(all).reduce((sum, count) => sum + count, 0);
  const some = async (): Promise<string> =>
    Object.entries(await totals())
      .filter(([, count]) => count > 0)
      .map(([state, count]) => `${state} ${count}`)
      .join(', ');
  const isThrough = async (): Promise<boolean> =>
    (await house.deliveries.open(shop.organisation, list, 0)).open === 0;
  const twice = (): readonly string[] =>
    [...sendGrid.counts()].filter(([, count]) => count > 1).map(([email]) => email);

  /** Answers, drops, delays and fails, as chance has it. */
  function anyFate({ personalizations }: MailSend): Fate {
    const refused = personalizations.flatMap(({ to }, at) => (isRefused(to[0]?.email ?? '') ? [at] : []));
    if (refused.length > 0) {
      const errors = refused.map((at) => ({
        message: 'Does not contain a valid address.',
        field: `personalizations.${at}.to.0.email`,
      }));
      const headers = { 'content-type': 'application/json' };
      return { answer: 'status', status: 400, body: JSON.stringify({ errors }), headers };
    }
    const dice = chance();
    const keep = chance() < 0.5;
    const then: Fate =
      dice < 0.76
        ? { answer: 'accepted' }
        : dice < 0.82
          ? { answer: 'cut', keep }
          : dice < 0.86
            ? { answer: 'status', status: 502, keep }
            : dice < 0.91
              ? { answer: 'status', status: 500 }
              : dice < 0.96
                ? { answer: 'status', status: 429, headers: { 'retry-after': '1' } }
                : { answer: 'status', status: 413 };
    return { answer: 'late', milliseconds: Math.floor(chance() * 250), then };
  }

  it(`are sent by ${WORKERS} workers on one store, of which one is killed again and again`, async () => {
    sendGrid.fate = anyFate;
    good(await startDispatch(house, cast.responder, place));
    good(await paceDispatch(house, cast.responder, { ...place, perMinute: PER_MINUTE }));
    let kills = 0;
    let killedInTime = 0;
    const begun = performance.now();
    const life = async (): Promise<void> => {
      while (kills < KILLS) {
        const one = worker();
        await one.line(/^Tocsin is at work/);
        const { calls } = sendGrid;
        for (let waited = 0; sendGrid.calls === calls && waited < WITHOUT_CALLS; waited += 10)
          await sleep(10);
        await sleep(chance() * LONGEST_LIFE);
        kills += 1;
        if (!(await isThrough())) killedInTime += 1;
        await one.kill();
        if (one.complaints() !== '') throw new Error(one.complaints());
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, life));
    console.log(
      `      ${kills} kills in ${Math.round((performance.now() - begun) / 1000)} s, ${killedInTime} of them before the end: ${await some()}`,
    );
    expect(killedInTime).to.be.at.least(KILLS);
    const last = [worker(), worker()];
    await until('the last batch', isThrough);
    console.log(
      `      through after ${Math.round((performance.now() - begun) / 1000)} s: ${await some()}; ${sendGrid.calls} calls`,
    );
    for (const one of last) expect(await one.stop()).to.equal(0);
  });

  it('were written to nobody twice, and every one is somewhere; who is in doubt is listed', async () => {
    expect(twice()).to.deep.equal([]);
    const all = await totals();
    expect(sumOf(all)).to.equal(PEOPLE);
    expect(all.waiting + all.sending + all.failed).to.equal(0);
    const listed = await peopleIn('uncertain');
    expect(listed).to.have.length(all.uncertain);
    expect(all.uncertain).to.be.greaterThan(0);
    const queued = sendGrid.counts();
    // What counts as accepted was taken; who was refused was not.
    for (const email of await peopleIn('accepted')) expect(queued.get(email), email).to.equal(1);
    for (const email of await peopleIn('refused')) expect(queued.has(email), email).to.equal(false);
  });

  it('are all accounted for once the signed receipts are in, in any order and some of them twice', async () => {
    const events = sendGrid.queued.flatMap((queued, at) => {
      const processed = sendGrid.event(queued, 'processed');
      if (at % 100 === 0) return [processed, sendGrid.event(queued, 'bounce', { type: 'bounce' })];
      if (at % 101 === 0) return [sendGrid.event(queued, 'dropped', { reason: 'Bounced Address' })];
      const delivered = sendGrid.event(queued, 'delivered');
      return at % 7 === 0 ? [processed, delivered, delivered] : [processed, delivered];
    });
    const shuffled = events
      .map((event) => ({ event, by: chance() }))
      .sort((a, b) => a.by - b.by)
      .map(({ event }) => event);
    const begun = performance.now();
    for (let from = 0; from < shuffled.length; from += 2400)
      expect(await sendGrid.post(webhook, shuffled.slice(from, from + 2400))).to.equal(204);
    console.log(
      `      ${shuffled.length} receipts in ${Math.round((performance.now() - begun) / 100) / 10} s: ${await some()}`,
    );
    const queued = sendGrid.counts();
    for (const email of await peopleIn('uncertain')) expect(queued.has(email), email).to.equal(false);
    expect(sumOf(await totals())).to.equal(PEOPLE);
  });

  it('reach everybody once a person has decided about those without a receipt', async () => {
    sendGrid.fate = () => ({ answer: 'accepted' });
    const { uncertain } = await totals();
    const decided = await decideDoubt(house, cast.responder, { ...place, decision: 'again' });
    expect(good(decided).count).to.equal(uncertain);
    const entries = await house.register.read(shop.organisation, `incident:${place.incident}`, [
      'doubt-decided',
    ]);
    expect(entries[0]?.data).to.deep.include({ outcome: 'again', count: uncertain });
    good(await paceDispatch(house, cast.responder, { ...place, perMinute: null }));
    const one = worker();
    await until('the last letter', isThrough);
    expect(await one.stop()).to.equal(0);
    console.log(`      at the end: ${await some()}`);
    expect(twice()).to.deep.equal([]);
    const all = await totals();
    expect(sumOf(all)).to.equal(PEOPLE);
    for (const [state, count] of Object.entries(all) as [DeliveryState, number][])
      if (count > 0) expect(isSettled(state) || needsSomebody(state), state).to.equal(true);
    expect(all.uncertain).to.equal(0);
    expect(sendGrid.counts().size).to.equal(PEOPLE - all.refused);
  });

  async function peopleIn(state: DeliveryState): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const { number, batch } of house.deliveries.all(shop.organisation, list)) {
      if (!batch.states.includes(state)) continue;
      const people = await house.lists.open(shop.organisation, list, number);
      batch.states.forEach((one, position) => {
        if (one === state) found.push(people[position]?.email ?? '');
      });
    }
    return found;
  }
});
