import Joi from 'joi';
import { addressLetter } from '../../../application/people/address-letter.ts';
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
}

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
    summary: 'The people on a letter with their addresses. Each look is recorded.',
    status: 200,
    shape: shape({ people: list(personRow) }),
    async run({ house, actor, at }) {
      const rows = await viewPeople(house, actor, { incident: at('incident'), notice: at('notice') });
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
];
