import { expect } from 'chai';
import { changePassword } from '../../../src/application/access/passwords.ts';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { PASSWORD, setUpFirst, logBreach } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const CREDENTIALS = { email: 'ada@linden.example', password: PASSWORD };

describe('What a browser is told, and what is refused before any page', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);

  before(async () => {
    await setUpFirst(ada, served);
  });

  it('nothing inline runs, nothing foreign loads, nobody frames a page', async () => {
    const { headers, body } = await ada.get('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).to.contain("default-src 'none'");
    expect(policy).to.contain("form-action 'self'");
    expect(policy).to.contain("frame-ancestors 'none'");
    expect(policy).not.to.contain('unsafe');
    expect(body).not.to.match(/<script(?![^>]*\bsrc=)/);
    expect(body).not.to.match(/\sstyle=|<style|\son\w+=/);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(headers.get('x-powered-by')).to.equal(null);
  });

  it('over http there is neither HSTS nor an upgrade, and the cookie is HttpOnly and SameSite=Lax', async () => {
    const { headers } = await new Person(() => served.url).get('/sign-in');
    expect(headers.get('strict-transport-security')).to.equal(null);
    expect(headers.get('content-security-policy')).not.to.contain('upgrade-insecure-requests');
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).to.match(/^tocsin=/);
    expect(cookie).to.contain('HttpOnly');
    expect(cookie).to.contain('SameSite=Lax');
    expect(cookie).not.to.contain('Secure');
  });

  it('the id of the session changes at the sign-in, and the old one opens nothing', async () => {
    const person = new Person(() => served.url);
    const page = await person.get('/sign-in');
    const before = person.cookie('tocsin') ?? '';
    expect((await person.submit(page, '/sign-in', CREDENTIALS)).status).to.equal(303);
    expect(person.cookie('tocsin')).not.to.equal(before);
    const thief = new Person(() => served.url);
    const answer = await thief.request('/', { headers: { cookie: `tocsin=${before}` } });
    expect(answer.location).to.equal('/sign-in');
  });

  it('a form without the session’s token, or with another’s, changes nothing', async () => {
    for (const token of [{}, { _csrf: 'x'.repeat(64) }]) {
      const answer = await ada.post('/settings/organisation', { name: 'Taken over', ...token });
      expect(answer.status).to.equal(403);
      expect(load(answer.body).text).to.contain('too old to be sent');
    }
    expect((await ada.open('/settings')).body).to.contain('value="Linden Shop"');
  });

  it('a form from a foreign page is refused even with the token', async () => {
    const token = load((await ada.get('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }] as Record<
      string,
      string
    >[]) {
      const answer = await ada.post('/sign-out', { _csrf: token }, headers);
      expect(answer.status).to.equal(403);
      expect(load(answer.body).text).to.contain('did not come from our own page');
    }
    expect((await ada.get('/')).status).to.equal(200);
  });

  it('who is not signed in is asked to, comes back where they wanted to, and nowhere else', async () => {
    const person = new Person(() => served.url);
    const sent = await person.get('/register');
    expect(sent.location).to.equal('/sign-in?next=%2Fregister');
    const page = await person.get(sent.location ?? '');
    expect((await person.submit(page, '/sign-in', CREDENTIALS)).location).to.equal('/register');
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example/',
      'javascript:alert(1)',
    ]) {
      const other = new Person(() => served.url);
      const form = await other.get(`/sign-in?next=${encodeURIComponent(next)}`);
      expect((await other.submit(form, '/sign-in', CREDENTIALS)).location, next).to.equal('/');
      expect((await other.get(`/sign-in?next=${encodeURIComponent(next)}`)).location).to.equal('/');
    }
  });

  it('signing out ends the session', async () => {
    const person = new Person(() => served.url);
    await person.submit(await person.get('/sign-in'), '/sign-in', CREDENTIALS);
    const kept = person.cookie('tocsin') ?? '';
    await person.submit(await person.get('/'), '/sign-out', {});
    const answer = await new Person(() => served.url).request('/', { headers: { cookie: `tocsin=${kept}` } });
    expect(answer.location).to.equal('/sign-in');
  });

  it('a script that asks for JSON gets problem documents', async () => {
    const answer = await new Person(() => served.url).get('/register', { accept: 'application/json' });
    expect(answer.status).to.equal(401);
    expect(answer.headers.get('content-type')).to.contain('application/problem+json');
    const problem = JSON.parse(answer.body) as { title: string; status: number };
    expect(problem.status).to.equal(401);
    expect(problem.title).to.equal('You are signed out.');
  });

  it('what nobody expected is logged under an id, and the page shows that id and no trace', async () => {
    const { law } = served.house;
    const explain = law.explain.bind(law);
    const path = await logBreach(ada);
    law.explain = () => {
      throw new Error('secret inner workings');
    };
    try {
      const answer = await ada.get(path);
      expect(answer.status).to.equal(500);
      expect(answer.body).not.to.contain('secret inner workings');
      expect(answer.body).not.to.match(/\bat .*\.ts:\d+/);
      const fault = /Fault ([0-9A-F]{8})/.exec(answer.body)?.[1];
      expect(served.logged.some((line) => line['fault'] === fault)).to.equal(true);
    } finally {
      law.explain = explain;
    }
  });

  it('an address where nothing is says so', async () => {
    const answer = await ada.get('/incidents/00000000-0000-0000-0000-000000000000');
    expect(answer.status).to.equal(404);
    expect((await ada.get('/no/such/page')).status).to.equal(404);
    expect((await ada.get('/assets/js/..%2f..%2fapp.ts')).status).to.equal(404);
    expect(load(answer.body).text).to.contain('There is nothing at this address.');
  });

  it('a double click on logging makes one incident', async () => {
    const page = await ada.open('/incidents/new');
    const before = (await ada.open('/incidents')).body.split('INC-2026-').length;
    const fields = {
      kind: 'lost-device',
      title: 'Laptop left on the train',
      aware: 'no',
      supplier: 'no',
      state: 'suspicion',
    };
    const answers = await Promise.all([
      ada.submit(page, '/incidents/new', fields),
      ada.submit(page, '/incidents/new', fields),
    ]);
    expect(new Set(answers.map(({ location }) => location)).size).to.equal(1);
    expect((await ada.open('/incidents')).body.split('INC-2026-').length).to.equal(before + 1);
  });
});

describe('Signing in by trial and error', () => {
  const served = withServedHouse({ tries: 3 });

  before(async () => {
    await setUpFirst(new Person(() => served.url), served);
  });

  it('ends after a few tries, for an account that exists and one that does not alike', async () => {
    const told: string[][] = [];
    for (const email of ['ada@linden.example', 'nobody@linden.example']) {
      const person = new Person(() => served.url);
      const words: string[] = [];
      for (let attempt = 1; attempt <= 4; attempt += 1) {
        const page = await person.get('/sign-in');
        const answer = await person.submit(page, '/sign-in', { email, password: 'wrong wrong wrong' });
        expect(answer.status).to.equal(attempt <= 3 ? 422 : 429);
        if (attempt === 4) expect(Number(answer.headers.get('retry-after'))).to.be.greaterThan(0);
        words.push(/<span class="sr">Error: <\/span>([^<]*)/.exec(answer.body)?.[1] ?? '');
      }
      told.push(words);
    }
    expect(told[0]).to.deep.equal(told[1]);
    expect(told[0]?.[0]).to.contain('2 more tries');
    const right = new Person(() => served.url);
    const answer = await right.submit(await right.get('/sign-in'), '/sign-in', CREDENTIALS);
    expect(answer.status).to.equal(429);
  });
});

describe('Tries from another address', () => {
  const served = withServedHouse({ tries: 3, triesAnywhere: 5, config: { trustProxy: true } });

  before(async () => {
    await setUpFirst(new Person(() => served.url), served);
  });

  const tryFrom = async (address: string, password: string): Promise<number> => {
    const person = new Person(() => served.url);
    const from = { 'x-forwarded-for': address };
    const form = load((await person.get('/sign-in', from)).body).form('/sign-in');
    const fields = { ...form?.fields, email: 'ada@linden.example', password };
    return (await person.post('/sign-in', fields, from)).status;
  };

  it('do not lock a person out where they are, until many addresses guess together', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1)
      expect(await tryFrom('203.0.113.1', 'wrong wrong wrong')).to.equal(422);
    expect(await tryFrom('203.0.113.1', PASSWORD), 'the guesser').to.equal(429);
    expect(await tryFrom('198.51.100.7', PASSWORD), 'the person').to.equal(303);
    expect(await tryFrom('203.0.113.2', 'wrong wrong wrong')).to.equal(422);
    expect(await tryFrom('203.0.113.3', 'wrong wrong wrong'), 'the sixth guess anywhere').to.equal(429);
  });
});

describe('A changed password', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);

  before(async () => {
    await setUpFirst(ada, served);
  });

  it('ends every session that began before it, and opens new ones', async () => {
    const elsewhere = new Person(() => served.url);
    await elsewhere.submit(await elsewhere.get('/sign-in'), '/sign-in', CREDENTIALS);
    expect((await elsewhere.get('/')).status).to.equal(200);
    const user = await served.house.users.byEmail(CREDENTIALS.email);
    const [membership] = user?.memberships ?? [];
    if (!user || !membership) throw new Error('Ada is not there');
    const actor = { ...membership, user: user.id };
    served.pass({ minutes: 1 });
    const password = 'four other quiet words';
    expect((await changePassword(served.house, actor, { old: PASSWORD, password })).ok).to.equal(true);
    for (const person of [ada, elsewhere]) expect((await person.get('/')).location).to.equal('/sign-in');
    const form = await elsewhere.get('/sign-in');
    expect((await elsewhere.submit(form, '/sign-in', { ...CREDENTIALS, password })).status).to.equal(303);
    expect((await elsewhere.get('/')).status).to.equal(200);
  });
});

describe('Behind TLS', () => {
  const served = withServedHouse({ config: { url: 'https://tocsin.example' } });

  it('the cookie is Secure and bound to the host, with HSTS and the upgrade', async () => {
    const { headers } = await new Person(() => served.url).get('/sign-in');
    expect(headers.get('strict-transport-security')).to.match(/max-age=\d{7,}/);
    expect(headers.get('content-security-policy')).to.contain('upgrade-insecure-requests');
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).to.match(/^__Host-tocsin=/);
    expect(cookie).to.contain('Secure');
    expect(cookie).to.contain('Path=/');
    expect(cookie).not.to.contain('Domain');
  });

  it('a form of the address that people type is ours', async () => {
    const person = new Person(() => served.url);
    const page = await person.get('/sign-in');
    const token = load(page.body).form('/sign-in')?.fields['_csrf'] ?? '';
    const form = { _csrf: token, email: 'x@example.org', password: 'not right at all' };
    const ours = await person.post('/sign-in', form, { origin: 'https://tocsin.example' });
    expect(ours.status).to.equal(422);
    const foreign = await person.post('/sign-in', form, { origin: 'https://tocsin.example.evil.test' });
    expect(foreign.status).to.equal(403);
  });
});
