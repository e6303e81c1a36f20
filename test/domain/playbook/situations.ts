import { DATA_CATEGORIES } from '../../../src/domain/law/vocabulary.ts';
import type { Answer, Ask } from '../../../src/domain/playbook/index.ts';

export interface Situation {
  readonly given: Record<string, unknown>;
  readonly answers: Record<string, Answer>;
  readonly duties: Record<string, boolean>;
}

type Change = (situation: Situation) => Situation;

/** Every combination of what a condition speaks of: its facts, answers and duties, each with its telling values. */
export function situationsFor(condition: string, asks: readonly Ask[]): Situation[] {
  const choices = [...answerChoices(condition, asks), ...dutyChoices(condition), ...factChoices(condition)];
  const nothing: Situation = { given: {}, answers: {}, duties: {} };
  return choices.reduce<Situation[]>(
    (situations, changes) => situations.flatMap((situation) => changes.map((change) => change(situation))),
    [nothing],
  );
}

function answerChoices(condition: string, asks: readonly Ask[]): Change[][] {
  return asks
    .filter(({ id }) => new RegExp(`\\banswers\\.${id}\\b`).test(condition))
    .map((ask) =>
      answersTo(ask).map((answer): Change => (was) => ({
        ...was,
        answers: { ...was.answers, [ask.id]: answer },
      })),
    );
}

function answersTo({ type, values = {} }: Ask): readonly Answer[] {
  if (type === 'bool') return [true, false];
  return type === 'choice' ? Object.keys(values) : [0, 20, 21, 5000];
}

function dutyChoices(condition: string): Change[][] {
  return ['authority', 'people']
    .filter((name) => condition.includes(`duties.${name}`))
    .map((name) =>
      [true, false].map((value): Change => (was) => ({ ...was, duties: { ...was.duties, [name]: value } })),
    );
}

function factChoices(condition: string): Change[][] {
  const bare = condition.replaceAll(/"[^"]*"|\banswers\.\w+|\bduties\.\w+/g, '');
  const flags = ['cyber', 'malicious', 'inadvertent', 'ransomware', 'significant']
    .filter((name) => new RegExp(`\\b${name}\\b`).test(bare))
    .map((name) =>
      [true, false].map((value): Change => (was) => ({ ...was, given: { ...was.given, [name]: value } })),
    );
  const choices: Change[][] = [...flags];
  if (bare.includes('breach.availability')) {
    choices.push(
      [true, false].map(
        (availability): Change =>
          (was) =>
            withFact(was, 'breach', { availability }),
      ),
    );
  }
  if (bare.includes('roleIs(')) {
    choices.push(
      ['controller', 'processor', 'joint-controller'].map(
        (role): Change =>
          (was) =>
            withFact(was, 'role', role),
      ),
    );
  }
  if (bare.includes('data(')) {
    const named = DATA_CATEGORIES.filter((category) => condition.includes(`"${category}"`));
    const lists = [['postal-address'], ...named.map((category) => [category])];
    choices.push(
      lists.map(
        (categories): Change =>
          (was) =>
            withFact(was, 'data', { categories }),
      ),
    );
  }
  return choices;
}

function withFact(was: Situation, name: string, value: unknown): Situation {
  return { ...was, given: { ...was.given, [name]: value } };
}
