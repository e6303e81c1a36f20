import { Readable } from 'node:stream';
import Joi from 'joi';
import { decideDoubt, DOUBT_DECISIONS } from '../../../application/people/doubt.ts';
import {
  paceDispatch,
  pauseDispatch,
  resumeDispatch,
  stopDispatch,
} from '../../../application/people/steer-dispatch.ts';
import { exportPeople } from '../../../application/people/view-people.ts';
import { DELIVERY_STATES } from '../../../domain/people/person.ts';
import { ok } from '../../../domain/result.ts';
import { peopleCsv } from '../../shared/people-csv.ts';
import { route } from '../route.ts';
import { count, shape } from '../shapes/pieces.ts';

const tag = 'letters';
const PATH = '/incidents/{incident}/notices/{notice}';

type At = (name: string) => string;

function placeOf(at: At): { readonly incident: string; readonly notice: string } {
  return { incident: at('incident'), notice: at('notice') };
}

/** A letter while it is being sent. */
export const dispatchRoutes = [
  route({
    method: 'post',
    path: `${PATH}/dispatch/pause`,
    id: 'pauseDispatch',
    tag,
    summary: 'Sending waits within a second; calls under way come to their end.',
    body: Joi.object({}),
    status: 204,
    run: ({ house, actor, at, key }) => pauseDispatch(house, actor, placeOf(at), key),
  }),
  route({
    method: 'post',
    path: `${PATH}/dispatch/resume`,
    id: 'resumeDispatch',
    tag,
    summary: 'Sending goes on; the mails that came back so far are taken as seen.',
    body: Joi.object({}),
    status: 204,
    run: ({ house, actor, at, key }) => resumeDispatch(house, actor, placeOf(at), key),
  }),
  route<{ readonly perMinute: number | null }>({
    method: 'put',
    path: `${PATH}/dispatch/pace`,
    id: 'paceDispatch',
    tag,
    summary: 'How many mails may leave in a minute; null: as fast as the mail service takes them.',
    body: Joi.object({ perMinute: Joi.number().integer().allow(null).required() }),
    example: { perMinute: 6000 },
    status: 204,
    run: ({ house, actor, at, body, key }) => paceDispatch(house, actor, { ...placeOf(at), ...body }, key),
  }),
  route<{ readonly reason: string }>({
    method: 'post',
    path: `${PATH}/dispatch/stop`,
    id: 'stopDispatch',
    tag,
    summary: 'Nothing of the letter leaves any more, with a reason. It cannot be taken back.',
    body: Joi.object({ reason: Joi.string().allow('').required() }),
    example: { reason: 'The list was that of another shop.' },
    status: 204,
    run: ({ house, actor, at, body, key }) => stopDispatch(house, actor, { ...placeOf(at), ...body }, key),
  }),
  route<{ readonly decision: string }>({
    method: 'post',
    path: `${PATH}/dispatch/doubt`,
    id: 'decideDoubt',
    tag,
    summary:
      'Decides what becomes of the letters in doubt whose receipt did not come within the grace period: written once more, or taken as arrived.',
    body: Joi.object({ decision: Joi.valid(...DOUBT_DECISIONS).required() }),
    example: { decision: 'again' },
    status: 200,
    shape: shape({ count }),
    run: ({ house, actor, at, body, key }) => decideDoubt(house, actor, { ...placeOf(at), ...body }, key),
  }),
  route({
    method: 'get',
    path: `${PATH}/people.csv`,
    id: 'exportPeople',
    tag,
    summary: 'The people on a letter as CSV, all or those in one state. Each export is recorded.',
    query: Joi.object({ state: Joi.valid(...DELIVERY_STATES) }),
    file: 'given',
    status: 200,
    async run({ house, actor, at, query }) {
      const state = query('state');
      const rows = await exportPeople(house, actor, {
        ...placeOf(at),
        ...(state === undefined ? {} : { state }),
      });
      if (!rows.ok) return rows;
      const pieces: Buffer[] = [];
      for await (const line of peopleCsv(rows.value)) pieces.push(Buffer.from(line));
      const content = Buffer.concat(pieces);
      return ok({ name: 'people.csv', size: content.length, content: Readable.from([content]) });
    },
  }),
];
