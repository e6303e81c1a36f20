import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { expect } from 'chai';
import { sha256 } from '../../../src/domain/register/entry.ts';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { inGerman, joinAs, logBreach, sendFile, setUpFirst } from './staff.ts';
import { withServedHouse } from './served-house.ts';

interface Sent {
  readonly name?: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly fields?: Readonly<Record<string, string>>;
}

const SOME = Buffer.from('time;account\n2026-12-04T12:00;maria@customers.example\n');

describe('Evidence, over HTTP', function () {
  this.timeout(60_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let sam: Person;
  let reader: Person;
  let page = '';

  before(async () => {
    await setUpFirst(ada, served);
    sam = await joinAs(ada, served, 'Sam', 'staff');
    reader = await joinAs(ada, served, 'Rea', 'reader');
    page = `${await logBreach(ada)}/evidence`;
  });

  afterEach('no request ended in a fault', () => {
    expect(served.logged).to.deep.equal([]);
  });

  const send = (person: Person, { name = 'access.log', bytes = SOME, fields = {} }: Sent): Promise<Answer> =>
    sendFile(person, page, { name, bytes }, fields);

  const text = async (): Promise<string> => load((await ada.open(page)).body).text;

  it('says the limit before anything is chosen, and what is asked to be kept', async () => {
    const words = await text();
    expect(words).to.contain('No evidence yet');
    expect(words).to.contain('At most 50 MB.');
  });

  it('keeps a file for a task, tells its hash in groups of four, and gives the very bytes back', async () => {
    const answer = await send(sam, { fields: { task: 'call-decider' } });
    expect(answer.status).to.equal(303);
    const kept = load((await sam.open(answer.location ?? '')).body);
    expect(kept.text).to.contain('Kept. Its SHA-256 stands in the record.');
    expect(kept.text.replaceAll(' ', '')).to.contain(sha256(SOME));
    expect(kept.links.some((link) => link.endsWith('/tasks/call-decider'))).to.equal(true);
    const href = kept.links.find((link) => /\/evidence\/[0-9a-f-]{36}$/.test(link)) ?? '';
    const file = await sam.get(href);
    expect(file.body).to.equal(SOME.toString());
    expect(file.headers.get('content-type')).to.equal('application/octet-stream');
    expect(file.headers.get('content-disposition')).to.equal('attachment; filename=access.log');
    expect(file.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(file.headers.get('content-security-policy')).to.equal("default-src 'none'; sandbox");
    expect(file.headers.get('cache-control')).to.equal('no-store');
    const record = load((await ada.open('/register')).body).text;
    expect(record).to.contain('Evidence opened');
  });

  it('a double click keeps one file', async () => {
    const form = load((await sam.open(page)).body).form('/evidence');
    const twice = { name: 'twice.txt', fields: { key: String(form?.fields['key']) } };
    const answers = [await send(sam, twice), await send(sam, twice)];
    expect(answers.map(({ location }) => location)).to.deep.equal([
      answers[0]?.location,
      answers[0]?.location,
    ]);
    expect((await text()).split('twice.txt')).to.have.length(2);
  });

  const NAMES: Readonly<Record<string, readonly [sent: string, shown: string]>> = {
    'a path of Windows': ['C:\\Users\\mara\\orders.csv', 'orders.csv'],
    'a path upwards': ['../../../etc/passwd', 'passwd'],
    HTML: ['<img src=x onerror=alert(1)>.png', '<img src=x onerror=alert(1)>.png'],
    'marks that turn text round': ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    'letters of other scripts': ['Protokoll Weiß — 手紙.txt', 'Protokoll Weiß — 手紙.txt'],
    'quotation marks and line ends': ['a"b\r\nX-Evil: 1.txt', 'X-Evil: 1.txt'],
  };

  for (const [what, [sent, shown]] of Object.entries(NAMES)) {
    it(`takes a name with ${what} as nothing but a name`, async () => {
      const answer = await send(sam, { name: sent, fields: { name: what === 'HTML' ? sent : '' } });
      expect(answer.status).to.equal(303);
      const { body } = await sam.open(answer.location ?? '');
      expect(body).not.to.contain('<img');
      if (what !== 'quotation marks and line ends') expect(load(body).text).to.contain(shown);
      const href = load(body).links.find((link) => /\/evidence\/[0-9a-f-]{36}$/.test(link)) ?? '';
      const file = await sam.get(href);
      expect(file.status).to.equal(200);
      expect(file.headers.get('x-evil')).to.equal(null);
      expect(file.headers.get('content-disposition')).to.match(/^attachment/);
    });
  }

  it('says what is wrong with no file, an empty one and an unknown task, and keeps what was typed', async () => {
    const none = await send(sam, { name: '', bytes: Buffer.alloc(0) });
    expect(none.status).to.equal(422);
    expect(load(none.body).text).to.contain('Choose a file first.');
    const empty = await send(sam, { bytes: Buffer.alloc(0), fields: { name: 'What the helper saw' } });
    expect(empty.status).to.equal(422);
    expect(load(empty.body).text).to.contain('This file is empty');
    expect(empty.body).to.contain('value="What the helper saw"');
    const task = await send(sam, { fields: { task: 'no-such-task' } });
    expect(task.status).to.equal(422);
  });

  it('says at once that 200 MB are too large, by the length alone', async () => {
    const cookie = `tocsin=${sam.cookie('tocsin') ?? ''}`;
    const head = [
      `POST ${page} HTTP/1.1`,
      'Host: x',
      `Cookie: ${cookie}`,
      'Content-Type: multipart/form-data; boundary=b',
      `Content-Length: ${200 * 1024 * 1024}`,
    ];
    const answer = await firstAnswer(served.url, `${head.join('\r\n')}\r\n\r\n`);
    expect(answer).to.contain('413');
    expect(load(answer).text).to.contain('This file is too large; 50 MB at most. Nothing of it was kept.');
  });

  it('stops in the middle of a file that does not say how large it is', async () => {
    const form = load((await sam.open(page)).body).form('/evidence');
    const piece = randomBytes(1024 * 1024);
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (const [field, value] of Object.entries(form?.fields ?? {}))
        if (field !== 'file')
          yield Buffer.from(
            `--b\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${String(value)}\r\n`,
          );
      yield Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="big.bin"\r\n\r\n');
      for (; sent < 60; sent += 1) yield piece;
      yield Buffer.from('\r\n--b--\r\n');
      await Promise.resolve();
    }
    const answer = await sam.request(page, {
      method: 'POST',
      body: ReadableStream.from(endless()),
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      duplex: 'half',
    });
    expect(answer.status).to.equal(422);
    expect(load(answer.body).text).to.contain('50 MB at most');
    expect(await text()).not.to.contain('big.bin');
  });

  it('a file that breaks off leaves nothing, and is no fault of ours', async () => {
    const form = load((await sam.open(page)).body).form('/evidence');
    const fields = ['_csrf', 'key'].map(
      (field) =>
        `--b\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${String(form?.fields[field])}\r\n`,
    );
    const body = `${fields.join('')}--b\r\nContent-Disposition: form-data; name="file"; filename="half.bin"\r\n\r\nhalf`;
    const answer = await sam.request(page, {
      method: 'POST',
      body,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    expect(answer.status).to.equal(400);
    expect(load(answer.body).text).to.contain('The file did not arrive whole.');
    expect(await text()).not.to.contain('half.bin');
  });

  it('takes no file without the token of the session, nor from a foreign page, nor a form that is none', async () => {
    expect((await send(sam, { fields: { _csrf: 'wrong' } })).status).to.equal(403);
    const foreign = await sam.request(page, {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'multipart/form-data; boundary=b', 'sec-fetch-site': 'cross-site' },
    });
    expect(foreign.status).to.equal(403);
    const plain = await sam.post(page, { name: 'x' });
    expect(plain.status).to.equal(415);
    const nobody = await new Person(() => served.url).request(page, {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    expect(nobody.status).to.equal(401);
    const malformed = await sam.request(page, {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'multipart/form-data' },
    });
    expect(malformed.status).to.equal(400);
  });

  it('a reader sees that there are files, and can neither keep nor open one', async () => {
    const { body } = await reader.open(page);
    const seen = load(body);
    expect(seen.text).to.contain('access.log');
    expect(seen.form('/evidence')).to.equal(undefined);
    expect(seen.links.some((link) => /\/evidence\/[0-9a-f-]{36}$/.test(link))).to.equal(false);
    const href = load((await ada.open(page)).body).links.find((link) =>
      /\/evidence\/[0-9a-f-]{36}$/.test(link),
    );
    expect((await reader.get(href ?? '')).status).to.equal(403);
    const token = load(body).form('/sign-out')?.fields['_csrf'];
    const body2 = new FormData();
    body2.append('_csrf', String(token));
    body2.append('file', new Blob([SOME]), 'reader.txt');
    expect((await reader.request(page, { method: 'POST', body: body2 })).status).to.equal(403);
    expect(await text()).not.to.contain('reader.txt');
  });

  it('speaks German', async () => {
    const greta = await joinAs(ada, served, 'Greta', 'responder');
    await inGerman(greta);
    const empty = await send(greta, { bytes: Buffer.alloc(0) });
    expect(load(empty.body).text).to.contain('Diese Datei ist leer').and.to.contain('Höchstens 50 MB.');
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
