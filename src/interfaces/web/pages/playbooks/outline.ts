import { Temporal } from 'temporal-polyfill';
import type { PlaybookView } from '../../../../application/playbook/view-playbooks.ts';
import type { Ask, Playbook, StagePlan, Task } from '../../../../domain/playbook/types.ts';
import type { Shown } from '../../answers/show.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { kindName } from '../log/kinds.ts';
import { conditionWords, dueWords, hashWords, nameWords } from './words.ts';

/** A playbook from its first sign to its last task: what is asked, what is done, what each stage waits for. */
export function outlineModel(visit: StaffVisit, view: PlaybookView): Shown {
  const { say } = visit;
  const { playbook, own } = view;
  const { about } = playbook;
  const suggested = conditionWords(visit, playbook, playbook.suggestedWhen);
  return {
    title: playbook.title,
    section: 'playbooks',
    heading: playbook.title,
    lang: playbook.lang ?? null,
    aboutLang: about.lang ?? null,
    kind: kindName(visit, playbook.id),
    from: say(own ? 'playbooks.own' : 'playbooks.installed'),
    version: say('playbooks.version', { version: playbook.version }),
    hash: hashWords(playbook.hash),
    situation: about.situation,
    signs: about.signs,
    usualData: about.usualData.map((category) =>
      visit.parts.words.has('en', `category.${category}`) ? say(`category.${category}`) : category,
    ),
    severity: about.severity,
    goesWrong: about.goesWrong,
    suggested: suggested === null ? null : say('playbooks.suggested-if', { condition: suggested }),
    stages: playbook.stages.map((stage, index) => stageModel(visit, view, stage, index)),
    asks: playbook.asks.map((ask) => askModel(visit, ask)),
    notices: playbook.notices.map(({ to, task }) => ({
      to: say(`playbooks.recipient.${to}`),
      href: `#t-${task}`,
      task: titleOf(playbook, task),
    })),
    checked: say('playbooks.checked', { day: dayWords(visit, view.checkedOn) }),
  };
}

function stageModel(visit: StaffVisit, view: PlaybookView, stage: StagePlan, index: number): object {
  const { playbook } = view;
  const required = stage.tasks.filter((task) => task.required && !task.openUntilEnd);
  const also = stage.gate.tasks
    .filter((id) => !required.some((task) => task.id === id))
    .map((id) => titleOf(playbook, id));
  const facts = stage.gate.facts.map((name) => nameWords(visit, playbook.asks, name));
  return {
    number: index + 1,
    id: `stage-${stage.id}`,
    name: visit.say(`stage.${stage.id}`),
    count: visit.say('playbooks.tasks', { count: stage.tasks.length }),
    tasks: stage.tasks.map((task) => taskModel(visit, view, task)),
    gate: visit.say('playbooks.gate', { count: required.length }),
    waits: [...also, ...facts],
  };
}

function taskModel(visit: StaffVisit, { playbook, places }: PlaybookView, task: Task): object {
  const { say } = visit;
  const condition = task.when === undefined ? null : conditionWords(visit, playbook, task.when);
  const due = dueWords(visit, task.due);
  return {
    id: `t-${task.id}`,
    title: task.title,
    lang: task.lang ?? null,
    small: [
      say(`role.${task.owner}`),
      say(task.required ? 'playbooks.required' : 'task.optional'),
      ...(due === null ? [] : [due]),
      ...(task.openUntilEnd ? [say('playbooks.open-until-end')] : []),
    ],
    condition: condition === null ? null : say('playbooks.only-if', { condition }),
    paragraphs: task.what.split(/\n\s*\n/).map((paragraph) => paragraph.trim()),
    keep: task.keep,
    own: task.from === 'playbook',
    places: (places.get(task.id) ?? []).map(({ system, looksFor, path, seen }) => ({
      system,
      looksFor,
      path,
      unseen: !seen,
    })),
  };
}

function askModel({ say }: StaffVisit, { ask, lang, type, stage, values }: Ask): object {
  return {
    ask,
    lang: lang ?? null,
    stage: say(`stage.${stage}`),
    answers: values ? Object.values(values).join(' · ') : say(`playbooks.answer.${type}`),
  };
}

function titleOf(playbook: Playbook, task: string): string {
  return playbook.stages.flatMap(({ tasks }) => tasks).find(({ id }) => id === task)?.title ?? task;
}

function dayWords({ times }: StaffVisit, day: string): string {
  return times.date(Temporal.PlainDate.from(day).toZonedDateTime(times.zone).toInstant());
}
