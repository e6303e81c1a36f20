import type { IncidentView } from '../../../application/incident/view-incident.ts';
import type { AskView, TaskView } from '../../../application/incident/playbook-view.ts';
import type { Fact, Incident, Question } from '../../../domain/incident/incident.ts';
import { duty, dutyOf } from './duty.ts';
import {
  anyJson,
  bool,
  count,
  id,
  iso,
  list,
  maybe,
  moment,
  person,
  personOf,
  record,
  shape,
  text,
  texts,
} from './pieces.ts';

const fact = shape({
  value: anyJson.optional().description('Not there where it is unknown.'),
  unknownBecause: text.optional(),
  because: maybe(text),
  at: moment,
  by: person,
  revision: count.description('To be sent as `shown` with a change of this fact.'),
});

const ask = shape({
  id,
  ask: text,
  type: text,
  stage: text,
  values: maybe(record(text)),
  value: anyJson.description('The answer, or null.'),
  unknown: bool,
  revision: count,
});

const task = shape({
  id,
  stage: text,
  title: text,
  what: text,
  owner: text.description('The role that sees to it.'),
  required: bool,
  keep: text.description('The evidence asked for.'),
  shows: text.description('yes; undecided where facts in `missing` decide whether it applies; no.'),
  missing: texts,
  state: text,
  assignee: maybe(person),
  at: maybe(moment),
  by: maybe(person),
  note: maybe(text),
  dueAt: maybe(moment).description("The house's own target, never a legal deadline."),
  pastTarget: bool,
  revision: count.description('To be sent as `shown` with a change of this task.'),
});

export const incident = shape({
  id,
  reference: text,
  state: text,
  kind: text,
  title: text,
  stage: text,
  zone: text,
  loggedAt: moment,
  loggedBy: person,
  owner: person,
  people: maybe(count),
  drill: bool,
  speed: maybe(count).description(
    'How many times as fast the clock of a drill runs; null for a real incident.',
  ),
  leader: maybe(person).description('Who was named to lead; until then, whoever owns it.'),
  restrictedTo: maybe(list(person)).description('The only people who may see it, or null.'),
  playbook: shape({
    id,
    title: text,
    version: count,
    hash: text,
    newer: maybe(shape({ id, version: count, hash: text })).description(
      'As installed now, if it is another.',
    ),
  }),
  facts: record(fact),
  answers: list(ask),
  narrative: record(
    shape({ text, shown: text.description('To be sent as `shown` with a change of this text.') }),
  ),
  supplier: maybe(
    shape({
      name: text,
      knewAt: maybe(moment),
      toldUsAt: maybe(moment),
      role: maybe(text),
      confirmed: maybe(bool),
      revision: count,
    }),
  ),
  stages: list(
    shape({ stage: text, state: text, at: maybe(moment), by: maybe(person), overridden: maybe(text) }),
  ),
  assessment: maybe(
    shape({
      input: anyJson,
      advice: anyJson,
      cases: texts,
      at: moment,
      by: person,
      revision: count,
    }),
  ),
  questions: list(
    shape({
      id,
      text,
      askedAt: moment,
      owner: maybe(person),
      answered: maybe(shape({ at: moment, by: person, note: maybe(text) })),
      revision: count,
    }),
  ),
  gate: maybe(shape({ open: bool, tasks: texts, facts: texts })).description(
    'What the stage that is worked on waits for.',
  ),
  next: maybe(id).description('The task to do now.'),
  tasks: list(task),
  duties: list(duty),
  notices: list(
    shape({
      id,
      kind: text,
      state: text,
      duties: texts,
      recipient: maybe(text),
      locales: texts,
      version: count,
    }),
  ),
}).description('An incident with all that its page shows.');

export function incidentOf(view: IncidentView): object {
  const { incident: own, playbook, stage, gate, next, tasks, asks, obligations, words, names } = view;
  const { reference, state, kind, title, zone, loggedAt, loggedBy, owner, notices } = own;
  return {
    id: own.id,
    reference,
    state,
    kind,
    title,
    stage,
    zone,
    loggedAt: iso(loggedAt),
    loggedBy: personOf(loggedBy, names),
    owner: personOf(owner, names),
    people: own.card.people,
    drill: own.drill,
    speed: own.drill ? (own.speed ?? 1) : null,
    leader: own.leader ? personOf(own.leader.user, names) : null,
    restrictedTo: own.restrictedTo?.map((user) => personOf(user, names)) ?? null,
    playbook: {
      id: playbook.id,
      title: playbook.title,
      version: own.playbook.version,
      hash: own.playbook.hash,
      newer: view.newerPlaybook,
    },
    facts: Object.fromEntries(Object.entries(own.facts).map(([name, known]) => [name, factOf(known, view)])),
    answers: asks.map(askOf),
    narrative: Object.fromEntries(
      Object.entries(own.narrative).map(([name, note]) => [
        name,
        { text: words.get(note.id) ?? '', shown: note.id },
      ]),
    ),
    supplier: supplierOf(own),
    stages: own.stages.map((record) => ({
      stage: record.stage,
      state: record.state,
      at: iso(record.at),
      by: record.by === undefined ? null : personOf(record.by, names),
      overridden: record.overridden ? (words.get(record.overridden.id) ?? '') : null,
    })),
    assessment: assessmentOf(view),
    questions: own.questions.map((question) => questionOf(question, view)),
    gate: gate && { open: gate.open, ...gate.missing },
    next: next?.task.id ?? null,
    tasks: tasks.map((known) => taskOf(known, view)),
    duties: obligations.map((obligation) => dutyOf(obligation, names, words)),
    notices: notices.map((notice) => ({
      id: notice.id,
      kind: notice.kind,
      state: notice.state,
      duties: notice.obligations,
      recipient: notice.recipient ?? null,
      locales: notice.locales,
      version: notice.version,
    })),
  };
}

function factOf(known: Fact, { words, names }: IncidentView): object {
  return {
    ...('value' in known ? { value: known.value } : { unknownBecause: words.get(known.unknown.id) ?? '' }),
    because: known.because ? (words.get(known.because.id) ?? '') : null,
    at: iso(known.at),
    by: personOf(known.by, names),
    revision: known.revision,
  };
}

function askOf({ ask: asked, answer, unknown, revision }: AskView): object {
  return {
    id: asked.id,
    ask: asked.ask,
    type: asked.type,
    stage: asked.stage,
    values: asked.values ?? null,
    value: answer,
    unknown,
    revision,
  };
}

function assessmentOf({ incident: { assessment }, names }: IncidentView): object | null {
  if (!assessment) return null;
  const { input, advice, cases, at, by, revision } = assessment;
  return { input, advice, cases, at: iso(at), by: personOf(by, names), revision };
}

function questionOf(question: Question, { words, names }: IncidentView): object {
  const { id: own, text: asked, askedAt, owner, answered, revision } = question;
  return {
    id: own,
    text: words.get(asked.id) ?? '',
    askedAt: iso(askedAt),
    owner: owner === undefined ? null : personOf(owner, names),
    answered: answered
      ? {
          at: iso(answered.at),
          by: personOf(answered.by, names),
          note: answered.note ? (words.get(answered.note.id) ?? '') : null,
        }
      : null,
    revision,
  };
}

function supplierOf({ supplier }: Incident): object | null {
  if (!supplier) return null;
  const { name, knewAt, toldUsAt, role, confirmed } = supplier;
  return {
    name,
    knewAt: iso(knewAt),
    toldUsAt: iso(toldUsAt),
    role: role ?? null,
    confirmed: confirmed ?? null,
    revision: supplier.revision ?? 0,
  };
}

function taskOf(known: TaskView, { words, names }: IncidentView): object {
  const { task: plan, stage, shows, missing, state, assignee, by, noteId, pastTarget, revision } = known;
  return {
    id: plan.id,
    stage,
    title: plan.title,
    what: plan.what,
    owner: plan.owner,
    required: plan.required,
    keep: plan.keep,
    shows,
    missing,
    state,
    assignee: assignee === undefined ? null : personOf(assignee, names),
    at: iso(known.at),
    by: by === undefined ? null : personOf(by, names),
    note: noteId === undefined ? null : (words.get(noteId) ?? ''),
    dueAt: iso(known.dueAt),
    pastTarget,
    revision,
  };
}
