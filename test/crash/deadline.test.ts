import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { logIncident } from '../../src/application/incident/log-incident.ts';
import { hire } from '../../src/main/demo/cast.ts';
import { readConfiguration } from '../../src/main/configuration.ts';
import { openHouse } from '../../src/main/open-house.ts';
import { good } from '../support/breach.ts';
import { serveProgram, withDataFolder, type Server } from '../support/program.ts';
import { supplierBreach } from '../story/breach.ts';

describe('A deadline that passes while Tocsin is stopped', function () {
  this.timeout(240_000);
  const folder = withDataFolder();
  const mails = async (): Promise<readonly string[]> =>
    (await readdir(join(folder(), 'outbox', 'staff')).catch(() => [])).filter((name) =>
      /overdue|-due-/.test(name),
    );
  let server: Server;

  before(async () => {
    // Its jobs never run here: as if the program had been stopped right after the incident was logged.
    const open = await openHouse(readConfiguration({ TOCSIN_DATA: folder() }), 'http://127.0.0.1:7272', {
      alone: true,
      report: (error) => {
        throw error;
      },
    });
    const cast = await hire(open.house);
    const now = open.house.clock.now();
    const logged = good(
      await logIncident(open.house, cast.legal, {
        ...supplierBreach(open.house),
        detectedAt: now.subtract({ hours: 72 }).toString(),
        awareAt: now.subtract({ hours: 72 }).add({ seconds: 2 }).toString(),
      }),
    );
    expect(logged.reference).to.match(/^INC-\d{4}-0001$/);
    await open.jobs.stop();
    await open.close();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await mails()).to.deep.equal([]);
    server = await serveProgram({ TOCSIN_DATA: folder() });
  });

  it('is the first thing that the next start says, before it takes requests', () => {
    const [first = '', second = ''] = server.lines;
    expect(first).to.match(/deadlines? ha(s|ve) passed/);
    expect(second).to.match(
      /OVERDUE INC-\d{4}-0001: .+, was due \S+Z \(passed while Tocsin was not running\)/,
    );
    expect(server.lines.findIndex((line) => line.startsWith('Tocsin is ready'))).to.be.greaterThan(1);
  });

  it('is told to staff by then, each person once', async () => {
    const told = await mails();
    expect(told).to.not.be.empty;
    expect(new Set(told).size).to.equal(told.length);
  });

  it('is said again at every start as long as it is open, and told to nobody a second time', async () => {
    const before = await mails();
    await server.kill();
    server = await serveProgram({ TOCSIN_DATA: folder() });
    expect(server.lines[0]).to.match(/deadlines? ha(s|ve) passed/);
    expect(server.lines[1]).to.match(/OVERDUE INC-\d{4}-0001: [^(]*$/);
    // Between the deadline and 'overdue' lies a minute; what is told meanwhile is another moment, never the same again.
    const again = await mails();
    expect(again).to.include.members([...before]);
    expect(await server.stop()).to.equal(0);
  });
});
