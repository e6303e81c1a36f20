import express, { type RequestHandler } from 'express';
import { Refused } from '../../shared/refused.ts';

const LIMIT_MB = 1;
const LIMIT_BYTES = LIMIT_MB * 1024 * 1024;

declare module 'express-serve-static-core' {
  interface Request {
    /** The bytes of a JSON body as they came, to tell one request from another. */
    rawBody?: Uint8Array;
  }
}

/** Refuses by the headers alone what is too large or no JSON, before a byte of it is read. */
export const onlyJson: RequestHandler = (request, _response, next) => {
  const length = Number(request.get('content-length') ?? 0);
  const hasBody = length > 0 || request.get('transfer-encoding') !== undefined;
  if (length > LIMIT_BYTES) throw new Refused(413, 'api-too-large', { limit: LIMIT_MB });
  if (hasBody && !request.is('application/json')) throw new Refused(415, 'api-not-json');
  next();
};

export const readJson: RequestHandler = express.json({
  limit: LIMIT_BYTES,
  strict: true,
  verify(request, _response, bytes) {
    Object.assign(request, { rawBody: bytes });
  },
});
