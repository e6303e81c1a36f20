import { expect } from 'chai';
import { MOST_STEPS, stepsFor, type AdviceBlock } from '../../../src/domain/notice/content-advice.ts';
import { noticeFacts } from '../../../src/domain/notice/content-facts.ts';
import { incident } from '../../adapters/templates/packwell.ts';
import type { Json } from '../../../src/domain/register/entry.ts';

const block = (id: string, over: Partial<AdviceBlock> = {}): AdviceBlock => ({
  id,
  categories: [id],
  time: 'Today',
  say: [{ text: `Do ${id}.` }],
  ...over,
});

const NOTHING: ReadonlySet<string> = new Set();

function steps(
  blocks: readonly AdviceBlock[],
  facts: Readonly<Record<string, Json>>,
  own = '',
  confirmed = NOTHING,
): readonly string[] {
  return stepsFor(blocks, noticeFacts(incident(facts)), own, confirmed).map(({ say }) =>
    say.map(({ text }) => text).join(' '),
  );
}

describe('The steps of a letter', () => {
  it('are those of the data affected, in order of merit, and no other', () => {
    const blocks = [block('password-plain'), block('payment-card'), block('name')];
    expect(steps(blocks, { 'data.categories': ['name', 'password-plain'] })).to.deep.equal([
      'Do password-plain.',
      'Do name.',
    ]);
    expect(steps(blocks, { 'data.categories': ['email'] })).to.deep.equal([]);
  });

  it('are at most five; those of the author always stand', () => {
    const categories = ['name', 'email', 'phone', 'health', 'ssn', 'passport', 'location'];
    const blocks = categories.map((category) => block(category));
    const chosen = steps(
      blocks,
      { 'data.categories': categories },
      '- Today: Call us.\n2. Ask your school.\n\n',
    );
    expect(chosen).to.have.lengthOf(MOST_STEPS);
    expect(chosen.slice(0, 3)).to.deep.equal(['Do name.', 'Do email.', 'Do phone.']);
    expect(chosen.slice(3)).to.deep.equal(['Call us.', 'Ask your school.']);
    const many = Array.from({ length: 9 }, (_, i) => `Step ${i}`).join('\n');
    expect(steps(blocks, { 'data.categories': categories }, many)).to.have.lengthOf(MOST_STEPS);
  });

  it('keep with each sentence for whom it is, and stand only where they say something to everybody', () => {
    const blocks = [
      block('name', { say: [{ text: ' Ask. ' }, { text: 'By EU law.', in: ['EEA'] }] }),
      block('email', { say: [{ text: 'By US law.', in: ['US'] }] }),
    ];
    expect(stepsFor(blocks, noticeFacts(incident()), '', NOTHING)).to.deep.equal([
      { block: 'name', time: 'Today', say: [{ text: 'Ask.' }, { text: 'By EU law.', in: ['EEA'] }] },
    ]);
  });

  it('say what we did or never do only when it is confirmed', () => {
    const blocks = [block('name', { say: [{ text: 'We closed it.', if: 'closed' }] })];
    expect(steps(blocks, {})).to.deep.equal([]);
    expect(steps(blocks, {}, '', new Set(['closed']))).to.deep.equal(['We closed it.']);
  });

  it('leave out what another step says already', () => {
    const blocks = [block('name'), block('email', { unless: ['name'] })];
    expect(steps(blocks, {})).to.deep.equal(['Do name.']);
    expect(steps(blocks, { 'data.categories': ['email'] })).to.deep.equal(['Do email.']);
  });

  it('speak of a supplier only where there is one', () => {
    const blocks = [block('supplier', { categories: [], supplier: true })];
    expect(steps(blocks, {})).to.deep.equal(['Do supplier.']);
    const { facts } = incident();
    expect(stepsFor(blocks, noticeFacts({ facts }), '', NOTHING)).to.deep.equal([]);
  });
});
