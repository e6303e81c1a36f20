import { expect } from 'chai';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import {
  addressLetter,
  approveNotice,
  prepareNotice,
  reviseNotice,
  sendBackNotice,
  submitNotice,
} from '../../../src/domain/incident/notices.ts';
import { fileNotice } from '../../../src/domain/incident/filing.ts';
import { recordTold, startDispatch } from '../../../src/domain/incident/sending.ts';
import { standingOf } from '../../../src/domain/incident/standing.ts';
import type { NoticeKind, Seal } from '../../../src/domain/notice/notice.ts';
import { seal } from '../../../src/domain/notice/seal.ts';
import {
  at,
  FRIDAY,
  gdpr,
  good,
  LENE,
  logged,
  MARA,
  note,
  person,
  refused,
  SAM,
} from '../../support/breach.ts';

const LIST = { id: 'list-1', count: 3, digest: 'd'.repeat(64) };
const TEXTS = { en: { subject: 'a', html: 'b', text: 'c' } };
const AUTHORITY = seal({ texts: TEXTS, attachments: [] });
const LETTER = seal({ texts: TEXTS, attachments: [], list: LIST });
const APPROVERS = ['mara', 'lene'];

function prepared(kind: NoticeKind = 'authority'): Incident {
  const obligations = [kind === 'letter' ? 'gdpr-art34-subjects' : 'gdpr-art33-authority'];
  const { incident } = good(
    prepareNotice(logged(), { id: 'no', kind, obligations, locales: ['en'] }, at(SAM)),
  );
  return kind === 'letter' ? good(addressLetter(incident, 'no', LIST, at(SAM))).incident : incident;
}

function submitted(kind: NoticeKind = 'authority'): Incident {
  const sealed = kind === 'letter' ? LETTER : AUTHORITY;
  return good(submitNotice(prepared(kind), 'no', { seal: sealed, incomplete: [] }, at(SAM, 1))).incident;
}

function approval(sealed: Seal = AUTHORITY) {
  return { atHand: sealed, shown: sealed.hash, approvers: APPROVERS };
}

function approved(kind: NoticeKind = 'authority'): Incident {
  const sealed = kind === 'letter' ? LETTER : AUTHORITY;
  return good(approveNotice(submitted(kind), 'no', approval(sealed), at(MARA, 2))).incident;
}

describe('A notice', () => {
  it('is not handed in before each element is filled', () => {
    const error = refused(
      submitNotice(prepared(), 'no', { seal: AUTHORITY, incomplete: ['consequences'] }, at(SAM)),
    );
    expect(error.kind === 'invalid-input' && error.problems[0]?.path).to.equal('content.consequences');
  });

  it('is approved by another, never by its author', () => {
    const own = good(reviseNotice(prepared(), 'no', at(MARA))).incident;
    const inReview = good(submitNotice(own, 'no', { seal: AUTHORITY, incomplete: [] }, at(SAM))).incident;
    expect(refused(approveNotice(inReview, 'no', approval(), at(MARA, 60)))).to.include({
      kind: 'not-allowed',
      reason: 'author',
    });
    expect(good(approveNotice(inReview, 'no', approval(), at(LENE, 1))).incident.notices[0]?.state).to.equal(
      'approved',
    );
  });

  it('is not approved by someone without the right, whoever wrote it', () => {
    expect(refused(approveNotice(submitted(), 'no', approval(), at(SAM, 60)))).to.deep.equal({
      kind: 'not-allowed',
      permission: 'notice.approve',
    });
    expect(
      refused(approveNotice(submitted(), 'no', approval(), at(person('adi', 'administrator'), 60))).kind,
    ).to.equal('not-allowed');
  });

  it('of a shop of one is approved by its author after ten minutes and with a reason, and the record says so', () => {
    const own = good(reviseNotice(prepared(), 'no', at(MARA))).incident;
    const inReview = good(submitNotice(own, 'no', { seal: AUTHORITY, incomplete: [] }, at(MARA))).incident;
    const alone = { ...approval(), approvers: ['mara'] };
    const reason = note('nobody else is here');
    expect(refused(approveNotice(inReview, 'no', { ...alone, reason }, at(MARA, 9)))).to.include({
      reason: 'pause',
    });
    expect(refused(approveNotice(inReview, 'no', alone, at(MARA, 11)))).to.include({ reason: 'reason' });
    const { incident } = good(approveNotice(inReview, 'no', { ...alone, reason }, at(MARA, 11)));
    expect(incident.outbox.at(-1)?.type).to.equal('notice-approved-by-its-author');
    expect(incident.notices[0]?.approved?.byItsAuthor).to.deep.equal(reason);
  });

  it('whose stored words are not those handed in cannot be approved', () => {
    const changed = { ...AUTHORITY, texts: { en: { ...TEXTS.en, text: 'C' } } };
    expect(
      refused(approveNotice(submitted(), 'no', { ...approval(), atHand: changed }, at(MARA))),
    ).to.deep.equal({
      kind: 'seal-broken',
      notice: 'no',
      part: 'text',
    });
  });

  it('changed while it was being read is a conflict for the approver', () => {
    expect(
      refused(approveNotice(submitted(), 'no', { ...approval(), shown: 'older' }, at(MARA))).kind,
    ).to.equal('stale-version');
  });

  it('loses its approval by an edit', () => {
    const { incident } = good(reviseNotice(approved(), 'no', at(SAM, 3)));
    expect(incident.notices[0]).to.include({ state: 'draft' });
    expect(incident.notices[0]).not.to.have.property('approved');
    expect(incident.outbox.at(-1)?.data['voided']).to.equal(AUTHORITY.hash);
  });

  it('goes back to its author with a reason', () => {
    const { incident } = good(
      sendBackNotice(submitted(), 'no', note('say what a fake looks like'), at(MARA)),
    );
    expect(incident.notices[0]).to.include({ state: 'draft' });
  });
});

describe('Filing', () => {
  const filing = { at: FRIDAY.add({ hours: 48 }), how: 'web form', complete: true, atHand: AUTHORITY };

  it('meets its obligation at the moment of the filing', () => {
    const { incident } = good(fileNotice(approved(), 'no', filing, gdpr, at(MARA, 48 * 60)));
    expect(standingOf(incident.obligations[0]!, FRIDAY.add({ hours: 90 }))).to.equal('met');
    expect(incident.card.clocks.map(({ key }) => key)).to.deep.equal(['gdpr-art34-subjects']);
  });

  it('that is late says why', () => {
    const late = { ...filing, at: FRIDAY.add({ hours: 80 }) };
    const error = refused(fileNotice(approved(), 'no', late, gdpr, at(MARA, 80 * 60)));
    expect(error.kind === 'invalid-input' && error.problems[0]?.key).to.equal('filing.late-without-reason');
    const { incident } = good(
      fileNotice(approved(), 'no', { ...late, lateBecause: note('flood') }, gdpr, at(MARA, 80 * 60)),
    );
    expect(standingOf(incident.obligations[0]!, FRIDAY.add({ hours: 90 }))).to.equal('met-late');
  });

  it('needs an approval, and what was approved', () => {
    expect(refused(fileNotice(submitted(), 'no', filing, gdpr, at(MARA))).kind).to.equal('wrong-state');
    const other = { ...AUTHORITY, texts: { en: { ...TEXTS.en, subject: 'A' } } };
    expect(
      refused(fileNotice(approved(), 'no', { ...filing, atHand: other }, gdpr, at(MARA, 48 * 60))).kind,
    ).to.equal('seal-broken');
  });
});

describe('A letter', () => {
  it('goes to nobody before there is somebody', () => {
    const { incident } = good(
      prepareNotice(
        logged(),
        { id: 'no', kind: 'letter', obligations: ['gdpr-art34-subjects'], locales: ['en'] },
        at(SAM),
      ),
    );
    expect(refused(submitNotice(incident, 'no', { seal: LETTER, incomplete: [] }, at(SAM)))).to.deep.include({
      problems: [{ path: 'people', key: 'people.none' }],
    });
  });

  it('one person added after approval stops it', () => {
    const more = { ...LETTER, list: { ...LIST, count: 4, digest: 'e'.repeat(64) } };
    expect(refused(startDispatch(approved('letter'), 'no', more, at(SAM)))).to.include({
      kind: 'seal-broken',
      part: 'people',
    });
  });

  it('other people on it void the approval', () => {
    const { incident } = good(addressLetter(approved('letter'), 'no', { ...LIST, id: 'list-2' }, at(SAM)));
    expect(incident.notices[0]).to.include({ state: 'draft' });
  });

  it('is told when the last person is settled', () => {
    const sending = good(startDispatch(approved('letter'), 'no', LETTER, at(SAM, 5))).incident;
    const { incident } = good(recordTold(sending, 'no', { accepted: 3 }, gdpr, at(SAM, 6)));
    expect(incident.notices[0]?.state).to.equal('told');
    expect(incident.obligations[1]?.met?.at.toString()).to.equal(FRIDAY.add({ minutes: 6 }).toString());
  });
});
