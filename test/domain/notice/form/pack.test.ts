import { expect } from 'chai';
import { canonical, sha256 } from '../../../../src/domain/register/entry.ts';
import type { Values } from '../../../../src/domain/notice/form/fields.ts';
import type { Filing } from '../../../../src/domain/notice/form/finding.ts';
import type { Form } from '../../../../src/domain/notice/form/form.ts';
import { ownQuestions, type OwnAnswers } from '../../../../src/domain/notice/form/own.ts';
import { packOf, stopsOf, type Pack, type PackQuestion } from '../../../../src/domain/notice/form/pack.ts';
import { at, bookOfForms, formNamed } from './forms.ts';
import { PAYROLL, RANSOMWARE, SUPPLIER } from './worked.ts';

/** An answer to each question that only this form asks: the first value of its list, or a short word. */
function ownAnswers(form: Form): OwnAnswers {
  return Object.fromEntries(
    ownQuestions(form).map(({ own, options }) => [`own.${own}`, options?.[0]?.codes[0] ?? 'EUR']),
  );
}

interface Where {
  readonly filedAt?: string;
  readonly dueAt?: string | null;
  readonly zone?: string;
  readonly reader?: string;
  readonly own?: OwnAnswers;
}

function pack(values: Values, form: string, where: Where = {}): Pack {
  const { filedAt = '2026-11-18T15:10+01:00', dueAt = null, zone = 'Europe/Berlin', reader = 'en' } = where;
  const filing: Filing = {
    filedAt: at(filedAt),
    dueAt: dueAt === null ? null : at(dueAt),
    allPlacesListed: true,
  };
  const { vocabulary } = bookOfForms();
  const chosen = formNamed(form);
  const notice = { values, follows: [], own: where.own ?? ownAnswers(chosen) };
  return packOf({ notice, form: chosen, vocabulary, filing, zone, reader });
}

function asked({ questions }: Pack, label: string): PackQuestion {
  const question = questions.find((one) => one.label === label);
  if (!question) throw new Error(`not asked: ${label} (but ${questions.map((one) => one.label).join('; ')})`);
  return question;
}

/** What stands in the answers to a question: what to tick, then what to write. */
function answers(of: Pack, label: string): readonly string[] {
  return asked(of, label).answers.flatMap(({ ticks, text }) => [...ticks, ...(text === '' ? [] : [text])]);
}

describe('The pack for the form of an authority', () => {
  it('worked notice 1: ransomware, first and incomplete, is ready for the LDI NRW in German', () => {
    const ldi = pack(RANSOMWARE, 'de-nw-ldi', { dueAt: '2026-11-19T08:40+01:00' });
    expect(ldi.findings).to.deep.equal([]);
    expect(stopsOf(ldi)).to.deep.equal([]);
    expect(ldi.englishOnly).to.equal(false);
    expect(answers(ldi, 'Art der Meldung')).to.deep.equal(['Erstmeldung', 'unvollständig']);
    expect(asked(ldi, 'Art der Meldung').gloss).to.equal('Kind of notice');
    expect(answers(ldi, 'Zeitpunkt der Verletzung')).to.deep.equal([
      'dauert an',
      '2026-11-14 02:10 (UTC+01:00)',
      'ja',
    ]);
    expect(answers(ldi, 'Betroffene Personen')).to.deep.equal([
      'Kunden und Interessenten',
      'ungefähr',
      '18400',
      'DE: 17900\nAT: 500',
    ]);
    expect(asked(ldi, 'Betroffene Daten').state).to.equal('open');
    expect(answers(ldi, 'Beschreibung des Vorfalls')[0]).to.equal(RANSOMWARE['what-happened']);
    expect(answers(ldi, 'Auftragsverarbeiter oder andere Beteiligte')[0]).to.equal(
      'Auftragsverarbeiter: Host One BV, soc@host.example',
    );
    expect(ldi.questions.map(({ label }) => label)).not.to.include('Gründe für die Verzögerung');
    expect(ldi.questions.map(({ label }) => label).at(-1)).to.equal('Was nachgemeldet wird');
  });

  it('worked notice 1: the LDI NRW would not take a small risk, and the pack says so', () => {
    const ldi = pack({ ...RANSOMWARE, 'risk-outcome': 'unlikely' }, 'de-nw-ldi');
    expect(stopsOf(ldi)).to.deep.equal(['risk-outcome']);
    expect(ldi.findings[0]?.values).to.deep.equal({ words: 'kein oder nur geringes Risiko' });
  });

  it('worked notice 2: a misdirected payroll mail, complete, has the rating medium at the DPC', () => {
    const dpc = pack(PAYROLL, 'ie-dpc', {
      filedAt: '2026-11-20T09:30Z',
      dueAt: '2026-11-22T11:00Z',
      zone: 'Europe/Dublin',
    });
    expect(dpc.findings).to.deep.equal([]);
    expect(dpc.questions.filter(({ state }) => state === 'missing')).to.deep.equal([]);
    expect(answers(dpc, "Controller's rating of the risk")[0]).to.equal('Medium');
    expect(answers(dpc, 'When the controller became aware')).to.include('2026-11-19 11:00 (UTC)');
    expect(answers(dpc, 'Communication to the people')).to.deep.equal([
      'yes',
      '2026-11-20 08:00 (UTC)',
      'all',
      '61',
      'one by one',
    ]);
    const labels = dpc.questions.map(({ label }) => label);
    expect(labels).not.to.include('DPC reference');
    expect(labels).not.to.include('What will follow');
  });

  it('worked notice 3: a follow-up that completes goes to the AP under its number, in English only', () => {
    const ap = pack(SUPPLIER, 'nl-ap', { filedAt: '2026-11-10T09:00+01:00', zone: 'Europe/Amsterdam' });
    expect(ap.findings).to.deep.equal([]);
    expect(ap.englishOnly).to.equal(true);
    expect(ap.form.wants).to.equal('nl');
    expect(answers(ap, 'Number of the first notice')).to.deep.equal(['AP-2026-004711']);
    expect(answers(ap, 'Are the people told, or will they be?')).to.include.members([
      'not all',
      'one by one',
      'by public notice',
      '312 mails bounced; for them a notice stands on our site.',
    ]);
    expect(answers(ap, 'International processing and other authorities')).to.include.members([
      'ICO (UK GDPR), 2026-10-29',
      'NL: 201000\nBE: 38000\nGB: 1112',
    ]);
  });

  it('R12: what a form has no value for goes to its other with the canonical words', () => {
    const ico = pack({ ...PAYROLL, 'data-categories': ['basic', 'contact', 'profile'] }, 'gb-ico');
    expect(answers(ico, 'Categories of personal data')).to.deep.equal([
      'Basic personal identifiers',
      'Other',
      'profiles (behaviour, credit score)',
    ]);
  });

  it('R12: the words for the other of a French form are French', () => {
    const cnil = pack({ ...PAYROLL, 'incident-nature': 'malfunction' }, 'fr-cnil');
    expect(answers(cnil, "Origine de l'incident")).to.deep.equal(['autre', 'dysfonctionnement']);
    expect(asked(cnil, "Origine de l'incident").gloss).to.equal('Origin of the incident');
  });

  it("says 'about' where a form asks for a number without asking how sure it is", () => {
    const about: Values = { ...PAYROLL, 'subject-count-mode': 'approximate', 'subject-count': 60 };
    expect(answers(pack(about, 'gb-ico'), 'How many people could be affected?')).to.deep.equal(['about 60']);
    expect(answers(pack(about, 'fr-cnil'), 'Nombre de personnes concernées')).to.deep.equal(['environ 60']);
    expect(answers(pack(PAYROLL, 'gb-ico'), 'How many people could be affected?')).to.deep.equal(['61']);
  });

  it('lists what is missing, and stops only at what was read to be mandatory', () => {
    const { 'dpo-name': _name, 'dpo-contact': _contact, ...without } = PAYROLL;
    const { 'reporter-name': _reporter, ...bare } = without;
    expect(asked(pack(bare, 'ie-dpc'), 'Data protection officer').state).to.equal('missing');
    expect(stopsOf(pack(bare, 'ie-dpc', { filedAt: '2026-11-20T09:30Z' }))).to.deep.equal([]);
    expect(stopsOf(pack(bare, 'nl-ap'))).to.include('reporter-name');
  });

  it('lets a provisional notice to Rheinland-Pfalz leave out what a complete one must hold', () => {
    const { 'data-categories': _data, ...bare } = RANSOMWARE;
    expect(stopsOf(pack(bare, 'de-rp-lfdi'))).to.deep.equal([]);
    const complete: Values = {
      ...bare,
      completeness: 'complete',
      'risk-outcome': 'risk',
      'record-count-mode': 'undeterminable',
    };
    expect(stopsOf(pack(complete, 'de-rp-lfdi'))).to.include('data-categories');
  });

  it('asks why it is late exactly when it is', () => {
    const label = 'Gründe für die Verzögerung';
    const late = pack(RANSOMWARE, 'de-nw-ldi', { dueAt: '2026-11-18T15:09+01:00' });
    expect(asked(late, label).state).to.equal('missing');
    expect(stopsOf(late)).to.deep.equal(['delay-reason']);
  });

  it('is the same to the last byte for the same notice, so that it can be sealed', () => {
    const hash = (values: Values): string => sha256(canonical(pack(values, 'edpb-draft')));
    expect(hash(RANSOMWARE)).to.equal(hash({ ...RANSOMWARE }));
    expect(hash(RANSOMWARE)).not.to.equal(hash({ ...RANSOMWARE, 'subject-count': 18_401 }));
  });

  it('takes free text over as its author wrote it, hostile or not', () => {
    const words = '  <b>{{name}}</b>\r\n\u202Eabc\u202C  ';
    const general = pack({ ...PAYROLL, 'what-happened': words }, 'general');
    expect(answers(general, 'What happened')[0]).to.equal(words);
  });

  it('asks nothing of an empty notice that it could not hold, and loses no question of an empty form', () => {
    for (const form of bookOfForms().forms) {
      const empty = pack({ 'notice-type': 'new' }, form.id, { own: {} });
      expect(empty.questions.length, form.id).to.be.greaterThan(5);
      expect(empty.questions.filter(({ state }) => state === 'answered').length, form.id).to.be.lessThan(2);
      const text = empty.questions.flatMap(({ answers: all }) => all.map((one) => one.text)).join('');
      expect(text, form.id).to.equal('');
    }
  });

  it('puts what only one form asks in its place: text to paste, values to tick in its words', () => {
    const poland = pack(RANSOMWARE, 'pl-uodo', {
      own: {
        'own.ransom-asked': 'yes',
        'own.basic-data': 'mail, pesel',
        'own.backup-and-recovery': 'Yes; 9 h',
      },
    });
    expect(answers(poland, 'Malware only: was a ransom asked?')).to.deep.equal(['yes']);
    expect(answers(poland, 'Basic data')).to.deep.equal(['PESEL number', 'mail address']);
    const recovery = 'Malware only: was there a backup, and how long did the recovery take?';
    expect(answers(poland, recovery)).to.deep.equal(['Yes; 9 h']);
    expect(asked(poland, 'Malware only: how was a loss of confidentiality ruled out?').state).to.equal(
      'empty',
    );
  });

  it('R11 and the lists hold for what only one form asks, and its own must-fields stop the notice', () => {
    const own = {
      'own.submission': 'initial',
      'own.submitter-code': 'x'.repeat(21),
      'own.entity-type': 'credit institution',
      'own.classified-at': '2026-11-16T09:00Z',
      'own.criteria': 'clients, weather',
      'own.discovery': 'staff, attacker',
    } as const;
    const dora = pack(RANSOMWARE, 'dora', { own });
    expect(dora.findings.filter(({ level }) => level === 'error')).to.deep.equal([
      {
        rule: 'R11',
        level: 'error',
        field: 'own.submitter-code',
        key: 'too-long',
        values: { limit: 20, length: 21, over: 1 },
      },
      { rule: 'R12', level: 'error', field: 'own.criteria', key: 'own-value', values: { given: 'weather' } },
      { rule: 'R12', level: 'error', field: 'own.discovery', key: 'own-one-value' },
    ]);
    expect(stopsOf(pack(RANSOMWARE, 'dora', { own: {} }))).to.include.members([
      ...['own.submission', 'own.submitter-code', 'own.entity-type', 'own.classified-at', 'own.criteria'],
    ]);
  });

  it('what is to be determined in a question of the form alone keeps the notice incomplete', () => {
    const own = { 'own.ransom-asked': 'tbd' } as const;
    const { questions } = pack(RANSOMWARE, 'pl-uodo', { own });
    expect(questions.find(({ label }) => label.startsWith('Malware only: was a ransom'))?.state).to.equal(
      'open',
    );
    const { findings } = pack(PAYROLL, 'pl-uodo', { own });
    expect(findings.map(({ rule, field }) => [rule, field])).to.deep.include(['R2', 'own.ransom-asked']);
  });

  it('a text one character over the limit of its form is refused by name, and one at the limit is not', () => {
    let limits = 0;
    for (const form of bookOfForms().forms)
      for (const { fields, limit } of form.questions) {
        const [field] = fields;
        if (limit === undefined || field === undefined) continue;
        limits += 1;
        const at = (length: number): readonly string[] =>
          pack({ ...RANSOMWARE, [field]: 'x'.repeat(length) }, form.id)
            .findings.filter(({ key }) => key === 'too-long')
            .map((finding) => finding.field);
        expect(at(limit + 1), `${form.id} ${field}`).to.deep.equal([field]);
        expect(at(limit), `${form.id} ${field}`).to.deep.equal([]);
      }
    expect(limits).to.be.greaterThan(2);
  });

  for (const { id } of bookOfForms().forms)
    it(`puts all three worked notices into ${id} without losing a mandatory answer`, () => {
      for (const values of [RANSOMWARE, PAYROLL, SUPPLIER]) {
        const filled = pack(values, id, { filedAt: '2026-11-20T09:30Z' });
        expect(filled.questions.length).to.be.greaterThan(5);
        expect(stopsOf(filled), id).to.deep.equal([]);
      }
    });
});
