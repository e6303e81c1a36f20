import { mkdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { run, type Ran } from './terminal.ts';

const FACTS = {
  role: 'controller',
  establishments: ['DE'],
  mainEstablishment: 'DE-BE',
  zone: 'Europe/Berlin',
  occurredAt: '2026-12-03T02:10',
  awareAt: '2026-12-05T09:30',
  risk: 'high',
  breach: { confidentiality: true },
  data: { categories: ['name', 'email', 'payment-card'], encrypted: false },
  subjects: [{ place: 'DE', count: 2 }],
  organisation: {
    name: 'Linden Shop',
    contact: 'privacy@linden.example, +49 30 23125 100',
    dpo: 'Mara Linde',
    website: 'https://linden.example',
  },
  narrative: {
    whatHappened: { en: 'Someone copied our orders.', de: 'Jemand hat unsere Bestellungen kopiert.' },
    consequences: 'Someone can sound like us.',
    measures: { en: 'We cut the line.', de: 'Wir haben die Verbindung getrennt.' },
  },
};

interface Check {
  readonly words: number;
  readonly grade: number | null;
  readonly bytes: number;
  readonly elements: { readonly present: readonly string[]; readonly missing: readonly string[] };
  readonly untranslated: readonly string[];
}

describe('tocsin letter', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-letter-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function file(name: string, content: unknown): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  async function letter(facts: unknown, ...more: readonly string[]): Promise<Ran> {
    return run(['letter', '--facts', await file('facts.json', facts), ...more]);
  }

  async function printed(facts: unknown, ...more: readonly string[]): Promise<string> {
    const { code, out, complaints } = await letter(facts, ...more);
    expect(complaints).to.equal('');
    expect(code).to.equal(0);
    return out.join('\n');
  }

  async function check(facts: unknown, ...more: readonly string[]): Promise<Check> {
    const line = await printed(facts, '--check', ...more);
    expect(line).not.to.contain('\n');
    return JSON.parse(line) as Check;
  }

  it('prints the letter as text, HTML or a mail, in the language that is asked for', async () => {
    const text = await printed(FACTS, '--locale', 'de');
    expect(text).to.contain('Was ist passiert?\n\nJemand hat unsere Bestellungen kopiert.');
    expect(text).to.contain('seit dem 3. Dezember 2026').and.to.contain('linden.example');
    expect(text).to.contain('privacy@linden.example, +49 30 23125 100').and.not.to.match(/[⟦⟧]/);
    expect(await printed(FACTS)).to.contain('Someone copied our orders.');
    const html = await printed(FACTS, '--locale', 'de', '--format', 'html');
    expect(html).to.match(/^<!doctype html>\n<html lang="de"/);
    expect(html.match(/<a /g)).to.have.lengthOf(1);
    const person = await file('person.json', { email: 'ada@person.example', name: 'Ada', language: 'de' });
    const mail = await printed(FACTS, '--format', 'eml', '--person', person);
    for (const header of [
      /^From: Linden Shop <privacy@linden\.example>/m,
      /^To: Ada <ada@person\.example>/m,
      /^Subject: Ihre Daten bei Linden Shop: was am 3\. Dezember passiert/m,
      /^Auto-Submitted: auto-generated/m,
      /^Content-Language: de/m,
      /^Content-Type: multipart\/alternative/m,
    ])
      expect(mail).to.match(header);
    expect(mail).not.to.match(/^List-|^Precedence:/m);
    expect(mail.indexOf('text/plain')).to.be.below(mail.indexOf('text/html'));
  });

  it('greets the person, in the person’s language, with advice for the person’s country', async () => {
    const person = async (more: object): Promise<string> =>
      file('person.json', { email: 'ada@person.example', name: 'Łucja <b>', ...more });
    const german = await printed(FACTS, '--person', await person({ language: 'de-AT', country: 'AT' }));
    expect(german)
      .to.contain('Guten Tag Łucja <b>,')
      .and.to.contain('13 Monate')
      .and.to.contain('Österreichische Datenschutzbehörde');
    const american = await printed(FACTS, '--person', await person({ country: 'US-CA' }));
    expect(american)
      .to.contain('Notice of Data Breach')
      .and.to.contain('Dear Łucja <b>,')
      .and.to.contain('60 days');
    const asked = await printed(
      FACTS,
      '--locale',
      'en',
      '--person',
      await person({ language: 'de', country: 'DE' }),
    );
    expect(asked, '--locale wins').to.contain('Dear Łucja <b>,').and.to.contain('116 116');
  });

  it('checks with one line: words, grade, bytes, elements, untranslated', async () => {
    const checked = await check(FACTS);
    expect(Object.keys(checked)).to.deep.equal(['words', 'grade', 'bytes', 'elements', 'untranslated']);
    expect(checked.words).to.be.within(150, 350);
    expect(checked.grade).to.be.within(0, 8);
    expect(checked.bytes).to.be.within(3_000, 30_000);
    expect(checked.elements.missing).to.deep.equal([]);
    expect(checked.elements.present).to.include.members([
      'nature',
      'dpo-contact',
      'consequences',
      'measures-taken',
      'advice',
    ]);
    const html = await printed(FACTS, '--format', 'html');
    expect(Math.abs(checked.bytes - Buffer.byteLength(html))).to.be.below(100);
    expect((await check(FACTS, '--locale', 'de')).grade).to.equal(null);
  });

  it('lists what a law wants and is missing, each by its element', async () => {
    const { narrative, organisation } = FACTS;
    const lacks = async (facts: object): Promise<readonly string[]> =>
      (await check({ ...FACTS, ...facts })).elements.missing;
    expect(await lacks({ narrative: { ...narrative, whatHappened: '' } })).to.deep.equal(['nature']);
    expect(await lacks({ narrative: { ...narrative, consequences: 'tbd' } })).to.deep.equal(['consequences']);
    expect(await lacks({ narrative: { ...narrative, measures: ' ' } })).to.deep.equal([
      'measures-taken',
      'measures-proposed',
    ]);
    expect(await lacks({ organisation: { ...organisation, dpo: '' } })).to.deep.equal(['dpo-contact']);
    expect(await lacks({ data: { encrypted: false }, narrative: {} })).to.include('advice');
    expect(
      await lacks({
        subjects: [{ place: 'US-MA', count: 9 }],
        data: { categories: ['name', 'ssn'], encrypted: false },
      }),
    ).to.include.members(['id-protection', 'parent']);
  });

  it('prints a plain text in every language as it stands, and lists it', async () => {
    expect(await printed(FACTS, '--locale', 'de')).to.contain('Someone can sound like us.');
    expect((await check(FACTS, '--locale', 'de')).untranslated).to.deep.equal(['consequences']);
    const half = { ...FACTS, narrative: { ...FACTS.narrative, measures: { en: 'We cut the line.' } } };
    expect(await printed(half, '--locale', 'de')).to.contain('We cut the line.');
    const checked = await check(half, '--locale', 'de');
    expect(checked.untranslated).to.deep.equal(['consequences', 'measures']);
    expect(checked.elements.missing).to.include('measures-taken');
  });

  it('takes hostile facts and people for text', async () => {
    const evil = '<script>x</script> {{#each this}} ⟦in:US⟧ \u202E\r\nBcc: evil@person.example';
    const facts = {
      ...FACTS,
      organisation: { name: evil, contact: evil, dpo: evil, website: `javascript:${evil}` },
      narrative: { whatHappened: evil, consequences: { en: evil }, measures: evil },
    };
    const person = await file('evil.json', {
      email: 'ada@person.example',
      name: 'A'.repeat(10_000),
      language: 'en',
    });
    const html = await printed(facts, '--format', 'html', '--person', person);
    expect(html).not.to.match(/<script|<a |[⟦\u202E]/);
    expect(html).to.contain('Hello,').and.to.contain('{{#each this}}');
    const mail = await printed(facts, '--format', 'eml', '--person', person);
    expect(mail.slice(0, mail.indexOf('\r\n\r\n'))).not.to.match(/^Bcc:/m);
    const proto = await letter('{"__proto__":{"x":1},"organisation":{"name":"L","constructor":"x"}}');
    expect(proto.code).to.equal(2);
  });

  it('refuses what it cannot use, each fault with its place and what is right', async () => {
    const refused = async (facts: unknown, why: RegExp, ...more: readonly string[]): Promise<void> => {
      const { code, out, complaints } = await letter(facts, ...more);
      expect(code, complaints).to.equal(2);
      expect(out).to.deep.equal([]);
      expect(complaints).to.match(why);
    };
    await refused('{', /facts\.json:1:\d+ /);
    await refused('[]', /facts\.json:1:1 /);
    await refused({ ...FACTS, risks: 'high' }, /facts\.json:1:\d+ risks: .*risk/);
    await refused({ ...FACTS, organisation: undefined }, /organisation/);
    await refused({ ...FACTS, organisation: { name: 'L', fax: '1' } }, /organisation\.fax/);
    await refused({ ...FACTS, narrative: { whatHappend: 'x' } }, /narrative\.whatHappend/);
    await refused({ ...FACTS, narrative: { measures: 3 } }, /narrative\.measures/);
    await refused(FACTS, /--locale: no letters are written in fr; there are en, de/, '--locale', 'fr');
    const place = await file('place.json', { name: 'A', email: 'a@person.example', country: 'UK' });
    await refused(FACTS, /place\.json:1:\d+ country: .*GB/, '--person', place);
    const more = await file('more.json', { name: 'A', phone: '1' });
    await refused(FACTS, /more\.json:1:\d+ phone/, '--person', more);
    const gone = await run(['letter', '--facts', join(folder, 'nowhere.json')]);
    expect([gone.code, gone.complaints]).to.deep.equal([
      2,
      `${join(folder, 'nowhere.json')} cannot be read: there is no such file.`,
    ]);
  });

  it('writes by a shop’s own words where it has some, and says what it cannot use', async () => {
    const own = join(folder, 'letters');
    mkdirSync(own);
    await writeFile(join(own, 'en.yaml'), 'closing: We write because you should know.\n');
    const facts = await file('facts.json', FACTS);
    const { out } = await run(['letter', '--facts', facts], undefined, own);
    expect(out.join('\n')).to.contain('We write because you should know.');
    await writeFile(join(own, 'letter.html.hbs'), '{{{subject}}}');
    const faulty = await run(['letter', '--facts', facts], undefined, own);
    expect(faulty.code).to.equal(0);
    expect(faulty.complaints).to.match(/^Not used, our own letters stand in: .*prints without escaping/s);
    expect(faulty.out.join('\n')).to.contain('We write because the law asks us to.');
  });
});
