import { expect } from 'chai';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { joinAs, logBreach, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

describe('The wall while no clock runs', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);

  async function wall(person: Person): Promise<string> {
    return load((await person.open('/')).body).text;
  }

  before(async () => {
    await setUpFirst(ada, served);
  });

  it('teaches at the first start: the usual deadlines, what to do if it is real, what to settle', async () => {
    const text = await wall(ada);
    expect(text).to.contain('No clock is running.');
    expect(text).not.to.contain('No deadline is sure yet');
    expect(text).not.to.contain('What is open waits');
    expect((await ada.open('/')).body).to.contain('usually 72 h, GDPR art. 33');
    expect(text).to.contain('open Where you are established');
    expect(text).to.contain('One person may; the author of a notice is not its approver, so two are needed.');
    expect(text).to.contain('Reminders reach nobody outside these pages');
  });

  it('ticks off what is settled', async () => {
    await joinAs(ada, served, 'Mara', 'legal');
    taken(
      await ada.submit(await ada.open('/settings'), '/settings/organisation', {
        establishments: 'Germany, Austria',
        mainEstablishment: 'DE-BE',
        sectors: 'none',
        'contact.email': 'privacy@linden.example',
        'contact.address': 'Lindenweg 1, 10115 Berlin',
        'contact.dpo': 'Lene Winter',
      }),
    );
    const text = await wall(ada);
    expect(text).to.contain('done Where you are established Germany and Austria.');
    expect(text).to.contain('done Your sectors');
    expect(text).to.contain('done Who approves notices 2 people may.');
    expect(text).to.contain('done What letters say of you privacy@linden.example');
  });

  it('shows what to settle to those alone who may', async () => {
    const rhea = await joinAs(ada, served, 'Rhea', 'reader');
    const text = await wall(rhea);
    expect(text).to.contain('No clock is running.');
    expect(text).not.to.contain('Who approves notices');
    expect(load((await rhea.open('/')).body).links).not.to.include('/incidents/new');
    taken(await rhea.submit(await rhea.get('/account'), '/account/language', { locale: 'de' }));
    expect(await wall(rhea)).to.contain('Einmal durchlesen');
  });

  it('does not speak of waiting where nothing of the open incidents is owed', async () => {
    await logBreach(ada, { state: 'near-miss', title: 'A parcel list nearly sent' });
    const text = await wall(ada);
    expect(text).to.contain('Nothing is owed for the open incidents now');
    expect(text).not.to.contain('What is open waits');
    expect(text).to.contain('A parcel list nearly sent');
  });

  it('speaks of waiting where duties wait', async () => {
    await logBreach(ada, { aware: 'no', categories: [], groups: [], place: [], people: [] });
    expect(await wall(ada)).to.match(/No deadline is sure yet|if it is owed/);
  });
});
