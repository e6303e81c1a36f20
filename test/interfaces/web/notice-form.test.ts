import { expect } from 'chai';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { joinAs, logBreach, PASSWORD, setUpFirst } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const text = (answer: Answer): string => load(answer.body).text;

async function after(person: Person, answer: Answer): Promise<Answer> {
  if (answer.location === null)
    throw new Error(`refused with ${answer.status}: ${text(answer).slice(0, 900)}`);
  return person.open(answer.location);
}

const DRAFT = {
  'content.en.what-happened':
    'Someone copied our order data at the parcel supplier.\nWe learnt it by telephone.',
  'content.en.subject-detail': 'Customers who ordered in 2026.',
  'content.en.data-detail': 'Name, address and what was ordered.',
  'content._.record-count': '3',
  'content.en.consequences': 'Somebody may write or call and sound like us.',
  'content.en.measures-taken': 'We revoked the keys of the supplier.',
  'content.en.measures-prevent-detail': 'We write to everybody concerned.',
  'content.en.phases-note': 'How it was done follows within two weeks.',
};

describe("The form of the notice's authority, over the pages", () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let legal: Person;
  let incident = '';
  let notice = '';

  afterEach('has no fault in the log', () => {
    expect(served.logged).to.deep.equal([]);
  });

  async function prepared(from: string): Promise<string> {
    const begun = await after(ada, await ada.submit(await ada.open(from), '/notices', { locales: 'en' }));
    return (
      load(begun.body)
        .actions.find((action) => action.endsWith('/draft'))
        ?.replace(/\/draft$/, '') ?? ''
    );
  }

  async function approvedBy(person: Person): Promise<Answer> {
    await after(ada, await ada.submit(await ada.open(notice), '/submit', {}));
    return after(person, await person.submit(await person.open(notice), '/approve', { password: PASSWORD }));
  }

  it('is that of the place of the main establishment: the LDI NRW, in German', async () => {
    await setUpFirst(ada, served);
    legal = await joinAs(ada, served, 'Mara', 'legal');
    await after(
      ada,
      await ada.submit(await ada.open('/settings'), '/settings/organisation', {
        name: 'Linden Shop',
        establishments: 'Germany',
        mainEstablishment: 'DE-NW',
        sectors: 'none',
        'contact.email': 'privacy@linden.example',
        'contact.phone': '+49 221 5550100',
        'contact.address': 'Domstraße 1, 50667 Köln',
        'contact.website': 'https://linden.example',
        'contact.dpo': 'Lene Winter, dpo@linden.example',
      }),
    );
    incident = await logBreach(ada);
    await after(
      ada,
      await ada.submit(await ada.open(incident), '/facts/breach.confidentiality', {
        'breach.confidentiality': 'true',
      }),
    );
    notice = await prepared(incident);
    const page = text(await ada.open(notice));
    expect(page).to.contain('Meldung einer Datenschutzverletzung (LDI NRW)');
  });

  it('shows what facts and organisation give, with where it came from, and asks the rest', async () => {
    const page = await ada.open(`${notice}/form`);
    const words = text(page);
    expect(words).to.contain('Verantwortliche Stelle');
    expect(words).to.contain('Linden Shop');
    expect(words).to.contain('from the organisation');
    expect(words).to.contain('from the facts');
    expect(words).to.contain('dpo@linden.example');
    expect(words).to.contain('Verlust der Vertraulichkeit');
    expect(words).not.to.match(/\[[a-z-]+\.[a-z.-]+\]/);
    expect(load(page.body).form('/form')?.fields).to.have.property('form.cause-origin', '');
  });

  it('refuses an answer that is none, at its field, and keeps what was typed', async () => {
    const page = await ada.open(`${notice}/form`);
    const refused = await ada.submit(page, '/form', { 'form.subjects-by-place': 'XX: 3' });
    expect(refused.status).to.equal(422);
    expect(text(refused)).to.contain('"XX" is no place that we know.');
    expect(refused.body).to.contain('XX: 3');
  });

  it('keeps an answer, which stands in the words of the form at once', async () => {
    await after(ada, await ada.submit(await ada.open(notice), '/draft', DRAFT));
    const page = await ada.open(`${notice}/form`);
    const saved = await after(
      ada,
      await ada.submit(page, '/form', {
        'form.cause-origin': 'external-malicious',
        'form.discovery-mode': 'processor',
        'form.discovery-detail': 'The supplier called.',
        'form.risk-outcome': 'unlikely',
        'form.risk-method': 'Three people, known data.',
      }),
    );
    expect(text(saved)).to.contain('extern, böswillig');
    expect(text(saved)).to.contain('ein Auftragsverarbeiter');
    expect(text(saved)).to.contain('We learnt it by telephone.');
  });

  it('is not handed in with an answer that the form itself would not send', async () => {
    expect(text(await ada.open(`${notice}/form`))).to.contain(
      'With the answer ‘kein oder nur geringes Risiko’ this form is not sent.',
    );
    const refused = await ada.submit(await ada.open(notice), '/submit', {});
    expect(refused.status).to.equal(422);
    expect(text(refused)).to.contain('keeps the notice from being handed in');
    const page = await ada.open(`${notice}/form`);
    await after(ada, await ada.submit(page, '/form', { 'form.risk-outcome': 'risk' }));
  });

  it('is sealed with the notice: what was approved is what the form gets', async () => {
    await approvedBy(legal);
    const sealed = await legal.open(`${notice}/form/text`);
    expect(sealed.body).to.contain('[x] Risiko');
    expect(sealed.body).to.contain(
      'Someone copied our order data at the parcel supplier.\nWe learnt it by telephone.',
    );
    await after(
      ada,
      await ada.submit(await ada.open(`${notice}/form`), '/form', { 'form.risk-outcome': 'tbd' }),
    );
    expect(load((await legal.open(notice)).body).form('/file')).to.equal(undefined);
    await approvedBy(legal);
  });

  it('is filed with its number, and what follows is a follow-up under it', async () => {
    const filed = await after(
      legal,
      await legal.submit(await legal.open(notice), '/file', { how: 'web form', reference: 'LDI-4711' }),
    );
    expect(text(filed)).to.contain('Prepare a follow-up');
    expect(text(filed)).to.contain('It is kept with the evidence');
    const followUp = await prepared(notice);
    expect(followUp).not.to.equal(notice);
    const form = text(await ada.open(`${followUp}/form`));
    expect(form).to.contain('Nachmeldung');
    expect(form).to.contain('LDI-4711');
  });
});
