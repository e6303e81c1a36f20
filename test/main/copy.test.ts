import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { declareAlive } from '../../src/application/installation/declare-alive.ts';
import { startDispatch } from '../../src/application/people/dispatch.ts';
import type { Actor } from '../../src/domain/access/roles.ts';
import { readConfiguration } from '../../src/main/configuration.ts';
import { openHouse, type OpenHouse } from '../../src/main/open-house.ts';
import { beginWork } from '../../src/main/work.ts';
import { approveLetterTo, crowd } from '../support/approved-letter.ts';
import { good, refused } from '../support/breach.ts';
import { until } from '../support/house.ts';
import { openShop, type Shop } from '../support/shop.ts';

describe('Rule 10: a copy sends nothing', function () {
  this.timeout(180_000);
  let root = '';
  let shop: Shop;
  let responder: Actor;
  const faults: string[] = [];
  const said: string[] = [];
  const report = (error: unknown, what: string): void => void faults.push(`${what}: ${String(error)}`);
  const folder = (name: string): string => join(root, name);
  const lettersIn = async (name: string): Promise<readonly string[]> =>
    (await readdir(join(folder(name), 'outbox', 'letters')).catch(() => [])).filter((file) =>
      file.endsWith('.eml'),
    );
  const remindersIn = async (name: string): Promise<readonly string[]> =>
    (await readdir(join(folder(name), 'outbox', 'staff')).catch(() => [])).filter((file) =>
      file.includes('reminder'),
    );

  async function inFolder<T>(name: string, work: (open: OpenHouse) => Promise<T>, begins = true): Promise<T> {
    const configuration = readConfiguration({ TOCSIN_DATA: folder(name) });
    const open = await openHouse(configuration, 'http://127.0.0.1:7272', { alone: true, report });
    const end = begins ? await beginWork(open, (line) => said.push(line), report) : () => open.jobs.stop();
    try {
      return await work(open);
    } finally {
      await end();
      await open.close();
    }
  }

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'tocsin-copy-'));
    await inFolder(
      'original',
      async ({ house }) => {
        shop = await openShop(house);
        responder = await shop.hire('responder');
        const place = await approveLetterTo(house, { responder, legal: await shop.hire('legal') }, crowd(3));
        good(await startDispatch(house, responder, place));
      },
      false,
    );
    await cp(folder('original'), folder('copy'), { recursive: true, preserveTimestamps: true });
  });
  after(() => rm(root, { recursive: true, force: true }));

  it('starts silent: it says so, no letter leaves, no clock rings, and no mail to staff goes', async () => {
    await inFolder('copy', async ({ house }) => {
      expect(house.copyGuard?.isCopy).to.equal(true);
      expect(said.join('\n')).to.match(/This folder is a copy/);
      expect(house.staffPost.reaches).to.equal(false);
      await new Promise((resolve) => setTimeout(resolve, 3000));
      expect(await lettersIn('copy')).to.deep.equal([]);
      expect(await remindersIn('copy')).to.deep.equal(await remindersIn('original'));
    });
  });

  it('while the original goes on as before', async () => {
    await inFolder('original', async ({ house }) => {
      expect(house.copyGuard?.isCopy).to.equal(false);
      await until('the letters of the original', async () => (await lettersIn('original')).length === 3);
    });
  });

  it('is still one at its next start, and lives when an administrator says so, and nobody else', async () => {
    await inFolder('copy', async ({ house }) => {
      expect(house.copyGuard?.isCopy).to.equal(true);
      expect(refused(await declareAlive(house, responder)).kind).to.equal('not-allowed');
      expect(await lettersIn('copy')).to.deep.equal([]);
      good(await declareAlive(house, shop.owner));
      await until('the letters of the copy', async () => (await lettersIn('copy')).length === 3);
      const chain = `organisation:${shop.organisation}`;
      expect(await house.register.read(shop.organisation, chain, ['copy-declared-alive'])).to.have.length(1);
    });
    await inFolder('copy', ({ house }) => {
      expect(house.copyGuard?.isCopy).to.equal(false);
      return Promise.resolve();
    });
    expect(faults).to.deep.equal([]);
  });
});
