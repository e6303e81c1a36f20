import type {
  BreachEntry,
  DutyOutcome,
  Reasoned,
} from '../../../application/breach-register/breach-entry.ts';
import { anyJson, bool, count, id, iso, list, maybe, moment, record, shape, text, texts } from './pieces.ts';

const reasoned = { at: moment, by: text.description('The name of the person.'), reason: text };

const duty = shape({
  key: text,
  duty: text,
  title: text,
  citation: text,
  notify: text,
  recipient: maybe(text),
  authority: maybe(text),
  outcome: text.description('told, decided, open or does-not-apply.'),
  dueAt: maybe(moment).description('As it stood at the first filing, where somebody was told.'),
  late: bool,
  told: maybe(
    shape({ at: moment, by: text, how: text, number: text, complete: bool, lateBecause: text }),
  ).description('The first filing or telling: it fixes lateness and its reasons.'),
  decided: maybe(shape(reasoned)),
});

export const breachEntry = shape({
  incident: id,
  reference: text,
  title: text,
  kind: text,
  state: text,
  stage: text,
  restricted: bool,
  zone: text,
  loggedAt: moment,
  occurredAt: maybe(moment),
  occurredTo: maybe(moment),
  detectedAt: maybe(moment),
  awareAt: maybe(moment),
  awareBecause: text,
  whatHappened: text,
  consequences: text,
  measures: text,
  lost: texts,
  categories: maybe(texts),
  subjects: anyJson.description('Places, numbers and groups of people; null while nothing is known.'),
  people: maybe(count),
  risk: maybe(shape({ value: maybe(text), ...reasoned })),
  advice: maybe(shape({ risk: text, score: anyJson })),
  exceptions: list(shape({ name: text, ...reasoned })),
  duties: list(duty),
  undecided: count.description('Laws of which it is not decided whether they apply.'),
  letters: list(
    shape({
      state: text,
      people: count,
      byMail: count,
      byChannel: record(count),
      cannotBeReached: count,
      open: count,
      forgotten: bool,
    }),
  ),
  forgotten: maybe(shape({ at: moment, by: text })),
}).description('One breach as the law wants it documented.');

export function breachEntryOf(entry: BreachEntry): object {
  const { loggedAt, occurredAt, occurredTo, detectedAt, awareAt, risk, forgotten } = entry;
  return {
    ...entry,
    loggedAt: iso(loggedAt),
    occurredAt: iso(occurredAt),
    occurredTo: iso(occurredTo),
    detectedAt: iso(detectedAt),
    awareAt: iso(awareAt),
    risk: risk && { value: risk.value, ...reasonedOf(risk) },
    exceptions: entry.exceptions.map(({ name, ...used }) => ({ name, ...reasonedOf(used) })),
    duties: entry.duties.map(dutyOf),
    forgotten: forgotten && { at: iso(forgotten.at), by: forgotten.by },
  };
}

function dutyOf(outcome: DutyOutcome): object {
  const { recipient, authority, dueAt, told, decided } = outcome;
  return {
    ...outcome,
    recipient: recipient ?? null,
    authority: authority ?? null,
    dueAt: iso(dueAt),
    told: told ? { ...told, at: iso(told.at) } : null,
    decided: decided ? reasonedOf(decided) : null,
  };
}

function reasonedOf({ at, by, reason }: Reasoned): object {
  return { at: iso(at), by, reason };
}
