/**
 * A list of a million: what checking it costs, and checking it and storing it sealed, beside what papaparse alone needs
 * for the same file in the same run. `node --import tsx scripts/bench/people.ts [rows]`
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { Temporal } from 'temporal-polyfill';
import { listFiles } from '../../src/adapters/lists-in/index.ts';
import { openVault } from '../../src/adapters/crypto/index.ts';
import { startEmbeddedMongo } from '../../src/adapters/embedded-mongo/start.ts';
import { connect, openStores } from '../../src/adapters/mongo/index.ts';
import { acceptedOf } from '../../src/application/people/accept-list.ts';
import { checkList, openList } from '../../src/application/people/check-list.ts';
import { ListCheck } from '../../src/domain/people/list-file/check.ts';

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

interface Timed<T> {
  readonly answer: T;
  readonly seconds: number;
  /** Of all threads of this process: what others do on the machine is left out. */
  readonly processor: number;
}

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const used = process.cpuUsage();
  const began = process.hrtime.bigint();
  const answer = await work();
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const { user, system } = process.cpuUsage(used);
  return { answer, seconds, processor: (user + system) / 1e6 };
}

function tell(what: string, { seconds, processor }: Timed<unknown>, most: number): boolean {
  const times = seconds / alone.seconds;
  console.log(
    `${what}: ${seconds.toFixed(2)} s, ${times.toFixed(1)} times (at most ${most}); ` +
      `${processor.toFixed(2)} s of processor, ${(processor / alone.processor).toFixed(1)} times`,
  );
  return times <= most;
}

/** As accepting a list does: the rows as they are read, into sealed batches of a thousand. */
async function checkedAndStored(data: string, file: string): Promise<number> {
  const engine = await startEmbeddedMongo({ path: data });
  const mongo = await connect({ uri: engine.uri });
  await mongo.ensureIndexes();
  const { lists } = openStores(mongo, await openVault({ dataFolder: data }));
  const list = await openList(listFiles, {
    bytes: () => createReadStream(file, { highWaterMark: 256 * 1024 }),
  });
  if (!list.ok) throw new Error(list.error);
  const of = { id: 'list', organisation: 'o', incident: 'i', notice: 'n', at: Temporal.Now.instant() };
  const head = await lists.write(of, acceptedOf(list.value, new ListCheck(list.value.layout)));
  await mongo.close();
  await engine.close();
  return head.count;
}

const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
const path = join(folder, 'list.csv');
await writeList(path);
console.log(`${ROWS} rows, ${(statSync(path).size / 1e6).toFixed(0)} MB`);

await timed(() => papaparseAlone(path));
const alone = await timed(() => papaparseAlone(path));
console.log(
  `papaparse alone: ${alone.seconds.toFixed(2)} s, ${alone.processor.toFixed(2)} s of processor, ${alone.answer} rows`,
);

const checked = await timed(() =>
  checkList(listFiles, { bytes: () => createReadStream(path, { highWaterMark: 256 * 1024 }) }),
);
if (!checked.answer.ok || checked.answer.value.accepted !== ROWS) throw new Error('not all were taken');
const isQuick = tell('checked', checked, 6);
const stored = await timed(() => checkedAndStored(folder, path));
if (stored.answer !== ROWS) throw new Error('not all were stored');
const isStored = tell('checked and stored sealed', stored, 12);
const resident = process.resourceUsage().maxRSS / 1024;
console.log(`resident at its peak: ${resident.toFixed(0)} MB (under 400)`);
rmSync(folder, { recursive: true });
if (!isQuick || !isStored || resident > 400) process.exitCode = 1;
