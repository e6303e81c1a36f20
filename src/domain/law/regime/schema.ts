import Joi from 'joi';
import { ELEMENTS, FORBIDDEN_ELEMENTS } from '../elements.ts';
import {
  AUTHORITY_KINDS,
  CONFIDENCES,
  COUNTING_RULES,
  EACH,
  KINDS,
  NOTIFIED,
  OBLIGED,
  RECIPIENT_RULES,
  STATUSES,
} from '../vocabulary.ts';

// Each key carries its meaning: the JSON Schema that editors complete from is made of this.
const id = Joi.string().pattern(/^[a-z0-9][a-z0-9-]*$/, 'id');
const date = Joi.string()
  .pattern(/^\d{4}-\d{2}-\d{2}$/, 'date')
  .allow(null);
const condition = Joi.string().min(1);
const places = Joi.array().items(Joi.string()).min(1);
const words = (list: readonly string[]): Joi.StringSchema => Joi.string().valid(...list);
const clock = Joi.string().description(
  'occurred, detected, aware, determined, material, classified, assessed, payment, corrective-measure, handled, ' +
    'ordered, notified:ID or after-end-of:ID',
);
const periodText = Joi.string().description(
  'PT72H, P30D, P1M, P4BD (business days), 03-01 (a date), or none',
);

const where = Joi.object({
  established: places.description('an establishment in one of these places or groups (EU, EEA)'),
  people: places.description('or affected people there'),
})
  .min(1)
  .description('Where the law applies; one of the two suffices');

const period = Joi.alternatives(
  periodText,
  Joi.array()
    .items(Joi.object({ when: condition, period: periodText.required() }))
    .min(1),
).description('A period, or a list: the first whose condition holds; undecided: the shortest');

const counting = Joi.alternatives(
  words(COUNTING_RULES),
  Joi.object({
    rule: words(COUNTING_RULES).required(),
    calendar: Joi.string().description('whose days off count; US: the US federal list'),
    endOfDay: Joi.string()
      .pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'hour')
      .description('local hour at which a day ends'),
    relief: Joi.string().valid('dora').description('Delegated Regulation (EU) 2025/301 art. 5(4) to (6)'),
    parts: Joi.array()
      .items(Joi.object({ clock: clock.required(), period: periodText.required() }))
      .min(2)
      .description('the parts of earlier-of'),
  }),
).description('A rule of counting');

const citation = Joi.alternatives(
  Joi.string(),
  Joi.object({ text: Joi.string().required(), link: Joi.string().uri() }),
).description('Where to read it, if not by the head of the file');

const content = Joi.object({
  elements: Joi.array().items(words(ELEMENTS)).required().description('what the notice must contain'),
  forbidden: Joi.array().items(words(FORBIDDEN_ELEMENTS)),
  title: Joi.string(),
  headings: Joi.array().items(Joi.string()),
  form: Joi.string().description('rules of form, in words'),
  note: Joi.string().description('where the law itself lists nothing: says so, and what the elements are'),
});

const shared = {
  confidence: words(CONFIDENCES),
  status: words(STATUSES).description('pending is listed, never applied'),
  since: date.description('first day of force; null where not known, with a sinceNote'),
  until: date.description('last day of force'),
  sinceNote: Joi.string(),
  where,
  inForce: Joi.array()
    .items(
      Joi.object({ place: Joi.string().required(), since: date.required(), until: date, note: Joi.string() }),
    )
    .description('dates of force by state of establishment; since null: in force, not verified'),
  zone: Joi.string().description('IANA zone that the duty fixes'),
  link: Joi.string().uri(),
};

const history = Joi.object({
  since: date,
  until: date.required(),
  note: Joi.string(),
  provision: Joi.string(),
  when: condition,
  clock,
  period,
  counting,
  with: id,
}).description('What the duty said before, where that differs');

const duty = Joi.object({
  id: id.required(),
  title: Joi.string().required(),
  kind: words(KINDS),
  provision: Joi.string(),
  citation,
  ...shared,
  obliged: words(OBLIGED).description('by role: controller (joint ones too), processor, any'),
  notify: words(NOTIFIED),
  whom: Joi.string().description('whom exactly, in words'),
  to: Joi.array().items(id).min(1).description('ids of authorities; several are told apart'),
  authority: words(AUTHORITY_KINDS).description('or the kind of authority, found by place'),
  each: words(EACH),
  recipients: words(RECIPIENT_RULES),
  stateThreshold: Joi.object({ moreThan: Joi.number().integer(), atLeast: Joi.number().integer() }).xor(
    'moreThan',
    'atLeast',
  ),
  when: condition.description('what switches the duty on (CEL over the facts)'),
  ask: Joi.string().description('the question that answered.ID settles'),
  unless: Joi.array().items(
    Joi.object({
      id: id.required(),
      title: Joi.string().required(),
      when: condition.required(),
      source: Joi.string().required(),
    }),
  ),
  hold: Joi.object({
    period: periodText.required(),
    counting,
    source: Joi.string().required(),
  }).description('a law-enforcement hold: the number then runs from its end'),
  clock,
  period,
  counting,
  with: id,
  before: id,
  formOf: id,
  formFor: places.description('countries in which the form takes the place of the row'),
  alsoMeets: Joi.array().items(id),
  covers: condition.description('who is covered by this law and so outside those that it excludes'),
  excludes: Joi.array().items(id),
  content,
  phases: Joi.boolean(),
  late: Joi.boolean(),
  notes: Joi.array().items(Joi.string()),
  history: Joi.array().items(history),
});

const limit = Joi.object({
  id: id.required(),
  title: Joi.string().required(),
  limits: id.required(),
  provision: Joi.string().required(),
  citation,
  confidence: shared.confidence,
  since: shared.since,
  until: shared.until,
  sinceNote: shared.sinceNote,
  link: shared.link,
  established: places.required(),
});

const term = Joi.object({ means: Joi.string().required(), when: condition.required() });

/** The shape of a law file. What hangs together across keys and files is checked by the linter. */
export const regimeSchema = Joi.object({
  regime: id.required(),
  title: Joi.string().required(),
  law: Joi.string().description('the act, as it is cited'),
  changes: Joi.array()
    .items(
      Joi.object({
        on: Joi.string()
          .pattern(/^\d{4}-\d{2}-\d{2}$/, 'date')
          .required(),
        what: Joi.string().required().description('in one sentence, for who relies on the file'),
      }),
    )
    .min(1)
    .description('what was changed in this file, and when'),
  ...shared,
  notes: Joi.array().items(Joi.string()),
  terms: Joi.object().pattern(id, term).description('definitions; a condition says term("name")'),
  duties: Joi.array().items(duty).default([]),
  limits: Joi.array().items(limit),
})
  .required()
  .prefs({ convert: false, abortEarly: false });
