import { expect } from 'chai';
import { withServedHouse } from '../web/served-house.ts';
import { BREACH, openOffice, PASSWORD, type Program, type Reply } from './client.ts';

interface Incident {
  readonly next: string;
  readonly stage: string;
  readonly gate: { readonly open: boolean };
  readonly facts: Readonly<Record<string, { readonly revision: number; readonly value: unknown }>>;
  readonly tasks: readonly { readonly id: string; readonly state: string; readonly revision: number }[];
  readonly duties: readonly {
    readonly key: string;
    readonly notify: string;
    readonly decision: string;
    readonly dueAt: string | null;
    readonly standing: string;
  }[];
}

interface Notice {
  readonly state: string;
  readonly seal: string;
  readonly draft: { readonly revision: number };
  readonly checklist: readonly { readonly element: string; readonly state: string }[];
  readonly approval: { readonly allowed: boolean; readonly reason: string | null };
}

function done(reply: Reply, status: number): Reply {
  if (reply.status !== status) throw new Error(`${reply.status}: ${JSON.stringify(reply.json)}`);
  return reply;
}

describe('A supplier breach by the API alone, from the profile to the last letter', () => {
  const served = withServedHouse();
  let ada: Program;
  let mara: Program;
  let incident = '';
  let notice = '';
  let letter = '';

  before(async () => {
    const office = await openOffice(served);
    ada = office.ada;
    mara = await office.hire('legal');
  });

  afterEach('has no fault in the log', () => {
    expect(served.logged).to.deep.equal([]);
  });

  const view = async (): Promise<Incident> => done(await ada.get(incident), 200).json;
  const noticeAt = async (path: string, by: Program = ada): Promise<Notice> =>
    done(await by.get(path), 200).json;

  it('says whose token it is, and which playbooks there are', async () => {
    const me: { name: string; roles: string[] } = done(await ada.get('/me'), 200).json;
    expect(me.name).to.equal('Ada');
    expect(me.roles).to.include('administrator');
    const { playbooks }: { playbooks: { id: string }[] } = done(await ada.get('/playbooks'), 200).json;
    expect(playbooks.map(({ id }) => id)).to.include('supplier-breach');
  });

  it('fills in who we are', async () => {
    const organisation = {
      name: 'Linden Shop',
      zone: 'Europe/Berlin',
      locale: 'en',
      profile: {
        role: 'controller',
        establishments: ['DE-BE'],
        mainEstablishment: 'DE-BE',
        sectors: ['ecommerce'],
        listed: false,
      },
      contact: {
        email: 'privacy@linden.example',
        phone: '+49 30 23125 100',
        address: 'Lindenweg 1, 10115 Berlin',
        website: 'https://linden.example',
        dpo: 'Lene Winter, privacy@linden.example',
      },
    };
    done(await ada.send('PUT', '/organisation', organisation), 204);
    expect(done(await ada.get('/organisation'), 200).json).to.deep.include(organisation);
  });

  it('logs it, and the 72 hours run', async () => {
    const logged: { id: string; reference: string } = done(
      await ada.send('POST', '/incidents', BREACH),
      201,
    ).json;
    expect(logged.reference).to.equal('INC-2026-0001');
    incident = `/incidents/${logged.id}`;
    const { duties, stage, gate, facts } = await view();
    expect(stage).to.equal('detect');
    expect(gate.open).to.equal(false);
    expect(facts['awareAt']?.value).to.equal('2026-12-04T17:40:00Z');
    const authority = duties.find(({ key }) => key.startsWith('gdpr-art33-authority'));
    expect(authority?.dueAt).to.equal('2026-12-07T17:40:00Z');
    const list: { incidents: unknown[] } = done(await ada.get('/incidents?stage=open'), 200).json;
    expect(list.incidents).to.have.length(1);
    done(await ada.get('/wall'), 200);
  });

  it('says why the deadline is what it is, with its source', async () => {
    const key = (await view()).duties.find((duty) => duty.key.startsWith('gdpr-art33-authority'))?.key ?? '';
    const { trace }: { trace: { key: string; cite: string | null }[] } = done(
      await ada.get(`${incident}/duties/${encodeURIComponent(key)}`),
      200,
    ).json;
    expect(trace.length).to.be.greaterThan(1);
    expect(trace.some(({ cite }) => cite?.includes('1182/71'))).to.equal(true);
  });

  it('does tasks, gives one to a person, and closes the stage over its gate with a reason', async () => {
    const { next, tasks } = await view();
    const path = `${incident}/tasks/${next}`;
    const unreasoned = await ada.send('PUT', path, { state: 'not-needed', shown: 0 });
    expect(unreasoned.status).to.equal(422);
    expect(errorsOf(unreasoned)).to.deep.equal(['note']);
    done(await ada.send('PUT', path, { state: 'done', note: 'Called back.', shown: 0 }), 204);
    const stale = await ada.send('PUT', path, { state: 'open', shown: 0 });
    expect(stale.status).to.equal(409);
    expect(stale.json).to.include({ current: 1, shown: 0, theirs: 'done', yours: 'open' });
    const me: { id: string } = (await mara.get('/me')).json;
    const other = tasks.find(({ id }) => id !== next)?.id ?? '';
    done(await ada.send('PUT', `${incident}/tasks/${other}/assignee`, { assignee: me.id, shown: 0 }), 204);
    const closed = await ada.send('POST', `${incident}/stages/detect/close`, {});
    expect(closed.status).to.equal(409);
    expect((closed.json as { tasks: string[] }).tasks.length).to.be.greaterThan(0);
    const reason = { reason: 'The supplier does not answer before Monday.' };
    done(await ada.send('POST', `${incident}/stages/detect/close`, reason), 204);
    expect((await view()).stage).to.equal('contain');
    done(await ada.send('POST', `${incident}/stages/detect/reopen`, { reason: 'More came.' }), 204);
    done(await ada.send('POST', `${incident}/stages/detect/close`, reason), 204);
  });

  it('takes facts, answers and prose; a risk wants its reason; the second of two sees both versions', async () => {
    const risk = `${incident}/facts/risk`;
    const unreasoned = await ada.send('PUT', risk, { value: 'high', shown: 0 });
    expect(errorsOf(unreasoned)).to.deep.equal(['because']);
    done(await ada.send('PUT', risk, { value: 'high', because: 'Orders reveal habits.', shown: 0 }), 204);
    const second = await mara.send('PUT', risk, { value: 'risk', because: 'Only three.', shown: 0 });
    expect(second.status).to.equal(409);
    expect(second.json).to.include({ theirs: 'high', yours: 'risk', current: 1 });
    done(await ada.send('PUT', `${incident}/facts/data.encrypted`, { value: false, shown: 0 }), 204);
    const unknown = { unknownBecause: 'They look into it until Monday.', shown: 0 };
    done(await ada.send('PUT', `${incident}/facts/occurredAt`, unknown), 204);
    const text = { text: 'We cut the supplier off.', shown: null };
    done(await ada.send('PUT', `${incident}/narrative/measures`, text), 204);
    expect(
      (await view()).duties.some(({ notify, decision }) => notify === 'people' && decision === 'applies'),
    ).to.equal(true);
  });

  it('decides that a duty is not owed, with a reason', async () => {
    const other = { ...BREACH, title: 'A parcel list sent to the wrong shop' };
    const { id }: { id: string } = done(await ada.send('POST', '/incidents', other), 201).json;
    const path = `/incidents/${id}/duties/gdpr-art34-subjects`;
    expect(errorsOf(await ada.send('POST', `${path}/not-owed`, {}))).to.deep.equal(['reason']);
    done(await ada.send('POST', `${path}/not-owed`, { reason: 'They deleted it unread.' }), 204);
    const decided = done(await ada.get(path), 200).json;
    expect(decided).to.deep.include({ standing: 'not-required' });
    expect(JSON.stringify(decided)).to.contain('They deleted it unread.');
  });

  it('prepares the notice, which says what the law still wants in it', async () => {
    const duty = (await view()).duties.find(({ key }) => key.startsWith('gdpr-art33-authority'))?.key;
    const begun: { notice: string } = done(
      await ada.send('POST', `${incident}/notices`, {
        kind: 'authority',
        obligations: [duty],
        locales: ['en'],
      }),
      201,
    ).json;
    notice = `${incident}/notices/${begun.notice}`;
    const { checklist, state } = await noticeAt(notice);
    expect(state).to.equal('draft');
    expect(checklist.some((item) => item.state === 'missing')).to.equal(true);
    expect((await ada.send('POST', `${notice}/submit`)).status).to.equal(422);
  });

  it('writes it, hands it in, gets it back, and its author cannot approve it', async () => {
    const content = {
      en: {
        'what-happened': 'On 3 December someone copied our order data at the parcel supplier.',
        'subject-detail': 'Customers who ordered in 2026.',
        'data-detail': 'Name, address and what was ordered.',
        consequences: 'Somebody may write or call and sound like us.',
        'measures-taken': 'We revoked the keys of the supplier.',
        'measures-prevent-detail': 'We write to everybody concerned.',
        'phases-note': 'How it was done follows within two weeks.',
      },
      '*': { 'record-count': '3' },
    };
    const { draft } = await noticeAt(notice);
    const wrong = await ada.send('PUT', `${notice}/draft`, {
      content: { en: { 'what-hapened': 'x' }, fr: {} },
      shown: draft.revision,
    });
    expect(wrong.status).to.equal(422);
    expect(errorsOf(wrong)).to.deep.equal(['content.en.what-hapened', 'content.fr']);
    expect(JSON.stringify(wrong.json)).to.contain('Did you mean what-happened?');
    const saved: { revision: number } = done(
      await ada.send('PUT', `${notice}/draft`, { content, shown: draft.revision }),
      200,
    ).json;
    const odd = await ada.send('PUT', `${notice}/answers`, {
      answers: { 'cause-orign': 'x', 'risk-outcome': 'enormous' },
      shown: saved.revision,
    });
    expect(errorsOf(odd)).to.deep.equal(['answers.cause-orign']);
    const wrongValue = await ada.send('PUT', `${notice}/answers`, {
      answers: { 'cause-origin': 'a ghost' },
      shown: saved.revision,
    });
    expect(errorsOf(wrongValue)).to.deep.equal(['answers.cause-origin']);
    const answers = { 'cause-origin': 'external-malicious', 'discovery-mode': 'processor' };
    done(await ada.send('PUT', `${notice}/answers`, { answers, shown: saved.revision }), 200);
    const answered = done(await ada.get(notice), 200).json as {
      draft: { answers: object };
      form: { completeness: string };
    };
    expect(answered.draft.answers).to.deep.equal(answers);
    expect(answered.form.completeness).to.equal('incomplete');
    done(await ada.send('POST', `${notice}/submit`), 204);
    done(await mara.send('POST', `${notice}/send-back`, { reason: 'Say which orders.' }), 204);
    done(await ada.send('POST', `${notice}/submit`, {}), 204);
    const { approval, seal } = await noticeAt(notice);
    expect(approval).to.deep.equal({ allowed: false, reason: 'author', ownText: true });
    const own = await ada.send('POST', `${notice}/approve`, { seal, password: PASSWORD });
    expect(own.status).to.equal(403);
    expect(own.json).to.include({ reason: 'author' });
  });

  it('is approved by another with the password in the body, and filed', async () => {
    const { seal } = await noticeAt(notice, mara);
    const wrong = await mara.send('POST', `${notice}/approve`, { seal, password: 'not my password' });
    expect(errorsOf(wrong)).to.deep.equal(['password']);
    expect(
      (await mara.send('POST', `${notice}/approve`, { seal: 'other', password: PASSWORD })).status,
    ).to.equal(409);
    done(await mara.send('POST', `${notice}/approve`, { seal, password: PASSWORD }), 204);
    done(await mara.send('POST', `${notice}/file`, { how: 'online form', reference: 'B-4711' }), 204);
    expect((await noticeAt(notice)).state).to.equal('filed');
    const again = await mara.send('POST', `${notice}/file`, { how: 'online form' });
    expect(again.status).to.equal(409);
    expect((await view()).duties.some(({ standing }) => standing === 'met')).to.equal(true);
  });

  it('writes a letter in two languages to three people', async () => {
    const duty = (await view()).duties.find(({ key }) => key.startsWith('gdpr-art34'))?.key;
    const begun: { notice: string } = done(
      await ada.send('POST', `${incident}/notices`, {
        kind: 'letter',
        obligations: [duty],
        locales: ['en', 'de'],
      }),
      201,
    ).json;
    letter = `${incident}/notices/${begun.notice}`;
    const people = [
      { name: 'Maria Weiß', email: 'maria@example.org', language: 'de', country: 'AT' },
      { name: 'Tom Reed', email: 'tom@example.com', language: 'en', country: 'GB' },
      { name: 'Jan Nowak', email: 'jan@example.net', language: 'de', country: 'DE' },
    ];
    const bad = await ada.send('PUT', `${letter}/people`, {
      people: [people[0], { name: 'Tom', email: 'tom(at)example' }],
    });
    expect(errorsOf(bad)).to.deep.equal(['people[1].email']);
    expect(done(await ada.send('PUT', `${letter}/people`, { people }), 200).json).to.deep.equal({ count: 3 });
    const words = {
      'what-happened':
        'On 3 December someone copied order data from our parcel supplier. Yours were among them.',
      'data-detail': 'Your name, your address and what you ordered.',
      consequences: 'Somebody may write or call and sound like us.',
      'measures-taken': 'We cut the supplier off.',
      'measures-prevent-detail': 'We check every supplier again.',
      advice: 'Today: do not pay on a link about a parcel.',
    };
    const { draft } = await noticeAt(letter);
    const content = { en: words, de: words };
    done(await ada.send('PUT', `${letter}/draft`, { content, shown: draft.revision }), 200);
    done(await ada.send('POST', `${letter}/submit`), 204);
  });

  it('sends each of them one letter though the order to send comes twice, and says that all are told', async () => {
    const { seal } = await noticeAt(letter, mara);
    done(await mara.send('POST', `${letter}/approve`, { seal, password: PASSWORD }), 204);
    const key = { 'idempotency-key': 'send-the-letter-1' };
    const twice = await Promise.all([
      mara.send('POST', `${letter}/dispatch`, undefined, key),
      mara.send('POST', `${letter}/dispatch`, undefined, key),
    ]);
    expect(twice.map(({ status }) => status)).to.deep.equal([204, 204]);
    await served.settled();
    const progress: { totals: object } = done(await ada.get(`${letter}/progress`), 200).json;
    expect(progress).to.deep.include({ state: 'told', toldAt: served.now().toString() });
    expect(progress.totals).to.deep.include({ waiting: 0, sending: 0, accepted: 3, uncertain: 0, told: 0 });
    const { people }: { people: { name: string; state: string }[] } = done(
      await mara.get(`${letter}/people`),
      200,
    ).json;
    expect(people.map(({ name, state }) => [name, state])).to.deep.equal([
      ['Maria Weiß', 'accepted'],
      ['Tom Reed', 'accepted'],
      ['Jan Nowak', 'accepted'],
    ]);
    const own: { text: string } = done(await mara.get(`${letter}/people/0/0/letter`), 200).json;
    expect(own.text).to.contain('Maria Weiß');
    expect((await mara.get(`${letter}/people/0/9/letter`)).status).to.equal(404);
    const tom = `${letter}/people/0/1`;
    done(await mara.send('POST', `${tom}/records`, { kind: 'bounced' }), 204);
    done(await mara.send('PUT', `${tom}/address`, { email: '', postal: 'Hill Road 2\nYork' }), 204);
    const pdf = await mara.get(`${letter}/paper?paper=a4`);
    expect(pdf.status).to.equal(200);
    expect(done(await mara.send('POST', `${letter}/posted`, { people: ['0/1'] }), 200).json).to.deep.equal({
      count: 1,
    });
    expect((await mara.get(`${letter}/people/0/-1/letter`)).status).to.equal(404);
  });

  it('leaves a register that holds, without a name in it', async () => {
    const verdict: { ok: boolean; chains: number } = done(await ada.get('/register/verification'), 200).json;
    expect(verdict).to.deep.include({ ok: true, chains: 3, flaws: [] });
    const chain = done(await ada.get(`${incident}/timeline`), 200);
    expect(JSON.stringify(chain.json)).to.contain('notice-filed').and.not.to.contain('Maria');
    const own = done(await ada.get('/register'), 200);
    expect(JSON.stringify(own.json)).to.contain('people-seen').and.not.to.contain('maria@example.org');
  });
});

function errorsOf(reply: Reply): string[] {
  return ((reply.json as { errors?: { path: string }[] }).errors ?? []).map(({ path }) => path);
}
