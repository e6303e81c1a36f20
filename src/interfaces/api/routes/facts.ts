import Joi from 'joi';
import { changeFact, changeNarrative } from '../../../application/incident/change-fact.ts';
import { route, type Call } from '../route.ts';

const tag = 'facts';

interface FactBody {
  readonly value?: unknown;
  readonly unknownBecause?: string;
  readonly because?: string;
  readonly shown: number;
}

const body = Joi.object({
  value: Joi.any().description('As the contract of facts has it, or as the playbook asks.'),
  unknownBecause: Joi.string().description('In place of a value: that it is unknown, and why.'),
  because: Joi.string().allow('').description('Why it was decided so; a risk needs one.'),
  shown: Joi.number()
    .integer()
    .min(0)
    .required()
    .description('The revision that you saw; 0 where nothing was known.'),
}).xor('value', 'unknownBecause');

/** Whatever is wrong inside the fact lies in `value`. */
function fieldOf(path: string): string {
  if (path === 'because' || path === 'unknownBecause') return path;
  return path.replace(/^(?:facts|answers)\.[\w.-]+?(?=\[|$)/, 'value');
}

const change =
  (prefix: string) =>
  ({ house, actor, at, body: given, key }: Call<FactBody>) =>
    changeFact(house, actor, { incident: at('incident'), name: `${prefix}${at('name')}`, ...given }, key);

export const factRoutes = [
  route<FactBody>({
    method: 'put',
    path: '/incidents/{incident}/facts/{name}',
    id: 'changeFact',
    tag,
    summary: 'Changes one fact; every duty is judged anew. 409 if somebody changed this one in between.',
    body,
    example: { value: 'high', because: 'Addresses and orders reveal habits.', shown: 0 },
    status: 204,
    fieldOf,
    run: change(''),
  }),
  route<FactBody>({
    method: 'put',
    path: '/incidents/{incident}/answers/{name}',
    id: 'changeAnswer',
    tag,
    summary: 'Answers one question of the playbook.',
    body,
    example: { unknownBecause: 'The supplier looks into it until Monday.', shown: 0 },
    status: 204,
    fieldOf,
    run: change('answers.'),
  }),
  route<{ readonly text: string; readonly shown: string | null }>({
    method: 'put',
    path: '/incidents/{incident}/narrative/{name}',
    id: 'changeNarrative',
    tag,
    summary: 'Changes a text from which notices are written: whatHappened, consequences or measures.',
    body: Joi.object({
      text: Joi.string().required(),
      shown: Joi.string().allow(null).required().description('`shown` of the text that you saw, or null.'),
    }),
    example: { text: 'We cut the supplier off on Friday at 19:10.', shown: null },
    status: 204,
    run: ({ house, actor, at, body: given, key }) =>
      changeNarrative(house, actor, { incident: at('incident'), name: at('name'), ...given }, key),
  }),
];
