/**
 * What a command of the law costs beside what Node and npm themselves take: `node --import tsx scripts/bench/start-up.ts`,
 * after a build. Times depend on the machine; compare ratios.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNS = 7;

/** Processor milliseconds of a command and its children, the least of several runs: what others do is left out. */
function cost(command: string, args: readonly string[]): number {
  const times = Array.from({ length: RUNS }, () => {
    const script = 'times=$( { time "$@" >/dev/null 2>&1; } 2>&1 ); echo "$times"';
    const { stdout } = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; ${script}`, 'bench', command, ...args], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const [user = 0, system = 0] = stdout.trim().split(' ').map(Number);
    return (user + system) * 1000;
  });
  return Math.min(...times);
}

const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
const facts = join(folder, 'facts.json');
writeFileSync(
  facts,
  JSON.stringify({ zone: 'Europe/Berlin', role: 'controller', awareAt: '2026-12-01T18:40' }),
);
// What a shop knows on the first evening; the other asks every law of the world at once.
const evening = join(folder, 'evening.json');
writeFileSync(
  evening,
  JSON.stringify({
    zone: 'Europe/Berlin',
    role: 'controller',
    mainEstablishment: 'DE-BY',
    establishments: ['DE-BY'],
    sectors: ['ecommerce'],
    awareAt: '2026-12-01T18:40',
    breach: { confidentiality: true },
    data: { categories: ['name', 'email'], encrypted: false },
    subjects: [
      { place: 'DE', count: 12 },
      { place: 'AT', count: 3 },
    ],
  }),
);
const batch = join(folder, 'batch.jsonl');
const duties = [
  'gdpr-art33-authority',
  'sec-8k-105',
  'nis2-art23-final',
  'us-ca-residents',
  'hipaa-404-individuals',
];
writeFileSync(
  batch,
  Array.from({ length: 10_000 }, (_, id) => {
    const day = String(1 + (id % 28)).padStart(2, '0');
    const start = `2026-${String(1 + (id % 12)).padStart(2, '0')}-${day}T${String(id % 24).padStart(2, '0')}:${String(id % 60).padStart(2, '0')}`;
    return JSON.stringify({
      id,
      duty: duties[id % duties.length],
      start,
      zone: 'Europe/Berlin',
      place: 'DE-BY',
    });
  }).join('\n'),
);

const start = ['--start', '2026-12-24T17:30', '--zone', 'Europe/Berlin', '--place', 'DE-BY', '--json'];
const deadline = ['deadline', '--duty', 'gdpr-art33-authority', ...start];
const main = join(ROOT, 'dist', 'main.js');

const node = cost(process.execPath, ['-e', '0']);
const npm = cost('npm', ['run', '-s', 'tocsin', '--', '--help']) - cost(process.execPath, [main, '--help']);
console.log(`Node alone: ${node.toFixed(0)} ms of processor; npm run adds ${npm.toFixed(0)} ms.`);
for (const [what, args] of [
  ['deadline', deadline],
  ['duties of a shop', ['duties', '--facts', evening, '--json']],
  ['duties, nothing known', ['duties', '--facts', facts, '--json']],
  ['law list', ['law', 'list', '--json']],
] as const) {
  const took = cost(process.execPath, [main, ...args]);
  console.log(
    `${what}: ${took.toFixed(0)} ms, ${(took / node).toFixed(1)} times Node alone, ` +
      `${((took + npm) / (node + npm)).toFixed(1)} times Node and npm.`,
  );
}
const began = process.hrtime.bigint();
spawnSync(process.execPath, [main, 'deadline', '--batch', batch, '--json'], { stdio: 'ignore' });
const took = Number(process.hrtime.bigint() - began) / 1e9;
console.log(`10,000 deadlines in one batch: ${took.toFixed(1)} s, ${(10_000 / took).toFixed(0)} a second.`);
rmSync(folder, { recursive: true, force: true });
