import { createHmac, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { quickHmac } from '../../../src/adapters/crypto/quick-hmac.ts';

describe('HMAC of many short texts', () => {
  it('is what Node computes, for every length and script', () => {
    const key = randomBytes(32);
    const hmac = quickHmac(key);
    for (const text of [
      '',
      'a',
      'maria@example.org',
      'пётр@пример.рф',
      'x'.repeat(1024),
      'ü'.repeat(3000),
      'b',
    ])
      expect(hmac(text).toString('hex')).to.equal(createHmac('sha256', key).update(text).digest('hex'));
  });
});
