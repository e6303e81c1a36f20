import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Papa from 'papaparse';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { inGerman, joinAs, logBreach, setUpFirst } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const ONE_IN_FRANCE = { state: 'near-miss', place: ['FR'], people: ['1'] };

describe('The breach register on its page, as CSV and as PDF', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);

  before(async () => {
    await setUpFirst(ada, served);
  });

  it('teaches while it is empty', async () => {
    expect(load((await ada.open('/breach-register')).body).text).to.contain('There is no entry yet.');
  });

  it('shows each entry whole, with a way to its incident and to the chain', async () => {
    const incident = await logBreach(ada);
    await logBreach(ada, {
      title: 'A mail stopped',
      whatHappened: 'It lay in the outbox.',
      ...ONE_IN_FRANCE,
    });
    await logBreach(ada, { title: '=HYPERLINK("https://evil.example")', whatHappened: '@SUM(1+1)' });
    const page = load((await ada.open('/breach-register')).body);
    expect(page.text).to.contain('3 entries').and.to.contain('Packwell rang: someone copied our orders');
    expect(page.text).to.contain('No authority was told.').and.to.contain('Germany 2 (customers)');
    expect(page.links).to.include.members([incident, '/register']);
    expect(page.text).not.to.contain('[breach-register');
  });

  it('carries the filter in its address, and takes along exactly what it finds', async () => {
    const page = load((await ada.open('/breach-register?state=near-miss&country=FR')).body);
    expect(page.text).to.contain('One of 3 entries').and.to.contain('A mail stopped');
    expect(page.text).not.to.contain('Packwell rang');
    const links = page.links.filter((link) => link.startsWith('/breach-register/export'));
    expect(links).to.deep.equal([
      '/breach-register/export?state=near-miss&country=FR&format=pdf',
      '/breach-register/export?state=near-miss&country=FR&format=csv',
      '/breach-register/export?state=near-miss&country=FR&format=csv&bom=yes',
    ]);
    const { data } = Papa.parse<string[]>(await bytesOf(links[1] ?? ''), { skipEmptyLines: true });
    expect(data).to.have.length(2);
    expect(data[1]).to.include.members(['Near miss', 'A mail stopped']);
    const none = load((await ada.open('/breach-register?year=1999')).body);
    expect(none.text).to.contain('None of 3 entries').and.to.contain('Nothing matches.');
  });

  const answerOf = (path: string): Promise<Response> =>
    fetch(`${served.url}${path}`, {
      headers: {
        cookie: ada
          .cookieNames()
          .map((name) => `${name}=${ada.cookie(name) ?? ''}`)
          .join('; '),
      },
    });
  async function bytesOf(path: string): Promise<string> {
    return Buffer.from(await (await answerOf(path)).arrayBuffer()).toString('utf8');
  }

  it('gives CSV by RFC 4180 in which no cell runs as a formula, with a byte order mark where it is asked for', async () => {
    const answer = await answerOf('/breach-register/export?format=csv');
    expect(answer.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).to.match(
      /^attachment; filename="?breach-register-2026-12-04\.csv"?$/,
    );
    const csv = await bytesOf('/breach-register/export?format=csv');
    expect(csv)
      .to.match(/^Reference,Breach,State,/)
      .and.to.match(/\r\n$/);
    const { data, errors } = Papa.parse<string[]>(csv, { skipEmptyLines: true, newline: '\r\n' });
    expect(errors).to.deep.equal([]);
    expect(data).to.have.length(4);
    for (const cell of data.flat()) expect(cell).not.to.match(/^[=+\-@\t\r]/);
    expect(data.flat()).to.include.members([`'=HYPERLINK("https://evil.example")`, `'@SUM(1+1)`]);
    expect(data.flat()).to.include('2026-12-04 18:40 +01:00');
    expect(
      (await bytesOf('/breach-register/export?format=csv&bom=yes')).startsWith('\uFEFFReference'),
    ).to.equal(true);
  });

  it('gives a PDF that another reader can read, with the number of each page', async function () {
    const pdf = Buffer.from(await (await answerOf('/breach-register/export?format=pdf')).arrayBuffer());
    expect(pdf.subarray(0, 5).toString()).to.equal('%PDF-');
    const text = await pdftotext(pdf);
    if (text === null) {
      console.log('      note: pdftotext is not installed, so no other reader opened the register');
      this.skip();
    }
    expect(text).to.contain('Breach register of Linden Shop').and.to.contain('Packwell rang: someone copied');
    expect(text)
      .to.match(/page 1 of \d/)
      .and.to.contain('All entries.');
  });

  it('speaks German', async () => {
    await inGerman(ada);
    const page = load((await ada.open('/breach-register')).body);
    expect(page.text).to.contain('3 Einträge').and.to.contain('Keine Behörde wurde informiert.');
    expect(page.text).not.to.contain('[');
    expect(await bytesOf('/breach-register/export?format=csv')).to.match(/^Aktenzeichen,Verletzung,/);
  });

  it('is for those whom the table of roles names', async () => {
    const sam = await joinAs(ada, served, 'Sam', 'responder');
    expect((await sam.get('/breach-register')).status).to.equal(403);
    expect((await sam.get('/breach-register/export?format=csv')).status).to.equal(403);
    const vera = await joinAs(ada, served, 'Vera', 'reader');
    expect((await vera.get('/breach-register')).status).to.equal(200);
    expect((await vera.get('/breach-register/export?format=xls')).status).to.equal(404);
  });
});

/** What another reader finds in it; null where there is no other reader. */
async function pdftotext(pdf: Uint8Array): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-register-'));
  try {
    await writeFile(join(folder, 'register.pdf'), pdf);
    return execFileSync('pdftotext', ['-layout', join(folder, 'register.pdf'), '-'], { encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
