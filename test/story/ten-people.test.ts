import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { SMTPServer } from 'smtp-server';
import { createSmtpLetterPost } from '../../src/adapters/mail/letters-by-smtp.ts';
import { reconcile } from '../../src/application/clock/reconcile.ts';
import { logIncident } from '../../src/application/incident/log-incident.ts';
import { approveNotice } from '../../src/application/notice/decide.ts';
import { viewNotice } from '../../src/application/notice/view-notice.ts';
import { submitNotice } from '../../src/application/notice/write.ts';
import { addressLetter, type Row } from '../../src/application/people/address-letter.ts';
import { correctAddress } from '../../src/application/people/correct-address.ts';
import { dispatchLetters, startDispatch } from '../../src/application/people/dispatch.ts';
import { lettersPosted, printLetters } from '../../src/application/people/on-paper.ts';
import { settlePerson, type SettlingForm } from '../../src/application/people/settle-person.ts';
import { viewPeople } from '../../src/application/people/view-people.ts';
import type { House } from '../../src/application/ports/house.ts';
import type { LetterPost } from '../../src/application/ports/post.ts';
import { verifyRegister } from '../../src/application/register/verify-register.ts';
import type { Actor } from '../../src/domain/access/roles.ts';
import { FRIDAY, good, refused } from '../support/breach.ts';
import { openShop, PASSWORD, SUPPLIER_BREACH, withShopHouse, type Shop } from '../support/shop.ts';
import { begin, findOut, sealShown, write } from './breach.ts';

const MARIA: Row = { name: 'Maria', email: 'maria@person.example', language: 'de', country: 'DE' };
const JAN: Row = { name: 'Jan', email: '', language: 'de', postal: 'Lindenweg 7, 10115 Berlin' };
const TOM: Row = {
  name: 'Tom',
  email: 'tom@person.example',
  language: 'en',
  postal: 'Hill Road 2\nYork\nYO1 7HH',
};

interface Place {
  readonly incident: string;
  readonly notice: string;
}

describe('Rule 11: small first', function () {
  this.timeout(60_000);
  const at = withShopHouse();
  let shop: Shop;
  let responder: Actor;
  let legal: Actor;
  let keys = 0;

  before(async () => {
    shop = await openShop(at.house);
    responder = await shop.hire('responder');
    legal = await shop.hire('legal');
  });

  /** A letter of the parcel service's breach, approved, with these people on it. */
  async function approvedLetter(people: readonly Row[]): Promise<Place> {
    const { house } = at;
    const incident = good(await logIncident(house, responder, SUPPLIER_BREACH)).id;
    await findOut(house, responder, legal, incident);
    const notice = await begin(house, responder, incident, 'letter');
    good(await addressLetter(house, responder, { incident, notice, people }));
    await write(house, responder, incident, notice);
    good(await submitNotice(house, responder, { incident, notice }));
    const seal = await sealShown(house, legal, incident, notice);
    good(await approveNotice(house, legal, { incident, notice, seal, password: PASSWORD }));
    return { incident, notice };
  }

  const record = (form: Omit<SettlingForm, 'batch'>, actor = responder) =>
    settlePerson(at.house, actor, { batch: 0, ...form }, `key-${(keys += 1)}`);
  const states = async (place: Place) =>
    good(await viewPeople(at.house, legal, place)).map(({ state }) => state);
  const view = async ({ incident, notice }: Place) =>
    good(await viewNotice(at.house, responder, incident, notice));
  const stateOf = async (place: Place) => (await view(place)).notice.state;
  const entriesOf = ({ incident }: Place, types?: readonly string[]) =>
    at.house.register.read(shop.organisation, `incident:${incident}`, types);
  const dispatch = async (house: House, { incident, notice }: Place) =>
    good(await dispatchLetters(house, shop.organisation, incident, notice));
  /** The same house with another way for letters to leave. */
  const posting = (letterPost: LetterPost): House => ({ ...at.house, letterPost });
  const answering = (deliver: LetterPost['deliver']): House => posting({ exact: false, deliver });

  it('three people: two by telephone, one by letter; then everybody is told, and no mail was sent', async () => {
    const place = await approvedLetter([MARIA, JAN, TOM]);
    const call = { ...place, kind: 'told', channel: 'telephone' };
    good(await record({ ...call, position: 0, note: 'She will watch out.' }));
    good(await record({ ...call, position: 2 }));
    expect(await states(place)).to.deep.equal(['told', 'no-mail', 'told']);
    const { pdf, count } = good(await printLetters(at.house, legal, { ...place, paper: 'a4' }));
    expect(count).to.equal(1);
    expect(Buffer.from(pdf).subarray(0, 5).toString()).to.equal('%PDF-');
    expect(await stateOf(place)).to.equal('approved');
    good(await lettersPosted(at.house, legal, { ...place, people: ['0/1'] }, 'posted-1'));
    expect(await states(place)).to.deep.equal(['told', 'told', 'told']);
    expect(await stateOf(place)).to.equal('told');
    const { obligations } = await view(place);
    expect(obligations.map(({ obligation }) => obligation.met?.notice)).to.deep.equal([place.notice]);
  });

  it('who was told by telephone gets no mail when the others get theirs', async () => {
    const place = await approvedLetter([MARIA, { ...TOM, postal: '' }]);
    good(await record({ ...place, position: 0, kind: 'told', channel: 'in-person' }));
    good(await startDispatch(at.house, responder, place));
    await dispatch(at.house, place);
    expect(await states(place)).to.deep.equal(['told', 'accepted']);
    expect(await stateOf(place)).to.equal('told');
  });

  it('a repeat records nothing twice, and who was told cannot be told again', async () => {
    const place = await approvedLetter([MARIA, JAN]);
    const call = { ...place, batch: 0, position: 0, kind: 'told', channel: 'telephone' };
    good(await settlePerson(at.house, responder, call, 'twice'));
    good(await settlePerson(at.house, responder, call, 'twice'));
    expect(await entriesOf(place, ['person-told'])).to.have.length(1);
    const again = await settlePerson(at.house, responder, call, 'anew');
    expect(refused(again)).to.deep.include({ key: 'letter.told' });
  });

  it('a telling before the approval, in the future, or of nobody is refused, and moves nobody', async () => {
    const place = await approvedLetter([MARIA]);
    const told = { ...place, position: 0, kind: 'told', channel: 'telephone' };
    for (const [moment, key] of [
      [FRIDAY.subtract({ hours: 2 }), 'telling.before-approval'],
      [FRIDAY.add({ hours: 200 }), 'moment.in-future'],
    ] as const) {
      const error = refused(await record({ ...told, at: moment.toString() }));
      expect(error).to.have.nested.property('problems[0].key', key);
    }
    expect(refused(await record({ ...told, position: 5 })).kind).to.equal('not-found');
    expect(refused(await record({ ...told, kind: 'forgotten' })).kind).to.equal('invalid-input');
    expect(await states(place)).to.deep.equal(['waiting']);
  });

  it('that nobody can reach a person is decided by who decides duties, with a reason', async () => {
    const place = await approvedLetter([MARIA]);
    const form = {
      ...place,
      position: 0,
      kind: 'given-up',
      note: 'The address is a parcel shop that closed.',
    };
    expect(refused(await record(form)).kind).to.equal('not-allowed');
    expect(refused(await record({ ...form, note: '' }, legal)).kind).to.equal('invalid-input');
    good(await record(form, legal));
    expect(await stateOf(place)).to.equal('told');
  });

  it('what a process recorded that died before the register had it is there after reconciling, once', async () => {
    const place = await approvedLetter([MARIA, JAN]);
    const { list } = (await view(place)).notice;
    const settling = {
      id: 'died-in-between',
      kind: 'told',
      batch: 0,
      position: 0,
      at: at.clock.now(),
      by: responder.user,
      channel: 'telephone',
    } as const;
    const move = { from: ['waiting'], to: 'told' } as const;
    await at.house.lists.settle(shop.organisation, list?.id ?? '', settling, move);
    expect(await entriesOf(place, ['person-told'])).to.have.length(0);
    await reconcile(at.house);
    await reconcile(at.house);
    expect(await entriesOf(place, ['person-told'])).to.have.length(1);
  });

  describe('ten people by mail, of whom one is refused and one comes back', () => {
    let server: SMTPServer;
    let post: ReturnType<typeof createSmtpLetterPost>;
    let place: Place;
    const taken: string[] = [];
    const ten: readonly Row[] = Array.from({ length: 10 }, (_, index) => ({
      name: `Person ${index}`,
      email: `p${index}@person.example`,
      language: 'en',
      ...(index === 4 || index === 7 ? { postal: `Street ${index}, 10115 Berlin` } : {}),
    }));
    const noBox = Object.assign(new Error('no such box'), { responseCode: 550 });

    before(async () => {
      server = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS', 'AUTH'],
        onRcptTo: ({ address }, _session, done) => done(address.startsWith('p4@') ? noBox : null),
        onData: (stream, { envelope }, done) => {
          stream.resume().on('end', () => {
            taken.push(...envelope.rcptTo.map(({ address }) => address));
            done();
          });
        },
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.server.address() as AddressInfo;
      post = createSmtpLetterPost({ url: `smtp://127.0.0.1:${port}`, clock: at.clock });
      place = await approvedLetter(ten);
    });
    after(async () => {
      await new Promise<void>((resolve) => server.close(resolve));
    });

    it('nine are handed over, each once, and the refused one is shown', async () => {
      const house = posting(post);
      good(await startDispatch(house, responder, place));
      await dispatch(house, place);
      await dispatch(house, place);
      const nine = ten.map(({ email }) => email).filter((email) => email !== 'p4@person.example');
      expect(taken.sort()).to.deep.equal(nine);
      expect((await states(place))[4]).to.equal('refused');
      expect(await stateOf(place)).to.equal('sending');
    });

    it('the one that came back is recorded by a person; both become printed letters, and all are told', async () => {
      good(await record({ ...place, position: 7, kind: 'bounced' }));
      const { count } = good(await printLetters(at.house, legal, { ...place, paper: 'letter' }));
      expect(count).to.equal(2);
      good(await lettersPosted(at.house, legal, { ...place, people: ['0/4', '0/7'] }, 'posted-2'));
      expect(await stateOf(place)).to.equal('told');
      expect(taken).to.have.length(9);
    });

    it('leaves a register that verifies and names no one', async () => {
      expect(await verifyRegister(at.house, shop.organisation)).to.deep.include({ ok: true, flaws: [] });
      expect(JSON.stringify(await entriesOf(place))).not.to.match(/person\.example|Person \d|Street/);
    });
  });

  describe('a mail service that is not there, or is cut off in the middle', () => {
    it('takes nothing: the letters wait, and go when it is back', async () => {
      const place = await approvedLetter([MARIA, TOM]);
      let calls = 0;
      const away = answering(() => {
        calls += 1;
        return Promise.resolve('later');
      });
      good(await startDispatch(away, responder, place));
      expect((await dispatch(away, place)).again).to.equal(true);
      expect(calls, 'each is tried once: that one is turned away says nothing of the other').to.equal(2);
      await dispatch(
        answering(() => Promise.resolve('accepted')),
        place,
      );
      expect(await stateOf(place)).to.equal('told');
    });

    it('takes all but one, whose mailbox is full: nobody waits behind it', async () => {
      const place = await approvedLetter([MARIA, TOM, { ...TOM, email: 'ann@person.example' }]);
      const full = answering(({ to }) => Promise.resolve(to.name === 'Maria' ? 'later' : 'accepted'));
      good(await startDispatch(full, responder, place));
      expect((await dispatch(full, place)).again).to.equal(true);
      expect((await dispatch(full, place)).again).to.equal(true);
      expect(await states(place)).to.deep.equal(['failed', 'accepted', 'accepted']);
    });

    it('leaves a letter in doubt, which is never sent again by itself; a person decides', async () => {
      const place = await approvedLetter([MARIA]);
      let calls = 0;
      const cut = answering(() => {
        calls += 1;
        return Promise.resolve('uncertain');
      });
      good(await startDispatch(cut, responder, place));
      for (let run = 0; run < 3; run += 1) await dispatch(cut, place);
      expect(calls).to.equal(1);
      expect(await states(place)).to.deep.equal(['uncertain']);
      good(await record({ ...place, position: 0, kind: 'again' }));
      await dispatch(
        answering(() => Promise.resolve('accepted')),
        place,
      );
      expect(await states(place)).to.deep.equal(['accepted']);
    });

    it('a call whose process died becomes doubtful after a minute, not before', async () => {
      const place = await approvedLetter([MARIA]);
      const dying = answering(() => Promise.reject(new Error('the process died here')));
      good(await startDispatch(dying, responder, place));
      await dispatch(dying, place).catch(() => undefined);
      const next = answering(() => Promise.resolve('accepted'));
      await dispatch(next, place);
      expect(await states(place)).to.deep.equal(['sending']);
      at.clock.advance({ seconds: 61 });
      await dispatch(next, place);
      expect(await states(place)).to.deep.equal(['uncertain']);
    });
  });

  it('a corrected address voids no approval, and the letter goes there', async () => {
    const sent: string[] = [];
    const house = answering(({ to }) => {
      sent.push(to.email);
      return Promise.resolve(to.email.startsWith('wrong') ? 'refused' : 'accepted');
    });
    const place = await approvedLetter([{ ...MARIA, email: 'wrong@person.example' }]);
    good(await startDispatch(house, responder, place));
    await dispatch(house, place);
    const right = { ...place, batch: 0, position: 0, email: 'right@person.example', postal: '' };
    good(await correctAddress(house, legal, right, 'corrected'));
    good(await record({ ...place, position: 0, kind: 'again' }));
    await dispatch(house, place);
    expect(sent).to.deep.equal(['wrong@person.example', 'right@person.example']);
    expect(await stateOf(place)).to.equal('told');
  });

  it('the printed letters open elsewhere: text readable, the address in the window', async function () {
    const place = await approvedLetter([JAN, { ...JAN, name: 'Łucja Żółć' }]);
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-paper-'));
    try {
      for (const [paper, window] of Object.entries(WINDOWS)) {
        const { pdf } = good(await printLetters(at.house, legal, { ...place, paper }));
        const file = join(folder, `${paper}.pdf`);
        await writeFile(file, pdf);
        const seen = pdftotext(file, window);
        if (seen === null) {
          console.log('      note: pdftotext is not installed, so no other reader opened the letters');
          this.skip();
        }
        expect(seen.replace(/\s+/g, ' ')).to.contain('Jan Lindenweg 7 10115 Berlin');
        expect(pdftotext(file)).to.contain('Łucja Żółć').and.to.contain('Was ist passiert?');
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Windows of the usual envelopes, in points of the sheet: DIN 5008 form B, US #10. */
const WINDOWS: Readonly<Record<string, Box>> = {
  a4: { left: 57, top: 128, width: 241, height: 127 },
  letter: { left: 63, top: 144, width: 324, height: 81 },
};

/** What another reader finds, on the first page within a box or everywhere; null where there is no other reader. */
function pdftotext(file: string, box?: Box): string | null {
  const within = box
    ? [
        '-f',
        '1',
        '-l',
        '1',
        '-r',
        '72',
        '-x',
        box.left,
        '-y',
        box.top,
        '-W',
        box.width,
        '-H',
        box.height,
      ].map(String)
    : [];
  try {
    return execFileSync('pdftotext', [...within, file, '-'], { encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
