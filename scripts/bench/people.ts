/**
 * A list of a million: what checking it costs beside what papaparse alone needs for the same file in the same run.
 * `node --import tsx scripts/bench/people.ts [rows]`
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { listFiles } from '../../src/adapters/lists-in/index.ts';
import { checkList } from '../../src/application/people/check-list.ts';

const ROWS = Number(process.argv[2] ?? 1_000_000);

async function writeList(path: string): Promise<void> {
  const file = createWriteStream(path);
  file.write('email,name,language,country\n');
  const places = ['de,DE', 'fr-FR,FR', ',AT', 'en,GB', ',Polska', 'sv,', 'italiano,IT', ','];
  for (let at = 0; at < ROWS; at += 1) {
    const row = `person.number${at}@mail${at % 97}.example.com,Person Nümber ${at},${places[at % places.length] ?? ''}\n`;
    if (!file.write(row)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

/** What the library itself needs: the same file, read by its own streamer into arrays that nobody keeps. */
function papaparseAlone(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0;
    Papa.parse<string[]>(createReadStream(path, { highWaterMark: 256 * 1024 }), {
      chunk: ({ data }) => void (rows += data.length),
      complete: () => resolve(rows),
      error: reject,
    });
  });
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly answer: T; readonly seconds: number }> {
  const began = process.hrtime.bigint();
  const answer = await work();
  return { answer, seconds: Number(process.hrtime.bigint() - began) / 1e9 };
}

const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
const path = join(folder, 'list.csv');
await writeList(path);
console.log(`${ROWS} rows, ${(statSync(path).size / 1e6).toFixed(0)} MB`);

await timed(() => papaparseAlone(path));
const alone = await timed(() => papaparseAlone(path));
console.log(`papaparse alone: ${alone.seconds.toFixed(2)} s, ${alone.answer} rows`);

const checked = await timed(() =>
  checkList(listFiles, { bytes: () => createReadStream(path, { highWaterMark: 256 * 1024 }) }),
);
if (!checked.answer.ok || checked.answer.value.accepted !== ROWS) throw new Error('not all were taken');
const ratio = checked.seconds / alone.seconds;
console.log(`checked: ${checked.seconds.toFixed(2)} s, ${ratio.toFixed(1)} times (at most 6)`);
console.log(`resident at its peak: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB (under 400)`);
rmSync(folder, { recursive: true });
if (ratio > 6) process.exitCode = 1;
