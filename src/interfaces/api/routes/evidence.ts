import Joi from 'joi';
import { attachEvidence } from '../../../application/evidence/attach.ts';
import { openEvidence, viewEvidence } from '../../../application/evidence/view-evidence.ts';
import { ok } from '../../../domain/result.ts';
import { route } from '../route.ts';
import { count, id, iso, list, maybe, moment, shape, text } from '../shapes/pieces.ts';

const tag = 'evidence';

export const evidenceRoutes = [
  route({
    method: 'get',
    path: '/incidents/{incident}/evidence',
    id: 'listEvidence',
    tag,
    summary: 'The files of evidence, the newest first, each with its SHA-256.',
    status: 200,
    shape: shape({
      evidence: list(
        shape({
          id,
          name: text,
          type: text,
          size: count,
          sha256: text,
          task: maybe(id),
          at: moment,
          by: id,
        }),
      ),
    }),
    async run({ house, actor, at }) {
      const files = await viewEvidence(house, actor, at('incident'));
      return files.ok ? ok({ evidence: files.value.map((file) => ({ ...file, at: iso(file.at) })) }) : files;
    },
  }),
  route({
    method: 'post',
    path: '/incidents/{incident}/evidence',
    id: 'attachEvidence',
    tag,
    summary: 'Keeps the bytes of the body as a file of evidence, sealed; its type is the Content-Type.',
    query: Joi.object({
      name: Joi.string().required().description('What the file is called.'),
      task: Joi.string().description('The task whose evidence it is.'),
    }),
    file: 'taken',
    status: 201,
    shape: shape({ evidence: id }),
    run({ house, actor, at, query, request, key }) {
      const type = request.get('content-type');
      const task = query('task');
      const form = {
        incident: at('incident'),
        name: query('name') ?? '',
        content: request as AsyncIterable<Uint8Array>,
        ...(type === undefined ? {} : { type }),
        ...(task === undefined ? {} : { task }),
      };
      return attachEvidence(house, actor, form, key);
    },
  }),
  route({
    method: 'get',
    path: '/incidents/{incident}/evidence/{evidence}',
    id: 'openEvidence',
    tag,
    summary: 'The bytes of a file, as an attachment. Each opening is recorded.',
    file: 'given',
    status: 200,
    async run({ house, actor, at }) {
      const opened = await openEvidence(house, actor, {
        incident: at('incident'),
        evidence: at('evidence'),
      });
      if (!opened.ok) return opened;
      const { file, content } = opened.value;
      return ok({ name: file.name, size: file.size, content });
    },
  }),
];
