import { expect } from 'chai';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotOpen, openVault, type Vault } from '../../../src/adapters/crypto/index.ts';

const key = (): string => randomBytes(32).toString('base64');
const vaultOf = (given: string): Promise<Vault> => openVault({ dataFolder: '/nowhere', key: given });

describe('The master key', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-keys-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is made once for a data folder, for its owner only, and found again', async () => {
    const first = await openVault({ dataFolder: folder });
    const again = await openVault({ dataFolder: folder });
    expect(again.fingerprint).to.equal(first.fingerprint);
    expect((await stat(join(folder, 'keys', 'master'))).mode & 0o777).to.equal(0o600);
    expect((await stat(join(folder, 'keys'))).mode & 0o777).to.equal(0o700);
  });

  it('is the same for processes that start on one folder at once, and leaves nothing beside it', async () => {
    const vaults = await Promise.all(Array.from({ length: 8 }, () => openVault({ dataFolder: folder })));
    expect(new Set(vaults.map(({ fingerprint }) => fingerprint)).size).to.equal(1);
    expect(await readdir(join(folder, 'keys'))).to.deep.equal(['master']);
  });

  it('given as TOCSIN_KEY is the same key as in the file', async () => {
    const made = await openVault({ dataFolder: folder });
    const given = await readFile(join(folder, 'keys', 'master'), 'utf8');
    expect((await vaultOf(given)).fingerprint).to.equal(made.fingerprint);
  });

  it('is refused with its place when it is not 32 bytes in base64', async () => {
    for (const bad of [
      '',
      'secret',
      randomBytes(16).toString('base64'),
      randomBytes(33).toString('base64'),
      `${key()}x`,
    ]) {
      const outcome = await vaultOf(bad).then(() => 'taken', String);
      expect(outcome, bad).to.match(/^MasterKeyError: TOCSIN_KEY is not a master key/);
      if (bad) expect(outcome).not.to.contain(bad);
    }
    await openVault({ dataFolder: folder });
    await writeFile(join(folder, 'keys', 'master'), '');
    const outcome = await openVault({ dataFolder: folder }).then(() => 'taken', String);
    expect(outcome).to.contain(join(folder, 'keys', 'master'));
  });

  it('cannot be told from its fingerprint, and another key has another', async () => {
    const given = key();
    const vault = await vaultOf(given);
    expect(vault.fingerprint).to.match(/^[0-9a-f]{16}$/);
    expect(Buffer.from(given, 'base64').toString('hex')).not.to.contain(vault.fingerprint);
    expect((await vaultOf(key())).fingerprint).not.to.equal(vault.fingerprint);
  });
});

describe('What is sealed', () => {
  let vault: Vault;
  before(async () => {
    vault = await vaultOf(key());
  });

  it('opens again, whatever it is', () => {
    const sealer = vault.sealer('acme', 'notes');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (content, id) => {
        expect(new Uint8Array(sealer.open(id, sealer.seal(id, content)))).to.deep.equal(content);
      }),
    );
  });

  it('opens in its own place only: purpose, organisation and id', async () => {
    const sealed = vault.sealer('acme', 'notes').seal('n1', Buffer.from('words'));
    const other = await vaultOf(key());
    const wrong = [
      () => vault.sealer('acme', 'notes').open('n2', sealed),
      () => vault.sealer('acme', 'drafts').open('n1', sealed),
      () => vault.sealer('other', 'notes').open('n1', sealed),
      () => other.sealer('acme', 'notes').open('n1', sealed),
    ];
    for (const open of wrong) expect(open).to.throw(CannotOpen);
  });

  it('does not open when any bit was altered or any byte cut off', () => {
    const sealer = vault.sealer('acme', 'notes');
    const sealed = sealer.seal('n1', Buffer.from('The words of a note'));
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.nat(7), (byte, bit) => {
        const bent = Buffer.from(sealed);
        bent[byte]! ^= 1 << bit;
        expect(() => sealer.open('n1', bent)).to.throw(CannotOpen);
        expect(() => sealer.open('n1', sealed.subarray(0, byte))).to.throw(CannotOpen);
      }),
    );
  });

  it('never looks the same twice', () => {
    const sealer = vault.sealer('acme', 'notes');
    expect(sealer.seal('n1', Buffer.from('yes')).equals(sealer.seal('n1', Buffer.from('yes')))).to.equal(
      false,
    );
  });
});

describe('The key of a list', () => {
  it('opens its list again from what is stored, and no other', async () => {
    const vault = await vaultOf(key());
    const { key: made, wrapped } = vault.newListKey('acme', 'l1');
    const sealed = made.seal('0', Buffer.from('people'));
    expect(vault.listKey('acme', 'l1', wrapped).open('0', sealed).toString()).to.equal('people');
    expect(() => vault.listKey('acme', 'l2', wrapped)).to.throw(CannotOpen);
    expect(() => vault.listKey('other', 'l1', wrapped)).to.throw(CannotOpen);
    const another = vault.newListKey('acme', 'l1');
    expect(() => another.key.open('0', sealed)).to.throw(CannotOpen);
  });

  it('tags an address the same in any case, and differently in every list', async () => {
    const vault = await vaultOf(key());
    const { key: one, wrapped } = vault.newListKey('acme', 'l1');
    const { key: two } = vault.newListKey('acme', 'l2');
    expect(one.tag('Eva@Example.com')).to.have.length(8);
    expect(one.tag('Eva@Example.com').equals(one.tag('eva@example.COM'))).to.equal(true);
    expect(
      vault.listKey('acme', 'l1', wrapped).tag('eva@example.com').equals(one.tag('eva@example.com')),
    ).to.equal(true);
    expect(one.tag('eva@example.com').equals(two.tag('eva@example.com'))).to.equal(false);
    expect(one.tag('eva@example.com').equals(one.tag('eva@example.org'))).to.equal(false);
  });
});
