import { connect } from 'node:net';
import { expect } from 'chai';
import { ROUTES } from '../../../src/interfaces/api/routes/index.ts';
import type { Route } from '../../../src/interfaces/api/route.ts';
import { withServedHouse } from '../web/served-house.ts';
import { BREACH, openOffice, type Program, type Reply } from './client.ts';

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly { readonly path: string; readonly key: string; readonly detail: string }[];
}

const OPERATOR = { $gt: '' };

/** Every field of an example by its path, with the example in which an operator stands in its place. */
function poisoned(value: unknown, path = ''): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) =>
      poisoned(item, `${path}[${index}]`).map(
        ([where, spoilt]) => [where, value.map((own: unknown, i) => (i === index ? spoilt : own))] as const,
      ),
    );
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [
    ...(path === '' ? [] : [[path, OPERATOR] as const]),
    ...fields.flatMap(([name, item]) =>
      poisoned(item, path === '' ? name : `${path}.${name}`).map(
        ([where, spoilt]) => [where, { ...(value as object), [name]: spoilt }] as const,
      ),
    ),
  ];
}

describe('Bad input to the API', () => {
  const served = withServedHouse();
  let ada: Program;
  const parameters: Record<string, string> = { duty: 'gdpr-art34-subjects', stage: 'detect', name: 'risk' };

  before(async () => {
    ({ ada } = await openOffice(served));
    const logged: { id: string } = (await ada.send('POST', '/incidents', BREACH)).json;
    parameters['incident'] = logged.id;
    const incident: { next: string } = (await ada.get(`/incidents/${logged.id}`)).json;
    parameters['task'] = incident.next;
    const form = { kind: 'letter', obligations: ['gdpr-art34-subjects'], locales: ['en'] };
    const begun: { notice: string } = (await ada.send('POST', `/incidents/${logged.id}/notices`, form)).json;
    parameters['notice'] = begun.notice;
  });

  afterEach('stores nothing and is no fault', async () => {
    expect(served.logged).to.deep.equal([]);
    const { incidents }: { incidents: unknown[] } = (await ada.get('/incidents')).json;
    expect(incidents).to.have.length(1);
  });

  const send = ({ method, path }: Route, body: unknown): Promise<Reply> =>
    ada.send(
      method.toUpperCase(),
      path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? 'none'),
      body,
    );
  const log = async (changes: object): Promise<Problem & { status: number }> => {
    const { status, json } = await ada.send('POST', '/incidents', { ...BREACH, ...changes });
    return { status, ...(json as Problem) };
  };

  for (const route of ROUTES.filter(({ example }) => example !== undefined)) {
    it(`${route.id} names each field in which an operator stands`, async () => {
      const cases = poisoned(route.example);
      expect(cases.length).to.be.greaterThan(0);
      for (const [path, body] of cases) {
        const { status, json } = await send(route, body);
        expect(status, path).to.equal(422);
        const paths = (json as Problem).errors.map((error) => error.path);
        // Where an operator may have a name of its own (a profile's facts), the name in it is what is wrong.
        expect(
          paths.some((named) => named === path || named.startsWith(`${path}.`)),
          `${path}: ${paths.join(', ')}`,
        ).to.equal(true);
      }
    });

    it(`${route.id} names the field that was meant by a misspelt one`, async () => {
      const [name = ''] = Object.keys(route.example as object);
      const { [name]: value, ...rest } = route.example as Record<string, unknown>;
      const { status, json } = await send(route, { ...rest, [`${name}x`]: value });
      expect(status).to.equal(422);
      const found = (json as Problem).errors.find(({ path }) => path === `${name}x`);
      expect(found?.detail).to.equal(`There is no field “${name}x” here. Did you mean ${name}?`);
    });
  }

  const CASES: Readonly<Record<string, readonly [object, string, string]>> = {
    'an unknown country': [
      { subjects: [{ place: 'Atlantis', count: 1 }] },
      'subjects[0].place',
      'is no country or state that we know',
    ],
    'awareness before detection': [
      { awareAt: '2026-12-04T18:00' },
      'awareAt',
      'You cannot have been aware before the first sign.',
    ],
    '30 February': [{ detectedAt: '2026-02-30T10:00' }, 'detectedAt', 'There is no such day.'],
    'a day in the future': [
      { detectedAt: '2027-12-04T18:40', awareAt: undefined },
      'detectedAt',
      'This lies in the future.',
    ],
    'a range turned round': [
      { subjects: [{ min: 5, max: 3 }] },
      'subjects[0]',
      'The smaller number comes first.',
    ],
    'an unknown kind of data': [{ categories: ['nmae'] }, 'categories[0]', 'Did you mean name?'],
    'an unknown fact': [{ facts: { 'dta.encrypted': true } }, 'facts.dta.encrypted', 'is no fact'],
    'an unknown playbook': [{ kind: 'none' }, 'kind', 'Choose what happened.'],
    'a number as text': [{ subjects: [{ count: '3' }] }, 'subjects[0].count', 'must be a whole number'],
    'nothing where text must be': [{ title: null }, 'title', 'This is empty.'],
    'a title of a thousand letters': [{ title: 'x'.repeat(1000) }, 'title', '120 characters at most'],
    'a list for a text': [{ title: ['a'] }, 'title', 'This must be text.'],
  };

  for (const [what, [changes, path, words]] of Object.entries(CASES)) {
    it(`says where and what is wrong with ${what}`, async () => {
      const { status, errors } = await log(changes);
      expect(status).to.equal(422);
      expect(errors.map((error) => error.path)).to.deep.equal([path]);
      expect(errors[0]?.detail).to.contain(words);
    });
  }

  it('tells every fault at once, in the language that is asked for', async () => {
    const body = { ...BREACH, state: 'breech', titel: 'x', title: undefined };
    const german = await ada.send('POST', '/incidents', body, { 'accept-language': 'de-AT' });
    expect((german.json as Problem).errors.map(({ path }) => path).sort()).to.deep.equal([
      'state',
      'titel',
      'title',
    ]);
    expect(german.headers.get('content-language')).to.equal('de');
    expect((german.json as Problem).title).to.equal('Etwas in dieser Anfrage geht so nicht.');
  });

  it('refuses names that every object inherits', async () => {
    const { status, json } = await ada.send(
      'POST',
      '/incidents',
      `{"__proto__":{"state":"breach"},"constructor":1,"state":"breach"}`,
    );
    expect(status).to.equal(422);
    expect((json as Problem).errors.map(({ path }) => path)).to.include('constructor');
  });

  it('refuses what is nested without end, in the facts too', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const body = `{"value":${deep},"shown":0}`;
    const path = `/incidents/${parameters['incident'] ?? ''}/facts/risk`;
    expect((await ada.send('PUT', path, body)).status).to.equal(422);
  });

  it('says what is no JSON, half of it, or no object', async () => {
    const types = ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'];
    for (const type of types) {
      const answer = await ada.send('POST', '/incidents', 'state=breach', { 'content-type': type });
      expect(answer.status, type).to.equal(415);
    }
    for (const body of ['{"state":', '"text"', '1', '\u0000'])
      expect((await ada.send('POST', '/incidents', body)).status, body).to.equal(400);
    expect((await ada.send('POST', '/incidents', '[]')).status).to.equal(422);
    expect((await ada.send('POST', '/incidents')).status).to.equal(422);
  });

  it('says that a query is wrong', async () => {
    const answer = await ada.get('/incidents?stage=opne&x=1');
    expect(answer.status).to.equal(422);
    expect((answer.json as Problem).errors.map(({ path }) => path).sort()).to.deep.equal(['stage', 'x']);
    expect((await ada.get('/incidents?stage=open&stage=all')).status).to.equal(422);
  });

  it('says that nothing stands at an address, and what an address takes', async () => {
    expect((await ada.get('/incident')).status).to.equal(404);
    expect((await ada.get(`/incidents/${'0'.repeat(36)}`)).status).to.equal(404);
    expect((await ada.get('/incidents/%24gt')).status).to.equal(404);
    expect((await ada.get('/incidents/%E0%A4%A')).status).to.equal(400);
    const wrong = await ada.send('DELETE', '/incidents');
    expect(wrong.status).to.equal(405);
    expect(wrong.headers.get('allow')).to.equal('GET, POST');
  });

  it('says at once that 200 MB are too large, and stops reading where no length is told', async () => {
    const head =
      'POST /api/v1/incidents HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 209715200\r\n\r\n';
    const answer = await firstAnswer(served.url, head);
    expect(answer).to.contain('413').and.to.contain('application/problem+json');
    const response = await fetch(new URL('/api/v1/incidents', served.url), {
      method: 'POST',
      body: new Blob([`"${'x'.repeat(1_500_000)}"`]).stream(),
      headers: { 'content-type': 'application/json' },
      duplex: 'half',
    });
    expect(response.status).to.equal(413);
  });

  it('counts tries at a password, by pages and API together', async () => {
    const path = `/incidents/${parameters['incident'] ?? ''}/notices/${parameters['notice'] ?? ''}/approve`;
    const statuses: number[] = [];
    for (let i = 0; i < 102; i += 1)
      statuses.push((await ada.send('POST', path, { seal: 'x', password: `guess ${i}` })).status);
    expect(statuses.at(-1)).to.equal(429);
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
      if (!text.includes('}')) return;
      socket.destroy();
      resolve(text);
    });
    socket.on('error', reject);
  });
}
