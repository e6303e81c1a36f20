import { expect } from 'chai';
import { SECTORS } from '../../../src/domain/law/vocabulary.ts';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { joinAs, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

type Fields = Readonly<Record<string, string | readonly string[]>>;

describe('The settings of the organisation', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let bela: Person;

  before(async () => {
    await setUpFirst(ada, served);
    bela = await joinAs(ada, served, 'Bela', 'administrator');
  });

  async function save(person: Person, page: Answer, fields: Fields): Promise<Answer> {
    return person.submit(page, '/settings/organisation', fields);
  }

  async function profile(): Promise<Readonly<Record<string, unknown>>> {
    const [organisation] = await served.house.organisations.all();
    return organisation?.profile ?? {};
  }

  it('offers every sector that a law knows, once, in words, with the laws that ask for it', async () => {
    const { body } = await ada.open('/settings');
    for (const sector of SECTORS)
      expect(
        body.split(`name="sectors" id=`).filter((part) => part.includes(`value="${sector}"`)),
        sector,
      ).to.have.length.greaterThan(0);
    expect(body.match(/name="sectors"/g)).to.have.length(SECTORS.length + 1);
    const { text } = load(body);
    expect(text).to.contain('Vendor of personal health records (US) FTC Health Breach Notification Rule');
    expect(text).to.match(/Insurer .+ and \d+ more laws/);
    expect(text).to.contain('Online shop no law installed asks for it');
    expect(text).not.to.match(/\[(settings|sector)\./);
  });

  it('takes every fact of the profile, numbers too, and shows them again', async () => {
    const facts: Fields = {
      role: ['controller', 'processor'],
      establishments: 'Germany, Austria',
      mainEstablishment: 'DE-BE',
      sectors: ['ecommerce', 'nis2-important'],
      listed: 'no',
      firmSize: 'smaller',
      turnoverAud: '3,200,000',
      databaseLevel: 'medium',
      cyberInsurance: 'yes',
      doraExcepted: 'no',
      'contact.email': 'privacy@linden.example',
      'contact.phone': '+49 30 1234',
      'contact.address': 'Lindenweg 1\n10115 Berlin',
      'contact.website': 'https://linden.example',
      'contact.dpo': 'Lene Winter',
    };
    taken(await save(ada, await ada.open('/settings'), facts));
    expect(await profile()).to.deep.equal({
      role: ['controller', 'processor'],
      establishments: ['DE', 'AT'],
      mainEstablishment: 'DE-BE',
      sectors: ['ecommerce', 'nis2-important'],
      listed: false,
      firmSize: 'smaller',
      turnoverAud: 3_200_000,
      databaseLevel: 'medium',
      cyberInsurance: true,
      doraExcepted: false,
    });
    const again = load((await ada.open('/settings')).body).form('/settings/organisation')?.fields ?? {};
    expect(again['turnoverAud']).to.equal('3200000');
    expect(again['firmSize']).to.equal('smaller');
    expect(again['contact.address']).to.equal('Lindenweg 1\n10115 Berlin');
    expect(load((await ada.open('/settings')).body).text).to.contain('6 of 6 answered');
    taken(await save(ada, await ada.open('/settings'), {}));
    expect((await profile())['turnoverAud'], 'saving what is shown changes nothing').to.equal(3_200_000);
  });

  it('makes unknown again what is emptied, and ‘none of these’ is an answer', async () => {
    const emptied: Fields = { turnoverAud: ' ', firmSize: 'unknown', listed: 'unknown', sectors: 'none' };
    taken(await save(ada, await ada.open('/settings'), emptied));
    const facts = await profile();
    expect(facts).not.to.have.any.keys('turnoverAud', 'firmSize', 'listed');
    expect(facts['sectors']).to.deep.equal([]);
  });

  it('says what is wrong with a number, a place, an address, and keeps what was typed', async () => {
    const page = await ada.open('/settings');
    const number = await save(ada, page, { turnoverAud: '3 million', name: 'Linden & Sons' });
    expect(number.status).to.equal(422);
    expect(load(number.body).text).to.contain('“3 million” is no whole number. Write it like 3000000.');
    expect(number.body).to.contain('value="Linden &amp; Sons"');
    const places = await save(ada, page, { establishments: 'Germany, Atlantis' });
    expect(places.status).to.equal(422);
    for (const fields of [
      { firmSize: 'gigantic' },
      { 'contact.website': 'javascript:alert(1)' },
      { sectors: ['ecommerce', '<script>'] },
      { zone: 'Moon/Sea' },
    ] as Fields[])
      expect((await save(ada, page, fields)).status, JSON.stringify(fields)).to.equal(422);
    expect((await ada.open('/settings')).body).to.contain('value="Linden Shop"');
  });

  it('lets two people save at once and lose nothing: the second sees both, and decides', async () => {
    const [hers, his] = [await ada.open('/settings'), await bela.open('/settings')];
    taken(await save(ada, hers, { 'contact.phone': '+49 30 1111' }));
    const stale = await save(bela, his, { 'contact.phone': '+49 30 2222' });
    expect(stale.status).to.equal(409);
    const { text } = load(stale.body);
    expect(text).to.contain('Somebody saved other settings while you wrote.');
    expect(text).to.contain('Telephone +49 30 1111 +49 30 2222');
    expect(stale.body).to.contain('value="+49 30 2222"');
    expect((await ada.open('/settings')).body).to.contain('value="+49 30 1111"');
    taken(await save(bela, stale, {}));
    expect((await ada.open('/settings')).body).to.contain('value="+49 30 2222"');
  });

  it('is not disturbed by what else happens in the organisation while somebody writes', async () => {
    const page = await ada.open('/settings');
    await joinAs(bela, served, 'Cleo', 'reader');
    taken(await save(ada, page, { 'contact.phone': '+49 30 3333' }));
  });

  it('is for administrators alone', async () => {
    const dora = await joinAs(ada, served, 'Dora', 'dpo', 'legal', 'responder');
    expect((await dora.get('/settings')).status).to.equal(403);
    const token = load((await dora.get('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
    const sent = await dora.post('/settings/organisation', { name: 'Mine now', _csrf: token });
    expect(sent.status).to.equal(403);
    expect((await ada.open('/settings')).body).to.contain('value="Linden Shop"');
  });

  it('speaks German, sectors and all', async () => {
    taken(await bela.submit(await bela.get('/account'), '/account/language', { locale: 'de' }));
    const { text } = load((await bela.open('/settings')).body);
    expect(text).to.contain('Onlineshop kein installiertes Gesetz fragt danach');
    expect(text).to.contain('Jahresumsatz in Australien');
    expect(text).to.contain('Fristen Ihrer Verträge');
  });
});
