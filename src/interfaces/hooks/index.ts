import { Router, raw, type ErrorRequestHandler, type Request, type Response } from 'express';
import { takeReceipts } from '../../application/people/take-receipts.ts';
import type { House } from '../../application/ports/house.ts';
import type { Log } from '../shared/log.ts';
import { receiptsIn } from './events.ts';
import { isSigned, readPublicKey } from './signature.ts';

export interface HookParts {
  readonly house: House;
  readonly log: Log;
  /** SendGrid's public key (base64 of its DER); without it its receipts are not taken. */
  readonly sendGridKey: string | null;
}

/** SendGrid posts at 768 kilobytes. */
const LARGEST = '1mb';
/**
 * SendGrid itself tries for a day. Older ones are refused only so that nobody plays back what he once recorded; it would
 * change nothing, since each event counts once.
 */
const OLDEST_SECONDS = 7 * 24 * 3600;
const NEWEST_SECONDS = 3600;

/** What mail services tell us by themselves. Anybody can post here: nothing is read before its signature was checked. */
export function hooks({ house, log, sendGridKey }: HookParts): Router {
  const router = Router();
  if (sendGridKey === null) return router;
  const key = readPublicKey(sendGridKey);
  router.post('/sendgrid', raw({ type: () => true, limit: LARGEST, inflate: true }), (request, response) =>
    take(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'receipts were not taken in');
      // Anything but 2xx brings them again.
      response.status(503).set('Retry-After', '60').end();
    }),
  );
  router.use(unreadable);
  return router;

  async function take(request: Request, response: Response): Promise<void> {
    const body: unknown = request.body;
    const timestamp = request.get('X-Twilio-Email-Event-Webhook-Timestamp') ?? '';
    const signature = request.get('X-Twilio-Email-Event-Webhook-Signature') ?? '';
    if (!Buffer.isBuffer(body) || !isSigned(key, { timestamp, signature, body })) {
      refuse(response, 403, 'The signature is not that of the configured key (SENDGRID_WEBHOOK_KEY).');
      return;
    }
    const age = house.clock.now().epochMilliseconds / 1000 - Number(timestamp);
    if (!(age <= OLDEST_SECONDS && age >= -NEWEST_SECONDS)) {
      refuse(response, 403, 'This was signed too long ago, or by a clock that is ahead.');
      return;
    }
    const receipts = receiptsIn(parsed(body));
    if (receipts === null) {
      refuse(response, 400, 'A JSON array of events is needed.');
      return;
    }
    await takeReceipts(house, receipts);
    response.status(204).end();
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

function refuse(response: Response, status: number, detail: string): void {
  response.status(status).type('application/problem+json').json({ status, detail });
}

/** A body that is too large, cut off or packed in an unknown way: told as such, without a word of what was in it. */
const unreadable: ErrorRequestHandler = (error: { status?: number }, _request, response, _next) => {
  refuse(response, error.status ?? 400, 'The body could not be read; up to 1 MB is taken.');
};
