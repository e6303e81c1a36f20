/** A person affected, as on a list. Lies only sealed in the store. */
export interface Person {
  readonly name: string;
  /** Empty where the person can be reached on paper only. */
  readonly email: string;
  /** BCP 47, where known: the language of the letter. */
  readonly language?: string;
  /** ISO 3166-1 or -2. */
  readonly country?: string;
  /** Lines of the postal address below the name, as they stand on an envelope. */
  readonly postal?: readonly string[];
}

/**
 * Where one person stands with a letter.
 *
 * By itself: `waiting` (not written yet) leads to `sending` (a call is in flight) and from there to `accepted` (the
 * mail service took it), `failed` (it took nothing: tried again), `refused` (it will never take this one) or
 * `uncertain` (no answer came: it may have left, so it is never sent again by itself).
 *
 * By a receipt of the mail service: `deferred` (the other side said not now; the service tries on), `delivered`,
 * `bounced` (there is no such mailbox), `blocked` (the other side will not have it now), `dropped` (the service holds
 * the address for dead or unwilling and never tried), `complained` (it arrived, and was called spam).
 *
 * By a person: `told` (by printed letter, by telephone, in person), `bounced` (the mail came back), `given-up` (cannot
 * be reached; a decision with a reason). `no-mail` has no e-mail address.
 */
export const DELIVERY_STATES = [
  'waiting',
  'sending',
  'accepted',
  'deferred',
  'delivered',
  'complained',
  'failed',
  'refused',
  'bounced',
  'blocked',
  'dropped',
  'no-mail',
  'uncertain',
  'told',
  'given-up',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export type Totals = Readonly<Record<DeliveryState, number>>;

/** Where a person of a list stands; addressed by batch and position, never by name or address. */
export interface Delivery {
  readonly position: number;
  readonly state: DeliveryState;
  readonly attempt: number;
}

const SETTLED: readonly DeliveryState[] = [
  'accepted',
  'deferred',
  'delivered',
  'complained',
  'told',
  'given-up',
];
const NEEDY: readonly DeliveryState[] = ['refused', 'bounced', 'blocked', 'dropped', 'no-mail', 'uncertain'];

/** A person is settled when nothing more will happen by itself and nothing is in doubt. */
export function isSettled(state: DeliveryState): boolean {
  return SETTLED.includes(state);
}

/** Nothing more happens by itself, and yet the person is not told: somebody must do something. */
export function needsSomebody(state: DeliveryState): boolean {
  return NEEDY.includes(state);
}

/** Where the dispatcher may still write. */
const WRITTEN_FROM: readonly DeliveryState[] = ['waiting', 'failed'];

export function mayBeWritten(state: DeliveryState): boolean {
  return WRITTEN_FROM.includes(state);
}

export function firstState(person: Pick<Person, 'email'>): DeliveryState {
  return person.email === '' ? 'no-mail' : 'waiting';
}

/** How many of a list are not settled. */
export function openIn(totals: Totals): number {
  return DELIVERY_STATES.filter((state) => !isSettled(state)).reduce((sum, state) => sum + totals[state], 0);
}
