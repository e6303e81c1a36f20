import { expect } from 'chai';
import { sha256 } from '../../../src/domain/register/entry.ts';
import { withServedHouse } from '../web/served-house.ts';
import { BREACH, openOffice, PASSWORD, type Program, type Reply } from './client.ts';

interface Incident {
  readonly state: string;
  readonly title: string;
  readonly owner: { readonly id: string };
  readonly leader: { readonly id: string } | null;
  readonly restrictedTo: readonly { readonly id: string }[] | null;
  readonly supplier: { readonly name: string; readonly role: string | null; readonly revision: number };
  readonly playbook: { readonly id: string; readonly hash: string };
  readonly assessment: { readonly advice: { readonly risk: string }; readonly revision: number };
  readonly questions: readonly {
    readonly id: string;
    readonly text: string;
    readonly owner: { readonly id: string } | null;
    readonly answered: { readonly note: string } | null;
    readonly revision: number;
  }[];
}

function done(reply: Reply, status: number): Reply {
  if (reply.status !== status) throw new Error(`${reply.status}: ${JSON.stringify(reply.json)}`);
  return reply;
}

describe('Leading an incident by the API', () => {
  const served = withServedHouse();
  let ada: Program;
  let mara: Program;
  let sam: Program;
  let incident = '';
  const ids = new Map<Program, string>();

  before(async () => {
    const office = await openOffice(served);
    ada = office.ada;
    mara = await office.hire('legal');
    sam = await office.hire('staff');
    for (const program of [ada, mara, sam])
      ids.set(program, ((await program.get('/me')).json as { id: string }).id);
    const logged: { id: string } = done(await ada.send('POST', '/incidents', BREACH), 201).json;
    incident = `/incidents/${logged.id}`;
  });

  afterEach('has no fault in the log', () => {
    expect(served.logged).to.deep.equal([]);
  });

  const view = async (): Promise<Incident> => done(await ada.get(incident), 200).json;
  const put = async (path: string, body: unknown, by: Program = ada): Promise<Reply> =>
    by.send('PUT', `${incident}/${path}`, body);

  it('another title, and who leads; who saw an earlier state is told', async () => {
    done(await put('title', { title: 'Orders of 2026 copied', shown: BREACH.title }), 204);
    expect((await put('title', { title: 'Other', shown: BREACH.title })).status).to.equal(409);
    const user = ids.get(mara);
    done(await put('leader', { user, shown: ids.get(ada) }), 204);
    const { title, leader, owner } = await view();
    expect([title, leader?.id, owner.id]).to.deep.equal(['Orders of 2026 copied', user, user]);
    expect((await put('leader', { user: 'nobody', shown: user })).status).to.equal(422);
  });

  it('is decided to be a suspicion and again a breach, each with its reason', async () => {
    done(await put('state', { state: 'suspicion', shown: 'breach', reason: 'It may be old data.' }), 204);
    expect((await view()).state).to.equal('suspicion');
    const stale = await put('state', { state: 'near-miss', shown: 'breach', reason: 'x' });
    expect(stale.status).to.equal(409);
    done(await put('state', { state: 'breach', shown: 'suspicion', reason: 'It is ours.' }), 204);
  });

  it('the supplier, put right', async () => {
    const { revision } = (await view()).supplier;
    const supplier = { name: 'Packwell GmbH', role: 'processor', knewAt: '2026-12-03T09:00' };
    const wrong = await put('supplier', { ...supplier, knewAt: '2026-02-30T09:00', shown: revision });
    expect((wrong.json as { errors: { path: string }[] }).errors.map(({ path }) => path)).to.deep.equal([
      'knewAt',
    ]);
    done(await put('supplier', { ...supplier, shown: revision }), 204);
    expect((await view()).supplier).to.include({ name: 'Packwell GmbH', role: 'processor' });
    expect((await put('supplier', { ...supplier, shown: revision })).status).to.equal(409);
  });

  it('the advice of the calculator is kept, with the nearest published cases', async () => {
    const input = { data: { type: 'simple' }, ei: 'significant', circumstances: { confidentiality: 0.25 } };
    const advice: { level: string } = done(await put('assessment', { input, shown: 0 }), 200).json;
    expect(advice.level).to.equal('low');
    const { assessment } = await view();
    expect(assessment).to.deep.include({ input, revision: 1 });
    const { cases }: { cases: { likeness: number }[] } = done(await ada.get(`${incident}/cases`), 200).json;
    expect(cases.length).to.be.greaterThan(0);
  });

  it('what an authority asks gets an owner and an answer', async () => {
    const asked: { question: string } = done(
      await ada.send('POST', `${incident}/questions`, { text: 'Which customers in Austria?' }),
      201,
    ).json;
    const path = `questions/${asked.question}`;
    done(await put(`${path}/owner`, { owner: ids.get(mara), shown: 1 }), 204);
    done(await ada.send('POST', `${incident}/${path}/answer`, { note: 'By letter.', shown: 2 }), 204);
    const [question] = (await view()).questions;
    expect(question).to.deep.include({
      id: asked.question,
      text: 'Which customers in Austria?',
      revision: 3,
    });
    expect(question?.answered?.note).to.equal('By letter.');
  });

  it('notes come once for a key', async () => {
    const key = { 'idempotency-key': 'a-note-of-sam' };
    const note = { text: 'Packwell promised the list for Monday noon.' };
    const twice = await Promise.all([
      sam.send('POST', `${incident}/notes`, note, key),
      sam.send('POST', `${incident}/notes`, note, key),
    ]);
    expect(twice[0].json).to.deep.equal(twice[1].json);
    const { notes }: { notes: { text: string; by: string }[] } = done(
      await ada.get(`${incident}/notes`),
      200,
    ).json;
    expect(notes.map(({ text, by }) => [text, by])).to.deep.equal([[note.text, ids.get(sam)]]);
  });

  it('evidence goes in as it is and comes out so, once for a key, as an attachment only', async () => {
    const bytes = Buffer.from('<script>alert(1)</script>\u0000 an export of Packwell');
    const attach = (): Promise<Response> =>
      fetch(new URL(`/api/v1${incident}/evidence?name=export.html`, served.url), {
        method: 'POST',
        body: bytes,
        headers: {
          authorization: `Bearer ${sam.token ?? ''}`,
          'content-type': 'text/html',
          'idempotency-key': 'an-export-of-packwell',
        },
      });
    const answers = [await attach(), await attach()];
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
    const [first, second] = await Promise.all(
      answers.map((answer) => answer.json() as Promise<{ evidence: string }>),
    );
    expect(first).to.deep.equal(second);
    const { evidence }: { evidence: { id: string; sha256: string }[] } = done(
      await ada.get(`${incident}/evidence`),
      200,
    ).json;
    expect(evidence).to.have.length(1);
    expect(evidence[0]).to.deep.include({ name: 'export.html', size: bytes.length, sha256: sha256(bytes) });
    const opened = await fetch(new URL(`/api/v1${incident}/evidence/${first?.evidence ?? ''}`, served.url), {
      headers: { authorization: `Bearer ${ada.token ?? ''}` },
    });
    expect(Buffer.from(await opened.arrayBuffer()).equals(bytes)).to.equal(true);
    expect(opened.headers.get('content-type')).to.equal('application/octet-stream');
    expect(opened.headers.get('content-disposition')).to.equal('attachment; filename=export.html');
    expect(opened.headers.get('content-security-policy')).to.contain('sandbox');
    expect((await ada.get(`${incident}/evidence/none`)).status).to.equal(404);
    expect((await sam.send('POST', `${incident}/evidence`, {})).status).to.equal(422);
  });

  it('goes on by another playbook, and by the law as it stands', async () => {
    const { playbook } = await view();
    done(await put('playbook', { playbook: 'web-skimming', shown: playbook.hash }), 204);
    expect((await view()).playbook.id).to.equal('web-skimming');
    expect((await put('playbook', { playbook: 'none', shown: playbook.hash })).status).to.equal(422);
    const { laws, fingerprint }: { laws: unknown[]; fingerprint: string } = done(
      await ada.get(`${incident}/law`),
      200,
    ).json;
    expect(laws).to.deep.equal([]);
    expect((await put('law', { shown: 'other' })).status).to.equal(409);
    done(await put('law', { shown: fingerprint }), 204);
  });

  it('takes the decision that nothing is owed back', async () => {
    const duty = `${incident}/duties/gdpr-art34-subjects`;
    done(await ada.send('POST', `${duty}/not-owed`, { reason: 'It was encrypted.' }), 204);
    done(await ada.send('POST', `${duty}/owed-again`, { reason: 'The key lay beside it.' }), 204);
    expect(done(await ada.get(duty), 200).json).to.deep.include({ decided: null });
  });

  it('a restricted incident is to everybody else as one that does not exist', async () => {
    expect((await sam.get(incident)).status).to.equal(200);
    done(await put('restriction', { to: [] }, mara), 204);
    const paths = ['', '/timeline', '/notes', '/evidence', '/cases', '/law', '/duties/gdpr-art34-subjects'];
    for (const path of paths) expect((await sam.get(`${incident}${path}`)).status, path).to.equal(404);
    expect((await sam.send('POST', `${incident}/notes`, { text: 'x' })).status).to.equal(404);
    const { incidents }: { incidents: unknown[] } = done(await sam.get('/incidents'), 200).json;
    expect(incidents).to.deep.equal([]);
    done(await put('restriction', { to: null }, mara), 204);
    expect((await sam.get(incident)).status).to.equal(200);
  });

  it('the own password is changed by the old one, and reset by a link for administrators', async () => {
    const path = '/me/password';
    const wrong = await sam.send('PUT', path, { old: 'not this one', password: 'four other quiet words' });
    expect((wrong.json as { errors: { path: string }[] }).errors.map(({ path: at }) => at)).to.deep.equal([
      'old',
    ]);
    done(await sam.send('PUT', path, { old: PASSWORD, password: 'four other quiet words' }), 204);
    const me: { email: string } = done(await sam.get('/me'), 200).json;
    const made: { link: string } = done(
      await ada.send('POST', '/staff/reset-links', { email: me.email }),
      201,
    ).json;
    expect(made.link).to.contain('/reset/');
  });
});
