import { Readable } from 'node:stream';
import { expect } from 'chai';
import { attachEvidence } from '../../src/application/evidence/attach.ts';
import { logIncident } from '../../src/application/incident/log-incident.ts';
import { attachFiles } from '../../src/application/notice/attach-files.ts';
import { approveNotice } from '../../src/application/notice/decide.ts';
import { fileNotice } from '../../src/application/notice/file.ts';
import { viewNotice } from '../../src/application/notice/view-notice.ts';
import { submitNotice } from '../../src/application/notice/write.ts';
import type { Actor } from '../../src/domain/access/roles.ts';
import type { Notice } from '../../src/domain/notice/notice.ts';
import { sha256 } from '../../src/domain/register/entry.ts';
import { good, refused } from '../support/breach.ts';
import { openShop, PASSWORD, withShopHouse, type Shop } from '../support/shop.ts';
import { begin, findOut, sealShown, supplierBreach, write } from './breach.ts';

const REPORT = 'The supplier’s report, as it was sent to us.';
const LETTER = 'The letter to our customers.';

describe('Files that go along with a notice to an authority', function () {
  this.timeout(120_000);
  const at = withShopHouse();
  let shop: Shop;
  let responder: Actor;
  let legal: Actor;
  let incident = '';
  let notice = '';
  let report = '';
  let letter = '';

  before(async () => {
    shop = await openShop(at.house);
    responder = await shop.hire('responder');
    legal = await shop.hire('legal');
  });
  beforeEach(async () => {
    incident = good(await logIncident(at.house, responder, supplierBreach(at.house))).id;
    await findOut(at.house, responder, legal, incident);
    notice = await begin(at.house, responder, incident, 'authority');
    await write(at.house, responder, incident, notice);
    report = await keep('report.txt', REPORT);
    letter = await keep('letter.txt', LETTER);
    await attach(report, letter);
    await approve();
  });

  const keep = async (name: string, text: string): Promise<string> =>
    good(
      await attachEvidence(at.house, responder, {
        incident,
        name,
        content: Readable.from([Buffer.from(text)]),
      }),
    ).evidence;
  const attach = async (...evidence: readonly string[]): Promise<void> => {
    good(await attachFiles(at.house, responder, { incident, notice, evidence }));
  };
  const approve = async (): Promise<void> => {
    good(await submitNotice(at.house, responder, { incident, notice }));
    const seal = await sealShown(at.house, legal, incident, notice);
    good(await approveNotice(at.house, legal, { incident, notice, seal, password: PASSWORD }));
  };
  const seen = async (): Promise<Notice> => good(await viewNotice(at.house, legal, incident, notice)).notice;
  const file = () => fileNotice(at.house, legal, { incident, notice, at: '', way: 'portal', how: '' });
  const brokenPart = async (): Promise<string> => {
    const error = refused(await file());
    return error.kind === 'seal-broken' ? error.part : error.kind;
  };

  it('are sealed with it by their bytes, in their order, and it is filed with them', async () => {
    expect((await seen()).approved?.seal.attachments).to.deep.equal([sha256(REPORT), sha256(LETTER)]);
    good(await file());
    expect((await seen()).state).to.equal('filed');
  });

  it('that are others make the approval void: whoever approved did not see them', async () => {
    await attach(report);
    expect((await seen()).state).to.equal('draft');
    expect(refused(await file()).kind).to.equal('wrong-state');
    await approve();
    expect((await seen()).approved?.seal.attachments).to.deep.equal([sha256(REPORT)]);
  });

  it('that are the same change nothing', async () => {
    await attach(report, letter);
    expect((await seen()).state).to.equal('approved');
  });

  it('one swapped for another behind everybody’s back: it is not filed', async () => {
    const other = await keep('other.txt', 'Something else altogether.');
    const stored = await at.house.incidents.byId(shop.organisation, incident);
    const index = stored?.notices.findIndex(({ id }) => id === notice) ?? -1;
    await at.store.mongo.models.incidents.collection.updateOne(
      { _id: incident as never },
      { $set: { [`notices.${index}.attachments.0.evidence`]: other } },
    );
    expect(await brokenPart()).to.equal('attachments');
    expect((await seen()).state).to.equal('approved');
  });

  it('one byte changed in the store: it is not filed', async () => {
    const chunks = at.store.mongo.connection.collection<{ files_id: string; data: { buffer: Buffer } }>(
      'evidence.chunks',
    );
    const chunk = await chunks.findOne({ files_id: letter });
    const bytes = Buffer.from(chunk?.data.buffer ?? Buffer.alloc(0));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await chunks.updateOne({ files_id: letter }, { $set: { data: bytes as never } });
    expect(await brokenPart()).to.equal('attachments');
  });

  it('are files of this incident, and none goes along with a letter to people', async () => {
    const foreign = { incident, notice, evidence: ['none'] };
    expect(refused(await attachFiles(at.house, responder, foreign))).to.deep.include({ what: 'evidence' });
    const toPeople = await begin(at.house, responder, incident, 'letter');
    const form = { incident, notice: toPeople, evidence: [report] };
    expect(refused(await attachFiles(at.house, responder, form))).to.deep.include({
      problems: [{ path: 'evidence', key: 'notice.letter-without-files' }],
    });
  });
});
