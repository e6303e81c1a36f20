import { expect } from 'chai';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { logBreach, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const words = (answer: Answer): string => load(answer.body).text;

describe('What only one authority asks, over the pages', function () {
  this.timeout(120_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let notice = '';

  afterEach('has no fault in the log', () => {
    expect(served.logged).to.deep.equal([]);
  });

  before(async () => {
    await setUpFirst(ada, served);
    taken(
      await ada.submit(await ada.open('/settings'), '/settings/organisation', {
        establishments: 'Poland',
        mainEstablishment: 'PL',
        sectors: 'none',
        'contact.email': 'privacy@linden.example',
      }),
    );
    const incident = await logBreach(ada);
    const lost = { 'breach.confidentiality': 'true' };
    taken(await ada.submit(await ada.open(incident), '/facts/breach.confidentiality', lost));
    const begun = taken(await ada.submit(await ada.open(incident), '/notices', { locales: 'en' }));
    notice = /^(\/incidents\/[\w-]+\/notices\/[\w-]+)/.exec(begun.location ?? '')?.[1] ?? '';
  });

  it('stands in its own part of the form, each list with the values of that form', async () => {
    const page = await ada.open(`${notice}/form`);
    const said = words(page);
    expect(said).to.contain('Notice of a personal data breach (President of UODO)');
    expect(said).to.contain('What only this form asks');
    expect(said).to.contain('Malware only: was a ransom asked?');
    expect(page.body).to.contain('name="form.own.backup-and-recovery"');
    expect(page.body).to.match(/type="checkbox" name="form\.own\.basic-data" id="[^"]+" value="pesel">/);
    expect(said).not.to.match(/\[[a-z-]+\.[a-z.-]+\]/);
  });

  it('is kept as typed and ticked, and stands in the pack in the words of the form', async () => {
    const answer = {
      'form.own.backup-and-recovery': 'A backup of the night before; nine hours.',
      'form.own.ransom-asked': 'no',
      'form.own.basic-data': ['mail', 'pesel'],
    };
    taken(await ada.submit(await ada.open(`${notice}/form`), '/form', answer));
    const page = await ada.open(`${notice}/form`);
    expect(page.body).to.match(/name="form\.own\.basic-data" id="[^"]+" value="pesel" checked/);
    expect(page.body).to.match(/<option value="no" selected>/);
    const pack = (await ada.open(`${notice}/form/text`)).body;
    expect(pack).to.contain('[x] PESEL number\n[x] mail address');
    expect(pack).to.contain('A backup of the night before; nine hours.');
  });

  it('takes an answer back that is emptied', async () => {
    const form = await ada.open(`${notice}/form`);
    const none = { 'form.own.backup-and-recovery': '', 'form.own.basic-data': [] };
    taken(await ada.submit(form, '/form', none));
    const pack = (await ada.open(`${notice}/form/text`)).body;
    expect(pack).not.to.contain('nine hours');
    expect(pack).not.to.contain('PESEL number');
  });
});
