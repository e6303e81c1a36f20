import type { Receipt } from '../../application/people/take-receipts.ts';
import type { ReceiptKind } from '../../domain/people/receipt.ts';

/** SendGrid's names. Opening and clicking are not asked for, and leaving a list says nothing of a letter. */
const KINDS: Readonly<Record<string, ReceiptKind>> = {
  processed: 'processed',
  deferred: 'deferred',
  delivered: 'delivered',
  bounce: 'bounced',
  dropped: 'dropped',
  spamreport: 'complained',
};

/**
 * The receipts in a body of SendGrid's event webhook. What is not about a letter of ours, is of a kind that we do not
 * know, or is no event at all is passed over: SendGrid would send it again for a day.
 * @returns null if the body is no list
 */
export function receiptsIn(body: unknown): readonly Receipt[] | null {
  if (!Array.isArray(body)) return null;
  return (body as readonly unknown[]).flatMap((event) => receiptOf(event) ?? []);
}

function receiptOf(event: unknown): Receipt | null {
  if (typeof event !== 'object' || event === null) return null;
  const told = event as Readonly<Record<string, unknown>>;
  const word = (name: string): string => (typeof told[name] === 'string' ? told[name] : '');
  const kind = KINDS[word('event')];
  const [email, notice, list] = [word('email'), word('notice'), word('list')];
  const [batch, attempt] = [whole(told['batch']), whole(told['attempt'])];
  if (!kind || email === '' || notice === '' || list === '' || batch === null || attempt === null)
    return null;
  const isBlocked = kind === 'bounced' && told['type'] === 'blocked';
  return { kind: isBlocked ? 'blocked' : kind, email, notice, list, batch, attempt };
}

function whole(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
