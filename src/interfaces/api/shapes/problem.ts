import Joi from 'joi';
import { list, shape, text } from './pieces.ts';

/** A problem document; kinds of problems have members of their own beside these. */
export const problem = shape({
  type: text.description('urn:tocsin:problem: and the kind.'),
  title: text,
  status: Joi.number().integer(),
  detail: text.description('What to do next.'),
  errors: list(
    shape({
      path: text.description('Where it is, in the body as it was sent: people[3].email.'),
      key: text.description('Which rule it breaks; stable.'),
      detail: text,
    }),
  ).optional(),
}).unknown(true);
