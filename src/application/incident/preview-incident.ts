import type { Temporal } from 'temporal-polyfill';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { sketchIncident, type NewIncident } from '../../domain/incident/log.ts';
import type { Incident, Obligation } from '../../domain/incident/incident.ts';
import { standingOf, type Standing } from '../../domain/incident/standing.ts';
import type { Facts } from '../../domain/law/types.ts';
import { hintsOf, suggests } from '../../domain/playbook/index.ts';
import type { Playbook } from '../../domain/playbook/types.ts';
import type { Json } from '../../domain/register/entry.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { DutyText } from '../ports/law.ts';
import type { Organisation } from '../ports/staff.ts';
import { factsOf, readFacts } from '../law/facts-of.ts';
import { factsGiven, type LogForm } from './log-incident.ts';
import { tasksOf, type TaskView } from './playbook-view.ts';

/** The five questions while somebody still answers them. `supplierInvolved`: answered yes or no; missing: not known. */
export type PreviewForm = LogForm & { readonly supplierInvolved?: boolean };

/** A duty as it would stand if the incident were logged now. */
export interface Triggered {
  readonly obligation: Obligation;
  readonly duty: DutyText | null;
  readonly standing: Standing;
}

export interface Preview {
  readonly now: Temporal.Instant;
  /** What the law engine says of what is typed so far, but for our own record; those that may be owed included. */
  readonly triggered: readonly Triggered[];
  /** Ids of the playbooks that fit what was typed, in the playbooks' order. */
  readonly suggested: readonly string[];
  /** The first required tasks of the chosen playbook; none before one is chosen. */
  readonly tasks: readonly TaskView[];
}

type Deps = Pick<House, 'clock' | 'organisations' | 'law' | 'playbooks'>;

const FIRST_TASKS = 3;

/**
 * What logging this would set off: the same judgement as `logIncident`, of facts that nobody has saved. What cannot be
 * read yet (half a date, a country half typed) counts as not given; nothing is stored.
 */
export async function previewIncident(
  house: Deps,
  actor: Actor,
  form: PreviewForm,
): Promise<Result<Preview, DomainError>> {
  const allowed = allow(actor, 'incident.log');
  if (!allowed.ok) return allowed;
  const organisation = await house.organisations.byId(actor.organisation);
  if (!organisation) return fail({ kind: 'not-found', what: 'organisation', id: actor.organisation });
  const now = house.clock.now();
  const playbook = house.playbooks.byId(form.kind);
  const sketch = sketchIncident(
    { ...sketched(form, organisation), facts: readable(factsGiven(form), organisation.zone) },
    (incident) => house.law.judge(incident, organisation),
    { at: now, actor },
  );
  return ok({
    now,
    triggered: sketch.obligations
      .filter(({ notify }) => notify !== 'record')
      .map((obligation) => ({
        obligation,
        duty: house.law.duty(obligation.duty),
        standing: standingOf(obligation, now),
      })),
    suggested: suggestedFor(house.playbooks.all(), sketch, organisation, form),
    tasks: playbook ? firstTasks(sketch, playbook, factsOf(sketch, organisation), now) : [],
  });
}

function sketched(form: PreviewForm, { zone }: Organisation): Omit<NewIncident, 'facts'> {
  return {
    id: 'sketch',
    reference: '',
    state: 'breach',
    kind: form.kind,
    title: form.title,
    zone,
    playbook: { id: form.kind, version: 0, hash: '' },
    narrative: {},
  };
}

/** Fact by fact, and row by row of the people: what cannot be read is left out, the rest counts. */
function readable(given: Readonly<Record<string, unknown>>, zone: string): Readonly<Record<string, Json>> {
  const facts: Record<string, Json> = {};
  for (const [name, value] of Object.entries(given)) {
    const whole = name === 'subjects' ? readableRows(value, zone) : value;
    const read = readFacts({ [name]: whole }, zone);
    if (read.ok) Object.assign(facts, read.value);
  }
  return facts;
}

function readableRows(rows: unknown, zone: string): readonly unknown[] {
  const all = Array.isArray(rows) ? (rows as readonly Readonly<Record<string, unknown>>[]) : [];
  return all.flatMap((row) => {
    if (readFacts({ subjects: [row] }, zone).ok) return [row];
    // A place that nobody knows yet: the people count all the same.
    const { place: _place, ...rest } = row;
    return readFacts({ subjects: [rest] }, zone).ok ? [rest] : [];
  });
}

/** What the words hint at counts beside what was answered, and less. */
function suggestedFor(
  playbooks: readonly Playbook[],
  sketch: Incident,
  organisation: Organisation,
  form: PreviewForm,
): readonly string[] {
  const hints = hintsOf(`${form.title}\n${form.whatHappened}`);
  const facts = factsOf(withHints(sketch, hints.facts), organisation);
  const { supplierInvolved } = form;
  const answers = { ...hints.answers, ...(supplierInvolved === undefined ? {} : { supplierInvolved }) };
  return playbooks
    .filter((playbook) => suggests(playbook, { facts, answers, duties: {} }) === 'yes')
    .map(({ id }) => id);
}

function withHints(sketch: Incident, hinted: Readonly<Record<string, Json>>): Incident {
  const { at, by } = { at: sketch.loggedAt, by: sketch.loggedBy };
  const known = Object.fromEntries(
    Object.entries(hinted).map(([name, value]) => [
      name,
      { value: together(sketch, name, value), at, by, revision: 1 },
    ]),
  );
  return { ...sketch, facts: { ...sketch.facts, ...known } };
}

/** Lists are joined (kinds of data ticked and read out of the words); of single values the one given stands. */
function together(sketch: Incident, name: string, hinted: Json): Json {
  const fact = sketch.facts[name];
  if (!fact || !('value' in fact)) return hinted;
  const { value } = fact;
  return Array.isArray(value) && Array.isArray(hinted)
    ? ([...new Set([...(value as readonly Json[]), ...(hinted as readonly Json[])])] as Json)
    : value;
}

function firstTasks(
  sketch: Incident,
  playbook: Playbook,
  facts: Facts,
  now: Temporal.Instant,
): readonly TaskView[] {
  return tasksOf(sketch, playbook, facts, now)
    .filter(({ task, shows }) => task.required && shows === 'yes')
    .slice(0, FIRST_TASKS);
}
