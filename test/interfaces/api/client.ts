import { expect } from 'chai';
import { createToken } from '../../../src/application/access/api-tokens.ts';
import { ensureAdministrator } from '../../../src/application/access/set-up.ts';
import { acceptInvitation, invite } from '../../../src/application/access/staff.ts';
import type { Actor, Role } from '../../../src/domain/access/roles.ts';
import { ROUTES } from '../../../src/interfaces/api/routes/index.ts';
import type { Route } from '../../../src/interfaces/api/route.ts';
import { problem } from '../../../src/interfaces/api/shapes/problem.ts';
import { good } from '../../support/breach.ts';
import type { ServedHouse } from '../web/served-house.ts';

export const PASSWORD = 'three quiet words here';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the answer; undefined where it is empty or a file. */
  readonly json: never;
}

/** A program with a token. Each answer is held against its description. */
export class Program {
  private readonly served: ServedHouse;
  readonly token: string | undefined;

  constructor(served: ServedHouse, token?: string) {
    this.served = served;
    this.token = token;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.send('GET', path, undefined, headers);
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const answer = await fetch(new URL(`/api/v1${path}`, this.served.url), {
      method,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    const json = isJson ? (JSON.parse(text) as unknown) : undefined;
    asDescribed(method, path, answer.status, json);
    return { status: answer.status, headers: answer.headers, json: json as never };
  }
}

/** @throws if the answer is not what the description of its route promises */
function asDescribed(method: string, path: string, status: number, json: unknown): void {
  if (status >= 400) {
    expect(problem.validate(json).error?.message, `${method} ${path}`).to.equal(undefined);
    return;
  }
  const route = routeOf(method, path);
  if (!route) return;
  expect(status, `${method} ${path}`).to.equal(route.status);
  const error = route.shape?.validate(json, { convert: false, abortEarly: false }).error;
  expect(error?.message, `${method} ${path}`).to.equal(undefined);
}

function routeOf(method: string, path: string): Route | undefined {
  const [bare = ''] = path.split('?');
  const fits = ROUTES.filter((route) =>
    new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(bare),
  ).filter((route) => route.method === method.toLowerCase());
  // `/register/verification` fits before `/register/{x}` would.
  return fits.find((route) => route.path === bare) ?? fits[0];
}

export interface Office {
  readonly organisation: string;
  readonly ada: Program;
  /** A program with the token of a new person of this role. */
  hire(role: Role): Promise<Program>;
}

/** Sets up the organisation with its first person, who has all roles but staff and reader. */
export async function openOffice(served: ServedHouse): Promise<Office> {
  const { house } = served;
  const person = { name: 'Ada', email: 'ada@linden.example', password: PASSWORD };
  const user = good(
    await ensureAdministrator(house, { ...person, organisation: 'Linden Shop', zone: 'Europe/Berlin' }),
  );
  const organisation = user?.memberships[0]?.organisation ?? '';
  const actor: Actor = { user: user?.id ?? '', organisation, roles: ['administrator'] };
  const tokenFor = async (email: string): Promise<Program> =>
    new Program(served, good(await createToken(house, actor, { email, name: `of ${email}` })).token);
  let hired = 0;
  return {
    organisation,
    ada: await tokenFor(person.email),
    hire: async (role) => {
      hired += 1;
      const email = `${role}${hired}@linden.example`;
      const { link } = good(await invite(house, actor, { email, roles: [role] }));
      const secret = link.split('/').at(-1) ?? '';
      good(await acceptInvitation(house, { secret, name: `${role} ${hired}`, password: PASSWORD }));
      return tokenFor(email);
    },
  };
}

export const BREACH = {
  state: 'breach',
  kind: 'supplier-breach',
  title: 'Our orders copied at the parcel service',
  whatHappened: 'Packwell rang: someone copied our orders from their system yesterday.',
  detectedAt: '2026-12-04T18:22',
  awareAt: '2026-12-04T18:40',
  reporter: 'Packwell, by telephone to Sam',
  categories: ['name', 'postal-address', 'order-history'],
  subjects: [
    { place: 'DE', count: 2, groups: ['customers'] },
    { place: 'AT', count: 1, groups: ['customers'] },
  ],
  supplier: { name: 'Packwell', toldUsAt: '2026-12-04T18:22' },
  facts: { 'breach.confidentiality': true },
};
