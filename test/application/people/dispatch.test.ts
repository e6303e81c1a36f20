import { expect } from 'chai';
import type { Row } from '../../../src/application/people/address-letter.ts';
import { dispatchLetters, startDispatch } from '../../../src/application/people/dispatch.ts';
import {
  paceDispatch,
  pauseDispatch,
  resumeDispatch,
  stopDispatch,
} from '../../../src/application/people/steer-dispatch.ts';
import { takeReceipts } from '../../../src/application/people/take-receipts.ts';
import { viewLetter } from '../../../src/application/people/view-letter.ts';
import type { House } from '../../../src/application/ports/house.ts';
import { createSendGridLetterPost } from '../../../src/adapters/mail/letters-by-sendgrid.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import type { Totals } from '../../../src/domain/people/person.ts';
import { receiptsIn } from '../../../src/interfaces/hooks/events.ts';
import { approveLetterTo, crowd, type LetterPlace } from '../../support/approved-letter.ts';
import { good, refused } from '../../support/breach.ts';
import { SendGridStandIn, type Fate, type MailSend } from '../../support/sendgrid-stand-in.ts';
import { openShop, withShopHouse, type Shop } from '../../support/shop.ts';

const ACCEPT: Fate = { answer: 'accepted' };

describe('Sending a letter by SendGrid', function () {
  this.timeout(120_000);
  const at = withShopHouse();
  const sendGrid = new SendGridStandIn();
  let house: House;
  let shop: Shop;
  let cast: { readonly responder: Actor; readonly legal: Actor };

  before(async () => {
    await sendGrid.start();
    const post = createSendGridLetterPost({ apiKey: sendGrid.key, baseUrl: sendGrid.url, clock: at.clock });
    house = { ...at.house, letterPost: post };
    shop = await openShop(house);
    cast = { responder: await shop.hire('responder'), legal: await shop.hire('legal') };
  });
  after(() => sendGrid.close());
  beforeEach(() => {
    sendGrid.queued.length = 0;
    sendGrid.calls = 0;
    sendGrid.fate = () => ACCEPT;
  });

  const send = async ({ incident, notice }: LetterPlace, owner = 'one', lanes = 2) =>
    dispatchLetters(house, shop.organisation, incident, notice, { owner, lanes, stopping: () => false });
  const started = async (people: readonly Row[]): Promise<LetterPlace> => {
    const place = await approveLetterTo(house, cast, people);
    good(await startDispatch(house, cast.responder, place));
    return place;
  };
  const noticeOf = async ({ incident, notice }: LetterPlace) => {
    const found = await house.incidents.byId(shop.organisation, incident);
    const seen = found?.notices.find(({ id }) => id === notice);
    if (!seen) throw new Error('the letter is gone');
    return seen;
  };
  const totals = async (place: LetterPlace): Promise<Totals> =>
    house.lists.totals(shop.organisation, (await noticeOf(place)).list?.id ?? '');
  const some = async (place: LetterPlace): Promise<Partial<Totals>> =>
    Object.fromEntries(Object.entries(await totals(place)).filter(([, count]) => count > 0));
  const entries = ({ incident }: LetterPlace, types: readonly string[]) =>
    house.register.read(shop.organisation, `incident:${incident}`, types);
  const twice = (): readonly string[] =>
    [...sendGrid.counts()].filter(([, count]) => count > 1).map(([email]) => email);

  it('reaches 2,500 people in few calls, each once, with nothing in them but opaque ids', async () => {
    const bodies: MailSend[] = [];
    sendGrid.fate = (body) => {
      bodies.push(body);
      return ACCEPT;
    };
    const place = await started(crowd(2500));
    expect(good(await send(place))).to.deep.equal({ again: false });
    expect(sendGrid.counts().size).to.equal(2500);
    expect(twice()).to.deep.equal([]);
    expect(sendGrid.calls).to.be.lessThan(20);
    expect((await noticeOf(place)).state).to.equal('told');
    for (const { custom_args: args = {}, categories, tracking_settings: tracking = {} } of bodies) {
      expect(args).to.have.all.keys('notice', 'list', 'batch', 'attempt');
      expect(categories).to.equal(undefined);
      expect(JSON.stringify(tracking)).not.to.contain('true');
    }
  });

  it('sends word for word the letter that was approved, whatever people are called', async () => {
    const names = [
      '<b>Bold</b> & "Sons"',
      'Komma, Semikolon; GmbH',
      '-tocsin-greeting-0-html-',
      '⟦salutation⟧',
      '$& $1',
    ];
    const bodies: MailSend[] = [];
    sendGrid.fate = (body) => {
      bodies.push(body);
      return ACCEPT;
    };
    const rows = names.map((name, index) => ({ name, email: `odd${index}@people.example`, language: 'en' }));
    const place = await started(rows);
    good(await send(place));
    const [body] = bodies;
    for (const [position, { email }] of rows.entries()) {
      const where = body?.personalizations.findIndex(({ to }) => to[0]?.email === email) ?? -1;
      const { letter } = good(await viewLetter(house, cast.legal, { ...place, batch: 0, position }));
      const { subject, text, html } = letter;
      expect(sendGrid.mailOf(body!, where)).to.deep.equal({ subject, text, html });
    }
  });

  const status = (code: number, more: Partial<Extract<Fate, { answer: 'status' }>> = {}): Fate => ({
    answer: 'status',
    status: code,
    ...more,
  });
  for (const [what, fate] of [
    ['429, too many calls', status(429, { headers: { 'retry-after': '7' } })],
    ['500 with errors of its own', status(500)],
    ['503 with errors of its own', status(503)],
  ] as const) {
    it(`goes again after ${what}, and reaches everybody once`, async () => {
      const place = await started(crowd(5));
      sendGrid.fate = () => fate;
      const first = good(await send(place, 'one', 1));
      expect(first.again).to.equal(true);
      if (fate.answer === 'status' && fate.status === 429) expect(first.afterSeconds).to.equal(7);
      expect(await some(place)).to.have.all.keys(
        'failed',
        ...((await totals(place)).waiting > 0 ? ['waiting'] : []),
      );
      sendGrid.fate = () => ACCEPT;
      good(await send(place));
      expect(await some(place)).to.deep.equal({ accepted: 5 });
      expect(twice()).to.deep.equal([]);
    });
  }

  for (const [what, fate] of [
    ['a cut line', { answer: 'cut', keep: true }],
    ['502', status(502, { keep: true })],
    ['500 of something in between', status(500, { keep: true, body: '<h1>Oops</h1>' })],
  ] as const) {
    it(`never sends again after ${what}, though the mails were taken`, async () => {
      const place = await started(crowd(4));
      sendGrid.fate = () => fate;
      for (let run = 0; run < 3; run += 1) good(await send(place));
      sendGrid.fate = () => ACCEPT;
      good(await send(place));
      expect(await some(place)).to.deep.equal({ uncertain: 4 });
      expect(sendGrid.queued).to.have.length(4);
      expect((await noticeOf(place)).state).to.equal('sending');
      // Signed receipts settle it, and then the letter is told.
      const events = sendGrid.queued.map((queued) => sendGrid.event(queued, 'delivered'));
      await takeReceipts(house, receiptsIn(events) ?? []);
      expect(await some(place)).to.deep.equal({ delivered: 4 });
      expect((await noticeOf(place)).state).to.equal('told');
    });
  }

  it('refuses the one address that is refused, and the others get theirs', async () => {
    const place = await started([
      ...crowd(9),
      { name: 'No; box', email: 'odd,@people.example'.replace(',', '') },
    ]);
    sendGrid.fate = (body) => {
      const bad = body.personalizations.findIndex(({ to }) => to[0]?.email === 'person4@people.example');
      if (bad === -1) return ACCEPT;
      const errors = [
        { message: 'Does not contain a valid address.', field: `personalizations.${bad}.to.0.email` },
      ];
      return status(400, {
        body: JSON.stringify({ errors }),
        headers: { 'content-type': 'application/json' },
      });
    };
    good(await send(place));
    expect(await some(place)).to.deep.equal({ accepted: 9, refused: 1 });
    expect(sendGrid.counts().has('person4@people.example')).to.equal(false);
  });

  it('finds by halves whom a refusal is about that names nobody, and what is too large', async () => {
    for (const code of [400, 413]) {
      sendGrid.queued.length = 0;
      const place = await started(crowd(40));
      sendGrid.fate = ({ personalizations }) =>
        personalizations.some(({ to }) => to[0]?.email === 'person7@people.example') ? status(code) : ACCEPT;
      good(await send(place));
      expect(await some(place), String(code)).to.deep.equal({ accepted: 39, refused: 1 });
      expect(twice()).to.deep.equal([]);
    }
  });

  it('waits and asks when the account is refused; nobody is lost', async () => {
    const place = await started(crowd(3));
    sendGrid.fate = () => status(401);
    expect(good(await send(place))).to.deep.equal({ again: true, afterSeconds: 15 });
    expect((await noticeOf(place)).dispatch?.paused?.why).to.equal('account');
    sendGrid.fate = () => ACCEPT;
    expect(good(await send(place))).to.deep.equal({ again: false });
    good(await resumeDispatch(house, cast.responder, place));
    good(await send(place));
    expect(await some(place)).to.deep.equal({ accepted: 3 });
  });

  it('is shared by two workers, and nobody is written to twice', async () => {
    const place = await started(crowd(6000));
    await Promise.all([send(place, 'one'), send(place, 'two'), send(place, 'three')]);
    good(await send(place, 'one'));
    expect(await some(place)).to.deep.equal({ accepted: 6000 });
    expect(sendGrid.queued).to.have.length(6000);
    expect(twice()).to.deep.equal([]);
  });

  it('puts in doubt what a dead worker left in flight, within a minute and not before', async () => {
    const place = await started(crowd(2));
    const dying = {
      ...house,
      letterPost: {
        ...house.letterPost,
        many: { most: 1000, deliver: () => Promise.reject(new Error('killed here')) },
      },
    };
    await dispatchLetters(dying, shop.organisation, place.incident, place.notice).catch(() => undefined);
    expect(await some(place)).to.include.keys('sending');
    expect(good(await send(place)).again).to.equal(true);
    expect(await some(place)).to.include.keys('sending');
    at.clock.advance({ seconds: 31 });
    good(await send(place));
    const { uncertain = 0, sending = 0, accepted = 0 } = await some(place);
    expect({ sum: uncertain + accepted, sending }).to.deep.equal({ sum: 2, sending: 0 });
    expect(uncertain).to.be.greaterThan(0);
    expect(sendGrid.queued).to.have.length(accepted);
  });

  describe('while people steer it', () => {
    it('can be paused and go on; both stand in the register', async () => {
      const place = await started(crowd(3));
      good(await pauseDispatch(house, cast.responder, place));
      expect(good(await send(place))).to.deep.equal({ again: false });
      expect(sendGrid.calls).to.equal(0);
      expect(refused(await pauseDispatch(house, cast.responder, place))).to.deep.include({
        key: 'dispatch.paused',
      });
      good(await resumeDispatch(house, cast.responder, place));
      good(await send(place));
      expect(await some(place)).to.deep.equal({ accepted: 3 });
      const types = ['dispatch-paused', 'dispatch-resumed'];
      expect((await entries(place, types)).map(({ type }) => type)).to.deep.equal(types);
    });

    it('can be stopped for good, with a reason', async () => {
      const place = await started(crowd(3));
      expect(refused(await stopDispatch(house, cast.responder, { ...place, reason: ' ' })).kind).to.equal(
        'invalid-input',
      );
      good(await stopDispatch(house, cast.responder, { ...place, reason: 'The wrong list.' }));
      good(await send(place));
      expect(await some(place)).to.deep.equal({ waiting: 3 });
      expect(refused(await resumeDispatch(house, cast.responder, place))).to.deep.include({
        key: 'dispatch.stopped',
      });
      expect(await entries(place, ['dispatch-stopped'])).to.have.length(1);
    });

    it('leaves at the pace that was set, whoever sends', async () => {
      const place = await started(crowd(200));
      good(await paceDispatch(house, cast.responder, { ...place, perMinute: 3000 }));
      await Promise.all([send(place, 'one'), send(place, 'two')]);
      expect(sendGrid.queued).to.have.length(50);
      at.clock.advance({ seconds: 1 });
      good(await send(place, 'two'));
      expect(sendGrid.queued).to.have.length(100);
      good(await paceDispatch(house, cast.responder, { ...place, perMinute: null }));
      good(await send(place));
      expect(await some(place)).to.deep.equal({ accepted: 200 });
      const faulty = await paceDispatch(house, cast.responder, { ...place, perMinute: 0 });
      expect(refused(faulty).kind).to.equal('invalid-input');
    });

    it('is steered by nobody who may not send', async () => {
      const place = await started(crowd(1));
      const reader = await shop.hire('reader');
      for (const done of [
        await pauseDispatch(house, reader, place),
        await resumeDispatch(house, reader, place),
        await stopDispatch(house, reader, { ...place, reason: 'no' }),
        await paceDispatch(house, reader, { ...place, perMinute: 5 }),
      ])
        expect(refused(done).kind).to.equal('not-allowed');
    });
  });

  it('stops by itself when a text was changed after the approval', async () => {
    const place = await started(crowd(3));
    const hash = (await noticeOf(place)).approved?.seal.texts['de']?.html ?? '';
    const seen = (await house.texts.get([hash])).get(hash) ?? '';
    const bent: House = {
      ...house,
      texts: {
        ...house.texts,
        get: async (hashes) =>
          new Map(
            [...(await house.texts.get(hashes))].map(([name, text]) => [
              name,
              name === hash ? `${seen} ` : text,
            ]),
          ),
      },
    };
    const sent = await dispatchLetters(bent, shop.organisation, place.incident, place.notice);
    expect(refused(sent)).to.deep.include({ kind: 'seal-broken', part: 'text' });
    expect(sendGrid.calls).to.equal(0);
    expect((await noticeOf(place)).dispatch?.paused?.why).to.equal('seal');
  });

  it('waits and asks when more than one in twenty of the first thousand comes back', async () => {
    const place = await started(crowd(3000));
    good(await paceDispatch(house, cast.responder, { ...place, perMinute: 60_000 }));
    good(await send(place));
    expect(sendGrid.queued).to.have.length(1000);
    const bounces = (from: number, to: number) =>
      sendGrid.queued.slice(from, to).map((queued) => sendGrid.event(queued, 'bounce', { type: 'bounce' }));
    await takeReceipts(house, receiptsIn(bounces(0, 50)) ?? []);
    expect((await noticeOf(place)).dispatch?.paused).to.equal(undefined);
    await takeReceipts(house, receiptsIn(bounces(50, 51)) ?? []);
    expect((await noticeOf(place)).dispatch?.paused?.why).to.equal('bounces');
    at.clock.advance({ seconds: 1 });
    good(await send(place));
    expect(sendGrid.queued).to.have.length(1000);
    good(await resumeDispatch(house, cast.responder, place));
    good(await send(place));
    expect(sendGrid.queued).to.have.length(2000);
  });
});
