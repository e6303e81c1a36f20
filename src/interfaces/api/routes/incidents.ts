import { DRILL_SPEEDS } from '../../../domain/incident/drill-time.ts';
import Joi from 'joi';
import { viewIncident } from '../../../application/incident/view-incident.ts';
import { logIncident, type LogForm } from '../../../application/incident/log-incident.ts';
import { viewChain } from '../../../application/register/verify-register.ts';
import { listIncidents } from '../../../application/wall/list-incidents.ts';
import { viewWall } from '../../../application/wall/view-wall.ts';
import { DATA_CATEGORIES, SUBJECT_GROUPS } from '../../../domain/law/vocabulary.ts';
import { fail, ok } from '../../../domain/result.ts';
import { route } from '../route.ts';
import { explainedDuty, explainedDutyOf } from '../shapes/duty.ts';
import { entry, entryOf } from '../shapes/entry.ts';
import { incidentRow, incidentRowOf, waitingNoticeOf, wall, wallClockOf } from '../shapes/incident-row.ts';
import { incident, incidentOf } from '../shapes/incident.ts';
import { momentIn } from './fields.ts';
import { bool, id, iso, list, shape, text } from '../shapes/pieces.ts';

const tag = 'incidents';
const logBody = Joi.object({
  state: Joi.valid('suspicion', 'breach', 'near-miss').required(),
  kind: Joi.string().required().description('The id of a playbook; see /playbooks.'),
  title: Joi.string().required().description('One line, 120 characters at most.'),
  whatHappened: Joi.string().allow('').required(),
  detectedAt: momentIn.required(),
  awareBecause: Joi.string()
    .allow('')
    .description('Why more than a day lies between the first sign and awareness; needed where it does.'),
  drill: Joi.boolean().description(
    'An exercise, with a reference of its own: nothing of it leaves the house.',
  ),
  speed: Joi.valid(...DRILL_SPEEDS).description(
    'Of a drill: how many times as fast its clock runs (60: an hour a minute). Its moments are told in its own time.',
  ),
  reporter: Joi.string().allow('').description('Who noticed it.'),
  awareAt: momentIn,
  categories: Joi.array()
    .items(Joi.valid(...DATA_CATEGORIES))
    .description('What kinds of data; left out or empty while unknown.'),
  subjects: Joi.array()
    .items(
      Joi.object({
        place: Joi.string().description('ISO 3166: DE, AT, US-CA.'),
        count: Joi.number().integer().min(0),
        min: Joi.number().integer().min(0),
        max: Joi.number().integer().min(0),
        groups: Joi.array().items(Joi.valid(...SUBJECT_GROUPS)),
      }),
    )
    .description('How many people where: `count`, or a range.'),
  supplier: Joi.object({ name: Joi.string().required(), toldUsAt: momentIn, knewAt: momentIn }),
  facts: Joi.object().description('Other facts by their dotted names: {"data.encrypted": true}.'),
});

type LogBody = Omit<LogForm, 'categories' | 'subjects'> & Partial<Pick<LogForm, 'categories' | 'subjects'>>;

/** Problems of facts lie where the body has them: the five questions have fields of their own. */
function logField(path: string): string {
  const own = /^facts\.(detectedAt|awareAt|subjects)(.*)$/.exec(path);
  if (own) return `${own[1] ?? ''}${own[2] ?? ''}`;
  return path.replace(/^facts\.data\.categories/, 'categories');
}

export const incidentRoutes = [
  route({
    method: 'get',
    path: '/wall',
    id: 'viewWall',
    tag,
    summary: 'Every open clock, the longest overdue first, and what waits for you.',
    status: 200,
    shape: wall,
    async run({ house, actor }) {
      const seen = await viewWall(house, actor);
      if (!seen.ok) return seen;
      const { now, dated, undated, waiting, open } = seen.value;
      return ok({
        now: iso(now),
        dated: dated.map(wallClockOf),
        undated: undated.map(wallClockOf),
        waiting: waiting.map(waitingNoticeOf),
        open: open.map(incidentRowOf),
      });
    },
  }),
  route({
    method: 'get',
    path: '/incidents',
    id: 'listIncidents',
    tag,
    summary: 'Every incident, the newest reference first; with `stage=open` those that are not closed.',
    query: Joi.object({ stage: Joi.valid('open', 'all') }),
    status: 200,
    shape: shape({ incidents: list(incidentRow) }),
    async run({ house, actor, query }) {
      const rows = await listIncidents(house, actor);
      if (!rows.ok) return rows;
      const wanted = rows.value.filter(({ card }) => query('stage') !== 'open' || card.stage !== 'closed');
      return ok({ incidents: wanted.map(incidentRowOf) });
    },
  }),
  route<LogBody>({
    method: 'post',
    path: '/incidents',
    id: 'logIncident',
    tag,
    summary: 'Logs an incident; every duty is judged at once.',
    body: logBody,
    example: {
      state: 'breach',
      kind: 'supplier-breach',
      title: 'Our orders copied at the parcel service',
      whatHappened: 'The parcel service called: its orders were copied, ours among them.',
      detectedAt: '2026-12-04T18:22',
      awareAt: '2026-12-04T18:40',
      reporter: 'The parcel service, by telephone',
      categories: ['name', 'postal-address', 'order-history'],
      subjects: [{ place: 'DE', count: 3, groups: ['customers'] }],
      supplier: { name: 'Example Parcels', toldUsAt: '2026-12-04T18:22' },
      facts: { 'breach.confidentiality': true },
    },
    status: 201,
    shape: shape({ id, reference: text, repeated: bool }),
    fieldOf: logField,
    run: ({ house, actor, body, key }) =>
      logIncident(
        house,
        actor,
        { ...body, categories: body.categories ?? [], subjects: body.subjects ?? [] },
        key,
      ),
  }),
  route({
    method: 'get',
    path: '/incidents/{incident}',
    id: 'viewIncident',
    tag,
    summary: 'One incident: facts, answers, tasks, stages, duties, notices, and what to do now.',
    status: 200,
    shape: incident,
    async run({ house, actor, at }) {
      const seen = await viewIncident(house, actor, at('incident'));
      return seen.ok ? ok(incidentOf(seen.value)) : seen;
    },
  }),
  route({
    method: 'get',
    path: '/incidents/{incident}/duties/{duty}',
    id: 'viewDuty',
    tag,
    summary: 'A duty of an incident with the way to its date: each step with the article that it rests on.',
    status: 200,
    shape: explainedDuty,
    async run({ house, actor, at }) {
      const seen = await viewIncident(house, actor, at('incident'));
      if (!seen.ok) return seen;
      const { obligations, names, words } = seen.value;
      const found = obligations.find(({ obligation }) => obligation.key === at('duty'));
      return found
        ? ok(explainedDutyOf(found, names, words))
        : fail({ kind: 'not-found', what: 'duty', id: at('duty') });
    },
  }),
  route({
    method: 'get',
    path: '/incidents/{incident}/timeline',
    id: 'viewTimeline',
    tag,
    summary: 'The chain of the incident in the register, the newest entry first.',
    status: 200,
    shape: shape({ entries: list(entry) }),
    async run({ house, actor, at }) {
      const seen = await viewIncident(house, actor, at('incident'));
      if (!seen.ok) return seen;
      const chain = await viewChain(house, actor, at('incident'));
      return chain.ok ? ok({ entries: chain.value.map(entryOf) }) : chain;
    },
  }),
];
