import type { Temporal } from 'temporal-polyfill';
import type { NoteRef } from '../incident/incident.ts';

/** To an authority, to a controller we work for, or a letter to the people affected. */
export type NoticeKind = 'authority' | 'controller' | 'letter';

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
    readonly how: string;
    readonly reference?: string;
    /** Why it came late, where it did. */
    readonly lateBecause?: NoteRef;
  };
  /** The people it goes to, once they are on a list. */
  readonly list?: { readonly id: string; readonly count: number; readonly digest: string };
  readonly dispatch?: {
    readonly startedAt: Temporal.Instant;
    readonly by: string;
    readonly toldAt?: Temporal.Instant;
  };
}
