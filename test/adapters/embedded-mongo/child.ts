/** Runs the engine alone on the folder given, as a process that a test can kill. Prints where it is. */
import { startEmbeddedMongo } from '../../../src/adapters/embedded-mongo/start.ts';

const [path = ''] = process.argv.slice(2);
try {
  const { uri, pid } = await startEmbeddedMongo({ path });
  process.stdout.write(`${JSON.stringify({ uri, pid })}\n`);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`);
  process.exitCode = 1;
}
