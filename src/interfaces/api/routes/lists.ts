import Joi from 'joi';
import { ACCEPT_MODES, acceptList } from '../../../application/people/accept-list.ts';
import {
  checkUpload,
  readAgain,
  refuseUpload,
  viewUpload,
  type Findings,
} from '../../../application/people/check-upload.ts';
import type { UploadPlace } from '../../../application/people/list-upload.ts';
import type { Wish } from '../../../application/people/check-list.ts';
import { DELIMITERS, ENCODINGS } from '../../../application/ports/list-files.ts';
import { COLUMNS, type Column } from '../../../domain/people/list-file/columns.ts';
import { ok } from '../../../domain/result.ts';
import { route } from '../route.ts';
import { count, id, list, maybe, record, shape, text } from '../shapes/pieces.ts';

const tag = 'letters';
const PATH = '/incidents/{incident}/notices/{notice}/lists';
const ONE = `${PATH}/{upload}`;

const findings = shape({
  upload: id,
  revision: count.description('Rises with every other reading; to be told when the list is accepted.'),
  format: text,
  encoding: maybe(text),
  delimiter: maybe(text),
  header: list(text),
  columns: list(text),
  rows: count,
  accepted: count,
  duplicates: count,
  reasons: record(count),
  languages: record(count),
  countries: record(count),
});

function placeOf(at: (name: string) => string): UploadPlace {
  return { incident: at('incident'), notice: at('notice'), upload: at('upload') };
}

/** What was found, without a word of anybody who stands in it. */
function told(upload: string, found: Findings): object {
  const { revision, format, encoding, delimiter, header, columns, reasons } = found;
  const none = { rows: 0, accepted: 0, duplicates: 0, languages: {}, countries: {} };
  const layout = { format, encoding, delimiter, header, columns };
  return { upload, revision, ...layout, reasons, ...(found.counts ?? none) };
}

export const listRoutes = [
  route({
    method: 'post',
    path: PATH,
    id: 'checkList',
    tag,
    summary:
      'Takes the bytes of the body as a list (CSV, TSV, XLSX) and says what is in it. It lies sealed for an hour; nobody is on the letter before it is accepted.',
    query: Joi.object({ name: Joi.string().default('list').description('What the file is called.') }),
    file: 'taken',
    limit: (house) => house.listUploads.limit,
    status: 201,
    shape: findings,
    async run({ house, actor, at, query, request }) {
      const done = await checkUpload(house, actor, {
        incident: at('incident'),
        notice: at('notice'),
        name: query('name') ?? 'list',
        content: request as AsyncIterable<Uint8Array>,
      });
      return done.ok ? ok(told(done.value.upload, done.value.findings)) : done;
    },
  }),
  route({
    method: 'get',
    path: ONE,
    id: 'viewList',
    tag,
    summary: 'What is in a list that was sent in; only for whoever sent it.',
    status: 200,
    shape: findings,
    async run({ house, actor, at }) {
      const seen = await viewUpload(house, actor, placeOf(at));
      return seen.ok ? ok(told(at('upload'), seen.value.findings)) : seen;
    },
  }),
  route<Wish>({
    method: 'put',
    path: `${ONE}/reading`,
    id: 'readListAgain',
    tag,
    summary: 'Reads the list again: with other columns, another encoding or another delimiter.',
    body: Joi.object({
      columns: Joi.array()
        .items(Joi.valid('', ...COLUMNS))
        .description('What each field of a row is, in order; empty: it is dropped.'),
      encoding: Joi.valid(...ENCODINGS),
      delimiter: Joi.valid(...DELIMITERS),
    }),
    example: { columns: ['email', 'name', ''] as (Column | '')[] },
    status: 200,
    shape: findings,
    async run({ house, actor, at, body }) {
      const done = await readAgain(house, actor, { ...placeOf(at), wish: body });
      return done.ok ? ok(told(at('upload'), done.value)) : done;
    },
  }),
  route<{ readonly mode: (typeof ACCEPT_MODES)[number]; readonly revision: number }>({
    method: 'post',
    path: `${ONE}/accept`,
    id: 'acceptList',
    tag,
    summary:
      'Puts the people of the list on the letter. Who is on it already, or was told otherwise, is a duplicate.',
    body: Joi.object({
      mode: Joi.valid(...ACCEPT_MODES)
        .default('add')
        .description('Whether they join those on the letter, or take their place.'),
      revision: Joi.number().integer().required().description('Of the findings that were looked at.'),
    }),
    example: { mode: 'add', revision: 1 },
    status: 200,
    shape: shape({ count, added: count, duplicates: count }),
    run: ({ house, actor, at, body, key }) => acceptList(house, actor, { ...placeOf(at), ...body }, key),
  }),
  route({
    method: 'delete',
    path: ONE,
    id: 'refuseList',
    tag,
    summary: 'Takes nothing over: the list is destroyed, its key first.',
    status: 204,
    run: ({ house, actor, at }) => refuseUpload(house, actor, placeOf(at)),
  }),
];
