import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { lintPlaybooks, loadPlaybooks } from '../../../src/adapters/playbook-files/index.ts';
import { missingWords } from '../../../src/adapters/playbook-files/lint.ts';
import { translate } from '../../../src/domain/playbook/index.ts';

const INSTALLED = fileURLToPath(new URL('../../../playbooks', import.meta.url));

describe('Words of playbooks in another language', () => {
  const loaded = loadPlaybooks({ installed: INSTALLED });
  const german = loaded.dictionaries.get('de') ?? new Map<string, string>();
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-words-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** A file of words in a shop's own folder. */
  async function written(name: string, text: string): Promise<string> {
    await mkdir(join(folder, 'de'), { recursive: true });
    const file = join(folder, 'de', name);
    await writeFile(file, text);
    return file;
  }

  it('every playbook that comes with the program has all its words in German', () => {
    expect(loaded.problems).to.deep.equal([]);
    expect(loaded.notes).to.deep.equal([]);
    for (const playbook of loaded.playbooks) {
      const other = translate(playbook, german);
      const texts = [other, other.about, ...other.asks, ...other.stages.flatMap(({ tasks }) => tasks)];
      expect(
        texts.filter(({ lang }) => lang === 'en'),
        playbook.id,
      ).to.deep.equal([]);
    }
  });

  it('changes nothing but words: the hash, the text, the conditions and the gates stay', () => {
    for (const playbook of loaded.playbooks) {
      const other = translate(playbook, german);
      expect({ hash: other.hash, text: other.text, notices: other.notices }).to.deep.equal({
        hash: playbook.hash,
        text: playbook.text,
        notices: playbook.notices,
      });
      const bones = ({ stages }: typeof playbook): object =>
        stages.map(({ gate, tasks }) => ({
          gate,
          tasks: tasks.map(({ title: _title, what: _what, keep: _keep, lang: _lang, ...rest }) => rest),
        }));
      expect(bones(other)).to.deep.equal(bones(playbook));
    }
  });

  it('words that were changed in English are not told by the old translation: they stay English and say so', () => {
    const [playbook] = loaded.playbooks;
    if (!playbook) throw new Error('no playbook');
    const stages = playbook.stages.map((stage) => ({
      ...stage,
      tasks: stage.tasks.map((task) =>
        task.id === 'call-decider' ? { ...task, what: 'Wake who decides.' } : task,
      ),
    }));
    const tasks = translate({ ...playbook, stages }, german).stages.flatMap((stage) => stage.tasks);
    const changed = tasks.find(({ id }) => id === 'call-decider');
    expect([changed?.what, changed?.lang]).to.deep.equal(['Wake who decides.', 'en']);
    expect(tasks.filter(({ lang }) => lang === 'en').map(({ id }) => id)).to.deep.equal(['call-decider']);
  });

  it('a name that the playbook has not is a fault at its line; what has no words is a note', async () => {
    const file = await written(
      'trunk.yaml',
      'id: trunk\nasks:\n  crime: { ask: War es eine Straftat? }\ntasks:\n  call-decidr: { title: Anrufen }\n',
    );
    expect(lintPlaybooks([file], { installed: INSTALLED, own: folder })).to.deep.equal([
      {
        file,
        line: 5,
        column: 3,
        message: 'the playbook "trunk" has no "call-decidr" (did you mean "call-decider"?)',
      },
    ]);
    const [note] = missingWords([file], { installed: INSTALLED });
    expect(note).to.match(
      /^trunk has no words for title, asks\.supplierInvolved,.*tasks\.call-decider\.title/,
    );
  });

  it('a playbook that is not there, a choice that is not one and lists of another length are faults, too', async () => {
    const lint = async (text: string): Promise<readonly string[]> => {
      const file = await written('words.yaml', text);
      return lintPlaybooks([file], { installed: INSTALLED }).map(({ message }) => message);
    };
    expect(await lint('id: no-such\n')).to.deep.equal(['there is no playbook "no-such"']);
    const choice =
      'id: misdirected-email\nasks:\n  mailKind: { ask: Was?, values: { open-list: Offen, open-lst: Offen } }\n';
    expect(await lint(choice)).to.deep.equal([
      'the playbook "misdirected-email" has no "open-lst" (did you mean "open-list"?)',
    ]);
    expect(await lint('id: misdirected-email\nabout: { signs: [Eins] }\n')).to.deep.equal([
      '"signs" has 1 entries; in English it has 4',
    ]);
    expect(await lint('id: trunk\nwords: {}\n')).to.deep.equal(['"words" is no name that can stand here']);
  });
});
