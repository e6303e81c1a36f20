import { expect } from 'chai';
import { viewChain } from '../../../src/application/register/verify-register.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import { undecidedDuties, unmetDuties } from '../../../src/domain/incident/unsettled.ts';
import { good } from '../../support/breach.ts';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { inGerman, logBreach, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

describe('Closing an incident, over HTTP', function () {
  this.timeout(60_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let actor: Actor;
  let incident = '';

  before(async () => {
    await setUpFirst(ada, served);
    const profile = { establishments: 'Germany', mainEstablishment: 'DE-BE', sectors: 'none' };
    taken(await ada.submit(await ada.open('/settings'), '/settings/organisation', profile));
    incident = await logBreach(ada);
    const user = await served.house.users.byEmail('ada@linden.example');
    const [membership] = user?.memberships ?? [];
    actor = {
      user: user?.id ?? '',
      organisation: membership?.organisation ?? '',
      roles: membership?.roles ?? [],
    };
  });

  const stored = async () => {
    const found = await served.house.incidents.byId(actor.organisation, incident.split('/').at(-1) ?? '');
    if (!found) throw new Error('no incident');
    return found;
  };
  const main = async (): Promise<string> => load((await ada.open(incident)).body).text;
  const over = async (stage: string): Promise<void> => {
    const page = await ada.open(incident);
    taken(await ada.submit(page, `/stages/${stage}/close`, { reason: `${stage} closes early` }));
  };

  it('No duty ends as a missing row: telling does not close while one is undecided or unmet, and names each', async () => {
    for (const stage of ['detect', 'contain', 'assess']) await over(stage);
    const { obligations } = await stored();
    expect(undecidedDuties(obligations).length + unmetDuties(obligations).length).to.be.greaterThan(0);
    const page = await ada.open(incident);
    const close = page.body.slice(page.body.indexOf('id="close"'), page.body.indexOf('id="duties"'));
    const named = load(close).links.filter((link) => link.includes('/duties/'));
    expect(named).to.have.length(undecidedDuties(obligations).length + unmetDuties(obligations).length);
    expect(load(close).text).to.contain('Decide whether it applies: ');
    await over('notify');
    const { id } = await stored();
    const chain = good(await viewChain(served.house, actor, id));
    const entry = chain.find(({ type, data }) => type === 'gate-overridden' && data['stage'] === 'notify');
    expect(entry?.data['duties']).to.deep.equal([
      ...undecidedDuties(obligations).map(({ key }) => key),
      ...unmetDuties(obligations).map(({ key }) => key),
    ]);
  });

  it('the last stage waits for them, too', async () => {
    expect(await main())
      .to.match(/‘review’ waits for \d+ things/)
      .and.contain('Decide whether it applies: ');
    await over('review');
  });

  it('a closed incident says so, what remained, and how to open it again, instead of what to do now', async () => {
    const words = await main();
    expect(words).to.contain('This incident is closed').and.to.contain('Duties that remained open');
    expect(words)
      .to.contain('5 stages were closed over their gates')
      .and.to.contain('Tasks that remained open');
    expect(words).not.to.contain('What to do now');
    const page = await ada.open(incident);
    expect(load(page.body).links).to.include('#reopen-stage-review');
    await inGerman(ada);
    expect(await main())
      .to.contain('Dieser Vorfall ist abgeschlossen')
      .and.to.contain('Wieder öffnen');
  });

  it('opened again it leads on, and the record has both', async () => {
    const page = await ada.open(incident);
    taken(await ada.submit(page, '/stages/review/reopen', { reason: 'A customer wrote.' }));
    const words = await main();
    expect(words).not.to.contain('Dieser Vorfall ist abgeschlossen');
    expect(words).to.contain('A customer wrote.');
  });
});
