import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { resettable } from '../../../src/application/access/passwords.ts';
import { program, type ExitCode, type Terminal } from '../../../src/interfaces/cli/program.ts';
import { openShop, withShopHouse } from '../../support/shop.ts';

const RECORD = {
  action: { error: { variety: ['Misdelivery'] } },
  attribute: { confidentiality: { data: [{ variety: 'Medical' }], data_disclosure: 'Yes', data_total: 12 } },
  incident_id: 'mail-1',
  security_incident: 'Confirmed',
  summary: 'A list went to the wrong people.',
  timeline: { incident: { year: 2026 } },
  victim: { country: ['DE'], industry: '6211' },
};

describe('Commands on people and incidents', () => {
  const at = withShopHouse();
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-import-'));
    await openShop(at.house);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function run(...args: readonly string[]): Promise<{ code: ExitCode; out: string[]; said: string[] }> {
    const out: string[] = [];
    const said: string[] = [];
    let code: ExitCode = 0;
    const never = (): never => {
      throw new Error('not for this command');
    };
    const terminal: Terminal = {
      say: (line) => void out.push(line),
      complain: (line) => void said.push(line),
      withHouse: (_folder, work) => work(at.house),
      hasStore: never,
      start: never,
      store: never,
      configuration: never,
      law: never,
      letters: never,
      listFiles: never,
    };
    await program(terminal, (result) => {
      code = result;
    }).parseAsync(['node', 'tocsin', ...args]);
    return { code, out, said };
  }

  async function file(name: string, content: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  it('import veris logs each record once, and says what found no place', async () => {
    const path = await file('one.json', JSON.stringify(RECORD));
    const { code, out } = await run('import', 'veris', path);
    expect(code).to.equal(0);
    expect(out[0]).to.equal(`${path}: INC-2026-0001`);
    const all = out.join('\n');
    expect(all).to.contain('taken for granted: 12 records are that many people');
    expect(all).to.contain('    victim.industry: 6211');
    expect(all).to.contain('    timeline.incident.year: 2026');
    expect((await run('import', 'veris', path)).out).to.deep.equal([`${path}: is INC-2026-0001 already`]);
  });

  it('import veris goes on past what it cannot take, says why, and ends with 1', async () => {
    const broken = await file('broken.json', '{"action": ');
    const other = await file('other.json', '{"a": 1}');
    const two = await file('two.json', JSON.stringify([{ ...RECORD, incident_id: 'mail-2' }, 7]));
    const { code, out, said } = await run('import', 'veris', broken, other, two, join(folder, 'none.json'));
    expect(code).to.equal(1);
    expect(out[0]).to.equal(`${two}[0]: INC-2026-0002`);
    expect(said[0]).to.contain(`${broken}: this is not JSON`);
    expect(said[1]).to.contain(`${other}: not imported`).and.to.contain('this is not a VERIS record');
    expect(said[2]).to.contain(`${two}[1]: not imported`);
    expect(said[3]).to.contain('there is no such file');
  });

  it('import veris --json prints a line a record', async () => {
    const path = await file('json.json', JSON.stringify([{ ...RECORD, incident_id: 'mail-3' }, {}]));
    const { out } = await run('import', 'veris', path, '--json');
    const lines = out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).to.include({ ok: true, reference: 'INC-2026-0003', repeated: false });
    expect(lines[1]).to.include({ ok: false });
  });

  it('user reset prints a link that works, and says who is not there', async () => {
    const { code, out } = await run('user', 'reset', 'owner@linden.example');
    expect(code).to.equal(0);
    expect((await resettable(at.house, out[0]?.split('/').at(-1) ?? ''))?.email).to.equal(
      'owner@linden.example',
    );
    const unknown = await run('user', 'reset', 'nobody@linden.example');
    expect(unknown.code).to.equal(2);
    expect(unknown.said.join()).to.contain('nobody who may come in has this address');
  });
});
