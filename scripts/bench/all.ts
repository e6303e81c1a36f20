import { readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs every bench of this folder, each in a process of its own: its peak memory is its own. */
const folder = fileURLToPath(new URL('.', import.meta.url));
const benches = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'all.ts');

let failed = 0;
for (const bench of benches.sort()) {
  console.log(`\n== ${bench}`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', `${folder}${bench}`], {
    stdio: 'inherit',
  });
  if (status !== 0) failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
