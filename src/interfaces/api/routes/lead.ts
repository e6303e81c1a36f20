import Joi from 'joi';
import { changeState } from '../../../application/incident/change-state.ts';
import { changeSupplier } from '../../../application/incident/change-supplier.ts';
import { appointLeader, changeTitle, restrictIncident } from '../../../application/incident/lead.ts';
import { takeOverPlaybook } from '../../../application/incident/take-over-playbook.ts';
import { takeOverLaw, viewLawChanges } from '../../../application/law/law-changes.ts';
import type { IncidentState } from '../../../domain/incident/incident.ts';
import { ok } from '../../../domain/result.ts';
import { route } from '../route.ts';
import { lawChanges, lawChangesOf } from '../shapes/law-changes.ts';
import { momentIn, revision } from './fields.ts';

const tag = 'incidents';
const states: readonly IncidentState[] = ['suspicion', 'breach', 'near-miss'];

export const leadRoutes = [
  route<{
    readonly state: IncidentState;
    readonly shown: IncidentState;
    readonly reason: string;
    readonly awareAt?: string;
    readonly awareBecause?: string;
  }>({
    method: 'put',
    path: '/incidents/{incident}/state',
    id: 'changeState',
    tag,
    summary: 'Decides, with a reason, whether it is a suspicion, a breach or a near miss.',
    body: Joi.object({
      state: Joi.valid(...states).required(),
      shown: Joi.valid(...states)
        .required()
        .description('The state that you saw.'),
      reason: Joi.string().required(),
      awareAt: momentIn,
      awareBecause: Joi.string().description(
        'Why more than a day lies between the first sign and awareness.',
      ),
    }),
    example: { state: 'near-miss', shown: 'breach', reason: 'The parcel was never opened.' },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      changeState(house, actor, { incident: at('incident'), ...body }, key),
  }),
  route<{ readonly title: string; readonly shown: string }>({
    method: 'put',
    path: '/incidents/{incident}/title',
    id: 'changeTitle',
    tag,
    summary: 'Gives the incident another title.',
    body: Joi.object({
      title: Joi.string().required(),
      shown: Joi.string().required().description('The title that you saw.'),
    }),
    example: { title: 'Orders of 2026 copied at the parcel service', shown: 'Orders copied' },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      changeTitle(house, actor, { incident: at('incident'), ...body }, key),
  }),
  route<{ readonly user: string; readonly shown: string }>({
    method: 'put',
    path: '/incidents/{incident}/leader',
    id: 'appointLeader',
    tag,
    summary: 'Names who leads the response, whom every clock wakes.',
    body: Joi.object({
      user: Joi.string().required().description('The id of a person.'),
      shown: Joi.string().required().description('The id of the owner that you saw.'),
    }),
    example: {
      user: '8f6f2d0e-4c1b-4f0a-9a55-4d3a6f3f9d10',
      shown: '0d4f7c7e-90a3-4f59-8f3e-0a4a2f1d7b11',
    },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      appointLeader(house, actor, { incident: at('incident'), ...body }, key),
  }),
  route<{ readonly to: readonly string[] | null }>({
    method: 'put',
    path: '/incidents/{incident}/restriction',
    id: 'restrictIncident',
    tag,
    summary:
      'Restricts the incident to named people, its owner and yourself; null opens it to everybody again.',
    body: Joi.object({ to: Joi.array().items(Joi.string()).allow(null).required() }),
    example: { to: ['8f6f2d0e-4c1b-4f0a-9a55-4d3a6f3f9d10'] },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      restrictIncident(house, actor, { incident: at('incident'), ...body }, key),
  }),
  route<{
    readonly name: string;
    readonly knewAt?: string;
    readonly toldUsAt?: string;
    readonly role?: string;
    readonly confirmed?: boolean;
    readonly shown: number;
  }>({
    method: 'put',
    path: '/incidents/{incident}/supplier',
    id: 'changeSupplier',
    tag,
    summary: 'Puts down or corrects the supplier, whole: what is left out is not known.',
    body: Joi.object({
      name: Joi.string().required(),
      knewAt: momentIn,
      toldUsAt: momentIn,
      role: Joi.valid('processor', 'controller', 'joint-controller'),
      confirmed: Joi.boolean(),
      shown: revision,
    }),
    example: { name: 'Packwell', toldUsAt: '2026-12-04T18:22', role: 'processor', shown: 0 },
    status: 204,
    fieldOf: (path) => path.replace(/^supplier\./, ''),
    run: ({ house, actor, at, body, key }) =>
      changeSupplier(house, actor, { incident: at('incident'), ...body }, key),
  }),
  route<{ readonly shown: string; readonly playbook?: string }>({
    method: 'put',
    path: '/incidents/{incident}/playbook',
    id: 'takeOverPlaybook',
    tag,
    summary: 'Goes on by the playbook as installed now, or by another. Done tasks stay done, answers given.',
    body: Joi.object({
      shown: Joi.string().required().description('The hash of the text in use.'),
      playbook: Joi.string().description('The id of another playbook.'),
    }),
    example: { shown: 'a'.repeat(64), playbook: 'web-skimming' },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      takeOverPlaybook(house, actor, { incident: at('incident'), ...body }, key),
  }),
  route({
    method: 'get',
    path: '/incidents/{incident}/law',
    id: 'viewLawChanges',
    tag: 'duties',
    summary: 'What the law as installed now would change for an incident that was judged by earlier texts.',
    status: 200,
    shape: lawChanges,
    async run({ house, actor, at }) {
      const seen = await viewLawChanges(house, actor, at('incident'));
      return seen.ok ? ok(lawChangesOf(seen.value)) : seen;
    },
  }),
  route<{ readonly shown: string }>({
    method: 'put',
    path: '/incidents/{incident}/law',
    id: 'takeOverLaw',
    tag: 'duties',
    summary: 'Takes the installed law over. Both texts and both judgements stay in the record.',
    body: Joi.object({
      shown: Joi.string().required().description('The fingerprint of the changes that you saw.'),
    }),
    example: { shown: 'a'.repeat(64) },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      takeOverLaw(house, actor, { incident: at('incident'), ...body }, key),
  }),
];
