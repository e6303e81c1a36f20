import { timeIn } from '../../domain/incident/drill-time.ts';
import type { Temporal } from 'temporal-polyfill';
import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import {
  acknowledgeFiling as acknowledge,
  fileNotice as file,
  isLateAt,
} from '../../domain/incident/filing.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { EVIDENCE_ADDED } from '../../domain/incident/records.ts';
import { FILING_WAYS, type FilingWay } from '../../domain/notice/notice.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import { sealIfGiven } from '../incident/seal-note.ts';
import { readMoment } from '../law/facts-of.ts';
import type { House } from '../ports/house.ts';
import { entriesOf, textIn } from '../register/entries-of.ts';
import { delayReasonOf } from './delay-reason.ts';
import { packOfSeal } from './form.ts';
import { atHand, findNotice, type Finding } from './source.ts';

type Deps = Changing & Finding & Pick<House, 'lists' | 'evidence'>;
type Outcome = Promise<Result<undefined, DomainError>>;

export interface FilingForm {
  readonly incident: string;
  readonly notice: string;
  /** ISO 8601 with offset, or local in the incident's zone; empty: now. */
  readonly at: string;
  /** One of `FILING_WAYS`; '' where it is not said. */
  readonly way?: string;
  readonly how: string;
  readonly reference?: string;
  /** Only where it is late and the notice itself does not say why: nobody writes the reasons twice. */
  readonly lateBecause?: string;
  /** The id of the evidence that proves it. */
  readonly receipt?: string;
}

/** Records that an approved notice was filed with its authority, or given to whom it is for. */
export async function fileNotice(house: Deps, actor: Actor, form: FilingForm, key?: string): Outcome {
  const allowed = allow(actor, 'notice.file');
  if (!allowed.ok) return allowed;
  const found = await findNotice(house, actor, form.incident, form.notice);
  if (!found.ok) return found;
  const { incident, notice, draft } = found.value;
  const seal = notice.approved?.seal;
  if (!seal)
    return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: 'notice.not-approved' });
  const at =
    form.at.trim() === ''
      ? ok(timeIn(incident, house.clock.now()))
      : readMoment(form.at, incident.zone, 'at');
  if (!at.ok) return at;
  const way = readWay(form.way);
  if (!way.ok) return way;
  const receipt = await receiptOf(house, incident, form.receipt);
  if (!receipt.ok) return receipt;
  const pack = await packOfSeal(house, seal);
  const said = isLateAt(incident, notice, at.value) ? delayReasonOf(draft, notice, pack) : null;
  const text = form.lateBecause?.trim() ? form.lateBecause : (said ?? undefined);
  const late = await sealIfGiven(house, actor, { ...form, text, path: 'lateBecause' });
  if (!late.ok) return late;
  const filing = {
    at: at.value,
    how: form.how.trim(),
    complete: draft.follows.length === 0 && pack?.completeness !== 'incomplete',
    atHand: await atHand(house, actor.organisation, notice, seal),
    ...(way.value ? { way: way.value } : {}),
    ...(pack?.completeness === 'withdraw' ? { withdraws: true as const } : {}),
    ...(form.reference?.trim() ? { reference: form.reference.trim() } : {}),
    ...(late.value ? { lateBecause: late.value.ref } : {}),
    ...(receipt.value === undefined ? {} : { receipt: receipt.value }),
  };
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context, { judge }) => file(fresh, form.notice, filing, judge, context),
    key,
    late.value ? [late.value] : [],
  );
  return done.ok ? ok(undefined) : done;
}

export interface AcknowledgementForm {
  readonly incident: string;
  readonly notice: string;
  readonly reference?: string;
  readonly receipt?: string;
  /** ISO 8601 with offset, or local in the incident's zone; empty: not known. */
  readonly at?: string;
}

/** Adds to a filed notice the number, the receipt or the day of the confirmation, as they come back. */
export async function acknowledgeFiling(
  house: Deps,
  actor: Actor,
  form: AcknowledgementForm,
  key?: string,
): Outcome {
  const allowed = allow(actor, 'notice.file');
  if (!allowed.ok) return allowed;
  const found = await findNotice(house, actor, form.incident, form.notice);
  if (!found.ok) return found;
  const { incident } = found.value;
  const at = optionalMoment(form.at, incident.zone);
  if (!at.ok) return at;
  const receipt = await receiptOf(house, incident, form.receipt);
  if (!receipt.ok) return receipt;
  const given = {
    ...(form.reference?.trim() ? { reference: form.reference.trim() } : {}),
    ...(receipt.value === undefined ? {} : { receipt: receipt.value }),
    ...(at.value ? { acknowledgedAt: at.value } : {}),
  };
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (fresh, context) => acknowledge(fresh, form.notice, given, context),
    key,
  );
  return done.ok ? ok(undefined) : done;
}

function optionalMoment(
  text: string | undefined,
  zone: string,
): Result<Temporal.Instant | undefined, DomainError> {
  return text === undefined || text.trim() === '' ? ok(undefined) : readMoment(text, zone, 'acknowledgedAt');
}

function readWay(text: string | undefined): Result<FilingWay | undefined, DomainError> {
  if (text === undefined || text === '') return ok(undefined);
  const way = FILING_WAYS.find((known) => known === text);
  return way ? ok(way) : fail(invalid('way', 'choice.unknown', { value: text }));
}

/** A receipt is evidence of this incident, or none. */
async function receiptOf(
  house: Pick<House, 'register' | 'incidents'>,
  incident: Incident,
  id: string | undefined,
): Promise<Result<string | undefined, DomainError>> {
  if (id === undefined || id === '') return ok(undefined);
  const entries = await entriesOf(house, incident, [EVIDENCE_ADDED]);
  return entries.some((entry) => textIn(entry, 'evidence') === id)
    ? ok(id)
    : fail({ kind: 'not-found', what: 'evidence', id });
}
