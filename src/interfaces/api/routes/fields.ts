import Joi from 'joi';

/** Pieces of bodies that several routes take. */
export const momentIn = Joi.string().description(
  'ISO 8601 with an offset (2026-12-04T18:40+01:00), or local in the zone of the organisation or incident ' +
    '(2026-12-04T18:40).',
);

export const revision = Joi.number()
  .integer()
  .min(0)
  .required()
  .description(
    'The revision that you saw; 0 where there was none. Another one means that somebody was faster.',
  );
