import express, { type RequestHandler } from 'express';
import { Refused } from '../../shared/refused.ts';

/** Generous for a pasted list of people and a letter in several languages; no page sends more. */
const LIMIT_BYTES = 1024 * 1024;
const FIELDS_LIMIT = 2000;
const FORM = 'application/x-www-form-urlencoded';

/**
 * Refuses by the headers alone what is too large or no form, before a byte of it is read. What still comes is
 * drained unread by Node, so that the client gets to see the answer.
 */
export const onlyForms: RequestHandler = (request, _response, next) => {
  const length = Number(request.get('content-length') ?? 0);
  const hasBody = length > 0 || request.get('transfer-encoding') !== undefined;
  if (length > LIMIT_BYTES) throw new Refused(413, 'too-large', { limit: LIMIT_BYTES / 1024 / 1024 });
  if (hasBody && !request.is(FORM)) {
    const type = (request.get('content-type') ?? '').split(';')[0] ?? '';
    throw new Refused(415, 'not-a-form', { type: type === '' ? '?' : type.slice(0, 60) });
  }
  next();
};

/** Reads a form: flat names and strings only. `a[b]=c` stays one flat, odd name; `Form` refuses it by its name. */
export const readForms: RequestHandler = express.urlencoded({
  extended: false,
  limit: LIMIT_BYTES,
  parameterLimit: FIELDS_LIMIT,
});
