import { expect } from 'chai';
import type { LetterPost } from '../../src/application/ports/post.ts';
import { dispatchLetters, startDispatch } from '../../src/application/people/dispatch.ts';
import { addressLetter } from '../../src/application/people/address-letter.ts';
import { correctAddress } from '../../src/application/people/correct-address.ts';
import { viewNotice } from '../../src/application/notice/view-notice.ts';
import type { Actor } from '../../src/domain/access/roles.ts';
import type { DomainError } from '../../src/domain/errors.ts';
import type { Seal } from '../../src/domain/notice/notice.ts';
import type { Result } from '../../src/domain/result.ts';
import { approveLetterTo, type LetterPlace } from '../support/approved-letter.ts';
import { good, refused } from '../support/breach.ts';
import { openShop, withShopHouse, type Shop } from '../support/shop.ts';
import { THREE } from './breach.ts';

describe('What was approved, and nothing else, leaves the house', function () {
  this.timeout(120_000);
  const at = withShopHouse();
  let shop: Shop;
  let responder: Actor;
  let legal: Actor;
  const sent: string[] = [];
  const altered: string[] = [];
  const taking: LetterPost = {
    exact: false,
    deliver: ({ to }) => {
      sent.push(to.email);
      return Promise.resolve('accepted');
    },
  };

  before(async () => {
    shop = await openShop(at.house);
    responder = await shop.hire('responder');
    legal = await shop.hire('legal');
  });
  beforeEach(() => sent.splice(0));
  // Letters of the same words share their texts: what one test altered is written anew for the next.
  afterEach(() =>
    at.store.mongo.models.texts.collection.deleteMany({ _id: { $in: altered.splice(0) as never[] } }),
  );

  const approved = (people = THREE) => approveLetterTo(at.house, { responder, legal }, people);
  const sealOf = async ({ incident, notice }: LetterPlace): Promise<Seal> => {
    const view = good(await viewNotice(at.house, legal, incident, notice));
    if (!view.notice.approved) throw new Error('not approved');
    return view.notice.approved.seal;
  };
  const start = (place: LetterPlace) => startDispatch({ ...at.house, letterPost: taking }, responder, place);
  const run = ({ incident, notice }: LetterPlace, letterPost: LetterPost = taking) =>
    dispatchLetters({ ...at.house, letterPost }, shop.organisation, incident, notice);
  const brokenPart = (result: Result<unknown, DomainError>): string => {
    const error = refused(result);
    return error.kind === 'seal-broken' ? error.part : error.kind;
  };
  const models = () => at.store.mongo.models;
  const batchOf = async (place: LetterPlace): Promise<string> => `${(await sealOf(place)).list?.id ?? ''}/0`;

  /** What somebody with the store in hand could change; each says which part is then found broken. */
  const TAMPERED: Readonly<
    Record<string, { part: string; change: (place: LetterPlace) => Promise<unknown> }>
  > = {
    'one character of the German letter': {
      part: 'text',
      change: async (place) => {
        const hash = (await sealOf(place)).texts['de']?.html ?? '';
        const text = (await at.house.texts.get([hash])).get(hash) ?? '';
        altered.push(hash);
        return models().texts.collection.updateOne(
          { _id: hash as never },
          { $set: { text: text.replace('.', '!') } },
        );
      },
    },
    'the text is gone': {
      part: 'text',
      change: async (place) => {
        const hash = (await sealOf(place)).texts['en']?.subject ?? '';
        altered.push(hash);
        return models().texts.collection.updateOne({ _id: hash as never }, { $set: { text: '' } });
      },
    },
    'one person more, in sealed bytes of another list': {
      part: 'people',
      change: async (place) => {
        const other = await approved([
          ...THREE,
          { ...THREE[0], name: 'Eve', email: 'eve@else.example' },
        ] as typeof THREE);
        const more = await models().batches.findOne({
          _id: await batchOf(other),
          organisation: shop.organisation,
        });
        return models().batches.collection.updateOne(
          { _id: (await batchOf(place)) as never },
          { $set: { sealed: more?.sealed } },
        );
      },
    },
    'one bit of the sealed people': {
      part: 'people',
      change: async (place) => {
        const own = await models().batches.findOne({
          _id: await batchOf(place),
          organisation: shop.organisation,
        });
        const bytes = Buffer.from(own?.sealed ?? []);
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        return models().batches.collection.updateOne(
          { _id: (await batchOf(place)) as never },
          { $set: { sealed: bytes } },
        );
      },
    },
    'another list in the place of the approved one, in the seal as well': {
      part: 'text',
      change: async (place) => {
        const { list } = await sealOf(await approved());
        return atNotice(place, { list, 'approved.seal.list': list });
      },
    },
    'an attachment put into the seal of a letter, which has none': {
      part: 'attachments',
      change: (place) => atNotice(place, { 'approved.seal.attachments': ['0'.repeat(64)] }),
    },
    'a text swapped for another that was sealed once': {
      part: 'text',
      change: async (place) => {
        const { texts } = await sealOf(place);
        return atNotice(place, { 'approved.seal.texts.de': texts['en'] });
      },
    },
  };

  /** Sets fields of the stored notice, behind everybody's back. */
  async function atNotice(
    { incident, notice }: LetterPlace,
    fields: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    const stored = await at.house.incidents.byId(shop.organisation, incident);
    const index = stored?.notices.findIndex(({ id }) => id === notice) ?? -1;
    const set = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [`notices.${index}.${name}`, value]),
    );
    return models().incidents.collection.updateOne({ _id: incident as never }, { $set: set });
  }

  for (const [what, { part, change }] of Object.entries(TAMPERED)) {
    it(`${what}: sending does not start`, async () => {
      const place = await approved();
      await change(place);
      expect(brokenPart(await start(place))).to.equal(part);
      expect(sent).to.deep.equal([]);
    });

    it(`${what}: sending that has started stops before its next letter`, async () => {
      const place = await approved();
      good(await start(place));
      good(await run(place, { exact: false, deliver: () => Promise.resolve('later') }));
      await change(place);
      at.clock.advance({ minutes: 5 });
      // Bytes that no key opens are refused with an error of their own.
      const outcome = await run(place).then(brokenPart, () => 'unreadable');
      expect([part, 'unreadable']).to.include(outcome);
      expect(sent).to.deep.equal([]);
    });
  }

  it('one person added or taken away by a use case makes the approval void', async () => {
    for (const people of [[...THREE, { name: 'Eve', email: 'eve@else.example' }], THREE.slice(0, 2)]) {
      const place = await approved();
      good(await addressLetter(at.house, responder, { ...place, people }));
      expect(refused(await start(place)).kind).to.equal('wrong-state');
      expect(sent).to.deep.equal([]);
    }
  });

  it('a corrected address is an amendment: the letter goes to the new one, under the old approval', async () => {
    const place = await approved();
    const before = await sealOf(place);
    const right = { ...place, batch: 0, position: 1, email: 'tom.reed@new.example', postal: '' };
    good(await correctAddress(at.house, legal, right, 'corrected'));
    good(await start(place));
    good(await run(place));
    expect(await sealOf(place)).to.deep.equal(before);
    expect([...sent].sort()).to.deep.equal([
      'jan@customers.example',
      'maria@customers.example',
      'tom.reed@new.example',
    ]);
  });
});
