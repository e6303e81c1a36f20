import { Readable } from 'node:stream';
import Joi from 'joi';
import { addressLetter } from '../../../application/people/address-letter.ts';
import { correctAddress } from '../../../application/people/correct-address.ts';
import { lettersPosted, printLetters } from '../../../application/people/on-paper.ts';
import { settlePerson } from '../../../application/people/settle-person.ts';
import { PAPERS } from '../../../application/ports/print.ts';
import { DELIVERY_STATES } from '../../../domain/people/person.ts';
import { CHANNELS, SETTLINGS } from '../../../domain/people/settling.ts';
import { startDispatch } from '../../../application/people/dispatch.ts';
import { viewLetter } from '../../../application/people/view-letter.ts';
import { viewPeople } from '../../../application/people/view-people.ts';
import { viewNotice } from '../../../application/notice/view-notice.ts';
import { fail, ok } from '../../../domain/result.ts';
import { route } from '../route.ts';
import { personRow, personRowOf, progress } from '../shapes/notice.ts';
import { count, iso, list, shape, text } from '../shapes/pieces.ts';

const tag = 'letters';
const PATH = '/incidents/{incident}/notices/{notice}';

interface Row {
  readonly name: string;
  readonly email: string;
  readonly language?: string;
  readonly country?: string;
  readonly postal?: string;
}

interface Settled {
  readonly kind: string;
  readonly channel?: string;
  readonly at?: string;
  readonly note?: string;
}

const ONE = `${PATH}/people/{batch}/{position}`;

const mailbox = shape({ name: text, email: text });

/** @returns -1 for what is no whole number, which no list has */
function whole(given: string): number {
  return /^\d{1,9}$/.test(given) ? Number(given) : -1;
}

export const peopleRoutes = [
  route<{ readonly people: readonly Row[] }>({
    method: 'put',
    path: `${PATH}/people`,
    id: 'addressLetter',
    tag,
    summary: 'Puts people on a letter, in place of those who were on it. They are sealed at rest.',
    body: Joi.object({
      people: Joi.array()
        .items(
          Joi.object({
            name: Joi.string().allow('').required(),
            email: Joi.string().allow('').required(),
            language: Joi.string().allow('').description('BCP 47: the language of the letter.'),
            country: Joi.string().allow('').description('ISO 3166.'),
            postal: Joi.string().allow('').description('The lines of the postal address below the name.'),
          }),
        )
        .min(1)
        .required(),
    }),
    example: { people: [{ name: 'Maria Weiß', email: 'maria@example.org', language: 'de', country: 'AT' }] },
    status: 200,
    shape: shape({ count }),
    run: ({ house, actor, at, body, key }) =>
      addressLetter(house, actor, { incident: at('incident'), notice: at('notice'), ...body }, key),
  }),
  route({
    method: 'get',
    path: `${PATH}/people`,
    id: 'viewPeople',
    tag,
    summary: 'The people on a letter with their addresses, all or those in one state. Each look is recorded.',
    query: Joi.object({ state: Joi.valid(...DELIVERY_STATES) }),
    status: 200,
    shape: shape({ people: list(personRow) }),
    async run({ house, actor, at, query }) {
      const state = query('state') ?? '';
      const place = { incident: at('incident'), notice: at('notice') };
      const rows = await viewPeople(house, actor, { ...place, state });
      return rows.ok ? ok({ people: rows.value.map(personRowOf) }) : rows;
    },
  }),
  route({
    method: 'get',
    path: `${PATH}/people/{batch}/{position}/letter`,
    id: 'viewLetter',
    tag,
    summary: "One person's letter as it was approved. Each look is recorded.",
    status: 200,
    shape: shape({ from: mailbox, to: mailbox, subject: text, html: text, text, locale: text }),
    async run({ house, actor, at }) {
      const [batch, position] = [whole(at('batch')), whole(at('position'))];
      if (batch < 0 || position < 0) return fail({ kind: 'not-found', what: 'letter', id: at('notice') });
      const place = { incident: at('incident'), notice: at('notice'), batch, position };
      const seen = await viewLetter(house, actor, place);
      if (!seen.ok) return seen;
      const { from, to, subject, html, text: plain, locale } = seen.value.letter;
      return ok({ from, to, subject, html, text: plain, locale });
    },
  }),
  route({
    method: 'post',
    path: `${PATH}/dispatch`,
    id: 'startDispatch',
    tag,
    summary: 'Starts sending an approved letter. The seal is checked here and again before each batch.',
    body: Joi.object({}),
    status: 204,
    run: ({ house, actor, at, key }) =>
      startDispatch(house, actor, { incident: at('incident'), notice: at('notice') }, key),
  }),
  route({
    method: 'get',
    path: `${PATH}/progress`,
    id: 'viewProgress',
    tag,
    summary: 'How many of the people are where.',
    status: 200,
    shape: progress,
    async run({ house, actor, at }) {
      const seen = await viewNotice(house, actor, at('incident'), at('notice'));
      if (!seen.ok) return seen;
      const { notice, totals } = seen.value;
      return ok({ state: notice.state, totals, toldAt: iso(notice.dispatch?.toldAt) });
    },
  }),
  route<Settled>({
    method: 'post',
    path: `${ONE}/records`,
    id: 'settlePerson',
    tag,
    summary:
      'Records of one person that they were told, that a mail came back, or that nobody can reach them.',
    body: Joi.object({
      kind: Joi.valid(...SETTLINGS).required(),
      channel: Joi.valid(...CHANNELS).description('How they were told; with kind told.'),
      at: Joi.string().description('ISO 8601 with offset, or local in the zone of the incident; else now.'),
      note: Joi.string().description('What was said, or why. Sealed at rest.'),
    }),
    example: { kind: 'told', channel: 'telephone', note: 'She will watch her post.' },
    status: 204,
    run: ({ house, actor, at, body, key }) =>
      settlePerson(house, actor, { ...spotOf(at), ...body }, key ?? house.ids.id()),
  }),
  route<{ readonly email: string; readonly postal: string }>({
    method: 'put',
    path: `${ONE}/address`,
    id: 'correctAddress',
    tag,
    summary: 'Puts the address of one person right. The approval holds.',
    body: Joi.object({
      email: Joi.string().allow('').required(),
      postal: Joi.string().allow('').required(),
    }),
    example: { email: 'maria@example.org', postal: '' },
    status: 204,
    run: ({ house, actor, at, body, key }) => correctAddress(house, actor, { ...spotOf(at), ...body }, key),
  }),
  route({
    method: 'get',
    path: `${PATH}/paper`,
    id: 'printLetters',
    tag,
    summary: 'The letters of all who can be reached on paper only, as one PDF. Each printing is recorded.',
    query: Joi.object({ paper: Joi.valid(...PAPERS).default('a4') }),
    file: 'given',
    status: 200,
    async run({ house, actor, at, query }) {
      const place = { incident: at('incident'), notice: at('notice') };
      const done = await printLetters(house, actor, { ...place, paper: query('paper') ?? 'a4' });
      if (!done.ok) return done;
      const { pdf } = done.value;
      return ok({ name: 'letters.pdf', size: pdf.length, content: Readable.from([pdf]) });
    },
  }),
  route<{ readonly people: readonly string[] }>({
    method: 'post',
    path: `${PATH}/posted`,
    id: 'lettersPosted',
    tag,
    summary: 'Records that printed letters went to the post: each of these people counts as told.',
    body: Joi.object({
      people: Joi.array()
        .items(Joi.string().pattern(/^\d{1,7}\/\d{1,7}$/))
        .min(1)
        .required()
        .description('Batch and position of each, as `0/2`.'),
    }),
    example: { people: ['0/2'] },
    status: 200,
    shape: shape({ count }),
    run: ({ house, actor, at, body, key }) =>
      lettersPosted(
        house,
        actor,
        { incident: at('incident'), notice: at('notice'), ...body },
        key ?? house.ids.id(),
      ),
  }),
];

function spotOf(at: (name: string) => string): {
  readonly incident: string;
  readonly notice: string;
  readonly batch: number;
  readonly position: number;
} {
  const [batch, position] = [whole(at('batch')), whole(at('position'))];
  return { incident: at('incident'), notice: at('notice'), batch, position };
}
