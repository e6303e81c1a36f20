import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { readKept, STAGES } from '../../../src/domain/playbook/index.ts';
import type { Playbook, Task } from '../../../src/domain/playbook/index.ts';
import { shipped, shopBook, task, trunk, whole } from './books.ts';

const tasksOf = (playbook: Playbook): readonly Task[] => playbook.stages.flatMap((stage) => stage.tasks);
const find = (playbook: Playbook, id: string) => tasksOf(playbook).find((each) => each.id === id);
const stageOf = (playbook: Playbook, id: string) =>
  playbook.stages.find((stage) => stage.tasks.some((each) => each.id === id))?.id;

describe('A whole playbook', () => {
  it('has the five stages in their order', () => {
    expect(whole(shopBook()).stages.map(({ id }) => id)).to.deep.equal([...STAGES]);
  });

  it('brings the whole trunk where it changes nothing of it', () => {
    const ids = tasksOf(whole(shopBook())).map(({ id }) => id);
    expect(ids).to.have.members(trunk().tasks.map(({ id }) => id));
  });

  it('puts its own task in place of the one that it refines', () => {
    const playbook = whole(shopBook({ contain: task('fetch-the-till', { refines: 'stop-the-leak' }) }));
    expect(find(playbook, 'stop-the-leak')).to.equal(undefined);
    expect(find(playbook, 'fetch-the-till')).to.include({ refines: 'stop-the-leak', from: 'playbook' });
  });

  it('may refine in an earlier stage', () => {
    const playbook = whole(shopBook({ detect: task('fetch-the-till', { refines: 'stop-the-leak' }) }));
    expect(stageOf(playbook, 'fetch-the-till')).to.equal('detect');
    expect(playbook.stages[1]?.tasks.map(({ id }) => id)).not.to.include('stop-the-leak');
  });

  it('keeps the condition of a refined task, unless it gives another', () => {
    const kept = whole(shopBook({ notify: task('file-the-till', { refines: 'file-authority' }) }));
    expect(find(kept, 'file-the-till')?.when).to.equal('duties.authority');
    const always = whole(
      shopBook({ notify: task('file-the-till', { refines: 'file-authority', when: 'true' }) }),
    );
    expect(find(always, 'file-the-till')?.when).to.equal('true');
  });

  it('leaves out what it names, and no gate and no notice asks for it any more', () => {
    const playbook = whole(shopBook({ head: 'leavesOut: [change-secrets, tell-insurer]' }));
    expect(find(playbook, 'change-secrets')).to.equal(undefined);
    expect(playbook.stages.flatMap(({ gate }) => gate.tasks)).not.to.include('change-secrets');
    expect(playbook.notices.map(({ to }) => to)).not.to.include('insurer');
  });

  it('lets gates and notices follow a refined task under its new name', () => {
    const playbook = whole(
      shopBook({
        contain: task('fetch-the-till', { refines: 'stop-the-leak' }),
        notify: task('file-the-till', { refines: 'file-authority' }),
      }),
    );
    expect(playbook.stages[1]?.gate.tasks).to.include('fetch-the-till');
    expect(playbook.notices).to.deep.include({ to: 'authority', task: 'file-the-till' });
    expect(find(playbook, 'file-the-till')?.serves).to.equal('authority');
  });

  it('shows the most urgent first, and what goes on until the end last among equals', () => {
    const contain = whole(shopBook({ contain: task('look-at-it', { due: 'aware+PT90M' }) })).stages[1];
    expect(contain?.tasks.map(({ id }) => id)).to.deep.equal([
      'log-each-step',
      'look-at-it',
      'export-logs-first',
      'stop-the-leak',
      'change-secrets',
      'confirm-stopped',
    ]);
  });

  it('is named by the hash of its whole text, trunk and all', () => {
    const playbook = shipped('supplier-breach');
    expect(playbook.hash).to.equal(createHash('sha256').update(playbook.text).digest('hex'));
    const other = whole(shopBook());
    expect(other.hash).not.to.equal(whole(shopBook({ head: 'kind: till' })).hash);
  });

  it('is read back from the text kept with an incident, as it was', () => {
    for (const playbook of [
      shipped('supplier-breach'),
      whole(`---\n${shopBook()}`),
      whole(`# ours\n---\n${shopBook()}`),
    ]) {
      expect(readKept(playbook.text)).to.deep.equal(playbook);
    }
  });

  it('is not read from a text that is none', () => {
    for (const text of ['', 'hello', shopBook(), `${shopBook()}\n...\n---\nid: [`]) {
      expect(readKept(text), text).to.equal(undefined);
    }
  });
});
