import { expect } from 'chai';
import { passagesIn } from '../../../src/adapters/templates/passages.ts';

describe('The parts of a notice, by the element that each answers', () => {
  const html = [
    '<h1>Notice</h1>',
    '<h2 data-element="nature">What happened</h2><p class="cite">Art. 33(3)(a)</p><p>Orders were copied. All of them.</p>',
    '<h2 data-element="measures-taken">What was done</h2><ul><li>The supplier was cut off.</li></ul>',
    '<hr><p>Sent by the shop.</p>',
  ].join('');

  it('begin with their own first sentence, not with the article that they answer', () => {
    expect(passagesIn(html).get('nature')).to.equal('Orders were copied. All of them.');
  });

  it('end where the next part begins, or at a rule', () => {
    expect([...passagesIn(html).keys()]).to.deep.equal(['nature', 'measures-taken']);
    expect(passagesIn(html).get('measures-taken')).to.contain('The supplier was cut off.').and.not.to.contain('Sent');
  });
});
