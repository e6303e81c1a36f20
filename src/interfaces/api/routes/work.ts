import Joi from 'joi';
import {
  assignTask,
  changeTask,
  closeStage,
  decideDuties,
  decideDuty,
  reopenStage,
  withdrawDecision,
} from '../../../application/incident/tasks-and-stages.ts';
import { tellDirectly } from '../../../application/incident/tell-directly.ts';
import { STAGES, type Stage, type TaskState } from '../../../domain/playbook/types.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { NotFound } from '../../../domain/errors.ts';
import { route } from '../route.ts';

const shown = Joi.number().integer().min(0).required().description('The revision of the task that you saw.');
const reason = Joi.string().required();

function stageOf(name: string): Result<Stage, NotFound> {
  const stage = STAGES.find((known) => known === name);
  return stage ? ok(stage) : fail({ kind: 'not-found', what: 'stage', id: name });
}

export const workRoutes = [
  route<{ readonly state: TaskState; readonly note?: string; readonly shown: number }>({
    method: 'put',
    path: '/incidents/{incident}/tasks/{task}',
    id: 'changeTask',
    tag: 'tasks',
    summary: 'A task is done, not needed (with a reason), or open again. No task is ever locked.',
    body: Joi.object({
      state: Joi.valid('done', 'not-needed', 'open').required(),
      note: Joi.string().allow('').description('What was done, or why it is not needed.'),
      shown,
    }),
    example: { state: 'done', note: 'Keys revoked at 19:10.', shown: 0 },
    status: 204,
    fieldOf: (path) => (path === 'reason' ? 'note' : path),
    run: ({ house, actor, at, body, key }) =>
      changeTask(house, actor, { incident: at('incident'), task: at('task'), ...body }, key),
  }),
  route<{ readonly assignee: string; readonly shown: number }>({
    method: 'put',
    path: '/incidents/{incident}/tasks/{task}/assignee',
    id: 'assignTask',
    tag: 'tasks',
    summary: 'Gives a task to a person.',
    body: Joi.object({ assignee: Joi.string().required().description('The id of a person.'), shown }),
    example: { assignee: '8f6f2d0e-4c1b-4f0a-9a55-4d3a6f3f9d10', shown: 0 },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      assignTask(house, actor, { incident: at('incident'), task: at('task'), ...body }, key),
  }),
  route<{ readonly reason?: string }>({
    method: 'post',
    path: '/incidents/{incident}/stages/{stage}/close',
    id: 'closeStage',
    tag: 'stages',
    summary: 'Closes the stage that is worked on; with a reason and the right, over a gate that is not open.',
    body: Joi.object({ reason: Joi.string() }),
    example: { reason: 'The supplier does not answer before Monday.' },
    status: 204,
    async run({ house, actor, at, body, key }) {
      const stage = stageOf(at('stage'));
      if (!stage.ok) return stage;
      return closeStage(house, actor, { incident: at('incident'), stage: stage.value, ...body }, key);
    },
  }),
  route<{ readonly reason: string }>({
    method: 'post',
    path: '/incidents/{incident}/stages/{stage}/reopen',
    id: 'reopenStage',
    tag: 'stages',
    summary: 'Opens a closed stage again, with a reason.',
    body: Joi.object({ reason }),
    example: { reason: 'A second export was found.' },
    status: 204,
    async run({ house, actor, at, body, key }) {
      const stage = stageOf(at('stage'));
      if (!stage.ok) return stage;
      return reopenStage(house, actor, { incident: at('incident'), stage: stage.value, ...body }, key);
    },
  }),
  route<{ readonly reason: string }>({
    method: 'post',
    path: '/incidents/{incident}/duties/{duty}/not-owed',
    id: 'decideDuty',
    tag: 'duties',
    summary: 'Decides against the computed answer that a duty is not owed. Not telling is a decision.',
    body: Joi.object({ reason }),
    example: { reason: 'The keys were never readable: the export was encrypted.' },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      decideDuty(house, actor, { incident: at('incident'), obligation: at('duty'), ...body }, key),
  }),
  route<{ readonly duties: readonly string[]; readonly reason: string }>({
    method: 'post',
    path: '/incidents/{incident}/duties-not-owed',
    id: 'decideDuties',
    tag: 'duties',
    summary:
      'Decides of several duties, with one reason, that they are not owed: all or none, each in the record.',
    body: Joi.object({
      duties: Joi.array().items(Joi.string()).min(1).required().description('Keys of duties.'),
      reason,
    }),
    example: {
      duties: ['nz-privacy-opc', 'nz-privacy-individuals'],
      reason: 'One customer, told by telephone.',
    },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      decideDuties(
        house,
        actor,
        { incident: at('incident'), obligations: body.duties, reason: body.reason },
        key,
      ),
  }),
  route<{ readonly how: string; readonly at?: string; readonly lateBecause?: string }>({
    method: 'post',
    path: '/incidents/{incident}/duties/{duty}/told',
    id: 'tellDirectly',
    tag: 'duties',
    summary:
      'Records that a bank, a bureau, the press or clients were told: a duty for which no notice is written.',
    body: Joi.object({
      how: Joi.string().required().description('Who was told, how, and by whom.'),
      at: Joi.string().allow('').description('A moment; left out: now.'),
      lateBecause: Joi.string().allow('').description('Where it is late: why.'),
    }),
    example: { how: 'The acquirer’s incident desk, by telephone; case number 4711.' },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      tellDirectly(
        house,
        actor,
        { incident: at('incident'), obligation: at('duty'), ...body, at: body.at ?? '' },
        key,
      ),
  }),
  route<{ readonly reason: string }>({
    method: 'post',
    path: '/incidents/{incident}/duties/{duty}/owed-again',
    id: 'withdrawDecision',
    tag: 'duties',
    summary: 'Takes the decision that a duty is not owed back, with a reason.',
    body: Joi.object({ reason }),
    example: { reason: 'The key was found beside the export.' },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      withdrawDecision(house, actor, { incident: at('incident'), obligation: at('duty'), ...body }, key),
  }),
];
