import { expect } from 'chai';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lintPlaybooks, loadPlaybooks, playbookFiles } from '../../../src/adapters/playbook-files/index.ts';
import type { Loaded } from '../../../src/adapters/playbook-files/index.ts';
import { hashOf } from '../../../src/domain/playbook/index.ts';
import { shopBook } from '../../domain/playbook/books.ts';
import { withStore } from '../../support/store.ts';

const INSTALLED = fileURLToPath(new URL('../../../playbooks', import.meta.url));

describe('Playbook files', () => {
  let own: string;

  beforeEach(() => {
    own = mkdtempSync(join(tmpdir(), 'playbooks-'));
  });

  afterEach(() => {
    rmSync(own, { recursive: true, force: true });
  });

  const put = (name: string, text: string): string => {
    writeFileSync(join(own, name), text);
    return join(own, name);
  };
  const installedText = (name: string) => readFileSync(join(INSTALLED, name), 'utf8');
  const load = (): Loaded => loadPlaybooks({ installed: INSTALLED, own });
  const titleOf = ({ playbooks }: Loaded, id: string) => playbooks.find((each) => each.id === id)?.title;

  it('are the ten installed ones where a shop has none', () => {
    const { playbooks, problems } = loadPlaybooks({ installed: INSTALLED, own: join(own, 'not-there') });
    expect(playbooks).to.have.length(10);
    expect(problems).to.deep.equal([]);
  });

  it('stand beside each other, a shop’s own and the installed', () => {
    put('till.yaml', shopBook());
    const loaded = load();
    expect(loaded.playbooks).to.have.length(11);
    expect(loaded.playbooks.map(({ id }) => id)).to.include('sold-a-used-till');
  });

  it('replace an installed one by the same id', () => {
    put('ours.yaml', shopBook().replace('sold-a-used-till', 'lost-device'));
    const loaded = load();
    expect(loaded.playbooks).to.have.length(10);
    expect(titleOf(loaded, 'lost-device')).to.equal('A till was sold with its memory');
    expect(loaded.problems).to.deep.equal([]);
  });

  it('say where a shop’s file is broken, and leave the installed one in place', () => {
    const file = put('ours.yaml', shopBook({ head: 'titel: x' }).replace('sold-a-used-till', 'lost-device'));
    const loaded = load();
    expect(loaded.playbooks).to.have.length(10);
    expect(titleOf(loaded, 'lost-device')).to.equal('Laptop, telephone, disk or paper gone');
    expect(loaded.problems).to.have.length(1);
    expect(loaded.problems[0]).to.include({ file, column: 1 });
    expect(loaded.problems[0]?.message).to.contain('"titel"');
  });

  it('report a condition that is wrong on the trunk, and keep the rest', () => {
    put('a.yaml', shopBook().replace('suggestedWhen: inadvertent', 'suggestedWhen: inadvertant'));
    put('b.yaml', shopBook().replace('sold-a-used-till', 'another-till'));
    const loaded = load();
    expect(loaded.playbooks.map(({ id }) => id))
      .to.include('another-till')
      .and.not.to.include('sold-a-used-till');
    expect(loaded.problems.map(({ message }) => message).join()).to.contain('"inadvertent"');
  });

  it('do not take two files for one id', () => {
    put('a.yaml', shopBook());
    const second = put('b.yaml', shopBook({ head: 'kind: till' }));
    const { problems } = load();
    expect(problems).to.have.length(1);
    expect(problems[0]).to.include({ file: second, line: 1 });
  });

  it('survive a file that cannot be read or is far too large', () => {
    mkdirSync(join(own, 'folder.yaml'));
    truncateSync(put('huge.yaml', ''), 200_000_000);
    const loaded = load();
    expect(loaded.playbooks).to.have.length(10);
    expect(loaded.problems).to.have.length(2);
  });

  it('stand on a shop’s own trunk if all of them fit on it', () => {
    put(
      'trunk.yaml',
      installedText('trunk.yaml').replace('title: Log each step with its time', 'title: Keep the log'),
    );
    const loaded = load();
    expect(loaded.problems).to.deep.equal([]);
    const titles = loaded.playbooks.map(({ stages }) =>
      stages.flatMap(({ tasks }) => tasks.map(({ title }) => title)),
    );
    for (const of of titles) expect(of).to.include('Keep the log');
  });

  it('stay on the installed trunk if one of them would not fit on the shop’s', () => {
    const text = installedText('trunk.yaml').replaceAll('file-authority', 'tell-authority');
    const file = put('trunk.yaml', text);
    const loaded = load();
    expect(loaded.playbooks).to.have.length(10);
    expect(loaded.problems.every((problem) => problem.file === file)).to.equal(true);
    expect(loaded.problems.map(({ message }) => message).join()).to.contain('"supplier-breach" does not fit');
  });

  it('bring the places to click, a shop’s own before the installed', () => {
    expect(load().places.places.map(({ id }) => id)).to.include('shopify.logs');
    put('places-to-click.yaml', installedText('places-to-click.yaml').replace('Settings > Users', 'Ask Jo'));
    expect(load().places.places.map(({ path }) => path)).to.include('Ask Jo');
  });

  it('cannot be done without: an installation without its trunk says so', () => {
    expect(() => loadPlaybooks({ installed: own })).to.throw(/trunk\.yaml is missing/);
  });

  describe('are linted', () => {
    it('all of them where no file is named', () => {
      put('till.yaml', shopBook({ head: 'titel: x' }));
      expect(lintPlaybooks([], { installed: INSTALLED, own })).to.have.length(1);
      expect(lintPlaybooks([], { installed: INSTALLED })).to.deep.equal([]);
    });

    it('or the named ones alone, on the installed trunk', () => {
      const good = put('good.yaml', shopBook());
      const bad = put(
        'bad.yaml',
        shopBook({ head: 'leavesOut: [decide-risk]' }).replace('sold-a', 'bought-a'),
      );
      const problems = lintPlaybooks([good, bad], { installed: INSTALLED });
      expect(problems.map(({ file }) => file)).to.deep.equal([bad]);
    });

    it('a trunk among them is checked itself and stands under the others', () => {
      const trunk = put('trunk.yaml', installedText('trunk.yaml').replaceAll('one-voice', 'a-voice'));
      const book = put('till.yaml', shopBook({ head: 'leavesOut: [one-voice]' }));
      const [problem, ...rest] = lintPlaybooks([trunk, book], { installed: INSTALLED });
      expect(rest).to.deep.equal([]);
      expect(problem?.message).to.contain('the trunk has no task "one-voice" (did you mean "a-voice"?)');
    });

    it('and so is the file with the places to click', () => {
      copyFileSync(join(INSTALLED, 'places-to-click.yaml'), join(own, 'places-to-click.yaml'));
      expect(lintPlaybooks([join(own, 'places-to-click.yaml')], { installed: INSTALLED })).to.deep.equal([]);
      const bad = put('places-to-click.yaml', 'checkedOn: yesterday\n');
      expect(lintPlaybooks([bad], { installed: INSTALLED })).not.to.be.empty;
    });

    it('a file that is not there is a fault', () => {
      expect(lintPlaybooks([join(own, 'none.yaml')], { installed: INSTALLED })[0]?.message).to.contain(
        'cannot be read',
      );
    });
  });

  describe('and the incidents that started with them', () => {
    const store = withStore();

    it('keep the text they started with, whatever becomes of the file', async () => {
      put('till.yaml', shopBook());
      const before = load().playbooks.find(({ id }) => id === 'sold-a-used-till');
      if (before === undefined) throw new Error('not loaded');
      await store.stores.texts.put([before.text]);
      put('till.yaml', shopBook().replace('version: 1', 'version: 2'));
      const playbooks = playbookFiles(load(), store.stores.texts);
      expect(playbooks.byId('sold-a-used-till')?.version).to.equal(2);
      expect(await playbooks.byHash(before.hash)).to.deep.equal(before);
    });

    it('are told where to click as menus stand today', () => {
      const playbooks = playbookFiles(load(), store.stores.texts);
      expect(playbooks.placesFor({ clicks: ['shopify.logs'] }).map(({ system }) => system)).to.deep.equal([
        'Shopify',
      ]);
      expect(playbooks.whereToClick.checkedOn).to.match(/^\d{4}-\d{2}-\d{2}$/);
      expect(playbooks.whereToClick.hostLetter.subject).to.contain('NAME');
    });

    it('find no playbook under a hash that is not known', async () => {
      const playbooks = playbookFiles(load(), store.stores.texts);
      expect(await playbooks.byHash(hashOf('never written'))).to.equal(null);
    });
  });
});
