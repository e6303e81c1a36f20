import { expect } from 'chai';
import { checklist } from '../../../src/domain/notice/checklist.ts';
import { noticeFacts } from '../../../src/domain/notice/content-facts.ts';
import type { Fact } from '../../../src/domain/incident/incident.ts';
import { incident, letter, linden, NOW } from '../../adapters/templates/packwell.ts';

const said = (value: boolean): Record<string, Fact> => ({
  supplierInvolved: { value, at: NOW, by: 'sam', revision: 1 },
});

function stateOf(element: string, facts: ReturnType<typeof noticeFacts>): string | undefined {
  const duties = [{ content: [element], phases: false }];
  const { content } = letter();
  const items = checklist({
    kind: 'letter',
    duties,
    facts,
    sender: linden,
    content,
    follows: [],
    late: false,
  });
  return items[0]?.state;
}

describe('An element that a law wants only where it applies', () => {
  it('names the processor, or a person said that there was none', () => {
    const { supplier: _supplier, ...without } = incident();
    expect(stateOf('processor', noticeFacts(incident()))).to.equal('filled');
    expect(stateOf('processor', noticeFacts(without))).to.equal('missing');
    expect(stateOf('processor', noticeFacts({ ...without, answers: said(true) }))).to.equal('missing');
    expect(stateOf('processor', noticeFacts({ ...without, answers: said(false) }))).to.equal('filled');
  });

  it('asks for no word on passwords where the data are known and hold none', () => {
    const categories = (value: readonly string[]) =>
      noticeFacts(incident({ 'data.categories': value as never }));
    expect(stateOf('change-password', categories(['payment-card']))).to.equal('filled');
    expect(stateOf('change-password', categories(['password-hash']))).to.equal('filled');
    expect(stateOf('change-password', categories([]))).to.equal('missing');
  });
});
