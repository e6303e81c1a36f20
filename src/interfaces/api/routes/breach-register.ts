import Joi from 'joi';
import {
  LATENESS,
  OPENNESS,
  REGISTER_RISKS,
  STATES,
  TOLD,
  type BreachFilter,
} from '../../../application/breach-register/filter.ts';
import { viewBreachRegister } from '../../../application/breach-register/view-breach-register.ts';
import { ok } from '../../../domain/result.ts';
import { route } from '../route.ts';
import { breachEntry, breachEntryOf } from '../shapes/breach-entry.ts';
import { count, list, shape } from '../shapes/pieces.ts';

const NAMES = ['state', 'kind', 'risk', 'told', 'late', 'country', 'open'] as const;

export const breachRegisterRoutes = [
  route({
    method: 'get',
    path: '/breach-register',
    id: 'viewBreachRegister',
    tag: 'register',
    summary:
      'The breach register (GDPR art. 33(5)): every incident and near miss with facts, effects, measures and what came ' +
      'of each duty, the newest first. Of people only how many. Drills are not in it.',
    query: Joi.object({
      // What stands in an address is text, and stays so.
      year: Joi.string()
        .pattern(/^\d{4}$/)
        .description('The year of the reference.'),
      state: Joi.valid(...STATES),
      kind: Joi.string().max(80).description('The id of the playbook.'),
      risk: Joi.valid(...REGISTER_RISKS),
      told: Joi.valid(...TOLD),
      late: Joi.valid(...LATENESS).description('By the first filing, or open and past its deadline now.'),
      country: Joi.string().max(7).description('ISO 3166: somebody affected lives there.'),
      open: Joi.valid(...OPENNESS),
      page: Joi.string()
        .pattern(/^[1-9]\d{0,5}$/)
        .default('1'),
      size: Joi.string()
        .pattern(/^([1-9]\d?|100)$/)
        .default('25')
        .description('Entries of a page, up to 100.'),
    }),
    status: 200,
    shape: shape({ page: count, pages: count, matching: count, all: count, entries: list(breachEntry) }),
    async run({ house, actor, query }) {
      const asked = Object.fromEntries(
        NAMES.flatMap((name) => {
          const value = query(name);
          return value === undefined ? [] : [[name, value]];
        }),
      ) as BreachFilter;
      const year = query('year');
      const filter = year === undefined ? asked : { ...asked, year: Number(year) };
      const turned = { page: Number(query('page') ?? 1), size: Number(query('size') ?? 25) };
      const found = await viewBreachRegister(house, actor, filter, turned);
      if (!found.ok) return found;
      const { page, pages, matching, all, entries } = found.value;
      return ok({ page, pages, matching, all, entries: entries.map(breachEntryOf) });
    },
  }),
];
