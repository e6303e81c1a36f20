import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import {
  assemble,
  parsePlaces,
  placesFor,
  placesJsonSchema,
  playbookJsonSchema,
} from '../../../src/domain/playbook/index.ts';
import type { Playbook, Task } from '../../../src/domain/playbook/index.ts';
import { Conditions } from '../../../src/domain/playbook/language.ts';
import { facts, read, shipped, shippedText, trunk } from './books.ts';
import { situationsFor } from './situations.ts';

const KINDS = [
  'credential-stuffing',
  'exposed-storage',
  'lost-device',
  'malicious-insider',
  'misdirected-email',
  'phished-mailbox',
  'ransomware-exfiltration',
  'shop-plugin-injection',
  'supplier-breach',
  'web-skimming',
];

const tasksOf = (playbook: Playbook): readonly Task[] => playbook.stages.flatMap((stage) => stage.tasks);
const places = () => {
  const { places: found, problems } = parsePlaces(
    shippedText('places-to-click.yaml'),
    'places-to-click.yaml',
  );
  if (found === undefined) throw new Error(problems.map(({ message }) => message).join());
  return found;
};

describe('The shipped playbooks', () => {
  it('are the ten kinds, the trunk, and where to click', () => {
    const folder = new URL('../../../playbooks/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    expect(files.toSorted()).to.deep.equal(
      [...KINDS, 'places-to-click', 'trunk'].map((id) => `${id}.yaml`).toSorted(),
    );
  });

  for (const id of [...KINDS, 'trunk']) {
    it(`pass their own linter: ${id}`, () => {
      const known = new Set(places().places.map((place) => place.id));
      expect(assemble(read(shippedText(`${id}.yaml`)), trunk(), { places: known }).problems).to.deep.equal(
        [],
      );
    });
  }

  it('tell an editor which schema they follow, and the schemas are those that read them', () => {
    for (const id of [...KINDS, 'trunk']) {
      expect(shippedText(`${id}.yaml`), id).to.match(
        /^# yaml-language-server: \$schema=\.\/schema\/playbook\.json\n/,
      );
    }
    expect(JSON.parse(shippedText('schema/playbook.json'))).to.deep.equal(playbookJsonSchema());
    expect(JSON.parse(shippedText('schema/places-to-click.json'))).to.deep.equal(placesJsonSchema());
  });

  for (const id of KINDS) {
    describe(id, () => {
      const playbook = shipped(id);

      it('has conditions that can each be true and be false', () => {
        const conditions = new Conditions(playbook.asks);
        const texts = new Set(
          tasksOf(playbook).flatMap(({ when }) => (when === undefined || when === 'true' ? [] : [when])),
        );
        for (const text of [...texts, playbook.suggestedWhen]) {
          const truths = situationsFor(text, playbook.asks).map(({ given, answers, duties }) =>
            conditions.asked({ facts: facts(given), answers, duties })(text),
          );
          expect(truths, text).to.include(true);
          expect(truths, text).to.include(false);
        }
      });

      it('knows nothing at first and hides nothing for that', () => {
        const conditions = new Conditions(playbook.asks);
        const ask = conditions.asked({ facts: facts({}), answers: {}, duties: {} });
        for (const { id: task, when } of tasksOf(playbook)) {
          if (when !== undefined) expect(ask(when), task).not.to.equal(false);
        }
      });

      it('leads through every stage, each with a required task for everyone', () => {
        for (const stage of playbook.stages) {
          const sure = stage.tasks.filter(
            (task) => task.required && !task.openUntilEnd && task.when === undefined,
          );
          expect(sure, stage.id).not.to.be.empty;
        }
      });

      it('never does without the authority, the people, the log or the record', () => {
        const tasks = tasksOf(playbook);
        for (const needed of [
          'note-first-sight',
          'call-decider',
          'fix-awareness',
          'decide-risk',
          'close-record',
        ]) {
          expect(
            tasks.some((task) => task.id === needed || task.refines === needed),
            needed,
          ).to.equal(true);
        }
        const told = playbook.notices.map(({ to }) => to);
        expect(told).to.include.members(['authority', 'people', 'controllers']);
      });

      it('gives each task a moment, and none of a stage before the review waits for a stage', () => {
        for (const { id: stage, tasks } of playbook.stages) {
          for (const task of tasks) {
            expect(task.due, task.id).not.to.equal(undefined);
            expect(task.due?.kind === 'after-stage', task.id).to.equal(stage === 'review');
          }
        }
      });

      it('speaks in sentences short enough for a bad evening', () => {
        for (const { id: task, title, what } of tasksOf(playbook)) {
          expect(title.length, task).to.be.below(60);
          expect(what.length, task).to.be.below(900);
          for (const sentence of what.split(/(?<=[.!?])\s+/)) {
            expect(sentence.split(/\s+/).length, `${task}: ${sentence}`).to.be.at.most(40);
          }
        }
      });
    });
  }
});

describe('Where to click', () => {
  it('says when it was checked and what each path looks for', () => {
    const { checkedOn, places: all } = places();
    expect(checkedOn).to.match(/^\d{4}-\d{2}-\d{2}$/);
    for (const { id, looksFor } of all) expect(looksFor, id).to.match(/^the /);
  });

  it('is found from a task by one system, or by all', () => {
    const names = (clicks: string[]) => placesFor({ clicks }, places()).map(({ id }) => id);
    expect(names(['shopify.logs'])).to.deep.equal(['shopify.logs']);
    expect(names(['*.wipe-a-device'])).to.deep.equal([
      'google-workspace.wipe-a-device',
      'microsoft-365.wipe-a-device',
      'apple.wipe-a-device',
    ]);
    expect(names(['shopify.logs', '*.logs']).filter((id) => id === 'shopify.logs')).to.have.length(1);
  });

  it('names every topic that a path has, and no path hangs in the air', () => {
    const text = shippedText('places-to-click.yaml').replace(
      '  wipe-a-device: the page',
      '  wipe-device: the page',
    );
    const { problems } = parsePlaces(text, 'places-to-click.yaml');
    expect(problems.map(({ message }) => message)).to.deep.equal(
      Array(3).fill('there is no topic "wipe-a-device"'),
    );
  });

  it('has a mail to the host that is ready to copy', () => {
    const { hostLetter } = places();
    expect(hostLetter.body).to.contain('NAME').and.to.contain('TIME').and.to.contain('snapshot');
  });
});
