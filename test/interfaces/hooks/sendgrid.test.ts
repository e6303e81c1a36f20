import { existsSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import express from 'express';
import { Temporal } from 'temporal-polyfill';
import { createSendGridLetterPost } from '../../../src/adapters/mail/letters-by-sendgrid.ts';
import { dispatchLetters, startDispatch } from '../../../src/application/people/dispatch.ts';
import { exportPeople, viewPeople } from '../../../src/application/people/view-people.ts';
import type { House } from '../../../src/application/ports/house.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import { hooks } from '../../../src/interfaces/hooks/index.ts';
import { isSigned, readPublicKey } from '../../../src/interfaces/hooks/signature.ts';
import { peopleCsv } from '../../../src/interfaces/shared/people-csv.ts';
import { approveLetterTo, crowd, type LetterPlace } from '../../support/approved-letter.ts';
import { good, refused } from '../../support/breach.ts';
import { SendGridStandIn, type Queued } from '../../support/sendgrid-stand-in.ts';
import { openShop, withShopHouse, type Shop } from '../../support/shop.ts';

const SHARED = join('..', 'shared', 'data', 'sendgrid');

describe('Receipts of SendGrid', function () {
  this.timeout(60_000);
  const at = withShopHouse();
  const sendGrid = new SendGridStandIn();
  const logged: unknown[] = [];
  let house: House;
  let shop: Shop;
  let cast: { readonly responder: Actor; readonly legal: Actor };
  let place: LetterPlace;
  let server: Server;
  let url = '';

  const serve = async (key: string): Promise<void> => {
    server?.close();
    const log = {
      info: () => undefined,
      warn: () => undefined,
      error: (fields: object) => void logged.push(fields),
    };
    server = express()
      .use('/hooks', hooks({ house, log, sendGridKey: key }))
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/sendgrid`;
  };
  const seconds = (): number => Math.floor(at.clock.now().epochMilliseconds / 1000);
  const states = async (): Promise<readonly string[]> =>
    good(await viewPeople(house, cast.legal, place)).map(({ state }) => state);
  const post = (events: Parameters<SendGridStandIn['post']>[1], timestamp = seconds()) =>
    sendGrid.post(url, events, timestamp);
  const mailTo = (index: number): Queued => {
    const found = sendGrid.queued.find(({ email }) => email === `person${index}@people.example`);
    if (!found) throw new Error(`no mail to person ${index}`);
    return found;
  };

  before(async () => {
    await sendGrid.start();
    const letterPost = createSendGridLetterPost({
      apiKey: sendGrid.key,
      baseUrl: sendGrid.url,
      clock: at.clock,
    });
    house = { ...at.house, letterPost };
    shop = await openShop(house);
    cast = { responder: await shop.hire('responder'), legal: await shop.hire('legal') };
    place = await approveLetterTo(house, cast, [
      ...crowd(8),
      { name: '=1+1', email: 'person8@people.example' },
    ]);
    good(await startDispatch(house, cast.responder, place));
    good(await dispatchLetters(house, shop.organisation, place.incident, place.notice));
    await serve(sendGrid.publicKey);
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await sendGrid.close();
  });

  it('move each person, in any order and without a message id', async () => {
    const {
      sg_message_id: _id,
      'smtp-id': _smtp,
      ...asynchronous
    } = sendGrid.event(mailTo(2), 'bounce', { type: 'bounce' });
    const events = [
      sendGrid.event(mailTo(0), 'delivered'),
      sendGrid.event(mailTo(0), 'processed'),
      sendGrid.event(mailTo(1), 'deferred', { attempt: mailTo(1).customArgs['attempt'] }),
      asynchronous,
      sendGrid.event(mailTo(2), 'delivered'),
      sendGrid.event(mailTo(3), 'bounce', { type: 'blocked' }),
      sendGrid.event(mailTo(4), 'dropped', { reason: 'Bounced Address' }),
      sendGrid.event(mailTo(5), 'spamreport'),
      sendGrid.event({ ...mailTo(6), email: mailTo(6).email.toUpperCase() }, 'delivered'),
      { event: 'account_status_change', type: 'compliance_suspend' },
      'nonsense',
      { ...sendGrid.event(mailTo(7), 'delivered'), email: 'stranger@people.example' },
    ];
    expect(await post(events as never)).to.equal(204);
    expect((await states()).slice(0, 8)).to.deep.equal([
      'delivered',
      'deferred',
      'bounced',
      'blocked',
      'dropped',
      'complained',
      'delivered',
      'accepted',
    ]);
  });

  it('change nothing when they come again', async () => {
    const before = await states();
    const events = sendGrid.queued.slice(0, 7).map((queued) => sendGrid.event(queued, 'processed'));
    for (let times = 0; times < 3; times += 1) expect(await post(events)).to.equal(204);
    expect(await states()).to.deep.equal(before);
  });

  it('are refused when forged, altered, unsigned or long ago, and move nobody', async () => {
    const before = await states();
    const events = [sendGrid.event(mailTo(7), 'bounce', { type: 'bounce' })];
    const { body, headers } = sendGrid.signed(events, seconds());
    const send = async (text: string, more: Readonly<Record<string, string>>): Promise<number> =>
      (await fetch(url, { method: 'POST', body: text, headers: more })).status;
    expect(await send(body.replace('bounce', 'delivered'), headers)).to.equal(403);
    expect(await send(body.trim(), headers), 'written anew').to.equal(403);
    expect(await send(body, { 'content-type': 'application/json' })).to.equal(403);
    const other = new SendGridStandIn();
    expect(await send(body, other.signed(events, seconds()).headers)).to.equal(403);
    expect(await post(events, seconds() - 8 * 24 * 3600)).to.equal(403);
    expect(await post(events, seconds() + 2 * 3600)).to.equal(403);
    expect(await states()).to.deep.equal(before);
  });

  it('are taken up to a megabyte in one body', async () => {
    const filler = Array.from({ length: 2400 }, () =>
      sendGrid.event({ ...mailTo(7), email: 'stranger@people.example' }, 'delivered', {
        response: 'x'.repeat(100),
      }),
    );
    expect(JSON.stringify(filler).length).to.be.within(750_000, 1_048_576);
    expect(await post([...filler, sendGrid.event(mailTo(7), 'delivered')])).to.equal(204);
    expect((await states())[7]).to.equal('delivered');
    expect(await post([...filler, ...filler])).to.equal(413);
  });

  it('are taken as SendGrid signs its published samples', async function () {
    if (!existsSync(SHARED)) this.skip();
    for (const folder of ['.', 'signed']) {
      const read = (name: string): Buffer => readFileSync(join(SHARED, folder, name));
      const key = readPublicKey(read('public-key.txt').toString('utf8').trim());
      const index = JSON.parse(read('index.json').toString('utf8')) as {
        file: string;
        timestamp: string;
        signature: string;
        valid?: boolean;
        signatureValid?: boolean;
      }[];
      for (const { file, timestamp, signature, valid, signatureValid } of index)
        expect(isSigned(key, { timestamp, signature, body: read(file) }), file).to.equal(
          valid ?? signatureValid,
        );
    }
    await serve(readFileSync(join(SHARED, 'signed', 'public-key.txt'), 'utf8').trim());
    const samples = JSON.parse(readFileSync(join(SHARED, 'signed', 'index.json'), 'utf8')) as {
      file: string;
      timestamp: string;
      signature: string;
      verdict: string;
    }[];
    for (const { file, timestamp, signature, verdict } of samples) {
      at.clock.set(Temporal.Instant.fromEpochMilliseconds(Number(timestamp) * 1000));
      const before = await states();
      const headers = {
        'content-type': 'application/json',
        'X-Twilio-Email-Event-Webhook-Timestamp': timestamp,
        'X-Twilio-Email-Event-Webhook-Signature': signature,
      };
      const body = readFileSync(join(SHARED, 'signed', file));
      const { status } = await fetch(url, { method: 'POST', body, headers });
      expect(status, file).to.equal(verdict === 'forged' ? 403 : 204);
      expect(await states()).to.deep.equal(before);
    }
    await serve(sendGrid.publicKey);
  });

  it('make lists of each state, which can be taken along; no cell of them runs as a formula', async () => {
    const bounced = good(await viewPeople(house, cast.legal, { ...place, state: 'bounced' }));
    expect(bounced.map(({ person }) => person.email)).to.deep.equal(['person2@people.example']);
    const lines: string[] = [];
    for await (const line of peopleCsv(good(await exportPeople(house, cast.legal, place)))) lines.push(line);
    expect(lines).to.have.length(10);
    expect(lines[9]).to.match(/^['"]+=1\+1/);
    expect(refused(await exportPeople(house, cast.responder, place)).kind).to.equal('not-allowed');
    expect(refused(await exportPeople(house, cast.legal, { ...place, state: 'lost' })).kind).to.equal(
      'invalid-input',
    );
    const recorded = await house.register.read(shop.organisation, `organisation:${shop.organisation}`, [
      'people-exported',
    ]);
    expect(recorded).to.have.length(1);
  });

  it('leave no address in the log', () => {
    expect(JSON.stringify(logged)).not.to.contain('people.example');
  });
});
