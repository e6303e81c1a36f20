import Joi from 'joi';
import { approveNotice, sendBackNotice } from '../../../application/notice/decide.ts';
import { viewNotice, type NoticeView } from '../../../application/notice/view-notice.ts';
import { prepareNotice, prepareNotices } from '../../../application/notice/prepare.ts';
import { editDraft, submitNotice } from '../../../application/notice/write.ts';
import type { Problem } from '../../../domain/errors.ts';
import { NOTICE_KINDS, type NoticeKind } from '../../../domain/notice/notice.ts';
import { fail, ok } from '../../../domain/result.ts';
import { withNearest } from '../request/check.ts';
import { countingTries } from '../request/password-tries.ts';
import { route, type Call } from '../route.ts';
import { fieldsOf, notice, noticeOf } from '../shapes/notice.ts';
import { id, list, shape } from '../shapes/pieces.ts';

const tag = 'notices';
const PATH = '/incidents/{incident}/notices/{notice}';

function place({ at }: Pick<Call, 'at'>): { readonly incident: string; readonly notice: string } {
  return { incident: at('incident'), notice: at('notice') };
}

interface DraftBody {
  readonly content: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly follows?: readonly string[];
  readonly shown: number;
}

interface ApprovalBody {
  readonly seal: string;
  readonly password: string;
  readonly reason?: string;
}

/** A field that the notice does not have would be stored and printed nowhere. */
function misnamed(view: NoticeView, { content, follows = [] }: DraftBody): Problem[] {
  const fields = fieldsOf(view);
  const elements = view.checklist.map(({ element }) => element);
  return [
    ...Object.entries(content).flatMap(([locale, words]) => {
      const known = fields.get(locale);
      if (!known) return [unknown(`content.${locale}`, locale, [...fields.keys()])];
      return Object.keys(words)
        .filter((field) => !known.includes(field))
        .map((field) => unknown(`content.${locale}.${field}`, field, known));
    }),
    ...follows
      .map((element, index) => [element, index] as const)
      .filter(([element]) => !elements.includes(element))
      .map(([element, index]) => unknown(`follows[${index}]`, element, elements)),
  ];
}

function unknown(path: string, given: string, known: readonly string[]): Problem {
  return { path, key: 'unknown-field', values: withNearest(given, known) };
}

export const noticeRoutes = [
  route<{
    readonly kind: NoticeKind;
    readonly obligations: readonly string[];
    readonly locales: readonly string[];
    readonly recipient?: string;
  }>({
    method: 'post',
    path: '/incidents/{incident}/notices',
    id: 'prepareNotice',
    tag,
    summary:
      'Begins a notice to one office, or a letter to people, for duties of the incident. Duties of several offices are refused: each gets its own.',
    body: Joi.object({
      kind: Joi.valid(...NOTICE_KINDS).required(),
      obligations: Joi.array().items(Joi.string()).min(1).required().description('Keys of duties.'),
      locales: Joi.array()
        .items(Joi.string())
        .min(1)
        .required()
        .description(
          'ISO 639-1. A language that we write, or one that the authority takes; there the labels are English.',
        ),
      recipient: Joi.string().description('Who gets it, where no law and no record names them.'),
    }),
    example: { kind: 'authority', obligations: ['gdpr-art33-authority@DE-BE'], locales: ['de'] },
    status: 201,
    shape: shape({ notice: id }),
    run: ({ house, actor, at, body, key }) =>
      prepareNotice(house, actor, { incident: at('incident'), ...body }, key),
  }),
  route<{ readonly kind: Exclude<NoticeKind, 'letter'>; readonly locales?: readonly string[] }>({
    method: 'post',
    path: '/incidents/{incident}/notices/each',
    id: 'prepareNotices',
    tag,
    summary: 'Begins one notice for each office that is owed one and has none yet.',
    body: Joi.object({
      kind: Joi.valid(...NOTICE_KINDS.filter((kind) => kind !== 'letter')).required(),
      locales: Joi.array()
        .items(Joi.string())
        .description('Taken where the office takes them; else its own language, or ours.'),
    }),
    example: { kind: 'authority' },
    status: 201,
    shape: shape({ notices: list(id) }),
    run: ({ house, actor, at, body, key }) =>
      prepareNotices(house, actor, { incident: at('incident'), ...body }, key),
  }),
  route({
    method: 'get',
    path: PATH,
    id: 'viewNotice',
    tag,
    summary:
      'One notice: its draft, what the law still wants in it, and its words as the reader will see them.',
    status: 200,
    shape: notice,
    async run({ house, actor, at }) {
      const seen = await viewNotice(house, actor, at('incident'), at('notice'));
      return seen.ok ? ok(noticeOf(seen.value)) : seen;
    },
  }),
  route<DraftBody>({
    method: 'put',
    path: `${PATH}/draft`,
    id: 'editDraft',
    tag,
    summary: 'Stores the working copy, whole. A hand-in or an approval is void then.',
    body: Joi.object({
      content: Joi.object()
        .pattern(Joi.string(), Joi.object().pattern(Joi.string(), Joi.string().allow('')))
        .required()
        .description(
          'By language, or * where a field has none, and field; see `draft.fields` of the notice.',
        ),
      follows: Joi.array()
        .items(Joi.string())
        .description(
          'Elements that are not known yet and will follow, where the law takes a notice in phases.',
        ),
      shown: Joi.number().integer().min(0).required(),
    }),
    example: {
      content: {
        en: { 'what-happened': 'On 3 December someone copied our order data at the parcel supplier.' },
        '*': { 'record-count': '3' },
      },
      follows: [],
      shown: 0,
    },
    status: 200,
    shape: shape({ revision: Joi.number().integer() }),
    async run(call) {
      const { house, actor, body } = call;
      const { incident, notice: noticeId } = place(call);
      const seen = await viewNotice(house, actor, incident, noticeId);
      const problems = seen.ok ? misnamed(seen.value, body) : [];
      if (problems.length > 0) return fail({ kind: 'invalid-input', problems });
      return editDraft(house, actor, { ...place(call), ...body, follows: body.follows ?? [] });
    },
  }),
  route({
    method: 'post',
    path: `${PATH}/submit`,
    id: 'submitNotice',
    tag,
    summary: 'Hands the notice in: exactly these texts and these people are to be approved.',
    body: Joi.object({}),
    status: 204,
    run: (call) => submitNotice(call.house, call.actor, place(call), call.key),
  }),
  route<{ readonly reason: string }>({
    method: 'post',
    path: `${PATH}/send-back`,
    id: 'sendBackNotice',
    tag,
    summary: 'Sends a notice back to its author, with a reason.',
    body: Joi.object({ reason: Joi.string().required() }),
    example: { reason: 'Say which orders.' },
    status: 204,
    run: (call) => sendBackNotice(call.house, call.actor, { ...place(call), ...call.body }, call.key),
  }),
  route<ApprovalBody>({
    method: 'post',
    path: `${PATH}/approve`,
    id: 'approveNotice',
    tag,
    summary:
      'Approves and seals what was handed in. A token alone approves nothing: the password is asked too.',
    body: Joi.object({
      seal: Joi.string().required().description('`seal` of the notice that you read.'),
      password: Joi.string().required().description("The approver's own."),
      reason: Joi.string().description('Only for the lone approver of an own text.'),
    }),
    example: { seal: 'a'.repeat(64), password: 'three quiet words here' },
    status: 204,
    run: (call) =>
      countingTries(call as Call<never>, () =>
        approveNotice(call.house, call.actor, { ...place(call), ...call.body }, call.key),
      ),
  }),
];
