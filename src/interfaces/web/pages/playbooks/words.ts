import { Temporal } from 'temporal-polyfill';
import { sayingOf, type Saying } from '../../../../domain/playbook/index.ts';
import type { Ask, Due, Playbook } from '../../../../domain/playbook/types.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { listed } from '../../words/lists.ts';

type Voice = Pick<StaffVisit, 'say' | 'parts' | 'locale'>;

/** The beginning of a hash in groups of four: enough to compare by eye. */
export function hashWords(hash: string): string {
  return hash.slice(0, 16).match(/.{4}/g)?.join(' ') ?? hash;
}

/** When a task is due, as the playbook says it: a target of the house, never a legal deadline. */
export function dueWords(visit: Voice, due: Due | undefined): string | null {
  if (!due) return null;
  const { say } = visit;
  switch (due.kind) {
    case 'clock':
      return say(`playbooks.due.${due.clock}`, { period: periodWords(visit, due.period) });
    case 'before-authority':
      return say('playbooks.due.before-authority', { period: periodWords(visit, due.period) });
    case 'before-letters':
      return say('playbooks.due.before-letters');
    case 'after-stage':
      return say('playbooks.due.after-stage', {
        period: periodWords(visit, due.period),
        stage: say(`stage.${due.stage}`),
      });
  }
}

function periodWords(visit: Voice, period: string): string {
  const { days, hours, minutes } = Temporal.Duration.from(period);
  const parts = [
    ...(days > 0 ? [visit.say('period.days', { count: days })] : []),
    ...(hours > 0 ? [visit.say('period.hours', { count: hours })] : []),
    ...(minutes > 0 ? [visit.say('period.minutes', { count: minutes })] : []),
  ];
  return listed(visit, parts, 'conjunction');
}

/** A condition as a clause (`the data include payment card`); null where it always holds. */
export function conditionWords(visit: Voice, playbook: Playbook, condition: string): string | null {
  const saying = sayingOf(condition, playbook.asks);
  return saying.kind === 'always' ? null : clause(visit, playbook.asks, saying);
}

function clause(visit: Voice, asks: readonly Ask[], saying: Saying): string {
  const { say } = visit;
  switch (saying.kind) {
    case 'all':
    case 'any':
      return listed(
        visit,
        saying.parts.map((part) => clause(visit, asks, part)),
        saying.kind === 'all' ? 'conjunction' : 'disjunction',
      );
    case 'always':
    case 'never':
      return say(`playbooks.if.${saying.kind}`);
    case 'is':
      return isWords(visit, asks, saying.name, saying.holds);
    case 'asks':
      return asksWords(visit, saying);
    case 'compare':
      return say(`playbooks.if.compare.${COMPARED[saying.by]}`, {
        what: nameWords(visit, asks, saying.name),
        value: valueWords(asks, saying.name, saying.value),
      });
    case 'code':
      return say('playbooks.if.code', { code: saying.text });
  }
}

const COMPARED = { '==': 'is', '!=': 'is-not', '<': 'under', '<=': 'at-most', '>': 'over', '>=': 'at-least' };

function isWords(visit: Voice, asks: readonly Ask[], name: string, holds: boolean): string {
  const key = `playbooks.if.${name}`;
  if (visit.parts.words.has('en', `${key}-${String(holds)}`)) return visit.say(`${key}-${String(holds)}`);
  return visit.say(`playbooks.if.${holds ? 'yes' : 'no'}`, { what: nameWords(visit, asks, name) });
}

/** The law's own questions that playbooks ask, with what they ask for in words. */
function asksWords(visit: Voice, { question, value, holds }: Extract<Saying, { kind: 'asks' }>): string {
  const key = `playbooks.if.${question}-${String(holds)}`;
  const named = { data: `category.${value}`, roleIs: `profile-role.${value}`, sector: `sector.${value}` }[
    question
  ];
  const { words } = visit.parts;
  const what = named !== undefined && words.has('en', named) ? visit.say(named) : value;
  if (words.has('en', key)) return visit.say(key, { what });
  return visit.say('playbooks.if.code', { code: `${holds ? '' : '!'}${question}("${value}")` });
}

/** A fact, a matter of the incident or a question of the playbook, by the words in which it is asked. */
export function nameWords({ say, parts }: Voice, asks: readonly Ask[], name: string): string {
  const ask = asks.find(({ id }) => `answers.${id}` === name);
  if (ask) return ask.ask;
  return parts.words.has('en', `fact.${name}`) ? say(`fact.${name}`) : name;
}

function valueWords(asks: readonly Ask[], name: string, value: string): string {
  return asks.find(({ id }) => `answers.${id}` === name)?.values?.[value] ?? value;
}
