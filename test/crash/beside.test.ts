import { expect } from 'chai';
import { Person } from '../interfaces/web/browser-like.ts';
import { load } from '../interfaces/web/html.ts';
import { run, serveProgram, start, withDataFolder, type Server } from '../support/program.ts';

const PASSWORD = 'three quiet words here';

describe('Beside a running server', function () {
  this.timeout(240_000);
  const folder = withDataFolder();
  const environment = () => ({ TOCSIN_DATA: folder() });
  let server: Server;

  before(async () => {
    server = await serveProgram({
      ...environment(),
      TOCSIN_ADMIN_EMAIL: 'ada@linden.example',
      TOCSIN_ADMIN_PASSWORD: PASSWORD,
    });
  });

  it('user add prints a link that works', async () => {
    const added = await run(['user', 'add', 'sam@linden.example', '--role', 'staff'], environment());
    expect(added).to.include({ code: 0 });
    const path = new URL(added.out.trim()).pathname;
    expect(path).to.match(/^\/invitation\/[\w-]{40,}$/);
    const sam = new Person(() => server.url);
    const page = await sam.get(path);
    expect(load(page.body).text).to.contain('sam@linden.example');
    const joined = await sam.submit(page, '', { name: 'Sam', password: PASSWORD }, path);
    expect(joined.status).to.equal(303);
    expect((await sam.get('/')).status).to.equal(200);
    expect((await sam.get('/settings')).status).to.equal(403);
    expect((await new Person(() => server.url).get(path)).status).to.equal(404);
  });

  it('user add refuses an unknown role and a taken address, in words', async () => {
    const role = await run(['user', 'add', 'eve@linden.example', '--role', 'queen'], environment());
    expect(role).to.include({ code: 2, out: '' });
    expect(role.complaints).to.contain('"queen" is not a role');
    const taken = await run(['user', 'add', 'ada@linden.example', '--role', 'staff'], environment());
    expect(taken.code).to.equal(2);
    expect(taken.complaints).to.contain('somebody has this address already');
    expect(taken.complaints).not.to.match(/\n\s+at /);
  });

  it('register verify reads the chains that the server writes', async () => {
    const verified = await run(['register', 'verify', '--json'], environment());
    expect(verified.code).to.equal(0);
    const verdict = JSON.parse(verified.out) as { ok: boolean; entries: number };
    expect(verdict.ok).to.equal(true);
    expect(verdict.entries).to.be.greaterThan(2);
    expect(verified.out.split('\n')).to.have.length(1);
  });

  it('a second start on the same folder is refused, and says which process holds it', async () => {
    const second = start(['start'], { ...environment(), PORT: '0' });
    expect(await second.ended).to.equal(1);
    expect(second.complaints()).to.contain(String(server.pid));
    expect(second.complaints()).not.to.match(/\n\s+at /);
    expect((await new Person(() => server.url).get('/sign-in')).status).to.equal(200);
  });

  it('register verify says of a folder that is not there that nothing can be verified', async () => {
    const nowhere = `${folder()}/not-there`;
    const verified = await run(['register', 'verify', '--json', '--data', nowhere], {});
    expect(verified.code).to.equal(1);
    expect(JSON.parse(verified.out)).to.include({ ok: false, entries: 0 });
  });

  it('ends on SIGTERM with nothing left behind, and can be started again', async () => {
    expect(await server.stop()).to.equal(0);
    server = await serveProgram(environment());
    expect((await new Person(() => server.url).get('/sign-in')).status).to.equal(200);
  });
});
