import type { Temporal } from 'temporal-polyfill';
import type { Forgotten, Incident, IncidentState, Obligation } from '../../domain/incident/incident.ts';
import { areForgotten } from '../../domain/incident/forgetting.ts';
import { momentOf } from '../../domain/incident/facts.ts';
import { currentStage } from '../../domain/incident/incident.ts';
import type { Notice } from '../../domain/notice/notice.ts';
import type { Channel } from '../../domain/people/settling.ts';
import { openIn } from '../../domain/people/person.ts';
import type { Json } from '../../domain/register/entry.ts';
import type { House } from '../ports/house.ts';
import { entriesOf, textIn } from '../register/entries-of.ts';
import { isLate } from './filter.ts';

/** A decision with its reason and who answers for it. */
export interface Reasoned {
  readonly at: Temporal.Instant;
  /** The name of the person. */
  readonly by: string;
  /** '' where none was given. */
  readonly reason: string;
}

/** What came of one duty. */
export interface DutyOutcome {
  readonly key: string;
  readonly duty: string;
  readonly title: string;
  readonly citation: string;
  readonly notify: string;
  readonly recipient?: string;
  readonly authority?: string;
  readonly outcome: 'told' | 'decided' | 'open' | 'does-not-apply';
  /** As it stood at the first filing where somebody was told; null where the law gives no number. */
  readonly dueAt: Temporal.Instant | null;
  readonly late: boolean;
  readonly told?: {
    readonly at: Temporal.Instant;
    readonly by: string;
    /** How it was filed, in the words of whoever did; '' for letters. */
    readonly how: string;
    /** The number that the recipient gave it; '' where there is none. */
    readonly number: string;
    /** False while items are still to follow. */
    readonly complete: boolean;
    readonly lateBecause: string;
  };
  /** Why it was decided that it is not owed. */
  readonly decided?: Reasoned;
}

/** What became of a letter, in counts. */
export interface LetterCounts {
  readonly state: Notice['state'];
  readonly people: number;
  readonly byMail: number;
  readonly byChannel: Readonly<Record<Channel, number>>;
  readonly cannotBeReached: number;
  readonly open: number;
  readonly forgotten: boolean;
}

/** One breach as the law wants it documented (GDPR art. 33(5)): facts, effects, remedial action, and why. */
export interface BreachEntry {
  readonly incident: string;
  readonly reference: string;
  readonly title: string;
  readonly kind: string;
  readonly state: IncidentState;
  readonly stage: ReturnType<typeof currentStage>;
  readonly restricted: boolean;
  readonly zone: string;
  readonly loggedAt: Temporal.Instant;
  readonly occurredAt: Temporal.Instant | null;
  readonly occurredTo: Temporal.Instant | null;
  readonly detectedAt: Temporal.Instant | null;
  readonly awareAt: Temporal.Instant | null;
  /** Why it took more than a day from the first sign to knowing; '' where it did not. */
  readonly awareBecause: string;
  readonly whatHappened: string;
  readonly consequences: string;
  readonly measures: string;
  /** What was lost: of confidentiality, integrity, availability those that are known to be. */
  readonly lost: readonly string[];
  /** Kinds of data; null while nothing is known. */
  readonly categories: readonly string[] | null;
  /** The fact `subjects`: places, numbers and groups of people; null while nothing is known. */
  readonly subjects: Json | null;
  /** How many people, the upper end of a range; null while it is not known. */
  readonly people: number | null;
  readonly risk: (Reasoned & { readonly value: string | null }) | null;
  /** What the calculator of severity advised. */
  readonly advice: { readonly risk: string; readonly score: number } | null;
  /** Exceptions of GDPR art. 34(3) that were used. */
  readonly exceptions: readonly (Reasoned & { readonly name: string })[];
  readonly duties: readonly DutyOutcome[];
  /** Laws of which it is not decided whether they apply. */
  readonly undecided: number;
  readonly letters: readonly LetterCounts[];
  readonly forgotten: Pick<Reasoned, 'at' | 'by'> | null;
}

export type EntryDeps = Pick<House, 'clock' | 'notes' | 'lists' | 'register' | 'law'>;

/** Puts the entry of one incident together; `names` of people by their ids. */
export async function breachEntry(
  house: EntryDeps,
  incident: Incident,
  names: ReadonlyMap<string, string>,
): Promise<BreachEntry> {
  const late = await lateReasons(house, incident);
  const ids = [...noteIds(incident), ...late.values()];
  const words = await house.notes.read(incident.organisation, ids);
  const say = (ref: { readonly id: string } | undefined): string => (ref ? (words.get(ref.id) ?? '') : '');
  const nameOf = (id: string): string => names.get(id) ?? id;
  const now = house.clock.now();
  const text = { say, nameOf, late: (key: string) => words.get(late.get(key) ?? '') ?? '' };
  const letters = incident.notices.filter(({ kind, list }) => kind === 'letter' && list);
  const moment = (name: string): Temporal.Instant | null => momentOf(incident, name) ?? null;
  const { assessment, forgotten, narrative } = incident;
  return {
    incident: incident.id,
    reference: incident.reference,
    title: incident.title,
    kind: incident.kind,
    state: incident.state,
    stage: currentStage(incident.stages),
    restricted: incident.restrictedTo !== undefined,
    zone: incident.zone,
    loggedAt: incident.loggedAt,
    occurredAt: moment('occurredAt'),
    occurredTo: moment('occurredTo'),
    detectedAt: moment('detectedAt'),
    awareAt: moment('awareAt'),
    awareBecause: say(incident.facts['awareAt']?.because),
    whatHappened: say(narrative['whatHappened']),
    consequences: say(narrative['consequences']),
    measures: say(narrative['measures']),
    lost: LOSSES.filter((loss) => valueOf(incident, `breach.${loss}`) === true),
    categories: (valueOf(incident, 'data.categories') as readonly string[] | undefined) ?? null,
    subjects: valueOf(incident, 'subjects') ?? null,
    people: incident.card.people,
    risk: riskOf(incident, text),
    advice: assessment ? { risk: assessment.advice.risk, score: assessment.advice.score } : null,
    exceptions: exceptionsOf(incident, text),
    duties: tellingDuties(incident).map((one) => outcomeOf(house, incident, one, text, now)),
    undecided: incident.obligations.filter(isUndecided).length,
    letters: await Promise.all(letters.map((letter) => countsOf(house, incident, letter))),
    forgotten: forgottenOf(forgotten, nameOf),
  };
}

const LOSSES = ['confidentiality', 'integrity', 'availability'] as const;
const EXCEPTIONS = ['exceptions.riskRemoved', 'exceptions.disproportionateEffort'] as const;

interface Text {
  readonly say: (ref: { readonly id: string } | undefined) => string;
  readonly nameOf: (id: string) => string;
  /** Why somebody who was told directly was told late, by the key of the duty. */
  readonly late: (key: string) => string;
}

function valueOf({ facts }: Incident, name: string): Json | undefined {
  const fact = facts[name];
  return fact && 'value' in fact ? fact.value : undefined;
}

function isUndecided({ decision, met, decided }: Obligation): boolean {
  return decision === 'undecided' && !met && !decided;
}

function riskOf(incident: Incident, { say, nameOf }: Text): BreachEntry['risk'] {
  const fact = incident.facts['risk'];
  if (!fact) return null;
  const value = 'value' in fact && typeof fact.value === 'string' ? fact.value : null;
  const reason = say('unknown' in fact ? fact.unknown : fact.because);
  return { value, at: fact.at, by: nameOf(fact.by), reason };
}

function exceptionsOf(incident: Incident, { say, nameOf }: Text): BreachEntry['exceptions'] {
  return EXCEPTIONS.flatMap((name) => {
    const fact = incident.facts[name];
    if (!fact || valueOf(incident, name) !== true) return [];
    return [{ name, at: fact.at, by: nameOf(fact.by), reason: say(fact.because) }];
  });
}

/**
 * The duties of which something is to be said: those owed, met or decided, and of the same law those that turned out not
 * to apply. What is undecided is counted only, for hundreds of laws can be. A near miss owes its record alone.
 */
function tellingDuties({ obligations, state }: Incident): readonly Obligation[] {
  const isTelling = (one: Obligation): boolean =>
    one.met !== undefined ||
    one.decided !== undefined ||
    (one.decision === 'applies' && state !== 'near-miss');
  // A law that asks for a record, or may, is one under which this was looked at.
  const isLookedAt = (one: Obligation): boolean =>
    isTelling(one) || (one.notify === 'record' && one.decision !== 'does-not-apply');
  const laws = new Set(obligations.filter(isLookedAt).map(({ lawHash }) => lawHash));
  return obligations.filter(
    (one) =>
      one.notify !== 'record' &&
      (isTelling(one) || (one.decision === 'does-not-apply' && laws.has(one.lawHash))),
  );
}

function outcomeOf(
  house: Pick<House, 'law'>,
  incident: Incident,
  obligation: Obligation,
  text: Text,
  now: Temporal.Instant,
): DutyOutcome {
  const { key, duty, notify, recipient, authority, met, decided, decision } = obligation;
  const known = house.law.duty(duty);
  return {
    key,
    duty,
    title: known?.title ?? duty,
    citation: known?.citation ?? '',
    notify,
    ...(recipient === undefined ? {} : { recipient }),
    ...(authority === undefined ? {} : { authority }),
    outcome: met ? 'told' : decided ? 'decided' : decision === 'does-not-apply' ? decision : 'open',
    dueAt: met ? met.dueAt : obligation.dueAt,
    late: isLate(incident, obligation, now),
    ...(met ? { told: toldOf(incident, key, met, text) } : {}),
    ...(decided && !met
      ? { decided: { at: decided.at, by: text.nameOf(decided.by), reason: text.say(decided.reason) } }
      : {}),
  };
}

/** How somebody was told, by the first filing: what is filed later changes neither its moment nor its reasons. */
function toldOf(
  { notices }: Incident,
  key: string,
  met: NonNullable<Obligation['met']>,
  { say, nameOf, late }: Text,
): NonNullable<DutyOutcome['told']> {
  const filed = notices.find(({ id }) => id === met.notice)?.filed;
  const direct = met.notice !== undefined && !notices.some(({ id }) => id === met.notice);
  return {
    at: met.at,
    by: nameOf(met.by),
    how: filed?.how ?? (direct ? say({ id: met.notice ?? '' }) : ''),
    number: filed?.reference ?? '',
    complete: met.complete,
    lateBecause: say(filed?.lateBecause) || late(key),
  };
}

async function countsOf(
  house: Pick<House, 'lists'>,
  incident: Incident,
  letter: Notice,
): Promise<LetterCounts> {
  const { organisation } = incident;
  const list = letter.list?.id ?? '';
  const [totals, byChannel] = await Promise.all([
    house.lists.totals(organisation, list),
    house.lists.channels(organisation, list),
  ]);
  const people = Object.values(totals).reduce((sum, count) => sum + count, 0);
  const open = openIn(totals);
  return {
    state: letter.state,
    people,
    byMail: people - open - totals.told - totals['given-up'],
    byChannel,
    cannotBeReached: totals['given-up'],
    open,
    forgotten: areForgotten(incident, letter),
  };
}

function forgottenOf(
  forgotten: Forgotten | undefined,
  nameOf: (id: string) => string,
): BreachEntry['forgotten'] {
  return forgotten ? { at: forgotten.at, by: nameOf(forgotten.by) } : null;
}

/** Why whoever was told directly was told late: it stands in the chain alone. */
async function lateReasons(
  house: Pick<House, 'register'>,
  incident: Incident,
): Promise<ReadonlyMap<string, string>> {
  const direct = incident.obligations.some(
    ({ met }) => met?.notice !== undefined && !incident.notices.some(({ id }) => id === met.notice),
  );
  if (!direct) return new Map();
  const entries = await entriesOf(house, incident, ['told-directly']);
  return new Map(entries.map((entry) => [textIn(entry, 'key'), textIn(entry, 'lateBecause')] as const));
}

function noteIds(incident: Incident): readonly string[] {
  const { facts, narrative, obligations, notices } = incident;
  const named = ['awareAt', 'risk', ...EXCEPTIONS].flatMap((name) => facts[name] ?? []);
  const refs = [
    narrative['whatHappened'],
    narrative['consequences'],
    narrative['measures'],
    ...named.map((fact) => fact.because),
    ...named.map((fact) => ('unknown' in fact ? fact.unknown : undefined)),
    ...obligations.map(({ decided }) => decided?.reason),
    ...notices.map(({ filed }) => filed?.lateBecause),
  ];
  return [
    ...refs.flatMap((ref) => (ref ? [ref.id] : [])),
    ...obligations.flatMap(({ met }) => met?.notice ?? []),
  ].filter((id) => id !== '');
}
