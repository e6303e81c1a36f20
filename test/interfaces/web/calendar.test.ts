import { expect } from 'chai';
import { restrictIncident } from '../../../src/application/incident/lead.ts';
import { actorOf } from '../../../src/application/access/sign-in.ts';
import type { House } from '../../../src/application/ports/house.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { joinAs, logBreach, setUpFirst, taken } from './staff.ts';
import { FRIDAY, withServedHouse } from './served-house.ts';

async function actorNamed(house: House, email: string): Promise<Actor> {
  const user = await house.users.byEmail(email);
  const found = user && (await actorOf(house, user.id));
  if (!found) throw new Error(`nobody has ${email}`);
  return found.actor;
}

describe('The calendar', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let reader: Person;
  let incident = '';

  before(async () => {
    await setUpFirst(ada, served);
    reader = await joinAs(ada, served, 'Rhea', 'reader');
    taken(
      await ada.submit(await ada.open('/settings'), '/settings/organisation', {
        role: 'controller',
        establishments: 'Germany',
        mainEstablishment: 'DE-BE',
        sectors: 'none',
      }),
    );
  });

  it('says that nothing falls due while nothing does, and stands in the navigation', async () => {
    expect(load((await reader.get('/')).body).links).to.include('/calendar');
    const page = load((await reader.get('/calendar')).body);
    expect(page.text).to.contain('No deadline is set.');
    expect(page.text).to.contain('All times are those of Europe/Berlin (CET).');
    expect((await new Person(() => served.url).get('/calendar')).location).to.equal(
      '/sign-in?next=%2Fcalendar',
    );
  });

  it('shows each deadline and each house target on its day, in the house’s zone', async () => {
    incident = await logBreach(ada);
    const known = { 'breach.confidentiality': 'true', 'data.encrypted': 'false' };
    for (const [fact, value] of Object.entries(known))
      taken(await ada.submit(await ada.open(`${incident}/facts`), `/facts/${fact}`, { [fact]: value }));
    const risk = { risk: 'high', because: 'Orders reveal addresses.' };
    taken(await ada.submit(await ada.open(incident), '/facts/risk', risk));
    const { body } = await reader.get('/calendar');
    const { text } = load(body);
    const monday = body.split('id="d-2026-12-07"')[1]?.split('<section')[0] ?? '';
    expect(monday).to.contain('Monday 7 December');
    expect(monday).to.contain('18:40');
    expect(monday).to.contain('INC-2026-0001');
    expect(text).to.contain('house target in');
    expect(body).to.contain('aria-current="date"');
    expect(body).to.match(/href="#d-2026-12-07" aria-label="Monday 7 December: \w+ things? falls? due"/);
  });

  it('turns to other months, and an address that is no month is the present one', async () => {
    const later = load((await reader.get('/calendar?from=2027-03')).body);
    expect(later.text).to.contain('March 2027');
    expect(later.text).to.contain('April 2027');
    expect(later.text).to.contain('Nothing falls due in these two months.');
    expect(later.links).to.include('/calendar?from=2027-01');
    for (const from of ['2027-13', '<b>', '9999-99', '-1', '']) {
      const page = await reader.get(`/calendar?from=${encodeURIComponent(from)}`);
      expect(page.status).to.equal(200);
      expect(load(page.body).text).to.contain('December 2026');
    }
  });

  it('speaks German', async () => {
    taken(await reader.submit(await reader.get('/account'), '/account/language', { locale: 'de' }));
    const { body } = await reader.get('/calendar');
    expect(load(body).text).to.contain('Alle Zeiten gelten in Europe/Berlin (MEZ).');
    expect(body).to.contain('Montag, 7. Dezember');
    taken(await reader.submit(await reader.get('/account'), '/account/language', { locale: 'en' }));
  });

  describe('as a feed', () => {
    let path = '';

    async function make(person: Person): Promise<string> {
      const answer = await person.submit(await person.get('/calendar'), '/calendar/link', {});
      return /\/calendar\/[\w-]{40,}\.ics/.exec(answer.body)?.[0] ?? '';
    }

    it('is read by its secret alone: references, names of duties, moments, and nothing that people wrote', async () => {
      path = await make(reader);
      const answer = await fetch(`${served.url}${path}`);
      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.equal('text/calendar; charset=utf-8');
      expect(answer.headers.get('cache-control')).to.equal('no-store');
      const ics = await answer.text();
      expect(ics).to.match(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
      for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).to.be.at.most(75);
      const whole = ics.replace(/\r\n /g, '');
      expect(whole).to.contain('DTSTART:20261207T174000Z');
      expect(whole).to.match(/SUMMARY:INC-2026-0001: \S/);
      for (const secret of ['Packwell', 'orders', 'parcel', 'Sam', 'rhea@', 'Ada'])
        expect(whole, secret).not.to.contain(secret);
      expect(whole.match(/^UID:/gm)).to.have.length(new Set(whole.match(/^UID:.*$/gm)).size);
    });

    it('lies in the store as a hash, and in no page after this one', async () => {
      const secret = /\/calendar\/(.*)\.ics/.exec(path)?.[1] ?? '';
      expect((await reader.get('/calendar')).body).not.to.contain(secret);
      expect(await served.house.tokens.byHash(secret)).to.equal(null);
    });

    it('shows its owner’s deadlines only: a restricted incident is in it for the named alone', async () => {
      const hidden = await logBreach(ada, { title: 'Only for Ada' });
      const actor = await actorNamed(served.house, 'ada@linden.example');
      const restricted = await restrictIncident(served.house, actor, {
        incident: hidden.replace('/incidents/', ''),
        to: [actor.user],
      });
      expect(restricted.ok, JSON.stringify(restricted)).to.equal(true);
      expect(await (await fetch(`${served.url}${path}`)).text()).not.to.contain('INC-2026-0002');
      expect(await (await fetch(`${served.url}${await make(ada)}`)).text()).to.contain('INC-2026-0002');
    });

    it('is made anew: the older address opens nothing; ended, none does', async () => {
      const next = await make(reader);
      expect(next).not.to.equal(path);
      expect((await fetch(`${served.url}${path}`)).status).to.equal(404);
      expect((await fetch(`${served.url}${next}`)).status).to.equal(200);
      const form = load((await reader.get('/calendar')).body).form('/calendar/link')?.fields ?? {};
      taken(await reader.post('/calendar/link/drop', { _csrf: form['_csrf'] ?? '' }));
      expect((await fetch(`${served.url}${next}`)).status).to.equal(404);
    });

    it('opens nothing for a guess, a session’s link or a reset’s', async () => {
      for (const wrong of [
        '/calendar/x.ics',
        `/calendar/${'a'.repeat(43)}.ics`,
        '/calendar/..%2F..%2Fetc.ics',
      ])
        expect((await fetch(`${served.url}${wrong}`)).status, wrong).to.equal(404);
      const setUp = (await served.setUpLink()).replace('/setup/', '/calendar/');
      expect((await fetch(`${served.url}${setUp}.ics`)).status).to.equal(404);
    });

    it('ends with its owner’s leave to sign in', async () => {
      const staff = await joinAs(ada, served, 'Otto', 'staff');
      const link = await make(staff);
      expect((await fetch(`${served.url}${link}`)).status).to.equal(200);
      const page = await ada.get('/settings');
      const action = /id="(s-[\w-]+)">\s*<h3>Otto/.exec(page.body)?.[1]?.slice(2) ?? '';
      const fields = load(page.body).form(`/settings/staff/${action}`)?.fields ?? {};
      const { active: _active, ...rest } = fields;
      taken(await ada.post(`/settings/staff/${action}`, rest));
      expect((await fetch(`${served.url}${link}`)).status).to.equal(404);
    });
  });

  it('puts what is overdue first', async () => {
    served.pass({ hours: 24 * 4 });
    expect(served.now().since(FRIDAY).total('days')).to.equal(4);
    const page = await reader.get('/calendar');
    expect(load(page.body).text).to.match(/\d+ deadlines? (is|are) overdue\.|One deadline is overdue\./);
    const overdue = page.body.indexOf('id="overdue"');
    expect(overdue).to.be.greaterThan(0);
    const slipped = page.body.indexOf('house targets have passed');
    expect(slipped, 'the law before the house').to.be.greaterThan(overdue);
    expect(page.body).to.contain('pill overdue');
  });
});
