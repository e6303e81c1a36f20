import { expect } from 'chai';
import fc from 'fast-check';
import { assemble, parsePlaybook } from '../../../src/domain/playbook/index.ts';
import { shippedText, trunk } from './books.ts';

/** What slips of the keyboard and bad copies leave behind. */
const SCRAPS = [
  '',
  ' ',
  ':',
  '- ',
  '\n',
  '\t',
  '"',
  "'",
  '{',
  ']',
  '&a ',
  '*a',
  '!!js ',
  '<<: ',
  '|',
  '#',
  '%',
  '---\n',
  '🔔',
  '\u0000',
];

describe('A playbook file damaged at random', () => {
  const text = shippedText('supplier-breach.yaml');
  const base = trunk();

  it('is either a playbook or a list of faults with a place, never a crash', () => {
    const position = fc.integer({ min: 0, max: text.length });
    fc.assert(
      fc.property(position, fc.integer({ min: 0, max: 40 }), fc.constantFrom(...SCRAPS), (at, cut, scrap) => {
        const damaged = text.slice(0, at) + scrap + text.slice(at + cut);
        const { playbook, problems } = parsePlaybook(damaged, 'shop.yaml');
        const all = playbook === undefined ? problems : assemble(playbook, base).problems;
        const lines = damaged.split('\n').length;
        for (const problem of all) {
          expect(problem.line).to.be.within(1, lines + 1);
          expect(problem.column).to.be.at.least(1);
          expect(problem.message).not.to.match(/undefined|\[object|Error/);
        }
        if (playbook === undefined) expect(problems).not.to.be.empty;
      }),
      { numRuns: 60 },
    );
  });

  it('refuses the values that programs trip over', () => {
    for (const value of ['{ $gt: "" }', 'null', '[]', '{}', '__proto__', '1e999', '.nan', '0x10', 'true']) {
      for (const key of ['id', 'title', 'version', 'asks', 'stages', 'suggestedWhen', 'notices']) {
        const odd = text.replace(new RegExp(`^${key}:.*$`, 'm'), `${key}: ${value}`);
        const { playbook, problems } = parsePlaybook(odd, 'shop.yaml');
        if (playbook !== undefined) assemble(playbook, base);
        else expect(problems, `${key}: ${value}`).not.to.be.empty;
      }
    }
  });
});
