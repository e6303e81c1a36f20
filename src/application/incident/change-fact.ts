import type { Actor } from '../../domain/access/roles.ts';
import { allow } from '../../domain/access/permissions.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import {
  changeFact as change,
  changeNarrative as changeProse,
  factPermission,
  type FactChange,
} from '../../domain/incident/facts.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Ask } from '../../domain/playbook/types.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { SealedNote } from '../ports/stores.ts';
import { readFacts, readMoment } from '../law/facts-of.ts';
import { changeIncident, type Changing } from './change.ts';
import { findIncident } from './find.ts';
import { playbookOf } from './playbook-view.ts';
import { sealIfGiven, sealNote } from './seal-note.ts';

type Deps = Changing & Pick<House, 'notes' | 'playbooks'>;

export interface FactForm {
  readonly incident: string;
  /** A fact's name (`data.categories`) or `answers.ID`. */
  readonly name: string;
  /** The value, or undefined together with `unknownBecause`. */
  readonly value?: unknown;
  readonly unknownBecause?: string;
  /** Why it was decided so; a risk needs one. */
  readonly because?: string;
  /** The revision that the page showed; 0 where nothing was known. */
  readonly shown: number;
}

/** Changes one fact or answer; see the domain's command of the same name. */
export async function changeFact(
  house: Deps,
  actor: Actor,
  form: FactForm,
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, factPermission(form.name));
  if (!allowed.ok) return allowed;
  const found = await findIncident(house, actor, form.incident);
  if (!found) return fail({ kind: 'not-found', what: 'incident', id: form.incident });
  const read = await readGiven(house, actor, found, form);
  if (!read.ok) return read;
  const { name, shown } = form;
  const because = await sealIfGiven(house, actor, { ...form, text: form.because, path: 'because' });
  if (!because.ok) return because;
  const { notes, ...given } = read.value;
  const reason = because.value ? { because: because.value.ref } : {};
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context, { judge }) => change(incident, { name, shown, ...given, ...reason }, judge, context),
    key,
    [...notes, ...(because.value ? [because.value] : [])],
  );
  return done.ok ? ok(undefined) : done;
}

type Read = Pick<FactChange, 'given' | 'settles'> & {
  /** The sealed words of what is unknown. */
  readonly notes: readonly SealedNote[];
};

async function readGiven(
  house: Deps,
  actor: Actor,
  incident: Incident,
  form: FactForm,
): Promise<Result<Read, DomainError>> {
  if (form.value === undefined) {
    const note = await sealNote(house, actor, {
      ...form,
      text: form.unknownBecause,
      path: 'unknownBecause',
    });
    if (!note.ok) return note;
    const unknown = note.value.ref;
    const fact = form.name.startsWith(ANSWER)
      ? (await askNamed(house, incident, form))?.sets?.fact
      : undefined;
    const settles = fact === undefined ? {} : { settles: { name: fact, unknown } };
    return ok({ given: { unknown }, notes: [note.value], ...settles });
  }
  if (form.name.startsWith(ANSWER)) return readAnswer(house, actor, incident, form);
  const read = readFacts({ [form.name]: form.value }, incident.zone);
  if (!read.ok) return read;
  const value = read.value[form.name];
  if (value === undefined) return fail(invalid(`facts.${form.name}`, 'fact.unknown'));
  return ok({ given: { value }, notes: [] });
}

const ANSWER = 'answers.';

/** An answer is a bool, one of the choices, a whole number or a moment, as the playbook asks. */
async function readAnswer(
  house: Deps,
  actor: Actor,
  incident: Incident,
  form: FactForm,
): Promise<Result<Read, DomainError>> {
  const ask = await askNamed(house, incident, form);
  if (!ask) return fail(invalid(form.name, 'answer.unknown', { value: form.name.slice(ANSWER.length) }));
  const read = readValue(ask, form, incident.zone);
  if (!read.ok) return read;
  const given = { value: read.value };
  if (!ask.sets) return ok({ given, notes: [] });
  const { fact: name, by } = ask.sets;
  const value = by[String(read.value)];
  if (value !== undefined) return ok({ given, settles: { name, value }, notes: [] });
  // This answer leaves the fact open: it is unknown, because that is what was answered.
  const words = `${ask.ask} ${ask.values?.[String(read.value)] ?? String(read.value)}`;
  const note = house.notes.seal(actor.organisation, form.incident, words);
  return ok({ given, settles: { name, unknown: note.ref }, notes: [note] });
}

async function askNamed(house: Deps, incident: Incident, form: FactForm): Promise<Ask | undefined> {
  const { asks } = await playbookOf(house, incident);
  return asks.find(({ id }) => id === form.name.slice(ANSWER.length));
}

function readValue(ask: Ask, form: FactForm, zone: string): Result<string | number | boolean, DomainError> {
  const given = form.value;
  const isPlain = typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean';
  const text = isPlain ? String(given) : '';
  switch (ask.type) {
    case 'bool':
      return text === 'true' || text === 'false'
        ? ok(text === 'true')
        : fail(invalid(form.name, 'answer.bool'));
    case 'choice': {
      const known = Object.hasOwn(ask.values ?? {}, text);
      return known ? ok(text) : fail(invalid(form.name, 'choice.unknown', { value: text }));
    }
    case 'int':
      return /^\d{1,9}$/.test(text) ? ok(Number(text)) : fail(invalid(form.name, 'answer.int'));
    case 'instant': {
      const moment = readMoment(text, zone, form.name);
      return moment.ok ? ok(moment.value.toString({ smallestUnit: 'second' })) : moment;
    }
  }
}

/** Changes a part of the prose (`whatHappened`, `consequences`, `measures`). */
export async function changeNarrative(
  house: Deps,
  actor: Actor,
  form: {
    readonly incident: string;
    readonly name: string;
    readonly text: string;
    readonly shown: string | null;
  },
  key?: string,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'fact.change');
  if (!allowed.ok) return allowed;
  const note = await sealNote(house, actor, { ...form, path: 'text' });
  if (!note.ok) return note;
  const { name, shown } = form;
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) => changeProse(incident, { name, note: note.value.ref, shown }, context),
    key,
    [note.value],
  );
  return done.ok ? ok(undefined) : done;
}
