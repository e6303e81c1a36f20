import type { Request } from 'express';
import type Joi from 'joi';
import type { User } from '../../application/ports/staff.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Result } from '../../domain/result.ts';
import type { ApiParts } from './parts.ts';

/** One request of somebody who came with a token, its body checked. */
export interface Call<B = unknown> {
  readonly parts: ApiParts;
  readonly house: ApiParts['house'];
  readonly actor: Actor;
  readonly user: User;
  readonly body: B;
  /** The request itself, for a body that is no JSON. */
  readonly request: Request;
  /** A parameter of the path. */
  readonly at: (name: string) => string;
  /** A parameter of the query that the route names, or undefined. */
  readonly query: (name: string) => string | undefined;
  /** The key of idempotency, bound to this person and this address; for the use case. */
  readonly key: string | undefined;
}

export type Outcome = Promise<Result<unknown, DomainError>>;

/** A kind of request: what it is for, what it takes and answers, and what it does. */
export interface Route<B = unknown> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1, with parameters as `{name}`. */
  readonly path: string;
  /** The name by which clients that are made from the description call it. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly query?: Joi.ObjectSchema;
  /** The body; every field that it does not name is refused. */
  readonly body?: Joi.ObjectSchema;
  readonly example?: B;
  /** `taken`: the body is the bytes of a file; `given`: the answer is one (`FileGiven`). */
  readonly file?: 'taken' | 'given';
  /** The most bytes of a file that is taken; without it, those of evidence. */
  readonly limit?: (house: ApiParts['house']) => number;
  /** What a success is answered; without a shape the answer is empty (204). */
  readonly status: 200 | 201 | 204;
  readonly shape?: Joi.Schema;
  /** The field of the body for the path of a use case's problem (`facts.awareAt` -> `awareAt`). */
  readonly fieldOf?: (path: string) => string;
  run(call: Call<B>): Outcome;
}

/** Keeps the type of the body between its example and what is done with it. */
export function route<B = undefined>(description: Route<B>): Route {
  return description;
}
