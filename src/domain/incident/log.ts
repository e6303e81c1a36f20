import { DRILL_SPEEDS } from './drill-time.ts';
import { may } from '../access/permissions.ts';
import { type DomainError, type Problem } from '../errors.ts';
import { EMPTY_CHAIN } from '../register/chain.ts';
import type { Happening, Json } from '../register/entry.ts';
import { fail, ok, type Result } from '../result.ts';
import { STAGES } from '../playbook/types.ts';
import { cardOf } from './card.ts';
import { settle, type Context } from './change.ts';
import { gapProblems, orderOfMoments } from './awareness.ts';
import type { Judge } from './facts.ts';
import type { Fact, Incident, IncidentState, NoteRef, Supplier } from './incident.ts';
import { rejudge } from './judgement.ts';
import { momentsOf, supplierProblems } from './supplier.ts';

export interface NewIncident {
  readonly id: string;
  readonly reference: string;
  readonly state: IncidentState;
  readonly kind: string;
  readonly title: string;
  readonly zone: string;
  readonly owner?: string;
  readonly playbook: Incident['playbook'];
  readonly facts: Readonly<Record<string, Json>>;
  /** Facts that are known not to be known, each with why. */
  readonly unknown?: Readonly<Record<string, NoteRef>>;
  readonly narrative: Readonly<Record<string, NoteRef>>;
  readonly supplier?: Supplier;
  /** Why more than a day lies between the first sign and awareness, where it does. */
  readonly awareBecause?: NoteRef;
  readonly drill?: boolean;
  /** One of `DRILL_SPEEDS`; only of a drill. */
  readonly speed?: number;
}

const TITLE_LIMIT = 120;

/** Logs an incident: the first entry of its chain, its duties judged at once by what is known so far. */
export function logIncident(
  input: NewIncident,
  judge: Judge,
  context: Context,
): Result<Incident, DomainError> {
  if (!may(context.actor, 'incident.log')) return fail({ kind: 'not-allowed', permission: 'incident.log' });
  const blank = blankIncident(input, context);
  const problems = [
    ...titleProblems(input.title),
    ...orderOfMoments(blank, context.at),
    ...gapProblems(blank, 'awareBecause'),
    ...(input.supplier ? supplierProblems(input.supplier, context.at) : []),
    ...decisionProblems(input.facts),
    ...speedProblems(input),
  ];
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const { obligations, happenings } = rejudge(blank, judge(blank));
  const logged: Happening = {
    type: 'incident-logged',
    data: {
      reference: input.reference,
      state: input.state,
      ...(input.drill ? { drill: true } : {}),
      ...(input.speed === undefined ? {} : { speed: input.speed }),
      kind: input.kind,
      owner: blank.owner,
      zone: input.zone,
      playbook: { ...input.playbook },
      facts: input.facts,
      ...(input.unknown ? { unknown: refsOf(input.unknown) } : {}),
      awareBecause: input.awareBecause ? { ...input.awareBecause } : null,
      narrative: refsOf(input.narrative),
      supplier: input.supplier ? momentsOf(input.supplier) : null,
    },
  };
  return ok(settle(blank, { obligations }, [logged, ...happenings], context, input.id).incident);
}

/**
 * The incident as it would be judged if it were logged now, unchecked: nothing of it is chained, told or kept. For
 * who is still typing.
 */
export function sketchIncident(input: NewIncident, judge: Judge, context: Context): Incident {
  const blank = blankIncident(input, context);
  return { ...blank, obligations: rejudge(blank, judge(blank)).obligations };
}

function blankIncident(input: NewIncident, context: Context): Incident {
  const { at, actor } = context;
  const fact = (name: string, value: Json): Fact => ({
    value,
    at,
    by: actor.user,
    ...(name === 'awareAt' && input.awareBecause ? { because: input.awareBecause } : {}),
    revision: 1,
  });
  const open = (unknown: NoteRef): Fact => ({ unknown, at, by: actor.user, revision: 1 });
  const incident: Omit<Incident, 'card'> = {
    id: input.id,
    organisation: actor.organisation,
    reference: input.reference,
    version: 0,
    state: input.state,
    drill: input.drill ?? false,
    ...(input.speed === undefined ? {} : { speed: input.speed }),
    kind: input.kind,
    title: input.title,
    loggedAt: at,
    loggedBy: actor.user,
    owner: input.owner ?? actor.user,
    zone: input.zone,
    playbook: input.playbook,
    facts: {
      ...Object.fromEntries(Object.entries(input.unknown ?? {}).map(([name, note]) => [name, open(note)])),
      ...Object.fromEntries(Object.entries(input.facts).map(([name, value]) => [name, fact(name, value)])),
    },
    answers: {},
    narrative: input.narrative,
    ...(input.supplier ? { supplier: input.supplier } : {}),
    questions: [],
    stages: STAGES.map((stage) => ({ stage, state: 'open' })),
    tasks: [],
    obligations: [],
    notices: [],
    seen: [],
    register: EMPTY_CHAIN,
    outbox: [],
  };
  return { ...incident, card: cardOf(incident) };
}

function speedProblems({ drill, speed }: NewIncident): Problem[] {
  if (speed === undefined) return [];
  if (!drill) return [{ path: 'speed', key: 'drill.only-speed' }];
  const isKnown = DRILL_SPEEDS.some((known) => known === speed);
  return isKnown ? [] : [{ path: 'speed', key: 'choice.unknown', values: { value: speed } }];
}

function refsOf(notes: Readonly<Record<string, NoteRef>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(notes).map(([name, note]) => [name, { ...note }]));
}

/** Who logs an incident need not be one who may decide; decisions come after, each with its reason. */
function decisionProblems(facts: NewIncident['facts']): Problem[] {
  return Object.keys(facts)
    .filter((name) => DECIDED_LATER.includes(name.split('.')[0] ?? name))
    .map((name) => ({ path: `facts.${name}`, key: 'fact.decided-later', values: { name } }));
}

const DECIDED_LATER: readonly string[] = ['risk', 'exceptions', 'filed'];

/** A title is one line that lists can show. */
export function titleProblems(title: string): Problem[] {
  if (title.trim() === '') return [{ path: 'title', key: 'text.missing' }];
  if (title.length > TITLE_LIMIT)
    return [{ path: 'title', key: 'text.too-long', values: { limit: TITLE_LIMIT } }];
  return [];
}
