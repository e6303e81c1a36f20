import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { attachEvidence } from '../../src/application/evidence/attach.ts';
import { addNote } from '../../src/application/incident/notes.ts';
import { sendBackNotice } from '../../src/application/notice/decide.ts';
import { copyToMe } from '../../src/application/notice/copy-to-me.ts';
import { submitNotice } from '../../src/application/notice/write.ts';
import { addressLetter } from '../../src/application/people/address-letter.ts';
import { correctAddress } from '../../src/application/people/correct-address.ts';
import { lettersPosted, printLetters } from '../../src/application/people/on-paper.ts';
import { settlePerson, type SettlingForm } from '../../src/application/people/settle-person.ts';
import { startDispatch } from '../../src/application/people/dispatch.ts';
import { viewLetter } from '../../src/application/people/view-letter.ts';
import { viewNotice } from '../../src/application/notice/view-notice.ts';
import { viewPeople } from '../../src/application/people/view-people.ts';
import { approveLetterTo, type LetterPlace } from '../support/approved-letter.ts';
import { good } from '../support/breach.ts';
import { until, withHouse } from '../support/house.ts';
import { openShop } from '../support/shop.ts';
import { begin } from './breach.ts';

/** Words that stand nowhere but in what belongs to people affected. */
const NAMES = [
  'Quastenflosser',
  'Żółwiński',
  'Zwerchgasse',
  'quastenmail',
  'zwerchpost',
  'Fagottnotiz',
  'Oboenbeleg',
];

const PEOPLE = [
  { name: 'Hedwig Quastenflosser', email: 'hedwig@quastenmail.example', language: 'de', country: 'AT' },
  { name: 'Łucja Żółwiński', email: '', language: 'de', postal: 'Zwerchgasse 77\n1010 Wien' },
  {
    name: 'Tom Quastenflosser',
    email: 'tom@zwerchpost.example',
    language: 'en',
    postal: 'Zwerchgasse 78, York',
  },
  { name: 'Ida Quastenflosser', email: 'ida@quastenmail.example', language: 'de', country: 'DE' },
];

describe('After a breach was told to its last person', function () {
  this.timeout(300_000);
  const opened = withHouse();
  let place: LetterPlace;

  before(async () => {
    const { house } = opened().open;
    const shop = await openShop(house);
    const responder = await shop.hire('responder');
    const legal = await shop.hire('legal');
    place = await approveLetterTo(house, { responder, legal }, PEOPLE);
    const { incident } = place;
    let key = 0;
    const record = async (form: Omit<SettlingForm, 'incident' | 'notice' | 'batch'>): Promise<void> => {
      const done = await settlePerson(house, legal, { ...place, batch: 0, ...form }, `settle-${(key += 1)}`);
      good(done);
    };
    good(await addNote(house, responder, { incident, text: 'Fagottnotiz: Hedwig Quastenflosser rang.' }));
    const content = (async function* () {
      yield await Promise.resolve(Buffer.from('Oboenbeleg;Hedwig Quastenflosser;hedwig@quastenmail.example'));
    })();
    good(
      await attachEvidence(house, responder, { incident, name: 'Oboenbeleg Quastenflosser.csv', content }),
    );
    // A second letter is begun, handed in, sent back with names in the reason, and people are listed twice on it.
    const other = await begin(house, responder, incident, 'authority');
    const back = { incident, notice: other, reason: 'Fagottnotiz: leave Quastenflosser out.' };
    if ((await submitNotice(house, responder, { incident, notice: other })).ok)
      good(await sendBackNotice(house, legal, back));
    const second = await begin(house, responder, incident, 'letter');
    good(await addressLetter(house, responder, { incident, notice: second, people: PEOPLE }));
    good(await addressLetter(house, responder, { incident, notice: second, people: PEOPLE.slice(1) }));
    // Told: by telephone, by mail, by mail that comes back and then by paper, and by nothing that reaches her.
    await record({ kind: 'told', channel: 'telephone', position: 0, note: 'Fagottnotiz: she cried.' });
    good(await startDispatch(house, responder, place));
    const standing = async (): Promise<string> =>
      good(await viewPeople(house, legal, place))
        .map(({ state }) => state)
        .join();
    await until('the mails are out', async () => (await standing()) === 'told,no-mail,accepted,accepted');
    await record({ kind: 'bounced', position: 2 });
    const right = {
      ...place,
      batch: 0,
      position: 2,
      email: 'neu@zwerchpost.example',
      postal: 'Zwerchgasse 79, York',
    };
    good(await correctAddress(house, legal, right, 'right'));
    for (const paper of ['a4', 'letter']) good(await printLetters(house, legal, { ...place, paper }));
    good(await lettersPosted(house, legal, { ...place, people: ['0/1', '0/2'] }, 'posted'));
    for (const position of [0, 1]) good(await viewLetter(house, legal, { ...place, batch: 0, position }));
    good(await copyToMe(house, legal, { ...place, locale: 'de', place: 'AT' }));
    expect(good(await viewNotice(house, legal, incident, place.notice)).notice.state).to.equal('told');
  });

  it('no collection of the store has a name, an address or a note of theirs in clear', async () => {
    const { mongo } = opened().open;
    const collections = await mongo.connection.listCollections();
    expect(collections.length).to.be.above(12);
    const found: string[] = [];
    let seen = '';
    for (const { name } of collections) {
      const stored = mongo.connection.collection(name).find({}, { raw: true } as object);
      for await (const bytes of stored as unknown as AsyncIterable<Buffer>) {
        seen += bytes.toString('latin1');
        found.push(...tracesIn(bytes).map((trace) => `${name}: ${trace}`));
      }
    }
    expect(seen, 'the dump must see what lies in the clear')
      .to.contain('INC-2026-0001')
      .and.to.contain('Linden');
    expect(found).to.deep.equal([]);
  });

  it('no file of the data folder has, but the letters that lie in the outbox to be sent', async () => {
    const { folder } = opened();
    const found: string[] = [];
    const letters: string[] = [];
    for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const path = join(file.parentPath, file.name);
      const traces = tracesIn(await readFile(path));
      const inside = relative(folder, path);
      (inside.startsWith(join('outbox', 'letters')) ? letters : found).push(
        ...traces.map((one) => `${inside}: ${one}`),
      );
    }
    expect(letters, 'a letter that was sent as a file names its reader').not.to.deep.equal([]);
    expect(found).to.deep.equal([]);
  });

  it('the search would find them, however they were written', () => {
    const text = 'x,Hedwig Quastenflosser,y';
    const written = [
      Buffer.from(text),
      Buffer.from(text.toUpperCase()),
      Buffer.from(text, 'utf16le'),
      Buffer.from(Buffer.from(text).toString('hex')),
      ...['', 'a', 'ab', 'abc'].map((before) => Buffer.from(Buffer.from(before + text).toString('base64'))),
    ];
    expect(written.map((bytes) => tracesIn(bytes).length > 0)).to.deep.equal(written.map(() => true));
    expect(tracesIn(Buffer.from('Hedwig'))).to.deep.equal([]);
  });

  it('no fault that a job reported names them', () => {
    expect(tracesIn(Buffer.from(opened().faults.join('\n')))).to.deep.equal([]);
    expect(opened().faults).to.deep.equal([]);
  });
});

/** The words that can be read in these bytes, in any of the ways in which text lies about. */
function tracesIn(bytes: Buffer): readonly string[] {
  return NAMES.flatMap((name) =>
    Object.entries(spellingsOf(name)).flatMap(([way, spellings]) =>
      spellings.some((spelling) => bytes.includes(spelling)) ? [`${name} (${way})`] : [],
    ),
  );
}

const spelled = new Map<string, Readonly<Record<string, readonly Buffer[]>>>();

function spellingsOf(name: string): Readonly<Record<string, readonly Buffer[]>> {
  const known = spelled.get(name);
  if (known) return known;
  const utf8 = Buffer.from(name, 'utf8');
  const cases = [name, name.toLowerCase(), name.toUpperCase()];
  const made = {
    plain: cases.map((word) => Buffer.from(word, 'utf8')),
    latin1: [Buffer.from(name, 'latin1')],
    utf16: [Buffer.from(name, 'utf16le'), Buffer.from(name, 'utf16le').swap16()],
    hex: [Buffer.from(utf8.toString('hex'))],
    percent: [Buffer.from(encodeURIComponent(name))],
    quoted: [
      Buffer.from(name.replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)),
    ],
    // Base64 looks different by where in it a word begins; first and last digits depend on the neighbours.
    base64: [0, 1, 2].map((before) =>
      Buffer.from(
        Buffer.concat([Buffer.alloc(before), utf8])
          .toString('base64')
          .replace(/=+$/, '')
          .slice(before === 0 ? 0 : before + 1, -1),
      ),
    ),
  };
  spelled.set(name, made);
  return made;
}
