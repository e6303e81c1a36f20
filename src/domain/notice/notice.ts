import type { Temporal } from 'temporal-polyfill';
import type { NoteRef } from '../incident/incident.ts';

/**
 * To whom: an authority, a controller for whom we process, our clients, partners by contract (card acquirer, insurer),
 * the consumer reporting bureaus, the media; or a letter to the people affected.
 */
export const NOTICE_KINDS = [
  'authority',
  'controller',
  'clients',
  'partners',
  'bureaus',
  'media',
  'letter',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** By which way a notice reached its recipient. */
export const FILING_WAYS = ['web-form', 'portal', 'e-mail', 'post', 'telephone', 'in-person'] as const;
export type FilingWay = (typeof FILING_WAYS)[number];

/**
 * `draft -> in-review -> approved -> filed` for authorities and controllers; a letter goes `approved -> sending ->
 * told`. An edit or a reason leads back to `draft`, and with it the seal is void.
 */
export type NoticeState = 'draft' | 'in-review' | 'approved' | 'filed' | 'sending' | 'told';

export const FORMATS = ['subject', 'html', 'text'] as const;
export type Format = (typeof FORMATS)[number];

/** Beside the texts that people read, the pack for an authority's form: canonical JSON, under the first locale. */
export type SealedFormat = Format | 'pack';

/** SHA-256 of the rendered text, by locale and format; the texts themselves lie immutable under these hashes. */
export type SealedTexts = Readonly<Record<string, Readonly<Partial<Record<SealedFormat, string>>>>>;

/** What exactly was approved: nothing else can be sent or filed. */
export interface Seal {
  /** SHA-256 over the canonical JSON of texts, list and attachments. */
  readonly hash: string;
  readonly texts: SealedTexts;
  /** The people who will get it: which list, and the digest of its batches in order. */
  readonly list?: { readonly id: string; readonly digest: string; readonly count: number };
  /** SHA-256 of each attachment, in order. */
  readonly attachments: readonly string[];
}

/** Why sending waits: a person said so, too many mails came back, the mail service refuses us, the seal is broken. */
export const PAUSE_REASONS = ['person', 'bounces', 'account', 'seal'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** A file of evidence that goes along with a notice. */
export interface Attachment {
  /** The id of the evidence. */
  readonly evidence: string;
  /** SHA-256 of its bytes as they were attached, in lower-case hexadecimal. */
  readonly sha256: string;
}

export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly state: NoticeState;
  /** The obligations that it meets, by key. */
  readonly obligations: readonly string[];
  readonly recipient?: string;
  readonly locales: readonly string[];
  readonly createdAt: Temporal.Instant;
  /** Everybody who wrote on the current version; none of them may approve it (but the lone approver). */
  readonly authors: readonly string[];
  /** How often it was handed in. */
  readonly version: number;
  readonly submitted?: { readonly at: Temporal.Instant; readonly by: string; readonly seal: Seal };
  readonly sentBack?: { readonly at: Temporal.Instant; readonly by: string; readonly reason: NoteRef };
  readonly approved?: {
    readonly at: Temporal.Instant;
    readonly by: string;
    readonly seal: Seal;
    /** Present when the only person with the right approved an own text: record and pack say so. */
    readonly byItsAuthor?: NoteRef;
  };
  readonly filed?: {
    readonly at: Temporal.Instant;
    readonly by: string;
    readonly way?: FilingWay;
    /** In the words of whoever filed it: which form, which address. */
    readonly how: string;
    readonly reference?: string;
    /** Why it came late, where it did. */
    readonly lateBecause?: NoteRef;
    /** False where items of it were still to follow. */
    readonly complete?: boolean;
    /** It takes back what was filed before. */
    readonly withdraws?: true;
    /** The evidence that proves it: a confirmation page, a mail, a delivery slip. */
    readonly receipt?: string;
    /** The day on which the recipient confirmed it. */
    readonly acknowledgedAt?: Temporal.Instant;
  };
  /** In the order in which they go along; a letter to people has none. */
  readonly attachments?: readonly Attachment[];
  /** The people it goes to, once they are on a list. */
  readonly list?: { readonly id: string; readonly count: number; readonly digest: string };
  readonly dispatch?: {
    readonly startedAt: Temporal.Instant;
    readonly by: string;
    readonly toldAt?: Temporal.Instant;
    /** Nothing leaves until a person says go on. */
    readonly paused?: { readonly at: Temporal.Instant; readonly by: string; readonly why: PauseReason };
    /** Nothing leaves any more. */
    readonly stopped?: { readonly at: Temporal.Instant; readonly by: string; readonly reason: NoteRef };
    /** At most so many mails a minute; without it as fast as the mail service takes them. */
    readonly perMinute?: number;
    /** Mails turned away when somebody said go on all the same: only those beyond count against the limit. */
    readonly tolerated?: number;
  };
}
