/** A person affected, as on a list. Lies only sealed in the store. */
export interface Person {
  readonly name: string;
  readonly email: string;
  /** BCP 47, where known: the language of the letter. */
  readonly language?: string;
  /** ISO 3166-1 or -2. */
  readonly country?: string;
}

/**
 * What happened to one person's letter. `uncertain`: a call was in flight when the process died; it is never sent
 * again by itself.
 */
export type DeliveryState = 'waiting' | 'sending' | 'accepted' | 'failed' | 'uncertain';

/** Where a person of a list stands; addressed by batch and position, never by name or address. */
export interface Delivery {
  readonly position: number;
  readonly state: DeliveryState;
  readonly attempt: number;
}

/** A person is settled when nothing more will happen by itself and nothing is in doubt. */
export function isSettled(state: DeliveryState): boolean {
  return state === 'accepted';
}
