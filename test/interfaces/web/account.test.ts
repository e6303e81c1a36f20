import { expect } from 'chai';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { joinAs, PASSWORD, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const NEW = 'four other quiet words';

describe('A forgotten password, by the pages', () => {
  const served = withServedHouse({ reaches: true, tries: 4 });
  const ada = new Person(() => served.url);
  const stranger = new Person(() => served.url);

  before(async () => {
    await setUpFirst(ada, served);
  });

  async function ask(email: string): Promise<Answer> {
    return stranger.submit(await stranger.get('/forgot'), '/forgot', { email });
  }

  it('is answered the same whoever asks, and mails a link only to somebody who has an account', async () => {
    expect(load((await stranger.get('/sign-in')).body).links).to.include('/forgot');
    const words = (answer: Answer): string => load(answer.body).text;
    const nobody = await ask('nobody@linden.example');
    const somebody = await ask(' ADA@linden.example ');
    expect(nobody.status).to.equal(200);
    expect(words(nobody)).to.equal(words(somebody));
    expect(words(somebody)).to.contain('If somebody here has this address');
    await mailed();
    expect(served.staffMails.map(({ to }) => to[0]?.email)).to.deep.equal(['ada@linden.example']);
  });

  /** The mail goes after the answer: it is not waited for. */
  async function mailed(count = 1): Promise<string> {
    for (let look = 0; look < 100 && served.staffMails.length < count; look += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return new URL(String(served.staffMails.at(-1)?.values['link'])).pathname;
  }

  it('is changed by the link, once; every other session is over and this one begins', async () => {
    const link = await mailed();
    served.pass({ minutes: 5 });
    const page = await stranger.get(link);
    expect(load(page.body).text).to.contain('ada@linden.example');
    const short = await stranger.submit(page, '', { password: 'short' }, link);
    expect(short.status).to.equal(422);
    expect(load(short.body).text).to.contain('Use 12 characters or more');
    expect((await ada.get('/')).status).to.equal(200);
    taken(await stranger.submit(page, '', { password: NEW }, link));
    expect((await stranger.get('/')).status).to.equal(200);
    expect((await ada.get('/')).location).to.equal('/sign-in');
    const again = await new Person(() => served.url).get(link);
    expect(again.status).to.equal(404);
    expect(load(again.body).text).to.contain('This link does not work any more');
  });

  it('lies an hour in a mailbox, not longer, and a wrong link says nothing of anybody', async () => {
    await ask('ada@linden.example');
    const link = await mailed(2);
    served.pass({ minutes: 61 });
    expect((await stranger.get(link)).status).to.equal(404);
    for (const path of ['/reset/x', '/reset/..%2f..%2fetc', `/reset/${'a'.repeat(4000)}`]) {
      const answer = await new Person(() => served.url).get(path);
      expect(answer.status, path).to.equal(404);
      expect(answer.body).not.to.contain('linden');
    }
  });

  it('can be asked for only so often, and that locks nobody out of signing in', async () => {
    const answers: Answer[] = [];
    for (let turn = 0; turn < 6; turn += 1) answers.push(await ask('ada@linden.example'));
    const last = answers.at(-1);
    expect(last?.status).to.equal(429);
    expect(Number(last?.headers.get('retry-after'))).to.be.greaterThan(0);
    expect(load(last?.body ?? '').text).to.contain('Too many tries. Wait');
    const person = new Person(() => served.url);
    const page = await person.get('/sign-in');
    taken(await person.submit(page, '/sign-in', { email: 'ada@linden.example', password: NEW }));
  });

  it('is asked for in German where the browser speaks German', async () => {
    const answer = await new Person(() => served.url).get('/forgot', { 'accept-language': 'de' });
    expect(load(answer.body).text).to.contain('Ein neues Passwort wählen');
  });
});

describe('The own account', () => {
  const served = withServedHouse({ tries: 5 });
  const ada = new Person(() => served.url);
  let reader: Person;

  before(async () => {
    await setUpFirst(ada, served);
    reader = await joinAs(ada, served, 'Rhea', 'reader');
  });

  async function change(person: Person, action: string, fields: Record<string, string>): Promise<Answer> {
    return person.submit(await person.get('/account'), action, fields);
  }

  it('is there for every role, and asks a stranger to sign in', async () => {
    const page = load((await reader.get('/account')).body);
    expect(page.text).to.contain('Rhea, rhea@linden.example. Your roles: reader.');
    expect(load((await reader.get('/')).body).links).to.include('/account');
    expect((await new Person(() => served.url).get('/account')).location).to.equal(
      '/sign-in?next=%2Faccount',
    );
  });

  it('changes the password only with the old one; elsewhere the person is signed out, here they stay', async () => {
    const elsewhere = new Person(() => served.url);
    const credentials = { email: 'rhea@linden.example', password: PASSWORD };
    taken(await elsewhere.submit(await elsewhere.get('/sign-in'), '/sign-in', credentials));
    const before = reader.cookie('tocsin');
    const wrong = await change(reader, '/account/password', { old: 'not this one', password: NEW });
    expect(wrong.status).to.equal(422);
    expect(load(wrong.body).text).to.contain('This is not your password');
    expect(wrong.body).not.to.contain(NEW);
    served.pass({ minutes: 1 });
    taken(await change(reader, '/account/password', { old: PASSWORD, password: NEW }));
    expect((await reader.get('/account')).status).to.equal(200);
    expect(reader.cookie('tocsin')).not.to.equal(before);
    expect((await elsewhere.get('/')).location).to.equal('/sign-in');
  });

  it('does not let an open browser find the old password out', async () => {
    const statuses: number[] = [];
    for (let turn = 0; turn < 6; turn += 1)
      statuses.push(
        (await change(reader, '/account/password', { old: `try ${turn}`, password: NEW })).status,
      );
    expect(statuses.at(-1)).to.equal(429);
    const right = await change(reader, '/account/password', { old: NEW, password: 'three more quiet words' });
    expect(right.status).to.equal(429);
  });

  it('speaks the person’s language from the next page on, and refuses one that we have not', async () => {
    taken(await change(reader, '/account/language', { locale: 'de' }));
    expect(load((await reader.get('/account')).body).text).to.contain('Ihr Konto');
    for (const locale of ['xx', '../../en', '<b>'])
      expect((await change(reader, '/account/language', { locale })).status).to.equal(422);
    taken(await change(reader, '/account/language', { locale: 'en' }));
  });

  it('makes a token that is shown once and may what its owner may, until it is taken back', async () => {
    const nameless = await change(reader, '/account/tokens', { name: '  ' });
    expect(nameless.status).to.equal(422);
    const made = await change(reader, '/account/tokens', { name: 'ticket <system>' });
    const token = /tocsin_[\w-]+/.exec(made.body)?.[0] ?? '';
    expect(token).to.have.length.greaterThan(40);
    const page = await reader.get('/account');
    expect(page.body).not.to.contain(token);
    expect(page.body).to.contain('ticket &lt;system&gt;');
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${served.url}/api/v1/incidents`, { headers })).status).to.equal(200);
    expect((await fetch(`${served.url}/api/v1/staff`, { headers })).status).to.equal(403);
    const action = load(page.body).actions.find((path) => path.endsWith('/revoke')) ?? '';
    taken(await reader.submit(page, action, {}));
    expect((await fetch(`${served.url}/api/v1/incidents`, { headers })).status).to.equal(401);
  });

  it('shows nobody another person’s tokens, and lets nobody take them back', async () => {
    await change(ada, '/account/tokens', { name: 'of Ada alone' });
    const own = await ada.get('/account');
    const action = load(own.body).actions.find((path) => path.endsWith('/revoke')) ?? '';
    expect(load((await reader.get('/account')).body).text).not.to.contain('of Ada alone');
    const form = load((await reader.get('/account')).body).form('/account/tokens')?.fields ?? {};
    expect((await reader.post(action, { _csrf: form['_csrf'] ?? '' })).status).to.equal(404);
    expect(load((await ada.get('/account')).body).text).to.contain('of Ada alone');
  });
});
