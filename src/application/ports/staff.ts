import type { Temporal } from 'temporal-polyfill';
import type { Role } from '../../domain/access/roles.ts';
import type { Json, Entry } from '../../domain/register/entry.ts';
import type { ChainHead } from '../../domain/register/chain.ts';

export interface Organisation {
  readonly id: string;
  readonly name: string;
  /** IANA zone in which local times are read and dates are printed. */
  readonly zone: string;
  readonly locale: string;
  /** The facts of the organisation's profile (facts.md, marked *o*): `role`, `establishments`, … */
  readonly profile: Readonly<Record<string, Json>>;
  /** What letters say of us. */
  readonly contact: {
    readonly email: string;
    readonly phone: string;
    readonly address: string;
    readonly website: string;
    readonly dpo: string;
  };
  readonly version: number;
  /** The organisation's own chain: sign-ins, exports, settings. */
  readonly register: ChainHead;
  readonly outbox: readonly Entry[];
  /** Keys of the last happenings that came with one, so that a repeat is recorded once. */
  readonly seen: readonly string[];
}

export interface Organisations {
  insert(organisation: Organisation): Promise<void>;
  byId(id: string): Promise<Organisation | null>;
  all(): Promise<readonly Organisation[]>;
  replace(organisation: Organisation, expected: number): Promise<boolean>;
  trimOutbox(id: string, upTo: number): Promise<void>;
}

export interface Membership {
  readonly organisation: string;
  readonly roles: readonly Role[];
}

export interface User {
  readonly id: string;
  /** Lower case; unique. */
  readonly email: string;
  readonly name: string;
  /** argon2id; null until an invitation is accepted. */
  readonly password: string | null;
  readonly active: boolean;
  readonly locale: string;
  readonly memberships: readonly Membership[];
  /** Sessions that began before this moment are over: the password was changed. */
  readonly sessionsFrom?: Temporal.Instant;
  readonly createdAt: Temporal.Instant;
  readonly version: number;
}

export interface Users {
  /** @returns false if the address is taken. */
  insert(user: User): Promise<boolean>;
  byId(id: string): Promise<User | null>;
  byEmail(email: string): Promise<User | null>;
  of(organisation: string): Promise<readonly User[]>;
  replace(user: User, expected: number): Promise<boolean>;
}

/** One-time links. Only the hash of the secret is stored. */
export interface Token {
  readonly hash: string;
  readonly purpose: 'setup' | 'invitation' | 'reset' | 'calendar';
  readonly user?: string;
  readonly organisation?: string;
  readonly expiresAt: Temporal.Instant;
}

export interface Tokens {
  put(token: Token): Promise<void>;
  byHash(hash: string): Promise<Token | null>;
  /** Takes it: true for exactly one caller. */
  spend(hash: string): Promise<boolean>;
  /** Removes all of a purpose, or those of one person (a new link makes older ones void). */
  clear(purpose: Token['purpose'], user?: string): Promise<void>;
}

/** Somebody of the staff to whom mail can be sent. */
export interface Recipient {
  readonly user: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly roles: readonly Role[];
}
