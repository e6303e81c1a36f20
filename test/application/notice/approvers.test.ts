import { expect } from 'chai';
import { changeFact } from '../../../src/application/incident/change-fact.ts';
import { restrictIncident } from '../../../src/application/incident/lead.ts';
import { logIncident } from '../../../src/application/incident/log-incident.ts';
import { approversOf, staffOf } from '../../../src/application/notice/approvers.ts';
import { viewNotice } from '../../../src/application/notice/view-notice.ts';
import { addressLetter } from '../../../src/application/people/address-letter.ts';
import { approveNotice } from '../../../src/application/notice/decide.ts';
import { prepareNotice } from '../../../src/application/notice/prepare.ts';
import { editDraft, submitNotice } from '../../../src/application/notice/write.ts';
import type { Actor } from '../../../src/domain/access/roles.ts';
import { good, refused } from '../../support/breach.ts';
import { openShop, PASSWORD, SUPPLIER_BREACH, withShopHouse, type Shop } from '../../support/shop.ts';

const WORDS = {
  'what-happened': 'On 3 December someone copied order data. Yours were among them.',
  'data-detail': 'Your name, your address and what you ordered.',
  consequences: 'Somebody may write or call and sound like us.',
  'measures-taken': 'We cut the supplier off.',
  'measures-prevent-detail': 'We check every supplier again.',
  advice: 'Today: do not pay on a link about a parcel.',
};

describe('Who approves in a restricted incident', function () {
  this.timeout(60_000);
  const at = withShopHouse();
  let shop: Shop;
  let legal: Actor;
  let incident = '';
  let notice = '';

  before(async () => {
    shop = await openShop(at.house);
    legal = await shop.hire('legal');
    incident = good(await logIncident(at.house, shop.owner, SUPPLIER_BREACH)).id;
    const leaked = { incident, name: 'breach.confidentiality', value: true, shown: 0 };
    good(await changeFact(at.house, shop.owner, leaked));
    const obligations = ['gdpr-art34-subjects'];
    const begun = { incident, kind: 'letter', obligations, locales: ['en'] } as const;
    notice = good(await prepareNotice(at.house, shop.owner, begun)).notice;
  });

  const approvers = async (): Promise<readonly string[]> => {
    const stored = await at.house.incidents.byId(shop.organisation, incident);
    if (!stored) throw new Error('no incident');
    const staff = await staffOf(at.house, shop.organisation);
    return approversOf(stored, staff).map(({ user }) => user);
  };

  it('is everybody of the organisation with the right, while all may see it', async () => {
    expect(await approvers()).to.have.members([shop.owner.user, legal.user]);
  });

  it('is only who may see it: a colleague who cannot is no second pair of eyes', async () => {
    good(await restrictIncident(at.house, shop.owner, { incident, to: [] }));
    expect(await approvers()).to.deep.equal([shop.owner.user]);
  });

  it('so the lone approver among the named may approve an own text, with pause and reason', async () => {
    const content = { en: WORDS };
    good(await editDraft(at.house, shop.owner, { incident, notice, content, follows: [], shown: 0 }));
    const people = [{ name: 'Maria', email: 'maria@example.org', language: 'en', country: 'DE' }];
    good(await addressLetter(at.house, shop.owner, { incident, notice, people }));
    good(await submitNotice(at.house, shop.owner, { incident, notice }));
    const seal =
      good(await viewNotice(at.house, shop.owner, incident, notice)).notice.submitted?.seal.hash ?? '';
    const form = { incident, notice, seal, password: PASSWORD, reason: 'Nobody else may see it.' };
    expect(refused(await approveNotice(at.house, shop.owner, form))).to.include({ reason: 'pause' });
    at.clock.advance({ minutes: 11 });
    // A second approver may see it after all: then it is theirs to approve, even within the same second.
    good(await restrictIncident(at.house, shop.owner, { incident, to: [legal.user] }));
    expect(refused(await approveNotice(at.house, shop.owner, form))).to.include({ reason: 'author' });
    good(await restrictIncident(at.house, shop.owner, { incident, to: [] }));
    expect(good(await viewNotice(at.house, shop.owner, incident, notice)).approval).to.include({
      ownText: true,
    });
    good(await approveNotice(at.house, shop.owner, form));
    const approved = good(await viewNotice(at.house, shop.owner, incident, notice)).notice.approved;
    expect(approved?.byItsAuthor).not.to.equal(undefined);
  });

  it('two who restrict it at once do not undo each other unseen', async () => {
    const shown = [shop.owner.user];
    good(await restrictIncident(at.house, shop.owner, { incident, to: [legal.user], shown }));
    const late = await restrictIncident(at.house, legal, { incident, to: null, shown });
    expect(refused(late)).to.include({ kind: 'stale-version', subject: 'restriction' });
  });
});
