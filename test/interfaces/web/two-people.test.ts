import { expect } from 'chai';
import { remind } from '../../../src/application/clock/remind.ts';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { joinAs, logBreach, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const text = ({ body }: Answer): string => load(body).text;

describe('Two people at one incident, over the pages', function () {
  this.timeout(60_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let mara: Person;
  let incident = '';

  before(async () => {
    await setUpFirst(ada, served);
    const profile = { establishments: 'Germany', mainEstablishment: 'DE-BE', sectors: 'none' };
    taken(await ada.submit(await ada.open('/settings'), '/settings/organisation', profile));
    mara = await joinAs(ada, served, 'Mara', 'legal');
    incident = await logBreach(ada);
  });

  const give = (who: Person, page: Answer, name: string, fields: Record<string, string>): Promise<Answer> =>
    who.submit(page, `/facts/${name}`, fields);

  it('edit different facts on pages opened before, while reminders run: neither sees a conflict', async () => {
    const organisation = (await served.house.users.byEmail('ada@linden.example'))?.memberships[0]
      ?.organisation;
    const id = incident.split('/').at(-1) ?? '';
    served.pass({ hours: 73 });
    const [hers, his] = [await ada.open(`${incident}/facts`), await mara.open(`${incident}/facts`)];
    const reminders = Array.from({ length: 10 }, () => remind(served.house, organisation ?? '', id));
    const answers = await Promise.all([
      give(ada, hers, 'breach.integrity', { 'breach.integrity': 'false' }),
      give(mara, his, 'breach.confidentiality', { 'breach.confidentiality': 'true' }),
      give(ada, hers, 'malicious', { malicious: 'true' }),
      give(mara, his, 'data.encrypted', { 'data.encrypted': 'false' }),
    ]);
    await Promise.all(reminders);
    for (const answer of answers) taken(answer);
    const after = await served.house.incidents.byId(organisation ?? '', id);
    const values = ['breach.integrity', 'breach.confidentiality', 'malicious', 'data.encrypted'].map(
      (name) => {
        const fact = after?.facts[name];
        return fact && 'value' in fact ? fact.value : 'lost';
      },
    );
    expect(values).to.deep.equal([false, true, true, false]);
    expect(after?.obligations.some(({ reminded }) => reminded !== undefined)).to.equal(true);
    expect(served.staffMails.length).to.be.greaterThan(0);
  });

  it('edit the same fact: the second sees both versions and who was faster, and nothing typed is lost', async () => {
    const [hers, his] = [await ada.open(incident), await mara.open(incident)];
    taken(await give(ada, hers, 'risk', { risk: 'high', because: 'Orders reveal addresses.' }));
    const conflict = await give(mara, his, 'risk', { risk: 'unlikely', because: 'The copy is unreadable.' });
    expect(conflict.status).to.equal(409);
    expect(text(conflict)).to.contain('Ada');
    expect(load(conflict.body).form('/facts/risk')?.fields).to.include({
      risk: 'unlikely',
      because: 'The copy is unreadable.',
    });
    expect(text(await mara.open(incident))).to.contain('Orders reveal addresses.');
  });

  it('the second may keep the other’s version, or take the own one, and both stand in the timeline', async () => {
    const conflict = await (async () => {
      const his = await mara.open(incident);
      taken(await give(ada, await ada.open(incident), 'risk', { risk: 'risk', because: 'Names only.' }));
      return give(mara, his, 'risk', { risk: 'unlikely', because: 'The copy is unreadable.' });
    })();
    expect(conflict.status).to.equal(409);
    taken(await mara.submit(conflict, '/facts/risk', {}));
    const page = text(await mara.open(incident));
    expect(page).to.contain('The copy is unreadable.');
    const timeline = text(await mara.open(`${incident}/timeline`));
    expect(timeline).to.contain('Names only.').and.to.contain('The copy is unreadable.');
  });

  it('write the same text: the second gets both texts side by side, the own one ready to send', async () => {
    const [hers, his] = [await ada.open(incident), await mara.open(incident)];
    const write = (who: Person, page: Answer, words: string): Promise<Answer> =>
      who.submit(page, '/narrative/consequences', { 'consequences-text': words });
    taken(await write(ada, hers, 'False parcel messages.'));
    const conflict = await write(mara, his, 'Calls that know the order.');
    expect(conflict.status).to.equal(409);
    expect(text(conflict)).to.contain('False parcel messages.');
    const form = load(conflict.body).form('/narrative/consequences');
    expect(form?.fields['consequences-text']).to.equal('Calls that know the order.');
    taken(await mara.submit(conflict, '/narrative/consequences', {}));
    expect(text(await ada.open(incident))).to.contain('Calls that know the order.');
  });
});
