import type { ObligationView } from '../../../application/incident/view-incident.ts';
import type { Explanation, TraceLine } from '../../../application/ports/law.ts';
import {
  anyJson,
  bool,
  count,
  iso,
  list,
  maybe,
  moment,
  person,
  personOf,
  shape,
  text,
  texts,
  type Names,
} from './pieces.ts';

const FIELDS = {
  key: text,
  duty: text.description('The id of the duty in the law.'),
  title: text,
  citation: maybe(text),
  link: maybe(text),
  notify: text,
  recipient: maybe(text),
  authority: maybe(text),
  decision: text.description('applies, undecided or does-not-apply.'),
  missing: texts.description('The facts that would decide it.'),
  standing: text,
  startedAt: maybe(moment),
  dueAt: maybe(moment).description('The earliest of all readings.'),
  latestAt: maybe(moment),
  noNumber: bool.description('True where the law gives no number.'),
  waitsFor: maybe(text).description('What the clock waits for, where it has not started.'),
  revision: count,
  content: texts.description('What a notice for it must contain.'),
  met: maybe(shape({ at: moment, by: person, notice: maybe(text), dueAt: maybe(moment), complete: bool })),
  decided: maybe(shape({ as: text, at: moment, by: person, reason: text })),
};

/** A duty of an incident, without the way to its date. */
export const duty = shape(FIELDS);

type Words = ReadonlyMap<string, string>;

export function dutyOf(view: ObligationView, names: Names, words: Words): object {
  const { obligation, duty: law, standing } = view;
  const { key, recipient, authority, notify, decision, missing, noNumber, waitsFor, revision } = obligation;
  const { met, decided } = obligation;
  return {
    key,
    duty: obligation.duty,
    title: law?.title ?? obligation.duty,
    citation: law?.citation ?? null,
    link: law?.link ?? null,
    notify,
    recipient: recipient ?? null,
    authority: authority ?? null,
    decision,
    missing,
    standing,
    startedAt: iso(obligation.startedAt),
    dueAt: iso(obligation.dueAt),
    latestAt: iso(obligation.latestAt),
    noNumber,
    waitsFor: waitsFor ?? null,
    revision,
    content: law?.content ?? [],
    met: met
      ? {
          at: iso(met.at),
          by: personOf(met.by, names),
          notice: met.notice ?? null,
          dueAt: iso(met.dueAt),
          complete: met.complete,
        }
      : null,
    decided: decided
      ? {
          as: decided.as,
          at: iso(decided.at),
          by: personOf(decided.by, names),
          reason: words.get(decided.reason.id) ?? '',
        }
      : null,
  };
}

const step = shape({ key: text, values: anyJson, cite: maybe(text), at: maybe(moment) });

/** The same with the way to its date and decision, each step with its source. */
export const explainedDuty = shape({
  ...FIELDS,
  trace: list(step),
  because: list(step),
  confidence: maybe(text),
  zone: maybe(text),
  recipientMissing: texts,
});

export function explainedDutyOf(view: ObligationView, names: Names, words: Words): object {
  const why: Explanation | null = view.explanation;
  return {
    ...dutyOf(view, names, words),
    trace: why?.trace.map(stepOf) ?? [],
    because: why?.because.map(stepOf) ?? [],
    confidence: why?.confidence ?? null,
    zone: why?.zone ?? null,
    recipientMissing: why?.recipientMissing ?? [],
  };
}

function stepOf({ key, values, cite, at }: TraceLine): object {
  return { key, values, cite: cite ?? null, at: iso(at) };
}
