import { expect } from 'chai';
import { sweepListUploads } from '../../../src/application/people/sweep-list-uploads.ts';
import type { Mongo } from '../../../src/adapters/mongo/index.ts';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { emptyLetter } from './letters.ts';
import { joinAs, PASSWORD, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

interface Raw {
  find(filter: object, options: object): AsyncIterable<Buffer>;
}

const text = (answer: Answer): string => load(answer.body).text;

const LIST = [
  'E-Mail;Vorname;Nachname;Straße;PLZ;Ort;Land;Sprache;Schuhgröße',
  'maria@quasten.example;Maria;Quastenflosser;Lindenweg 1;1010;Wien;Österreich;;38',
  'MARIA@Quasten.example ;Maria;Noch einmal;;;;;;',
  'tom@quasten.example;Tom;=1+1;;;;GB;;',
  'niemand;Nie;Mand;;;;DE;;',
  ';Jan;Papier;Weg 5;10115;Berlin;Deutschland;pl;',
  ';Ohne;Adresse;;;;;;',
  '',
].join('\r\n');

describe('A list from a file, over HTTP', function () {
  this.timeout(90_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let sam: Person;
  let mara: Person;
  let letter = '';
  let page = '';

  before(async () => {
    await setUpFirst(ada, served);
    mara = await joinAs(ada, served, 'Mara', 'legal');
    sam = await joinAs(ada, served, 'Sam', 'responder');
    letter = await emptyLetter(ada);
    page = `${letter}/people/import`;
  });

  afterEach('no request ended in a fault', () => {
    expect(served.logged).to.deep.equal([]);
  });

  async function send(person: Person, content: string | Uint8Array<ArrayBuffer>): Promise<Answer> {
    const form = load((await person.open(page)).body).form('/import');
    const body = new FormData();
    for (const [name, value] of Object.entries(form?.fields ?? {}))
      if (name !== 'file') body.append(name, String(value));
    body.append('file', new Blob([content]), 'customers.csv');
    return person.request(page, { method: 'POST', body });
  }

  /** @returns the path of what was found in it */
  async function look(content: string, person = sam): Promise<string> {
    return taken(await send(person, content)).location ?? '';
  }

  async function accept(check: string, fields: Record<string, string> = {}): Promise<Answer> {
    return sam.submit(await sam.open(check), '/accept', fields);
  }

  async function onLetter(): Promise<readonly string[]> {
    const [, , incident = '', , notice = ''] = letter.split('/');
    const { house } = served;
    const [organisation] = await house.organisations.all();
    const found = await house.incidents.byId(organisation?.id ?? '', incident);
    const list = found?.notices.find(({ id }) => id === notice)?.list;
    if (!list) return [];
    const head = await house.lists.head(organisation?.id ?? '', list.id);
    expect(head?.count).to.equal(list.count);
    const batches = await Promise.all(
      (head?.batches ?? []).map((_, batch) => house.lists.open(organisation?.id ?? '', list.id, batch)),
    );
    return batches.flat().map(({ name, email }) => `${name} <${email}>`);
  }

  /** What lies in the store now, past the suite's watch over indexes. */
  async function atRest<T>(look: (mongo: Mongo) => Promise<T>): Promise<T> {
    const mongo = await served.atRest();
    try {
      return await look(mongo);
    } finally {
      await mongo.close();
    }
  }

  /** Every byte of every collection, as text, in the encodings in which a name could be read. */
  const dump = (): Promise<string> =>
    atRest(async ({ models }) => {
      const parts: string[] = [];
      for (const { collection } of Object.values(models) as unknown as { collection: Raw }[])
        for await (const bytes of collection.find({}, { raw: true }))
          parts.push(bytes.toString('latin1'), bytes.toString('utf16le'));
      return parts.join('\n');
    });

  /** Pieces of this upload, or of all. */
  const piecesOf = (check?: string): Promise<number> =>
    atRest(({ models }) =>
      models.listPieces.countDocuments(check === undefined ? {} : { upload: check.split('/').at(-1) ?? '' }),
    );

  it('is offered on the letter, and says what is needed', async () => {
    expect(load((await sam.open(letter)).body).links).to.include(page);
    expect(text(await sam.open(page))).to.contain('Needed is an e-mail address, or street and city');
  });

  it('shows what is in it, with reasons and examples, before anybody is on the letter', async () => {
    const check = await look(LIST);
    const shown = text(await sam.open(check));
    for (const words of [
      'Nothing of it is on the letter yet.',
      '6 rows',
      '3 people for the letter',
      '1 duplicates',
      '1 no e-mail address',
      '1 no way to reach them',
      'Schuhgröße',
      'Put 3 people on the letter',
    ])
      expect(shown).to.contain(words);
    expect(await onLetter()).to.deep.equal([]);
    expect(await dump()).not.to.match(/quasten|maria|papier|schuhgr/i);
  });

  it('shows it to nobody else, and to nobody after an hour; the key is gone then, and at the next sweep all of it', async () => {
    const check = await look(LIST);
    expect((await mara.get(check)).status).to.equal(404);
    served.pass({ minutes: 59 });
    expect((await sam.get(check)).status).to.equal(200);
    served.pass({ minutes: 1 });
    expect((await sam.get(check)).status).to.equal(404);
    expect((await sam.get(`${check}/rejects.csv`)).status).to.equal(404);
    const [organisation] = await served.house.organisations.all();
    await sweepListUploads(served.house, organisation?.id ?? '');
    expect(await piecesOf()).to.equal(0);
    const keys = await atRest(({ models }) => models.listUploads.find({}, { key: 1 }).lean());
    expect(keys.filter(({ key }) => key)).to.deep.equal([]);
    served.pass({ minutes: 15 });
    await sweepListUploads(served.house, organisation?.id ?? '');
    expect(await atRest(({ models }) => models.listUploads.countDocuments({}))).to.equal(0);
  });

  it('destroys what is refused, at once', async () => {
    const check = await look(LIST);
    const refused = taken(await sam.submit(await sam.open(check), '/refuse', {}));
    expect(text(await sam.open(refused.location ?? ''))).to.contain('The list is destroyed.');
    expect(await piecesOf(check)).to.equal(0);
    expect((await sam.get(check)).status).to.equal(404);
    expect(await onLetter()).to.deep.equal([]);
  });

  it('says of what is no list why, and keeps nothing of it', async () => {
    for (const [content, words] of [
      ['', 'nothing in this file'],
      ['%PDF-1.7 and so on', 'neither text nor a spreadsheet'],
    ] as const) {
      const refused = await send(sam, content);
      expect(refused.status).to.equal(422);
      expect(text(refused)).to.contain(words);
    }
    expect(await piecesOf()).to.equal(0);
  });

  it('gives the rows that are not taken, with reasons, and none of them runs as a formula', async () => {
    const check = await look(`${LIST}=SUM(1);x\r\n`);
    const file = await sam.get(`${check}/rejects.csv`);
    expect(file.headers.get('content-disposition')).to.contain('not-taken.csv');
    expect(file.body.split('\r\n')).to.deep.equal([
      'Row,Why it was not taken,E-Mail,Vorname,Nachname,Straße,PLZ,Ort,Land,Sprache,Schuhgröße',
      '2,duplicate,"MARIA@Quasten.example ",Maria,Noch einmal,,,,,,',
      '4,no e-mail address,niemand,Nie,Mand,,,,DE,,',
      '6,no way to reach them,,Ohne,Adresse,,,,,,',
      '7,another number of fields,"\'=SUM(1)",x',
      '',
    ]);
  });

  it('reads the list again as a person says, and takes nothing over that was shown otherwise', async () => {
    const check = await look('Kontakt;Wer\nann@quasten.example;Ann\nbob@quasten.example;Bob\n');
    const before = await sam.open(check);
    expect(text(before)).to.contain('No column was recognised');
    expect(load(before.body).form('/accept')).to.equal(undefined);
    taken(await sam.submit(before, '/read', { 'column-0': 'email', 'column-1': 'name' }));
    const after = await sam.open(check);
    expect(text(after)).to.contain('2 people for the letter');
    taken(await sam.submit(after, '/read', { 'column-1': '' }));
    const stale = await sam.submit(after, '/accept', {});
    expect(stale.status).to.equal(409);
    expect(text(stale)).to.contain('was changed in the meantime');
    expect(await onLetter()).to.deep.equal([]);
  });

  it('puts people on the letter once, however often the button is pressed, and destroys the file', async () => {
    const check = await look(LIST);
    const shown = await sam.open(check);
    const answers = await Promise.all([1, 2, 3].map(() => sam.submit(shown, '/accept', {})));
    answers.push(await sam.submit(shown, '/accept', {}));
    for (const answer of answers) expect(taken(answer).location).to.contain('#people');
    expect(await onLetter()).to.deep.equal([
      'Maria Quastenflosser <maria@quasten.example>',
      'Tom =1+1 <tom@quasten.example>',
      'Jan Papier <>',
    ]);
    expect(await piecesOf(check)).to.equal(0);
    expect(await atRest(({ models }) => models.lists.countDocuments({}))).to.equal(1);
    expect(await atRest(({ models }) => models.batches.countDocuments({}))).to.equal(1);
    const seen = text(await sam.open(letter));
    expect(seen).to.contain('3 people');
  });

  it('adds another list to it; who is on the letter already is a duplicate', async () => {
    const check = await look('email,name\nTOM@quasten.example,Tom again\nzoe@quasten.example,Zoë\n');
    taken(await accept(check, { mode: 'add' }));
    expect(await onLetter()).to.deep.equal([
      'Maria Quastenflosser <maria@quasten.example>',
      'Tom =1+1 <tom@quasten.example>',
      'Jan Papier <>',
      'Zoë <zoe@quasten.example>',
    ]);
  });

  it('puts nobody on it who was told otherwise, also where a list takes the place of another', async () => {
    const form = load((await ada.open(letter)).body).form('/draft');
    const words = Object.keys(form?.fields ?? {})
      .filter((name) => name.startsWith('content.'))
      .map((name) => [name, form?.fields[name] === '' ? 'What we know of it.' : String(form?.fields[name])]);
    const draft = Object.fromEntries(words) as Record<string, string>;
    taken(await ada.submit(await ada.open(letter), '/draft', draft));
    taken(await ada.submit(await ada.open(letter), '/submit', {}));
    taken(await mara.submit(await mara.open(letter), '/approve', { password: PASSWORD }));
    const told = { 'channel-0-1': 'telephone' };
    taken(await mara.submit(await mara.open(`${letter}/people`), '/people/0/1', told));
    const check = await look('email,name\ntom@quasten.example,Tom\nnew@quasten.example,New\n');
    expect(text(await sam.open(check))).to.contain('Other people make an approval void.');
    taken(await accept(check, { mode: 'replace' }));
    expect(await onLetter()).to.deep.equal(['New <new@quasten.example>']);
  });

  it('sweeps what a process left that died while it took a list over', async () => {
    const [, , incident = '', , notice = ''] = letter.split('/');
    const { house } = served;
    const [organisation] = await house.organisations.all();
    const of = organisation?.id ?? '';
    const upload = (await look(LIST)).split('/').at(-1) ?? '';
    const left = { id: 'left-behind', organisation: of, incident, notice, at: served.now() };
    await house.listUploads.takingOver(of, upload, left.id);
    await house.lists.create(left, [{ name: 'Left', email: 'left@quasten.example' }]);
    served.pass({ minutes: 76 });
    await sweepListUploads(house, of);
    expect(await house.lists.head(of, left.id)).to.equal(null);
    expect(await atRest(({ models }) => models.batches.countDocuments({ list: left.id }))).to.equal(0);
    expect(await onLetter()).to.deep.equal(['New <new@quasten.example>']);
  });

  it('keeps a thousand people without a word of them in the store or the log', async () => {
    const rows = Array.from(
      { length: 2500 },
      (_, at) => `person${at}@quasten.example,Hedwig Flosser ${at},Lindenweg ${at},1010,Wien,AT`,
    );
    const check = await look(`email,name,street,postcode,city,country\n${rows.join('\n')}\n`);
    expect(await dump()).not.to.match(/quasten|hedwig|lindenweg \d{2}/i);
    taken(await accept(check, { mode: 'replace' }));
    const people = await onLetter();
    expect(people).to.have.length(2500);
    expect(people[2499]).to.equal('Hedwig Flosser 2499 <person2499@quasten.example>');
    const all = await dump();
    expect(all, 'the dump must see what lies in the clear').to.contain('Linden Shop');
    expect(all).not.to.match(/quasten|hedwig|lindenweg \d{2}/i);
    expect(all).not.to.contain(Buffer.from('person1@quasten').toString('base64').slice(0, 18));
    expect(JSON.stringify(served.logged)).to.equal('[]');
  });
});
