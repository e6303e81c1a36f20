import { expect } from 'chai';
import { listFiles } from '../../../src/adapters/lists-in/index.ts';
import { checkList, type CheckedList, type Wish } from '../../../src/application/people/check-list.ts';
import type { ListSource } from '../../../src/application/ports/list-files.ts';

/** A file in memory, in pieces of this size: wherever it is cut, the answer is the same. */
export function sourceOf(content: string | Uint8Array, piece = 64 * 1024): ListSource {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- a file in memory
    async *bytes() {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
    },
  };
}

const SIZES = [64 * 1024, 1, 3, 7];

/** Checks a list in pieces of several sizes, all of which must give the same answer. */
async function check(content: string | Uint8Array, wish?: Wish): Promise<CheckedList> {
  const answers: CheckedList[] = [];
  const sizes = content.length > 20_000 ? SIZES.slice(0, 1) : SIZES;
  for (const size of sizes) {
    const checked = await checkList(listFiles, sourceOf(content, size), wish);
    if (!checked.ok) throw new Error(checked.error);
    answers.push(checked.value);
  }
  for (const answer of answers) expect(answer).to.deep.equal(answers[0]);
  return answers[0] as CheckedList;
}

async function faultOf(content: string | Uint8Array): Promise<string> {
  const faults = [];
  for (const size of SIZES) {
    const checked = await checkList(listFiles, sourceOf(content, size));
    faults.push(checked.ok ? 'a list' : checked.error);
  }
  expect(new Set(faults).size).to.equal(1);
  return faults[0] ?? '';
}

const numbers = ({ rows, accepted, duplicates, rejected }: CheckedList): unknown => ({
  rows,
  accepted,
  duplicates,
  rejected: rejected.map(({ row, reason }) => `${row} ${reason}`),
});

const taken = (rows: number, accepted = rows, rejected: readonly string[] = [], duplicates = 0): unknown => ({
  rows,
  accepted,
  duplicates,
  rejected,
});

const utf16 = (text: string, mark = true): Buffer => Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');

describe('Lists as other programs and people leave them', function () {
  this.timeout(30_000);

  it('says of a file without bytes, of a mark alone and of blank lines that they are empty', async () => {
    for (const content of ['', '\ufeff', '\n\n  \r\n', ' ', '\r\r'])
      expect(await faultOf(content)).to.equal('empty');
  });

  it('says of a list without header that it has none, and of one that reaches nobody', async () => {
    expect(await faultOf('ada@example.com,Ada\nbob@example.com,Bob\n')).to.equal('no-header');
    expect(await faultOf('name,email,ada@example.com\n')).to.equal('no-header');
    expect(await faultOf('name,country\nAda,DE\n')).to.equal('no-header');
    expect(await faultOf('Das ist ein Brief.\nEr hat zwei Zeilen.\n')).to.equal('no-header');
    expect(await faultOf('名前,電話\n太郎,1\n')).to.equal('no-header');
  });

  it('tells binary files from text', async () => {
    const noise = Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * at * 31 + at * 17) % 256));
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    for (const file of [png, noise, Buffer.from('%PDF-1.7\n1 0 obj'), Buffer.alloc(500)])
      expect(await faultOf(file)).to.equal('not-text');
  });

  it('takes a header alone for a list of nobody', async () => {
    expect(numbers(await check('email,name'))).to.deep.equal(taken(0));
    expect(numbers(await check('email,name\r\n'))).to.deep.equal(taken(0));
  });

  it('skips blank lines and does not count them, wherever they stand', async () => {
    const list = await check('\n\n \nemail\n\na@x.example\n \n\nnone\n\t\nb@x.example\n\n');
    expect(numbers(list)).to.deep.equal(taken(3, 2, ['2 invalid-email']));
  });

  it('counts fields: one empty one at the end is no difference, two are', async () => {
    const list = await check(
      'email,name\na@x.example\na@x.example,A,\nb@x.example,B,,\nc@x.example,C,c\nd@x.example,\n',
    );
    expect(numbers(list)).to.deep.equal(taken(5, 2, ['1 bad-row', '3 bad-row', '4 bad-row']));
    const trailing = await check('email,name,\na@x.example,A\nb@x.example,B,\n');
    expect(numbers(trailing)).to.deep.equal(taken(2));
  });

  it('takes a quotation that is never closed for one row, and all before it for theirs', async () => {
    const list = await check('email,name\na@x.example,A\nb@x.example,"B\nc@x.example,C\n');
    expect(numbers(list)).to.deep.equal(taken(2));
    const short = await check('email,name\na@x.example,A\n"b@x.example,B\nc@x.example,C\n');
    expect(numbers(short)).to.deep.equal(taken(2, 1, ['2 bad-row']));
  });

  it('takes delimiters, quotation marks and line breaks inside quotations as part of the field', async () => {
    const list = await check(
      'email;name\n"a@x.example";"North; Ada ""the"" \n second"\r\nb@x.example;O"Neill\n',
    );
    expect(numbers(list)).to.deep.equal(taken(2));
  });

  it('reads line ends of all three kinds, also mixed', async () => {
    const rows = ['a@x.example,A', 'b@x.example,B', 'c@x.example,C'];
    for (const end of ['\n', '\r\n', '\r'])
      expect(numbers(await check(['email,name', ...rows].join(end) + end))).to.deep.equal(taken(3));
    const mixed = await check(
      'email,name\r\na@x.example,A\nb@x.example,"B\r\nb"\r\nc@x.example,C\rd@x.example,D',
    );
    expect(numbers(mixed)).to.deep.equal(taken(4));
  });

  it('rejects what holds a NUL or bytes that are no character, and only that', async () => {
    const nul = await check('email,name,other\na@x.example,A\0,x\nb@x.example,B,\0\nc@x.example,C,c\n');
    expect(numbers(nul)).to.deep.equal(taken(3, 1, ['1 encoding', '2 encoding']));
    const cut = Buffer.concat([
      Buffer.from('\ufeffemail,name\na@x.example,'),
      Buffer.of(0xc3),
      Buffer.from('\nb@x.example,Zoë\n'),
    ]);
    expect(numbers(await check(cut))).to.deep.equal(taken(2, 1, ['1 encoding']));
    const latin = Buffer.concat([
      Buffer.from('email,name\na@x.example,'),
      Buffer.of(0x81),
      Buffer.from('\nb@x.example,Zo'),
      Buffer.of(0xeb, 0x0a),
    ]);
    expect(numbers(await check(latin))).to.deep.equal(taken(2, 1, ['1 encoding']));
    const good = await check('email,name\na@x.example,\ufffd\n');
    expect(numbers(good)).to.deep.equal(taken(1));
  });

  it('reads UTF-16 of both kinds, rejects half characters, and finds it without its mark', async () => {
    const text = 'email\tname\r\na@x.example\tŁódź 😀\r\nb@x.example\t\ud83d\r\n';
    const little = utf16(text);
    const big = Buffer.from(little).swap16();
    for (const file of [little, big])
      expect(numbers(await check(file))).to.deep.equal(taken(2, 1, ['2 encoding']));
    expect(numbers(await check(utf16('email,name\na@x.example,A\n', false)))).to.deep.equal(taken(1));
    const odd = Buffer.concat([utf16('email,name\na@x.example,A\nb@x.example,B'), Buffer.of(0x41)]);
    expect(numbers(await check(odd))).to.deep.equal(taken(2, 1, ['2 encoding']));
  });

  it('reads Windows-1252 with its euro sign and dashes', async () => {
    const bytes = Buffer.from('E-Mail;Straße;Ort\n;Weg 5;K\xf6ln \x80\x96\n', 'latin1');
    const list = await check(bytes);
    expect(numbers(list)).to.deep.equal(taken(1));
    expect(list.columns.street).to.equal('Straße');
  });

  it('rejects fields over 1,000 characters and addresses over 254, in characters', async () => {
    const long = (count: number): string => 'x'.repeat(count);
    const label = `${long(60)}.`;
    const list = await check(
      `email,name,other\na@x.example,${long(1000)},${long(3000)}\nb@x.example,${long(1001)},\n` +
        `c@x.example,${'😀'.repeat(1000)},\n${long(60)}@${label.repeat(3)}${long(3)}.example,D,\n` +
        `${long(60)}@${label.repeat(3)}${long(2)}.example,E,\n`,
    );
    expect(numbers(list)).to.deep.equal(taken(5, 3, ['2 too-long', '4 too-long']));
  });

  it('gets past a field of 10 MB, and one of which the end never comes', async () => {
    const huge = 'line\n'.repeat(2_000_000);
    const list = await check(`email,name\na@x.example,"${huge}"\nb@x.example,B\n`);
    expect(numbers(list)).to.deep.equal(taken(2, 1, ['1 too-long']));
    const endless = await checkList(listFiles, sourceOf(`email,name\n"${'x\n'.repeat(18_000_000)}`, 1 << 20));
    expect(endless.ok ? 'a list' : endless.error).to.equal('open-quotation');
  });

  const ADDRESSES: Readonly<Record<string, 'taken' | 'invalid-email'>> = {
    'ada@EXAMPLE.example': 'taken',
    '  ada@x.example  ': 'taken',
    'ada+shop@x.example': 'taken',
    "o'brien@x.example": 'taken',
    'пётр@пример.рф': 'taken',
    'uwe@müller.example': 'taken',
    'ada@x.museum-of-things': 'taken',
    'mailto:ada@x.example': 'invalid-email',
    'Ada <ada@x.example>': 'invalid-email',
    'ada@x.example.': 'invalid-email',
    'ada.@x.example': 'invalid-email',
    '.ada@x.example': 'invalid-email',
    'a..b@x.example': 'invalid-email',
    'ada@x': 'invalid-email',
    'ada@@x.example': 'invalid-email',
    'ada @x.example': 'invalid-email',
    '@x.example': 'invalid-email',
    'ada@-x.example': 'invalid-email',
    'ada@x_y.example': 'invalid-email',
    'ada@127.0.0.1': 'invalid-email',
    'ada@x.example;bob@x.example': 'invalid-email',
    'ada\u200b@x.example': 'invalid-email',
    '\u202eada@x.example': 'invalid-email',
  };
  for (const [address, verdict] of Object.entries(ADDRESSES))
    it(`${verdict === 'taken' ? 'takes' : 'does not take'} ${JSON.stringify(address)} for an address`, async () => {
      const list = await check(`email\tname\n${address}\tA\n`);
      expect(numbers(list)).to.deep.equal(verdict === 'taken' ? taken(1) : taken(1, 0, ['1 invalid-email']));
    });

  it('knows one address by case, blanks, composition and IDN, and leaves dots and plus tags apart', async () => {
    const list = await check(
      'email\nzoe\u0308@x.example\nZOË@X.example\nuwe@müller.example\nuwe@xn--mller-kva.example\n uwe@MÜLLER.example \nu.we@müller.example\nuwe+1@müller.example\n',
    );
    expect(numbers(list)).to.deep.equal(taken(7, 4, [], 3));
  });

  it('does not take the address of a rejected row for one that stood there before', async () => {
    const list = await check('email,name\na@x.example\na@x.example,A\na@x.example,A\n');
    expect(numbers(list)).to.deep.equal(taken(3, 1, ['1 bad-row'], 1));
  });

  it('takes people without address as often as they stand there', async () => {
    const list = await check('email,street,city\n,Weg 1,Ort\n,Weg 1,Ort\n , ,Ort\n,Weg 1,\n');
    expect(numbers(list)).to.deep.equal(taken(4, 2, ['3 missing-contact', '4 missing-contact']));
  });

  it('tests reasons in their order', async () => {
    const x = 'x'.repeat(1001);
    const list = await check(`email,name\nnone\0,${x},\0\n\0,${x}\nnone,${x}\n,N\nnone,N\n`);
    expect(numbers(list)).to.deep.equal(
      taken(5, 0, ['1 bad-row', '2 encoding', '3 too-long', '4 missing-contact', '5 invalid-email']),
    );
  });

  it('leaves formulas, templates, HTML and marks of direction what they are: names', async () => {
    const list = await check(
      'email,name\na@x.example,"=HYPERLINK(""http://x"",""y"")"\nb@x.example,{{constructor}}\nc@x.example,<script>alert(1)</script>\nd@x.example,\u202eadA\n',
    );
    expect(numbers(list)).to.deep.equal(taken(4));
  });

  const HEADERS: Readonly<
    Record<string, readonly [header: string, columns: Readonly<Record<string, string>>]>
  > = {
    English: [
      'E-mail Address,First name,Last name,Street address,ZIP/Postal code,Town/City,State/Province,Country/Region,Preferred language,Date of birth,Customer no.',
      {
        email: 'E-mail Address',
        firstName: 'First name',
        lastName: 'Last name',
        street: 'Street address',
        postcode: 'ZIP/Postal code',
        city: 'Town/City',
        region: 'State/Province',
        country: 'Country/Region',
        language: 'Preferred language',
        birthDate: 'Date of birth',
        id: 'Customer no.',
      },
    ],
    German: [
      'KUNDEN-NR.;VORNAME;NACHNAME;EMAILADRESSE;STRASSE;PLZ;WOHNORT;LAND;SPRACHE;GEBURTSDATUM',
      {
        id: 'KUNDEN-NR.',
        email: 'EMAILADRESSE',
        street: 'STRASSE',
        city: 'WOHNORT',
        birthDate: 'GEBURTSDATUM',
      },
    ],
    French: [
      'N° client;Nom;Prénom;Adresse e-mail;Adresse;Code postal;Ville;Pays;Langue;Date de naissance',
      {
        id: 'N° client',
        lastName: 'Nom',
        firstName: 'Prénom',
        email: 'Adresse e-mail',
        street: 'Adresse',
        postcode: 'Code postal',
      },
    ],
    Spanish: [
      'Nombre;Apellidos;Correo electrónico;Dirección;Código postal;Población;Provincia;País;Idioma;Fecha de nacimiento',
      {
        firstName: 'Nombre',
        lastName: 'Apellidos',
        email: 'Correo electrónico',
        city: 'Población',
        region: 'Provincia',
      },
    ],
    Italian: [
      'Nome;Cognome;Indirizzo e-mail;Indirizzo;CAP;Città;Provincia;Nazione;Lingua;Data di nascita;Codice cliente',
      {
        firstName: 'Nome',
        lastName: 'Cognome',
        email: 'Indirizzo e-mail',
        street: 'Indirizzo',
        postcode: 'CAP',
        country: 'Nazione',
      },
    ],
    Dutch: [
      'Klantnummer;Voornaam;Achternaam;E-mailadres;Straat;Postcode;Woonplaats;Land;Taal;Geboortedatum',
      {
        id: 'Klantnummer',
        firstName: 'Voornaam',
        lastName: 'Achternaam',
        email: 'E-mailadres',
        city: 'Woonplaats',
      },
    ],
    Polish: [
      'Imię;Nazwisko;Adres e-mail;Ulica;Kod pocztowy;Miejscowość;Województwo;Kraj;Język;Data urodzenia;Numer klienta',
      {
        firstName: 'Imię',
        lastName: 'Nazwisko',
        email: 'Adres e-mail',
        street: 'Ulica',
        postcode: 'Kod pocztowy',
        city: 'Miejscowość',
        region: 'Województwo',
        country: 'Kraj',
        language: 'Język',
        birthDate: 'Data urodzenia',
        id: 'Numer klienta',
      },
    ],
    Portuguese: [
      'Primeiro nome;Apelido;Endereço de e-mail;Morada;Código postal;Localidade;Distrito;País;Língua;Data de nascimento',
      {
        firstName: 'Primeiro nome',
        lastName: 'Apelido',
        street: 'Morada',
        city: 'Localidade',
        region: 'Distrito',
      },
    ],
    Swedish: [
      'Förnamn;Efternamn;E-postadress;Gatuadress;Postnummer;Postort;Län;Land;Språk;Födelsedatum;Kundnummer',
      {
        firstName: 'Förnamn',
        email: 'E-postadress',
        street: 'Gatuadress',
        city: 'Postort',
        birthDate: 'Födelsedatum',
      },
    ],
    Danish: [
      'Fornavn;Efternavn;E-mailadresse;Vejnavn;Postnr.;By;Land;Sprog;Fødselsdato;Kundenummer',
      { firstName: 'Fornavn', street: 'Vejnavn', postcode: 'Postnr.', city: 'By', birthDate: 'Fødselsdato' },
    ],
  };
  for (const [language, [header, columns]] of Object.entries(HEADERS))
    it(`knows ${language} headers`, async () => {
      const list = await check(`${header}\n`);
      expect(list.columns).to.include(columns);
      expect(Object.keys(list.columns)).to.have.length(header.split(/[;,]/).length);
    });

  it('takes the first of two columns of one meaning, and drops what it does not know', async () => {
    const list = await check(
      'E-Mail,Email Address,Shoe size,Name\nnone,a@x.example,44,A\nb@x.example,none,45,B\n',
    );
    expect(list.columns).to.deep.equal({ email: 'E-Mail', name: 'Name' });
    expect(numbers(list)).to.deep.equal(taken(2, 1, ['1 invalid-email']));
  });

  it('finds the delimiter by the header, not by what addresses are full of', async () => {
    expect(numbers(await check('Name, Vorname;E-Mail;PLZ, Ort\nA, B;a@x.example;1, C\n'))).to.deep.equal(
      taken(1),
    );
    expect(numbers(await check('email|street|city\n|Weg 1, hinten; links|Ort\n'))).to.deep.equal(taken(1));
    expect(numbers(await check('sep=;\r\nemail;name\r\na@x.example;A,B\r\n'))).to.deep.equal(taken(1));
    expect(numbers(await check('"e-mail"\n"a@x.example"\n'))).to.deep.equal(taken(1));
  });

  it('understands languages and countries as they are written, and falls back from one to the other', async () => {
    const list = await check(
      'email;language;country\n' +
        'a@x.example;de-AT;\nb@x.example;PT_br;Brasil\nc@x.example;polski;\nd@x.example;Swedish;NOR\n' +
        'e@x.example;klingon;Österreich\nf@x.example;;Suisse\ng@x.example;;Stany Zjednoczone\nh@x.example;;Atlantis\n' +
        'i@x.example;;UK\nj@x.example;und;us-tx\n',
    );
    expect(list.languages).to.deep.equal({ de: 2, pt: 1, pl: 1, sv: 1, und: 2, en: 3 });
    expect(list.countries).to.deep.equal({ '??': 3, BR: 1, NO: 1, AT: 1, CH: 1, US: 2, GB: 1 });
  });

  it('reads a list as a person says, where the header says otherwise', async () => {
    const text = 'contact,what\na@x.example,A\n';
    expect(await faultOf(text)).to.equal('no-header');
    const list = await check(text, { columns: ['email', 'name'] });
    expect(list.columns).to.deep.equal({ email: 'contact', name: 'what' });
    expect(numbers(list)).to.deep.equal(taken(1));
  });
});
