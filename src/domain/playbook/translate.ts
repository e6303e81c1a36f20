import type { About, Ask, Playbook, Task } from './types.ts';

/** English words -> those of another language. By the words themselves, so that what changed is not told wrongly. */
export type Dictionary = ReadonlyMap<string, string>;

/**
 * The playbook in another language; all but its words is the same, its hash and its text, too. What the dictionary
 * has not (a shop's own playbook, the older text of an incident) stays English and says so by `lang`.
 */
export function translate(playbook: Playbook, words: Dictionary): Playbook {
  const say = (english: string): string => words.get(english) ?? english;
  const marked = (...english: readonly string[]): { lang?: 'en' } =>
    english.every((text) => words.has(text)) ? {} : { lang: 'en' };
  const about = (own: About): About => ({
    ...own,
    situation: say(own.situation),
    signs: own.signs.map(say),
    severity: say(own.severity),
    goesWrong: own.goesWrong.map(say),
    ...marked(own.situation, ...own.signs, own.severity, ...own.goesWrong),
  });
  const ask = (own: Ask): Ask => ({
    ...own,
    ask: say(own.ask),
    ...(own.values && {
      values: Object.fromEntries(Object.entries(own.values).map(([value, text]) => [value, say(text)])),
    }),
    ...marked(own.ask, ...Object.values(own.values ?? {})),
  });
  const task = (own: Task): Task => ({
    ...own,
    title: say(own.title),
    what: say(own.what),
    keep: say(own.keep),
    ...marked(own.title, own.what, own.keep),
  });
  return {
    ...playbook,
    title: say(playbook.title),
    ...marked(playbook.title),
    about: about(playbook.about),
    asks: playbook.asks.map(ask),
    stages: playbook.stages.map((stage) => ({ ...stage, tasks: stage.tasks.map(task) })),
  };
}
