import { expect } from 'chai';
import { withServedHouse } from '../web/served-house.ts';
import { BREACH, openOffice, type Office, type Reply } from './client.ts';

const keyed = (key: string): Record<string, string> => ({ 'idempotency-key': key });

describe('A request that comes twice under one key', () => {
  const served = withServedHouse();
  let office: Office;

  before(async () => {
    office = await openOffice(served);
  });

  const incidents = async (): Promise<number> => {
    const { incidents: rows }: { incidents: unknown[] } = (await office.ada.get('/incidents')).json;
    return rows.length;
  };
  const log = (key: string, body: object = BREACH): Promise<Reply> =>
    office.ada.send('POST', '/incidents', body, keyed(key));

  it('logs one incident, one after the other or at once, and answers the same each time', async () => {
    const first = await log('double-click-1');
    const second = await log('double-click-1');
    expect(first.headers.get('idempotent-replayed')).to.equal(null);
    expect(second.headers.get('idempotent-replayed')).to.equal('true');
    expect(second.json).to.deep.equal(first.json);
    const many = await Promise.all(Array.from({ length: 8 }, () => log('double-click-2')));
    expect(many.map(({ status }) => status)).to.deep.equal(Array(8).fill(201));
    expect(new Set(many.map(({ json }) => JSON.stringify(json))).size).to.equal(1);
    expect(await incidents()).to.equal(2);
  });

  it('without a key makes two', async () => {
    const before = await incidents();
    await office.ada.send('POST', '/incidents', BREACH);
    await office.ada.send('POST', '/incidents', BREACH);
    expect(await incidents()).to.equal(before + 2);
  });

  it('is refused with another body, and nothing is done', async () => {
    const before = await incidents();
    await log('another-body-1');
    const other = await log('another-body-1', { ...BREACH, title: 'Something else' });
    expect(other.status).to.equal(422);
    expect(other.json).to.deep.include({ type: 'urn:tocsin:problem:key-reused' });
    expect(await incidents()).to.equal(before + 1);
  });

  it('may come again once it is mended: what was refused is not kept', async () => {
    expect((await log('mended-later-1', { ...BREACH, kind: 'no-such' })).status).to.equal(422);
    expect((await log('mended-later-1')).status).to.equal(201);
  });

  it('invites once: one mail, and the same link again', async () => {
    const mails = served.staffMails.length;
    const form = { email: 'maria@linden.example', roles: ['legal'] };
    const twice = await Promise.all([
      office.ada.send('POST', '/staff', form, keyed('invite-maria-1')),
      office.ada.send('POST', '/staff', form, keyed('invite-maria-1')),
    ]);
    expect(twice.map(({ status }) => status)).to.deep.equal([201, 201]);
    expect(twice[0].json).to.deep.equal(twice[1].json);
    expect(served.staffMails).to.have.length(mails + 1);
  });

  it('belongs to one person: the same key of another is another', async () => {
    const other = await office.hire('responder');
    const before = await incidents();
    await log('same-key-of-two');
    expect((await other.send('POST', '/incidents', BREACH, keyed('same-key-of-two'))).status).to.equal(201);
    expect(await incidents()).to.equal(before + 2);
  });

  it('takes over from one that died in the middle', async () => {
    const { answers, clock } = served.house;
    const of = { organisation: office.organisation, id: 'api-dead', fingerprint: 'f' };
    const then = clock.now().subtract({ minutes: 2 });
    expect(await answers.claim(of, then, then.subtract({ seconds: 60 }))).to.equal(null);
    const stale = clock.now().subtract({ seconds: 60 });
    expect(await answers.claim(of, clock.now(), then)).to.deep.equal({ fingerprint: 'f', answer: null });
    const both = await Promise.all([
      answers.claim(of, clock.now(), stale),
      answers.claim(of, clock.now(), stale),
    ]);
    expect(both.filter((claimed) => claimed === null)).to.have.length(1);
  });

  it('wants a key that is one', async () => {
    for (const key of ['short', 'with a space in it', 'x'.repeat(201), '"unclosed-key']) {
      const answer = await office.ada.send('POST', '/incidents', BREACH, keyed(key));
      expect(answer.status, key).to.equal(400);
    }
    const quoted = await office.ada.send('POST', '/incidents', BREACH, keyed('"8e03978e-40d5-43dd"'));
    expect(quoted.status).to.equal(201);
  });
});
