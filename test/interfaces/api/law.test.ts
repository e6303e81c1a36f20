import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { HolidayCalendar } from '../../../src/adapters/holidays/index.ts';
import { loadLaw, readHolidayFiles } from '../../../src/adapters/law-files/index.ts';
import { installedLaw } from '../../../src/application/law/installed-law.ts';
import { withServedHouse } from '../web/served-house.ts';
import { BREACH, openOffice, type Program } from './client.ts';

interface Judged {
  readonly incidents: readonly {
    readonly incident: { readonly id: string; readonly title: string };
    readonly changes: {
      readonly laws: readonly { readonly regime: string }[];
      readonly duties: readonly {
        readonly duty: string;
        readonly before: { readonly dueAt: string | null } | null;
        readonly after: { readonly dueAt: string | null } | null;
      }[];
    };
  }[];
}

describe('Changed law by the API', () => {
  const served = withServedHouse();
  let ada: Program;
  let staff: Program;
  let id = '';

  before(async () => {
    const office = await openOffice(served);
    ada = office.ada;
    staff = await office.hire('staff');
    const logged = await ada.send('POST', '/incidents', { ...BREACH, subjects: [{ place: 'DE', count: 5 }] });
    ({ id } = logged.json);
  });

  const judged = async (): Promise<Judged> => (await ada.get('/law/judged-differently')).json;

  /** Has a law file say something else from now on. */
  async function install(file: string, from: string, to: string): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-law-'));
    const text = await readFile(`playbooks/regimes/${file}`, 'utf8');
    expect(text).to.include(from);
    await writeFile(join(folder, file), text.replaceAll(from, to));
    const { book, texts } = loadLaw({ playbooks: 'playbooks', replacing: [join(folder, file)] });
    if (!book) throw new Error('the changed law has faults');
    const workingDays = new HolidayCalendar(readHolidayFiles('playbooks'));
    Object.assign(served.house, {
      law: installedLaw(book, { workingDays, clock: served.house.clock, texts }),
    });
    await rm(folder, { recursive: true });
  }

  it('names nothing while every open incident is judged by the law that is installed', async () => {
    expect(await judged()).to.deep.equal({ incidents: [] });
  });

  it('names the open incidents that would be judged differently, with both answers, and changes none', async () => {
    await install('gdpr.yaml', 'period: PT72H', 'period: PT96H');
    const { incidents } = await judged();
    expect(incidents.map(({ incident }) => incident.id)).to.deep.equal([id]);
    const [{ changes }] = incidents as [Judged['incidents'][number]];
    expect(changes.laws.map(({ regime }) => regime)).to.deep.equal(['gdpr']);
    const changed = changes.duties.find(({ duty }) => duty === 'gdpr-art33-authority');
    const hours =
      (Date.parse(changed?.after?.dueAt ?? '') - Date.parse(changed?.before?.dueAt ?? '')) / 3_600_000;
    expect(hours).to.equal(24);
    expect(await judged()).to.deep.equal({ incidents });
  });

  it('names a restricted incident only to whom it is open, and nothing to a stranger', async () => {
    const seen = async (): Promise<number> =>
      ((await staff.get('/law/judged-differently')).json as Judged).incidents.length;
    expect(await seen()).to.equal(1);
    const restricted = await ada.send('PUT', `/incidents/${id}/restriction`, { to: [] });
    expect(restricted.status).to.equal(204);
    expect(await seen()).to.equal(0);
    expect((await judged()).incidents).to.have.length(1);
    const stranger = await fetch(new URL('/api/v1/law/judged-differently', served.url));
    expect(stranger.status).to.equal(401);
  });
});
