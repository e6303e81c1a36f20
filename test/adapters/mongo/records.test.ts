import { expect } from 'chai';
import { proves } from '../../../src/adapters/crypto/index.ts';
import type { Draft } from '../../../src/application/ports/stores.ts';
import { sha256 } from '../../../src/domain/register/entry.ts';
import { verifyChain } from '../../../src/domain/register/verify.ts';
import { withStore } from '../../support/store.ts';
import { chained, LOGGED, written } from './samples.ts';

describe('The register in the store', () => {
  const store = withStore();

  it('gives entries back so that their hashes still hold', async () => {
    const { head, entries } = chained('incident:r1', 25);
    await store.stores.register.append(entries);
    const stored = await store.stores.register.read('acme', 'incident:r1');
    expect(stored).to.deep.equal(entries);
    expect(verifyChain('incident:r1', head, stored)).to.deep.equal([]);
  });

  it('takes what it has already without changing it', async () => {
    const { entries } = chained('incident:r2', 3);
    await store.stores.register.append(entries.slice(0, 2));
    const forged = entries.map((entry) => ({ ...entry, by: 'mallory' }));
    await store.stores.register.append([...forged.slice(0, 2), ...entries]);
    expect(await store.stores.register.read('acme', 'incident:r2')).to.deep.equal(entries);
  });

  it('takes the same entries from several processes at once', async () => {
    const { entries } = chained('incident:r3', 10);
    await Promise.all(Array.from({ length: 4 }, () => store.stores.register.append(entries)));
    expect(await store.stores.register.read('acme', 'incident:r3')).to.have.length(10);
  });

  it('shows an entry that was altered in the store', async () => {
    const { head, entries } = chained('incident:r4', 3);
    await store.stores.register.append(entries);
    await store.mongo.connection
      .collection<{ _id: string }>('register')
      .updateOne({ _id: 'incident:r4:2' }, { $set: { by: 'mallory' } });
    const stored = await store.stores.register.read('acme', 'incident:r4');
    expect(
      verifyChain('incident:r4', head, stored).map(({ sequence, fault }) => [sequence, fault]),
    ).to.deep.equal([[2, 'altered']]);
  });

  it('names the chains of one organisation only', async () => {
    await store.stores.register.append(chained('incident:o1', 2, 'other').entries);
    await store.stores.register.append(chained('organisation:other', 1, 'other').entries);
    const names = await store.stores.register.chains('other');
    expect([...names].sort()).to.deep.equal(['incident:o1', 'organisation:other']);
    expect(await store.stores.register.read('acme', 'incident:o1')).to.deep.equal([]);
  });
});

describe('Texts, notes and drafts in the store', () => {
  const store = withStore();

  it('keep a text once, under the hash of its words', async () => {
    const { texts } = store.stores;
    const put = await Promise.all([
      texts.put(['law', 'playbook', 'law']),
      texts.put(['playbook', 'ünïcode 🔔']),
    ]);
    expect(put[0]).to.deep.equal([sha256('law'), sha256('playbook'), sha256('law')]);
    const got = await texts.get([sha256('law'), sha256('ünïcode 🔔'), sha256('unknown')]);
    expect([...got].sort()).to.deep.equal(
      [
        [sha256('law'), 'law'],
        [sha256('ünïcode 🔔'), 'ünïcode 🔔'],
      ].sort(),
    );
    expect(await texts.put([])).to.deep.equal([]);
    expect((await texts.get([])).size).to.equal(0);
  });

  it('keep an empty text too', async () => {
    await store.stores.texts.put(['']);
    expect(await store.stores.texts.get([sha256('')])).to.deep.equal(new Map([[sha256(''), '']]));
  });

  it('give a note back to its organisation, and to no other', async () => {
    const { notes } = store.stores;
    const one = await written(notes, 'acme', 'i1', 'Called her: „ruft zurück“');
    const two = await written(notes, 'acme', 'i1', '');
    expect(await notes.read('acme', [one.id, two.id, 'unknown'])).to.deep.equal(
      new Map([
        [one.id, 'Called her: „ruft zurück“'],
        [two.id, ''],
      ]),
    );
    expect((await notes.read('other', [one.id])).size).to.equal(0);
  });

  it('prove the words of a note by its reference, and no other words', async () => {
    const { notes } = store.stores;
    const ref = await written(notes, 'acme', 'i1', 'the same words');
    const twin = await written(notes, 'acme', 'i1', 'the same words');
    expect(ref.hash, 'equal words must not be seen to be equal').not.to.equal(twin.hash);
    const evidence = await notes.evidence('acme', ref.id);
    expect(evidence && proves(ref, evidence.text, evidence.salt)).to.equal(true);
    expect(evidence && proves(ref, 'the same words.', evidence.salt)).to.equal(false);
    expect(evidence && proves(twin, evidence.text, evidence.salt)).to.equal(false);
  });

  it('notice a note that was altered or put in the place of another', async () => {
    const { notes } = store.stores;
    const [one, two] = [await written(notes, 'acme', 'i1', 'yes'), await written(notes, 'acme', 'i1', 'no')];
    const collection = store.mongo.connection.collection<{ _id: string; sealed?: unknown }>('notes');
    const document = await collection.findOne({ _id: one.id });
    await collection.updateOne({ _id: two.id }, { $set: { sealed: document?.sealed } });
    const outcome = await notes.read('acme', [two.id]).then(String, String);
    expect(outcome).to.contain('does not open');
  });

  const draft = (changes: Partial<Draft> = {}): Draft => ({
    organisation: 'acme',
    incident: 'i1',
    notice: 'n1',
    content: { de: { 'what.happened': 'Ein Laptop fehlt.' }, '*': {} },
    follows: ['numbers.people'],
    revision: 1,
    at: LOGGED,
    by: 'anna',
    ...changes,
  });

  it('give a draft back as it was saved', async () => {
    const { drafts } = store.stores;
    expect(await drafts.get('acme', 'i1', 'n1')).to.equal(null);
    expect(await drafts.save(draft())).to.equal(true);
    expect(await drafts.get('acme', 'i1', 'n1')).to.deep.equal(draft());
    const second = draft({ revision: 2, by: 'ben', follows: [] });
    expect(await drafts.save(second)).to.equal(true);
    expect(await drafts.get('acme', 'i1', 'n1')).to.deep.equal(second);
    expect(await drafts.get('other', 'i1', 'n1')).to.equal(null);
  });

  it('let one win of two who save the same revision of a draft', async () => {
    const { drafts } = store.stores;
    const first = await Promise.all(
      [1, 2, 3].map((n) => drafts.save(draft({ notice: 'race', by: `u${n}` }))),
    );
    expect(first.filter(Boolean)).to.have.length(1);
    const next = await Promise.all([1, 2, 3].map(() => drafts.save(draft({ notice: 'race', revision: 2 }))));
    expect(next.filter(Boolean)).to.have.length(1);
    expect(await drafts.save(draft({ notice: 'race', revision: 4 }))).to.equal(false);
    expect(await drafts.save(draft({ notice: 'nowhere', revision: 2 }))).to.equal(false);
  });
});
