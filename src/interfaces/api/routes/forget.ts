import Joi from 'joi';
import { forgetPeople, viewForgetting } from '../../../application/people/forget.ts';
import { ok } from '../../../domain/result.ts';
import { countingTries } from '../request/password-tries.ts';
import { route, type Call } from '../route.ts';
import { bool, count, iso, maybe, moment, personOf, person, shape } from '../shapes/pieces.ts';

const tag = 'letters';
const PATH = '/incidents/{incident}/forgetting';

interface ForgetBody {
  readonly reference: string;
  readonly reason: string;
  readonly password: string;
  readonly override?: string;
  readonly withNotes?: boolean;
}

export const forgetRoutes = [
  route({
    method: 'get',
    path: PATH,
    id: 'viewForgetting',
    tag,
    summary: 'What an incident holds of the people affected, and whether they were forgotten.',
    status: 200,
    shape: shape({
      lists: count,
      people: count,
      open: count,
      notes: count,
      ownNotes: count,
      sending: bool,
      forgotten: maybe(shape({ at: moment, by: person, people: count, finishedAt: maybe(moment) })),
    }),
    async run({ house, actor, at }) {
      const seen = await viewForgetting(house, actor, at('incident'));
      if (!seen.ok) return seen;
      const { held, ownNotes, isSending, forgotten, names } = seen.value;
      return ok({
        ...held,
        ownNotes,
        sending: isSending,
        forgotten: forgotten && {
          at: iso(forgotten.at),
          by: personOf(forgotten.by, names),
          people: forgotten.people,
          finishedAt: iso(forgotten.finishedAt),
        },
      });
    },
  }),
  route<ForgetBody>({
    method: 'post',
    path: PATH,
    id: 'forgetPeople',
    tag,
    summary:
      'Forgets the people of an incident for ever: the keys of their lists are destroyed, then what these sealed. ' +
      'Counts, seals, evidence and the record stay. A token alone forgets nobody: the password is asked too.',
    body: Joi.object({
      reference: Joi.string().required().description('The reference of the incident, typed.'),
      reason: Joi.string().required(),
      password: Joi.string().required().description("The administrator's own."),
      override: Joi.string().description('Why, where a letter is being sent or people are not told.'),
      withNotes: Joi.boolean().description('The notes on the incident go too.'),
    }),
    example: { reference: 'INC-2026-0001', reason: 'No claim is open.', password: 'three quiet words here' },
    status: 204,
    run: (call) =>
      countingTries(call as Call<never>, () =>
        forgetPeople(call.house, call.actor, { incident: call.at('incident'), ...call.body }, call.key),
      ),
  }),
];
