import type { Fact, Incident, NoteRef } from '../../domain/incident/incident.ts';
import { isForgetting } from '../../domain/incident/forgetting.ts';
import { currentStage } from '../../domain/incident/incident.ts';
import {
  dateOf,
  fromNamed,
  fromStored,
  toNamed,
  toStored,
  without,
  type Named,
  type Stored,
} from './convert.ts';
import { packObligations, unpackObligations, type PackedObligations } from './obligation-document.ts';
import { parseReference } from './reference.ts';
import { entrySchema, headFields } from './register-document.ts';
import { Mixed, count, moment, schemaOf, text, words, yesNo } from './settings.ts';

type ByName = 'facts' | 'answers' | 'narrative';

/** The incident as it lies in the store, with what lists and jobs look for beside it. */
export interface IncidentDocument
  extends Omit<Stored<Omit<Incident, 'id'>>, ByName | 'obligations'>, PackedObligations {
  _id: string;
  facts: Named<Fact>[];
  answers: Named<Fact>[];
  narrative: Named<NoteRef>[];
  /** The parts of the reference. */
  series: string;
  year: number;
  number: number;
  /** The key of idempotency that made it. */
  createKey?: string;
  open: boolean;
  /** Has a letter that is being sent. */
  sending: boolean;
  /** Has people whose data are still being destroyed. */
  forgetting: boolean;
  /** The next deadline, or the end of time: what has no date comes last. */
  sortDue: Date;
}

export const incidentSchema = schemaOf<IncidentDocument>({
  organisation: text,
  reference: text,
  series: text,
  year: count,
  number: count,
  createKey: words,
  version: count,
  state: text,
  drill: yesNo,
  speed: { type: Number, default: undefined },
  kind: text,
  title: words,
  loggedAt: moment,
  loggedBy: text,
  owner: text,
  leader: Mixed,
  restrictedTo: { type: [String], default: undefined },
  zone: text,
  playbook: Mixed,
  facts: [Mixed],
  answers: [Mixed],
  narrative: [Mixed],
  supplier: Mixed,
  controllers: { type: [Mixed], default: undefined },
  assessment: Mixed,
  questions: [Mixed],
  stages: [Mixed],
  tasks: [Mixed],
  laws: [String],
  gaps: [Mixed],
  obligations: [Mixed],
  notices: [Mixed],
  forgotten: Mixed,
  seen: [Mixed],
  register: headFields,
  outbox: [entrySchema],
  card: Mixed,
  open: yesNo,
  sending: yesNo,
  forgetting: yesNo,
  sortDue: moment,
})
  // Allocates references: the highest number, and none twice.
  .index({ organisation: 1, series: 1, year: 1, number: 1 }, { unique: true })
  // A double click makes one incident.
  .index(
    { organisation: 1, createKey: 1 },
    { unique: true, partialFilterExpression: { createKey: { $exists: true } } },
  )
  .index({ organisation: 1, open: 1, sortDue: 1 })
  .index({ organisation: 1, year: -1, number: -1 })
  .index({ organisation: 1, sending: 1 }, { partialFilterExpression: { sending: true } })
  .index({ organisation: 1, forgetting: 1 }, { partialFilterExpression: { forgetting: true } })
  .index({ organisation: 1, 'outbox.sequence': 1 })
  .index({ organisation: 1, _id: 1 });

const END_OF_TIME = new Date(8.64e15);

/** All of the document that the incident says; not the key that made it. */
export function toDocument(incident: Incident): Omit<IncidentDocument, 'createKey'> {
  const { id, facts, answers, narrative, obligations, ...rest } = incident;
  return {
    _id: id,
    ...toStored(rest),
    ...parseReference(incident.reference),
    facts: toNamed(facts),
    answers: toNamed(answers),
    narrative: toNamed(narrative),
    ...packObligations(obligations),
    open: currentStage(incident.stages) !== 'closed',
    sending: incident.notices.some((notice) => notice.state === 'sending'),
    forgetting: isForgetting(incident),
    sortDue: incident.card.nextDueAt ? dateOf(incident.card.nextDueAt) : END_OF_TIME,
  };
}

/** Fields that an incident may not have: a change that takes one away must take it out of the store too. */
const MAYBE = ['supplier', 'controllers', 'assessment', 'leader', 'restrictedTo'] as const;

/** The change that makes a stored document say what the incident says; `null` where nothing is to be taken away. */
export function absentIn(incident: Incident): Readonly<Record<string, 1>> | null {
  const gone = MAYBE.filter((name) => incident[name] === undefined);
  return gone.length === 0 ? null : Object.fromEntries(gone.map((name) => [name, 1]));
}

/** What stands in the document beside the incident itself. */
const BESIDE = [
  '_id',
  'series',
  'year',
  'number',
  'createKey',
  'open',
  'sending',
  'forgetting',
  'sortDue',
] as const;

export function toIncident(document: IncidentDocument): Incident {
  const { facts, answers, narrative, laws, gaps, obligations, ...rest } = without(document, BESIDE);
  return {
    ...fromStored<Omit<Incident, ByName | 'id' | 'obligations'>>(rest),
    id: document._id,
    facts: fromNamed(facts),
    answers: fromNamed(answers),
    narrative: fromNamed(narrative),
    obligations: unpackObligations({ laws, gaps, obligations }),
  };
}
