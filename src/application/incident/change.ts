import { timeIn } from '../../domain/incident/drill-time.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { replayed, type Change, type Context } from '../../domain/incident/change.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Judge } from '../../domain/incident/facts.ts';
import type { Facts } from '../../domain/law/types.ts';
import type { Json } from '../../domain/register/entry.ts';
import type { House } from '../ports/house.ts';
import { wakeFor } from '../clock/wakes.ts';
import { factsOf } from '../law/facts-of.ts';
import { lawOf } from '../law/law-of.ts';
import { findIncident } from './find.ts';
import { copyOutbox } from '../register/copy-outbox.ts';
import type { SealedNote } from '../ports/stores.ts';

export type Changing = Pick<
  House,
  'clock' | 'ids' | 'incidents' | 'organisations' | 'law' | 'texts' | 'notes' | 'scheduler' | 'register'
>;

/** The law by which the incident is judged, ready to be asked of any state of it. */
export interface LawAtHand {
  readonly judge: Judge;
  readonly facts: (incident: Incident) => Facts;
}

/** A pure command of the domain, given the incident as it stands now. */
export type Command<T> = (
  incident: Incident,
  context: Context,
  law: LawAtHand,
) => Result<Change<T>, DomainError>;

const TRIES = 50;
const JITTER_MS = 20;

/**
 * Runs a command on an incident and stores the result by compare-and-set. When someone was faster the pure command
 * runs again on fresh state, silently: a reminder or a task ticked in between is nobody's conflict. A conflict of
 * people is the command's own answer (`StaleVersion`).
 *
 * A repeat under the same key changes nothing and gets the first answer. What the change means for jobs and for the
 * register follows after the write; if the process dies before, reconciling does it.
 *
 * @param notes the sealed words that the change may name; those that it names are stored just before it, and where it
 *   comes to nothing none of them stays
 */
export async function changeIncident<T extends Json | undefined>(
  house: Changing,
  actor: Actor,
  id: string,
  command: Command<T>,
  key?: string,
  notes: readonly SealedNote[] = [],
): Promise<Result<{ readonly incident: Incident; readonly answer: T }, DomainError>> {
  const beside = new Beside(house, actor.organisation, notes);
  const organisation = await house.organisations.byId(actor.organisation);
  if (!organisation) return fail({ kind: 'not-found', what: 'organisation', id: actor.organisation });
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const before = await findIncident(house, actor, id);
    if (!before) return beside.drop(fail({ kind: 'not-found', what: 'incident', id }));
    const repeat = replayed(before, key);
    if (repeat) return beside.drop(ok({ incident: before, answer: (repeat.result ?? undefined) as T }));
    const { law: judging } = await lawOf(house, before);
    const law: LawAtHand = {
      judge: (incident) => judging.judge(incident, organisation),
      facts: (incident) => factsOf(incident, organisation),
    };
    const context: Context = {
      at: timeIn(before, house.clock.now()),
      actor,
      ...(key === undefined ? {} : { key }),
    };
    const result = command(before, context, law);
    if (!result.ok) return beside.drop(result);
    const { incident, answer } = result.value;
    if (incident === before) return beside.drop(ok({ incident, answer }));
    await beside.keep(incident);
    if (before.obligations !== incident.obligations) await keepLaw(house, incident, before);
    if (await house.incidents.replace(incident, before.version)) {
      await afterwards(house, before, incident);
      return ok({ incident, answer });
    }
    await pause(house.ids.jitter() * JITTER_MS * attempt);
  }
  await beside.drop(undefined);
  throw new Error(`incident ${id} was changed by others ${TRIES} times in a row`);
}

/** The notes of one change: in the store before anything names them, and out of it again where nothing will. */
class Beside {
  private readonly house: Pick<House, 'notes'>;
  private readonly organisation: string;
  private readonly notes: readonly SealedNote[];
  private kept: readonly SealedNote[] = [];

  constructor(house: Pick<House, 'notes'>, organisation: string, notes: readonly SealedNote[]) {
    this.house = house;
    this.organisation = organisation;
    this.notes = notes;
  }

  /** A reason that the change did not need (a gate that was open after all) is not kept either. */
  async keep(incident: Incident): Promise<void> {
    if (this.notes.length === 0) return;
    const told = JSON.stringify(incident);
    const missing = this.notes.filter((note) => told.includes(note.ref.id) && !this.kept.includes(note));
    if (missing.length > 0) await this.house.notes.keep(missing);
    this.kept = [...this.kept, ...missing];
  }

  /** The change came to nothing. @returns what the caller is answered */
  async drop<R>(answer: R): Promise<R> {
    if (this.kept.length > 0) {
      await this.house.notes.remove(
        this.organisation,
        this.kept.map(({ ref }) => ref.id),
      );
    }
    return answer;
  }
}

/** Keeps the law's text by which the incident is judged, before the incident names its hash. */
export async function keepLaw(
  house: Pick<House, 'law' | 'texts'>,
  incident: Incident,
  before?: Incident,
): Promise<void> {
  const kept = new Set(before?.obligations.map(({ lawHash }) => lawHash));
  const installed = house.law.texts();
  const wanted = new Set(
    incident.obligations.map(({ lawHash }) => lawHash).filter((hash) => !kept.has(hash)),
  );
  const texts = [...wanted].flatMap((hash) => installed.get(hash) ?? []);
  if (texts.length > 0) await house.texts.put(texts);
}

async function afterwards(house: Changing, before: Incident, incident: Incident): Promise<void> {
  const moved = before.obligations !== incident.obligations || before.state !== incident.state;
  // Side by side, so that the store makes them durable together.
  await Promise.all([moved ? wakeFor(house, incident) : undefined, copyOutbox(house, incident)]);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
