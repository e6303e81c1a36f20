import { connect } from 'node:net';
import { expect } from 'chai';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { BREACH, setUpFirst } from './staff.ts';
import { withServedHouse } from './served-house.ts';

describe('Bad input', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);

  before(async () => {
    await setUpFirst(ada, served);
  });

  afterEach('stores nothing and shows no stack trace', async () => {
    expect(load((await ada.open('/incidents')).body).text).to.contain('No incident has been logged.');
    expect(served.logged).to.deep.equal([]);
  });

  const log = async (changes: Record<string, string | readonly string[]>) =>
    ada.submit(await ada.open('/incidents/new'), '/incidents/new', { ...BREACH, ...changes });

  for (const name of Object.keys(BREACH)) {
    it(`names the field where ${name} is an operator`, async () => {
      const token =
        load((await ada.get('/incidents/new')).body).form('/incidents/new')?.fields['_csrf'] ?? '';
      const fields = Object.fromEntries(Object.entries(BREACH).filter(([field]) => field !== name));
      const answer = await ada.post('/incidents/new', { ...fields, _csrf: token, [`${name}[$gt]`]: '' });
      expect(answer.status).to.equal(422);
      expect(load(answer.body).text).to.contain(`${name} : This field must be plain text.`);
    });
  }

  it('takes an operator that is typed as the text that it is', async () => {
    const answer = await log({ kind: '{"$gt":""}' });
    expect(answer.status).to.equal(422);
    expect(load(answer.body).text).to.contain('Choose what happened.');
  });

  it('refuses a field that stands twice where there is one', async () => {
    const token = load((await ada.get('/incidents/new')).body).form('/incidents/new')?.fields['_csrf'] ?? '';
    const answer = await ada.post('/incidents/new', { ...BREACH, _csrf: token, title: ['a', 'b'] });
    expect(answer.status).to.equal(422);
    expect(load(answer.body).text).to.contain('title : This field was sent more than once.');
  });

  it('refuses names that every object inherits', async () => {
    const token = load((await ada.get('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
    const answer = await ada.post('/incidents/new', { _csrf: token, __proto__x: 'y', constructor: 'z' });
    expect(answer.status).to.equal(422);
  });

  const CASES: Readonly<Record<string, readonly [Record<string, string | readonly string[]>, string]>> = {
    'an unknown country': [{ place: ['Atlantis', 'AT'] }, 'is no country or state that we know'],
    'awareness before detection': [
      { awareTime: '18:00' },
      'You cannot have been aware before the first sign.',
    ],
    '30 February': [{ detectedDay: '2026-02-30' }, 'There is no such day.'],
    'a day without a time': [{ detectedTime: '' }, 'Write day and time'],
    'a day in the future': [{ awareDay: '2027-12-04' }, 'This lies in the future.'],
    'people that are no number': [{ people: ['40k', '1'] }, '“40k” is not a number. Write 40000'],
    'a range turned round': [{ people: ['5 to 3', '1'] }, 'The smaller number comes first.'],
    'an unknown kind of data': [{ categories: ['nmae'] }, 'Did you mean name?'],
    'no title': [{ title: ' ' }, 'Write something here.'],
    'a title of a thousand letters': [
      { title: 'x'.repeat(1000) },
      'This is too long; 120 characters at most.',
    ],
    'a supplier without a name': [{ supplierName: '' }, 'Write something here.'],
  };

  for (const [what, [changes, words]] of Object.entries(CASES)) {
    it(`says what is wrong with ${what}, and keeps all that was typed`, async () => {
      const answer = await log(changes);
      expect(answer.status).to.equal(422);
      expect(load(answer.body).text).to.contain(words);
      expect(answer.body).to.contain('Packwell, by telephone to Sam');
      expect(answer.body).to.match(/<input[^>]*value="supplier-breach" checked/);
      const link = /<div class="error-summary"[\s\S]*?href="#([^"]+)"/.exec(answer.body)?.[1] ?? '';
      expect(answer.body, `the summary links to #${link}`).to.contain(`id="${link}"`);
    });
  }

  it('says at once that JSON, files and text are no forms', async () => {
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/plain']) {
      const answer = await ada.request('/incidents/new', {
        method: 'POST',
        body: '{"title":{"$gt":""}}',
        headers: { 'content-type': type },
      });
      expect(answer.status, type).to.equal(415);
      expect(load(answer.body).text).to.contain('That is not a form.');
    }
  });

  it('says at once that 200 MB are too large, without reading them', async () => {
    const answer = await firstAnswer(
      served.url,
      'POST /incidents/new HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 209715200\r\n\r\n',
    );
    expect(answer).to.contain('413');
    expect(answer).to.contain('A form may hold 1 MB at most. Nothing was stored.');
  });

  it('stops reading where a body without a length gets too large', async () => {
    const answer = await ada.request('/sign-out', {
      method: 'POST',
      body: new Blob([`_csrf=${'x'.repeat(1_500_000)}`]).stream(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      duplex: 'half',
    });
    expect(answer.status).to.equal(413);
  });

  it('escapes what people type, everywhere', async () => {
    const nasty = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>';
    const answer = await log({ title: nasty, kind: 'none', reporter: nasty, whatHappened: nasty });
    expect(answer.body).not.to.contain('<script>alert');
    expect(answer.body).not.to.contain('<img');
  });
});

/** Sends only the head of a request, and reads what comes back. */
function firstAnswer(url: string, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(head));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (data: string) => {
      text += data;
      if (!text.includes('</html>')) return;
      socket.destroy();
      resolve(text);
    });
    socket.on('error', reject);
  });
}
