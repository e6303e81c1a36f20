import type { Temporal } from 'temporal-polyfill';
import { may } from '../access/permissions.ts';
import { type DomainError, type Problem } from '../errors.ts';
import { EMPTY_CHAIN } from '../register/chain.ts';
import type { Happening, Json } from '../register/entry.ts';
import { fail, ok, type Result } from '../result.ts';
import { STAGES } from '../playbook/types.ts';
import { cardOf } from './card.ts';
import { settle, type Context } from './change.ts';
import { orderOfMoments, type Judge } from './facts.ts';
import type { Fact, Incident, IncidentState, NoteRef, Supplier } from './incident.ts';
import { rejudge } from './judgement.ts';

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
  readonly narrative: Readonly<Record<string, NoteRef>>;
  readonly supplier?: Supplier;
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
  const problems = [...titleProblems(input.title), ...orderOfMoments(blank, context.at)];
  if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
  const { obligations, happenings } = rejudge(blank, judge(blank));
  const logged: Happening = {
    type: 'incident-logged',
    data: {
      reference: input.reference,
      state: input.state,
      kind: input.kind,
      owner: blank.owner,
      zone: input.zone,
      playbook: { ...input.playbook },
      facts: input.facts,
      narrative: Object.fromEntries(
        Object.entries(input.narrative).map(([name, note]) => [name, { ...note }]),
      ),
      supplier: input.supplier ? supplierMoments(input.supplier) : null,
    },
  };
  return ok(settle(blank, { obligations }, [logged, ...happenings], context, input.id).incident);
}

function blankIncident(input: NewIncident, context: Context): Incident {
  const { at, actor } = context;
  const fact = (value: Json): Fact => ({ value, at, by: actor.user, revision: 1 });
  const incident: Omit<Incident, 'card'> = {
    id: input.id,
    organisation: actor.organisation,
    reference: input.reference,
    version: 0,
    state: input.state,
    kind: input.kind,
    title: input.title,
    loggedAt: at,
    loggedBy: actor.user,
    owner: input.owner ?? actor.user,
    zone: input.zone,
    playbook: input.playbook,
    facts: Object.fromEntries(Object.entries(input.facts).map(([name, value]) => [name, fact(value)])),
    answers: {},
    narrative: input.narrative,
    ...(input.supplier ? { supplier: input.supplier } : {}),
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

function titleProblems(title: string): Problem[] {
  if (title.trim() === '') return [{ path: 'title', key: 'text.missing' }];
  if (title.length > TITLE_LIMIT)
    return [{ path: 'title', key: 'text.too-long', values: { limit: TITLE_LIMIT } }];
  return [];
}

/** A supplier's name may be a person's: the register holds its moments and role only. */
function supplierMoments({ knewAt, toldUsAt, role, confirmed }: Supplier): Record<string, Json> {
  const iso = (moment: Temporal.Instant | undefined): string | null => moment?.toString() ?? null;
  return { knewAt: iso(knewAt), toldUsAt: iso(toldUsAt), role: role ?? null, confirmed: confirmed ?? null };
}
