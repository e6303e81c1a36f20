// Compiles src to dist. Runs within `npm ci`; where the compiler was left out (`--omit=dev`) a dist that is there stays.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

function compiler() {
  try {
    return require.resolve('typescript/bin/tsc');
  } catch {
    return null;
  }
}

const tsc = compiler();
if (tsc === null) {
  if (existsSync(`${root}/dist/main.js`)) process.exit(0);
  console.error('TypeScript is not installed, so Tocsin cannot be compiled. Run npm ci without --omit=dev.');
  process.exit(1);
}
rmSync(`${root}/dist`, { recursive: true, force: true });
const compiled = spawnSync(process.execPath, [tsc, '-p', '.config/tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

// The law files are parsed and linted once, here, and not at every start; so are the days off that are asked most.
const from = (path) => import(pathToFileURL(`${root}/dist/adapters/${path}`).href);
const { compileLaw } = await from('law-files/index.js');
const problems = compileLaw({
  playbooks: `${root}/playbooks`,
  cache: `${root}/dist/law.json`,
  words: [`${root}/templates/messages/law.en.yaml`],
});
for (const { file, line, column, message } of problems) console.error(`${file}:${line}:${column} ${message}`);
if (problems.length === 0) {
  const { compileDays, askLibrary } = await from('holidays/index.js');
  // The days that a deadline turns on are those of an authority's place, or of a calendar that the law names; the US
  // have a list of their own.
  const law = readFileSync(`${root}/dist/law.json`, 'utf8');
  const named = [...law.matchAll(/"(?:place|calendar)":"([A-Z]{2}(?:-[A-Z0-9]+)?)"/g)].map(
    ([, place]) => place,
  );
  const places = named.filter((place) => !place.startsWith('US'));
  compileDays(`${root}/dist/days-off.json`, askLibrary, places);
}
process.exit(problems.length > 0 ? 1 : 0);
