import { expect } from 'chai';
import { argonPasswords, randomIds, systemClock } from '../../../src/adapters/crypto/index.ts';

describe('Passwords', () => {
  it('are kept as argon2id with at least 19 MiB and two passes', async () => {
    const hash = await argonPasswords.hash('correct horse battery staple');
    const [, variant, , parameters] = hash.split('$');
    const { m, t } = Object.fromEntries(new URLSearchParams((parameters ?? '').replaceAll(',', '&')));
    expect(variant).to.equal('argon2id');
    expect(Number(m)).to.be.at.least(19456);
    expect(Number(t)).to.be.at.least(2);
  });

  it('match their own hash and no other', async () => {
    const hash = await argonPasswords.hash('Straße 1');
    expect(await argonPasswords.verify(hash, 'Straße 1')).to.equal(true);
    expect(await argonPasswords.verify(hash, 'Straße 2')).to.equal(false);
    expect(await argonPasswords.verify(hash, '')).to.equal(false);
  });

  it('match however the keyboard composes their letters', async () => {
    const hash = await argonPasswords.hash('Zo\u00eb');
    expect(await argonPasswords.verify(hash, 'Zoe\u0308')).to.equal(true);
  });

  it('match nothing where there is no hash, or something that is none', async () => {
    expect(await argonPasswords.verify(null, '')).to.equal(false);
    expect(await argonPasswords.verify(null, 'anything')).to.equal(false);
    expect(await argonPasswords.verify('plain text', 'plain text')).to.equal(false);
  });

  it('of the same words have different hashes', async () => {
    expect(await argonPasswords.hash('same')).not.to.equal(await argonPasswords.hash('same'));
  });
});

describe('Chance and time', () => {
  it('gives secrets of 256 bits that fit a URL, and ids that do not repeat', () => {
    const secrets = Array.from({ length: 100 }, () => randomIds.secret());
    expect(new Set(secrets).size).to.equal(100);
    for (const secret of secrets) expect(secret).to.match(/^[A-Za-z0-9_-]{43}$/);
    expect(new Set(Array.from({ length: 100 }, () => randomIds.id())).size).to.equal(100);
    const jitter = randomIds.jitter();
    expect(jitter >= 0 && jitter < 1).to.equal(true);
  });

  it('gives moments in whole milliseconds, which the store keeps exactly', () => {
    for (let tries = 0; tries < 50; tries += 1) {
      expect(systemClock.now().epochNanoseconds % 1_000_000n).to.equal(0n);
    }
  });
});
