import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { LawWords } from '../../../src/interfaces/cli/law/words.ts';
import { installedLaw } from '../../domain/law/book.ts';

const words = new LawWords(
  parse(readFileSync('templates/messages/law.en.yaml', 'utf8')) as Record<string, string>,
);

function said(condition: string): string {
  return words.because({ key: 'condition', values: { condition } });
}

describe('Why a duty does not apply, in English', () => {
  for (const [condition, sentence] of [
    [
      'owed("us-tx-residents") && atLeast("US-TX", 250)',
      'us-tx-residents is owed and there are at least 250 people in US-TX',
    ],
    [
      'term("personal-breach") && risk in ["risk", "high"]',
      'it is what the law calls “personal breach” and risk is risk or high',
    ],
    [
      '!sector("bank") && !atLeast("*", 500)',
      'it is not so that our sector is bank and it is not so that there are at least 500 people in all',
    ],
    [
      'service.hours >= 4.0 || moreThanInOneState(500)',
      'service.hours is at least 4 or there are more than 500 people in one state',
    ],
    ['data.medium != "paper"', 'data.medium is not paper'],
  ] as const)
    it(`says ${condition}`, () =>
      expect(said(condition)).to.equal(`What is known does not meet its condition: ${sentence}.`));

  it('leaves no sign of the language of conditions in any law that is installed', () => {
    const conditions = [...installedLaw().duties.values()].flatMap(({ versions }) =>
      versions.flatMap(({ when }) => (when ? [when.text] : [])),
    );
    expect(conditions.length).to.be.greaterThan(300);
    const foreign = conditions
      .map(said)
      .filter((sentence) => /&&|\|\||[!"=[\]<>{}?]|condition\.|\w\(/.test(sentence));
    expect(foreign).to.deep.equal([]);
  });
});
