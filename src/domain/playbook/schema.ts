import Joi from 'joi';
import { DUE_PATTERN } from './due-text.ts';
import { OWNER_ROLES, RECIPIENTS, STAGES } from './types.ts';

/** The id of the common trunk: the one playbook that includes nothing and is never an incident's own. */
export const TRUNK = 'trunk';

const KEBAB = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const CAMEL = /^[a-z][A-Za-z0-9]*$/;

const id = Joi.string().pattern(KEBAB, 'kebab-case').max(60);
const words = (max: number) => Joi.string().trim().max(max);
const condition = Joi.alternatives(Joi.string().trim().max(500), Joi.boolean().valid(true).strict());

const task = closed({
  id: id.required().description('Unique in the playbook and its trunk.'),
  title: words(59).required().description('Imperative, under 60 characters.'),
  owner: Joi.string()
    .valid(...OWNER_ROLES)
    .required(),
  required: Joi.boolean().strict().default(true).description('Optional tasks (false) hold up no gate.'),
  due: Joi.string()
    .pattern(DUE_PATTERN, 'due')
    .description('aware+PT4H, detected+PT1H, before:authority PT6H, before:letters, after:notify P14D'),
  what: words(1500).required().description('What to do, in plain words.'),
  keep: words(300).required().description('The evidence asked for.'),
  when: condition.description(
    'CEL over facts, answers.* and duties.*; true keeps a refined task unconditional.',
  ),
  refines: id.description('The trunk task in whose place this one stands.'),
  openUntilEnd: Joi.boolean().strict().default(false).description('No gate waits for it.'),
  clicks: Joi.array()
    .items(Joi.string().pattern(/^(?:\*|[a-z0-9-]+)\.[a-z-]+$/, 'system.topic'))
    .unique()
    .default([])
    .description('system.topic of places-to-click.yaml; * for all systems.'),
});

const gate = closed({
  tasks: Joi.array().items(id).unique().default([]).description('Tasks waited for beside the required ones.'),
  facts: Joi.array()
    .items(Joi.string())
    .unique()
    .default([])
    .description('Facts, answers.*, incident.*, supplier.*'),
});

const stage = closed({
  tasks: Joi.array().items(task).default([]),
  gate: gate.default({ tasks: [], facts: [] }),
});

const ask = closed({
  ask: words(200).required().description('The question as a person reads it.'),
  type: Joi.string().valid('bool', 'choice', 'int', 'instant').required(),
  stage: Joi.string()
    .valid(...STAGES)
    .default('detect'),
  values: named(KEBAB, words(120)).min(2).description('For a choice: the value and what the page calls it.'),
  sets: closed({
    fact: Joi.string().required(),
    by: named(KEBAB, Joi.alternatives(Joi.boolean().strict(), Joi.string())).min(1).required(),
  }).description('The fact that the answer settles.'),
});

const about = closed({
  situation: words(1200).required(),
  signs: Joi.array().items(words(200)).min(1).required(),
  usualData: Joi.array().items(Joi.string()).unique().required().description('Data categories of the facts.'),
  severity: words(800).required(),
  goesWrong: Joi.array().items(words(200)).min(1).required(),
});

const notice = closed({
  to: Joi.string()
    .valid(...RECIPIENTS)
    .required(),
  task: id.required().description('The task that prepares it.'),
});

/** The shape of a playbook file. What only the whole can say (conditions, references) is the linter's. */
export const playbookSchema = closed({
  id: id.required(),
  title: words(80).required(),
  version: Joi.number().strict().integer().min(1).required(),
  kind: id.description('The kind of incident; the id where it is missing.'),
  include: Joi.string().valid(TRUNK).description('Every playbook but the trunk includes it.'),
  about: about,
  suggestedWhen: Joi.string().trim().max(500).description('CEL over facts and the answers of the trunk.'),
  asks: named(CAMEL, ask).default({}),
  leavesOut: Joi.array()
    .items(id)
    .unique()
    .default([])
    .description('Trunk tasks that this kind does not need.'),
  stages: closed({
    detect: stage.required(),
    contain: stage.required(),
    assess: stage.required(),
    notify: stage.required(),
    review: stage.required(),
  }).required(),
  notices: Joi.array().items(notice).default([]),
});

/** An object that refuses other keys, and tells the linter which it knows. */
function closed(keys: Joi.PartialSchemaMap): Joi.ObjectSchema<Record<string, unknown>> {
  return knowing(Joi.object<Record<string, unknown>>(keys), Object.keys(keys));
}

/** An object whose keys are names that its author chooses. */
function named(keys: RegExp, value: Joi.Schema): Joi.ObjectSchema<Record<string, unknown>> {
  return knowing(Joi.object<Record<string, unknown>>().pattern(keys, value), []);
}

function knowing(
  schema: Joi.ObjectSchema<Record<string, unknown>>,
  known: readonly string[],
): Joi.ObjectSchema<Record<string, unknown>> {
  return schema.error((reports) => {
    for (const report of reports) {
      const local = report.local as Record<string, unknown>;
      if (report.code === 'object.unknown') local['known'] ??= known;
    }
    return reports;
  });
}
