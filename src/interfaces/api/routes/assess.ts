import Joi from 'joi';
import { casesNear, recordAssessment } from '../../../application/incident/assess.ts';
import { ok } from '../../../domain/result.ts';
import { route } from '../route.ts';
import { anyJson, list, maybe, moment, shape, text, texts } from '../shapes/pieces.ts';
import { iso } from '../shapes/pieces.ts';
import { revision } from './fields.ts';

const tag = 'assessment';
const score = Joi.number();

export const assessRoutes = [
  route<{ readonly input: unknown; readonly shown: number }>({
    method: 'put',
    path: '/incidents/{incident}/assessment',
    id: 'recordAssessment',
    tag,
    summary: "Computes and keeps the calculator's advice (ENISA 2013). The decision is the fact `risk`.",
    body: Joi.object({
      input: Joi.object().required().description('As `tocsin severity --input` takes it.'),
      shown: revision,
    }),
    example: {
      input: { data: { type: 'simple' }, ei: 'significant', circumstances: { confidentiality: 0.25 } },
      shown: 0,
    },
    status: 200,
    shape: shape({
      dpc: score,
      ei: score,
      cb: score,
      score,
      level: text,
      risk: text,
      trace: list(shape({ key: text, values: anyJson, cite: maybe(text), at: maybe(moment) })),
    }),
    async run({ house, actor, at, body, key }) {
      const done = await recordAssessment(house, actor, { incident: at('incident'), ...body }, key);
      if (!done.ok) return done;
      const { dpc, ei, cb, score: total, level, risk, trace } = done.value.severity;
      const steps = trace.map((step) => ({
        key: step.key,
        values: step.values,
        cite: step.cite ?? null,
        at: iso(step.at),
      }));
      return ok({ dpc, ei, cb, score: total, level, risk, trace: steps });
    },
  }),
  route({
    method: 'get',
    path: '/incidents/{incident}/cases',
    id: 'listCases',
    tag,
    summary:
      'The published cases (EDPB Guidelines 01/2021) that are most like this incident, the likest first.',
    status: 200,
    shape: shape({
      cases: list(
        shape({
          id: text,
          title: text,
          story: text,
          risk: text,
          source: text,
          link: text,
          likeness: Joi.number(),
          alike: texts,
          unlike: texts,
        }),
      ),
    }),
    async run({ house, actor, at }) {
      const near = await casesNear(house, actor, at('incident'));
      if (!near.ok) return near;
      const cases = near.value.map(({ case: like, likeness, alike, unlike }) => {
        const { id, title, story, risk, source, link } = like;
        return { id, title, story, risk, source, link, likeness, alike, unlike };
      });
      return ok({ cases });
    },
  }),
];
