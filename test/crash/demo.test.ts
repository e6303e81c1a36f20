import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of the sources to its end, on a data folder. */
function run(data: string, ...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd: ROOT,
    env: { ...process.env, TOCSIN_DATA: data, MONGODB_URI: '', SMTP_URL: 'smtp://mail.invalid' },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

describe('The demonstration', function () {
  this.timeout(240_000);
  let data: string;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'tocsin-demo-'));
  });
  after(() => rm(data, { recursive: true, force: true }));

  it('plays a breach to its end: as many letters as people, and a register that verifies', async () => {
    const { code, out, err } = await run(data, 'src/main/demo.ts', '--people', '5');
    expect(`${code} ${err}`).to.equal('0 ');
    expect(out).to.contain('Every step held');
    const letters = await readdir(join(data, 'outbox', 'letters'));
    expect(letters.filter((name) => name.endsWith('.eml'))).to.have.length(5);
    const verified = await run(data, 'src/main.ts', 'register', 'verify', '--json');
    expect(verified.code).to.equal(0);
    expect(JSON.parse(verified.out)).to.include({ ok: true });
  });

  it('with --people 1000 takes a list over: a thousand letters to a thousand addresses', async () => {
    const thousand = await mkdtemp(join(tmpdir(), 'tocsin-demo-'));
    try {
      const { code, out, err } = await run(thousand, 'src/main/demo.ts', '--people', '1000');
      expect(`${code} ${err}`).to.equal('0 ');
      expect(out).to.contain('1002 rows, of which 1000 are taken').and.to.contain('filed in time');
      const folder = join(thousand, 'outbox', 'letters');
      const addressed = new Set<string>();
      for (const name of await readdir(folder))
        addressed.add(/^To: .*<(.+)>/m.exec(await readFile(join(folder, name), 'utf8'))?.[1] ?? name);
      expect(addressed).to.have.property('size', 1000);
      expect([...addressed].every((address) => /^person\d+@customers\.example$/.test(address))).to.equal(
        true,
      );
      const verified = await run(thousand, 'src/main.ts', 'register', 'verify', '--json');
      expect(JSON.parse(verified.out)).to.include({ ok: true });
    } finally {
      await rm(thousand, { recursive: true, force: true });
    }
  });

  it('refuses a folder that holds an organisation, and says what to do', async () => {
    const { code, err } = await run(data, 'src/main/demo.ts');
    expect(code).to.equal(2);
    expect(err).to.contain('TOCSIN_DATA');
  });

  it('refuses a number of people that is none', async () => {
    const { code, err } = await run(data, 'src/main/demo.ts', '--people', 'many');
    expect(code).to.equal(2);
    expect(err).to.contain('"many"');
  });
});
