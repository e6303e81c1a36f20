import Joi from 'joi';
import { nameControllers } from '../../../application/incident/name-controllers.ts';
import { attachFiles } from '../../../application/notice/attach-files.ts';
import { answerForm } from '../../../application/notice/answer-form.ts';
import { acknowledgeFiling, fileNotice } from '../../../application/notice/file.ts';
import { FIELD_NAMES } from '../../../domain/notice/form/fields.ts';
import { isOwn } from '../../../domain/notice/form/own.ts';
import { FILING_WAYS } from '../../../domain/notice/notice.ts';
import { fail } from '../../../domain/result.ts';
import { withNearest } from '../request/check.ts';
import { route, type Call } from '../route.ts';
import { shape } from '../shapes/pieces.ts';

const tag = 'notices';
const PATH = '/incidents/{incident}/notices/{notice}';

function place({ at }: Pick<Call, 'at'>): { readonly incident: string; readonly notice: string } {
  return { incident: at('incident'), notice: at('notice') };
}

interface AnswersBody {
  readonly answers: Readonly<Record<string, string>>;
  readonly shown: number;
}

interface FilingBody {
  readonly at?: string;
  readonly way?: string;
  readonly how?: string;
  readonly reference?: string;
  readonly lateBecause?: string;
  readonly receipt?: string;
}

interface AcknowledgementBody {
  readonly reference?: string;
  readonly receipt?: string;
  readonly at?: string;
}

interface ControllersBody {
  readonly controllers: readonly { readonly name: string; readonly contact?: string }[];
}

/** The authority's form, filing, and what comes back; for whom we process. */
export const filingRoutes = [
  route<AnswersBody>({
    method: 'put',
    path: `${PATH}/answers`,
    id: 'answerForm',
    tag,
    summary:
      "Answers fields of the authority's form, as they would be typed. Fields that are left out stay. A hand-in or an approval is void then.",
    body: Joi.object({
      answers: Joi.object()
        .pattern(Joi.string(), Joi.string().allow(''))
        .required()
        .description(
          'By canonical field, or `own.` and the key of a question that only this form asks; several values of a list with commas, places and parties one a line. Empty takes an answer back, `tbd` says that it is to be determined.',
        ),
      shown: Joi.number().integer().min(0).required().description('`draft.revision` of the notice.'),
    }),
    example: { answers: { 'cause-origin': 'external-malicious', 'risk-outcome': 'tbd' }, shown: 0 },
    status: 200,
    shape: shape({ revision: Joi.number().integer() }),
    fieldOf: (path) => path.replace(/^form\./, 'answers.'),
    async run(call) {
      const { house, actor, body } = call;
      const names: readonly string[] = FIELD_NAMES;
      const problems = Object.keys(body.answers)
        .filter((name) => !names.includes(name) && !isOwn(name))
        .map((name) => ({
          path: `answers.${name}`,
          key: 'unknown-field',
          values: withNearest(name, names),
        }));
      if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
      return answerForm(house, actor, { ...place(call), ...body });
    },
  }),
  route<{ readonly evidence: readonly string[] }>({
    method: 'put',
    path: `${PATH}/attachments`,
    id: 'attachFiles',
    tag,
    summary:
      'Files of evidence that go along with a notice to an office, sealed with it. An approval is void then.',
    body: Joi.object({ evidence: Joi.array().items(Joi.string()).max(20).required() }),
    example: { evidence: ['6e0f8f1c-6f0e-4f55-8c52-0d6f3f1f2a10'] },
    status: 204,
    run: (call) => attachFiles(call.house, call.actor, { ...place(call), ...call.body }, call.key),
  }),
  route<FilingBody>({
    method: 'post',
    path: `${PATH}/file`,
    id: 'fileNotice',
    tag,
    summary:
      'Records that an approved notice was filed. This meets its duties and fixes whether it was in time.',
    body: Joi.object({
      at: Joi.string().description(
        'ISO 8601 with an offset, or local in the zone of the incident; left out: now.',
      ),
      way: Joi.valid(...FILING_WAYS),
      how: Joi.string().allow('').description('Which form, which address; needed where `way` is left out.'),
      reference: Joi.string().allow(''),
      lateBecause: Joi.string()
        .allow('')
        .description('Must be given where it is late and the notice itself does not say why.'),
      receipt: Joi.string().description('The id of the evidence that proves it.'),
    }),
    example: { way: 'web-form', how: 'online form', reference: 'B-4711' },
    status: 204,
    run: (call) =>
      fileNotice(
        call.house,
        call.actor,
        { ...place(call), ...call.body, at: call.body.at ?? '', how: call.body.how ?? '' },
        call.key,
      ),
  }),
  route<AcknowledgementBody>({
    method: 'post',
    path: `${PATH}/acknowledgement`,
    id: 'acknowledgeFiling',
    tag,
    summary:
      'Adds to a filed notice what came back: its number, the receipt, the day of the confirmation. Nothing else moves.',
    body: Joi.object({
      reference: Joi.string().allow(''),
      receipt: Joi.string().description('The id of the evidence that proves the filing.'),
      at: Joi.string().description('When it was confirmed.'),
    }),
    example: { reference: 'B-4711', at: '2026-12-07T10:00' },
    status: 204,
    fieldOf: (path) => (path === 'acknowledgedAt' ? 'at' : path),
    run: (call) => acknowledgeFiling(call.house, call.actor, { ...place(call), ...call.body }, call.key),
  }),
  route<ControllersBody>({
    method: 'put',
    path: '/incidents/{incident}/controllers',
    id: 'nameControllers',
    tag: 'duties',
    summary: 'Names all controllers for whom we process the data: each is owed a notice of its own.',
    body: Joi.object({
      controllers: Joi.array()
        .items(Joi.object({ name: Joi.string().required(), contact: Joi.string().allow('') }))
        .required(),
    }),
    example: { controllers: [{ name: 'Kade Retail BV', contact: 'privacy@kade.example' }] },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      nameControllers(house, actor, { incident: at('incident'), ...body }, key),
  }),
];
