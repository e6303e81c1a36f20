import { expect } from 'chai';
import { addToken } from '../../../src/interfaces/cli/token.ts';
import { withServedHouse } from '../web/served-house.ts';
import { openOffice, Program, type Office, type Reply } from './client.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly userName: string;
  readonly lastUsedAt: string | null;
}

describe('Who comes to the API', () => {
  const served = withServedHouse({ requests: 40 });
  let office: Office;

  before(async () => {
    office = await openOffice(served);
  });

  const create = async (email: string, name: string): Promise<Program> => {
    const made: { token: string } = (await office.ada.send('POST', '/tokens', { email, name })).json;
    return new Program(served, made.token);
  };

  const asked = (headers: Record<string, string>): Promise<Reply> => new Program(served).get('/me', headers);

  it('without a token, or with what is none, is told how to come in: 401', async () => {
    const answers = [
      await asked({}),
      await asked({ authorization: 'Basic YWRhOmFkYQ==' }),
      await asked({ authorization: 'Bearer tocsin_nonsense' }),
      await asked({ authorization: 'Bearer {"$gt":""}' }),
    ];
    for (const { status, headers } of answers) {
      expect(status).to.equal(401);
      expect(headers.get('www-authenticate')).to.equal('Bearer realm="tocsin"');
      expect(headers.get('content-type')).to.contain('application/problem+json');
    }
    expect(JSON.stringify(answers[0]?.json)).to.contain('Authorization: Bearer');
  });

  it('a session of the pages opens nothing here, and an answer sets no cookie', async () => {
    const answer = await asked({ cookie: 'tocsin=s%3Aabc.def' });
    expect(answer.status).to.equal(401);
    expect(answer.headers.getSetCookie()).to.deep.equal([]);
    expect((await office.ada.get('/me')).headers.getSetCookie()).to.deep.equal([]);
  });

  it('no other page may ask in somebody’s name: no header of CORS, not even for a preflight', async () => {
    const preflight = await office.ada.send('OPTIONS', '/incidents', undefined, {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
    });
    expect(preflight.status).to.equal(405);
    const got = await office.ada.get('/me', { origin: 'https://evil.example' });
    for (const { headers } of [preflight, got])
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).to.deep.equal([]);
    expect(got.headers.get('cache-control')).to.equal('no-store');
  });

  it('a revoked token opens nothing from then on, and both stand in the register', async () => {
    const program = await create('ada@linden.example', 'Ticket system');
    expect((await program.get('/me')).status).to.equal(200);
    const { tokens }: { tokens: Row[] } = (await office.ada.get('/tokens')).json;
    const row = tokens.find(({ name }) => name === 'Ticket system');
    expect(row).to.include({ userName: 'Ada', lastUsedAt: served.now().toString() });
    expect(JSON.stringify(tokens)).not.to.contain(program.token?.slice(8));
    expect((await office.ada.send('DELETE', `/tokens/${row?.id ?? ''}`)).status).to.equal(204);
    expect((await program.get('/me')).status).to.equal(401);
    expect((await office.ada.send('DELETE', `/tokens/${row?.id ?? ''}`)).status).to.equal(404);
    const { entries }: { entries: { type: string }[] } = (await office.ada.get('/register')).json;
    expect(entries.map(({ type }) => type)).to.include.members(['token-created', 'token-revoked']);
  });

  it('is stored as a hash only', async () => {
    const token = office.ada.token ?? '';
    const stored = await served.house.apiTokens.of(office.organisation);
    expect(JSON.stringify(stored)).not.to.contain(token.slice('tocsin_'.length));
    expect(await served.house.apiTokens.byHash(token)).to.equal(null);
  });

  it('carries the roles that its person has now, and nothing once they may not come in', async () => {
    await office.hire('legal');
    const staff = async (): Promise<{ id: string; email: string; version: number }> => {
      const answer: { staff: { id: string; email: string; version: number }[] } = (
        await office.ada.get('/staff')
      ).json;
      return answer.staff.find(({ email }) => email.startsWith('legal')) ?? { id: '', email: '', version: 0 };
    };
    const { id, email, version } = await staff();
    const program = await create(email, 'Of Lena');
    expect((await program.get('/register')).status).to.equal(200);
    await office.ada.send('PUT', `/staff/${id}`, { roles: ['staff'], active: true, shown: version });
    expect((await program.get('/register')).status).to.equal(403);
    const changed = (await staff()).version;
    await office.ada.send('PUT', `/staff/${id}`, { roles: ['staff'], active: false, shown: changed });
    expect((await program.get('/me')).status).to.equal(401);
  });

  it('the command line prints a token once, also before the invitation is accepted', async () => {
    const invitation = { email: 'new@linden.example', roles: ['reader'] };
    expect((await office.ada.send('POST', '/staff', invitation)).status).to.equal(201);
    const said: string[] = [];
    const complained: string[] = [];
    const terminal = {
      say: (line: string) => void said.push(line),
      complain: (line: string) => void complained.push(line),
    };
    const form = { user: 'New@Linden.example ', name: 'Status page' };
    expect(await addToken(served.house, terminal, form)).to.equal(0);
    expect(said).to.have.length(1);
    const program = new Program(served, said[0]);
    expect((await program.get('/incidents')).status).to.equal(200);
    expect((await program.get('/staff')).status).to.equal(403);
    expect(await addToken(served.house, terminal, { user: 'nobody@linden.example', name: 'x' })).to.equal(2);
    expect(await addToken(served.house, terminal, { user: form.user, name: ' ' })).to.equal(2);
    expect(complained).to.deep.equal([
      'email: nobody who may come in has this address',
      'name: this may not be empty',
    ]);
  });

  it('with too many requests waits as long as it is told; others go on', async () => {
    const busy = await create('ada@linden.example', 'Busy');
    const statuses: number[] = [];
    for (let i = 0; i < 41; i += 1) statuses.push((await busy.get('/me')).status);
    expect(statuses.filter((status) => status === 200)).to.have.length(40);
    const refused = await busy.get('/me');
    expect(refused.status).to.equal(429);
    expect(Number(refused.headers.get('retry-after'))).to.be.greaterThan(0);
    const other = await create('ada@linden.example', 'Calm');
    expect((await other.get('/me')).status).to.equal(200);
  });
});
