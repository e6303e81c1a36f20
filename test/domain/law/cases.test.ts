import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { nearestCases, parseCases, type CaseAnswer } from '../../../src/domain/law/cases.ts';
import type { Risk } from '../../../src/domain/law/index.ts';
import { factsOf, judged, of } from './book.ts';

const FILE = 'playbooks/cases/edpb-01-2021.yaml';
const TEXT = readFileSync(FILE, 'utf8');
const { cases, problems } = parseCases(TEXT, FILE);

/** The Guidelines' own table: what each example ends with. */
const ANSWERS = 'D-- DA- DAP DAP DAP D-- DAP DA- D-- D-- DAP DAP D-- DAP D-- DA- DAP DAP'.split(' ');

/** Where and when each example is played: the Guidelines leave it open. */
const SETTING = {
  zone: 'Europe/Brussels',
  role: 'controller',
  establishments: ['BE'],
  mainEstablishment: 'BE',
  sectors: [],
  awareAt: '2026-12-01T10:00',
};

function answerTo(facts: Record<string, unknown>, risk: Risk): CaseAnswer {
  const obligations = judged({ ...SETTING, ...facts, risk });
  const owed = (duty: string): boolean => of(obligations, duty).some((one) => one.decision === 'applies');
  return {
    document: owed('gdpr-art33-5-register'),
    authority: owed('gdpr-art33-authority'),
    people: owed('gdpr-art34-subjects'),
  };
}

function letters({ document, authority, people }: CaseAnswer): string {
  return `${document ? 'D' : '-'}${authority ? 'A' : '-'}${people ? 'P' : '-'}`;
}

describe('The examples of EDPB Guidelines 01/2021', () => {
  it('are eighteen, and read without a fault', () => {
    expect(problems).to.deep.equal([]);
    expect(cases.map((one) => letters(one.answer))).to.deep.equal(ANSWERS);
  });

  for (const one of cases) {
    it(`${one.id}: ${one.title}: ${letters(one.answer)}`, () => {
      expect(answerTo(one.written, one.risk)).to.deep.equal(one.answer);
    });
  }

  it('are compared with ENISA’s band alone, which is told and never tuned', () => {
    const agrees = cases.filter(
      (one) => letters(answerTo(one.written, one.severity.risk)) === letters(one.answer),
    );
    console.log(
      `    note: ENISA's band alone agrees with ${agrees.length} of ${cases.length} EDPB examples; it differs in ` +
        cases
          .filter((one) => !agrees.includes(one))
          .map((one) => one.id)
          .join(', '),
    );
    for (const { severity } of cases) expect(severity.trace.length).to.be.greaterThan(2);
  });
});

describe('Cases like yours', () => {
  it('finds each example by its own facts', () => {
    for (const one of cases) {
      const [first] = nearestCases(one.facts, cases);
      expect(first?.likeness, one.id).to.equal(1);
      const equals = nearestCases(one.facts, cases, cases.length).filter(({ likeness }) => likeness === 1);
      expect(equals.map((like) => like.case.id)).to.include(one.id);
    }
  });

  it('brings the hospital for a clinic under ransomware, with what is alike and what is not', () => {
    const facts = factsOf({
      ransomware: true,
      malicious: true,
      breach: { availability: true },
      data: { categories: ['name', 'health'] },
      subjects: [{ place: 'DE', count: 900 }],
    });
    const [first] = nearestCases(facts, cases);
    expect(first?.case.id).to.equal('edpb-03');
    expect(first?.case.answer).to.deep.equal({ document: true, authority: true, people: true });
    expect(first?.alike).to.include.members(['ransomware', 'availability', 'sensitive-data']);
  });

  it('brings the parcels for a letter in the wrong envelope', () => {
    const facts = factsOf({
      inadvertent: true,
      breach: { confidentiality: true },
      data: { categories: ['name', 'postal-address'], medium: 'paper' },
      subjects: [{ count: 1 }],
    });
    const found = nearestCases(facts, cases).map((like) => like.case.id);
    expect(found[0]).to.equal('edpb-13');
  });

  it('brings nothing where nothing is known', () => {
    expect(nearestCases(factsOf({}), cases)).to.deep.equal([]);
  });

  it('takes an unknown fact for no difference', () => {
    const known = { malicious: true, breach: { confidentiality: true } };
    const alike = (facts: Record<string, unknown>): readonly string[] =>
      nearestCases(factsOf(facts), cases, cases.length).find((like) => like.case.id === 'edpb-18')?.unlike ??
      [];
    expect(alike(known)).to.deep.equal([]);
    expect(alike({ ...known, ransomware: true, data: { categories: ['health'] } })).to.include(
      'sensitive-data',
    );
  });

  it('refuses a case whose facts or score break their own contracts, with its place', () => {
    const broken = parseCases(TEXT.replace('ransomware: true', 'ransomeware: true'), FILE);
    expect(broken.cases).to.deep.equal([]);
    expect(broken.problems.map(({ line, key }) => [line > 1, key])).to.deep.equal([[true, 'unknown-key']]);
    const unscored = parseCases(TEXT.replace('ei: maximum', 'ei: maximal'), FILE);
    expect(unscored.problems.map(({ key }) => key)).to.deep.equal(['unknown-value']);
  });
});
