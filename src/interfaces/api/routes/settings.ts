import Joi from 'joi';
import { createToken, revokeToken, viewTokens } from '../../../application/access/api-tokens.ts';
import {
  changeOrganisation,
  viewOrganisation,
  type OrganisationForm,
} from '../../../application/access/organisation.ts';
import { changePassword, resetLink } from '../../../application/access/passwords.ts';
import { changeStaff, invite, viewStaff } from '../../../application/access/staff.ts';
import { ROLES } from '../../../domain/access/roles.ts';
import { ok } from '../../../domain/result.ts';
import { LOCALES } from '../../shared/words.ts';
import { countingTries } from '../request/password-tries.ts';
import { route, type Call } from '../route.ts';
import {
  anyJson,
  bool,
  count,
  id,
  iso,
  list,
  maybe,
  moment,
  record,
  shape,
  text,
  texts,
} from '../shapes/pieces.ts';

const words = Joi.string().allow('');
const roles = Joi.array()
  .items(Joi.valid(...ROLES))
  .required();

const CONTACT = ['email', 'phone', 'address', 'website', 'dpo'] as const;
const each = (schema: Joi.Schema): Record<string, Joi.Schema> =>
  Object.fromEntries(CONTACT.map((name) => [name, schema]));

const organisationRoutes = [
  route({
    method: 'get',
    path: '/organisation',
    id: 'viewOrganisation',
    tag: 'organisation',
    summary: 'The organisation: its zone and language, the facts of its profile, and what letters say of it.',
    status: 200,
    shape: shape({
      id,
      name: text,
      zone: text,
      locale: text,
      profile: record(anyJson),
      contact: shape(each(text)),
    }),
    async run({ house, actor }) {
      const seen = await viewOrganisation(house, actor);
      if (!seen.ok) return seen;
      const { id: own, name, zone, locale, profile, contact } = seen.value;
      return ok({ id: own, name, zone, locale, profile, contact });
    },
  }),
  route<OrganisationForm>({
    method: 'put',
    path: '/organisation',
    id: 'changeOrganisation',
    tag: 'organisation',
    summary: 'Changes the organisation, whole: what is left out of the profile is unknown from here on.',
    body: Joi.object({
      name: Joi.string().required(),
      zone: Joi.string().required().description('IANA: Europe/Berlin.'),
      locale: Joi.valid(...LOCALES).required(),
      profile: Joi.object()
        .required()
        .description('Facts by name: role, establishments, mainEstablishment, sectors …'),
      contact: Joi.object(each(words.required())).required(),
    }),
    example: {
      name: 'Linden Shop',
      zone: 'Europe/Berlin',
      locale: 'en',
      profile: {
        role: 'controller',
        establishments: ['DE-BE'],
        mainEstablishment: 'DE-BE',
        sectors: ['ecommerce'],
      },
      contact: {
        email: 'privacy@linden.example',
        phone: '+49 30 23125100',
        address: 'Lindenweg 1, 10115 Berlin',
        website: 'https://linden.example',
        dpo: 'Lene Winter, privacy@linden.example',
      },
    },
    status: 204,
    fieldOf: (path) => path.replace(/^facts\./, 'profile.'),
    run: ({ house, actor, body }) => changeOrganisation(house, actor, body),
  }),
];

const staffRoutes = [
  route({
    method: 'get',
    path: '/me',
    id: 'viewMe',
    tag: 'staff',
    summary: 'Whose token this is, and the roles they have now.',
    status: 200,
    shape: shape({ id, name: text, email: text, organisation: id, roles: texts }),
    run: ({ actor, user }) =>
      Promise.resolve(
        ok({
          id: user.id,
          name: user.name,
          email: user.email,
          organisation: actor.organisation,
          roles: actor.roles,
        }),
      ),
  }),
  route<{ readonly old: string; readonly password: string }>({
    method: 'put',
    path: '/me/password',
    id: 'changePassword',
    tag: 'staff',
    summary: 'Changes the own password. Sessions at the pages that began before are over.',
    body: Joi.object({ old: Joi.string().required(), password: Joi.string().required() }),
    example: { old: 'three quiet words here', password: 'four other quiet words' },
    status: 204,
    run: (call) =>
      countingTries(call as Call<never>, () => changePassword(call.house, call.actor, call.body)),
  }),
  route<{ readonly email: string }>({
    method: 'post',
    path: '/staff/reset-links',
    id: 'resetLink',
    tag: 'staff',
    summary: 'A link by which a person chooses a new password, told once; it works once.',
    body: Joi.object({ email: Joi.string().required() }),
    example: { email: 'maria@linden.example' },
    status: 201,
    shape: shape({ link: text, expiresAt: moment }),
    async run({ house, actor, body }) {
      const made = await resetLink(house, actor, body.email);
      return made.ok ? ok({ link: made.value.link, expiresAt: iso(made.value.expiresAt) }) : made;
    },
  }),
  route({
    method: 'get',
    path: '/staff',
    id: 'listStaff',
    tag: 'staff',
    summary: 'The people who work with Tocsin.',
    status: 200,
    shape: shape({
      staff: list(
        shape({ id, name: text, email: text, roles: texts, active: bool, invited: bool, version: count }),
      ),
    }),
    async run({ house, actor }) {
      const staff = await viewStaff(house, actor);
      return staff.ok ? ok({ staff: staff.value }) : staff;
    },
  }),
  route<{ readonly email: string; readonly name?: string; readonly roles: readonly string[] }>({
    method: 'post',
    path: '/staff',
    id: 'invite',
    tag: 'staff',
    summary: 'Invites a person; the link, valid for a week, is told once and mailed.',
    body: Joi.object({ email: Joi.string().required(), name: words, roles }),
    example: { email: 'maria@linden.example', name: 'Maria', roles: ['legal'] },
    status: 201,
    shape: shape({ user: id, link: text }),
    run: ({ house, actor, body }) => invite(house, actor, body),
  }),
  route<{ readonly roles: readonly string[]; readonly active: boolean; readonly shown: number }>({
    method: 'put',
    path: '/staff/{user}',
    id: 'changeStaff',
    tag: 'staff',
    summary: "Changes a person's roles, or whether they may come in at all.",
    body: Joi.object({
      roles,
      active: Joi.boolean().required(),
      shown: Joi.number().integer().min(0).required().description('`version` of the person that you saw.'),
    }),
    example: { roles: ['legal', 'dpo'], active: true, shown: 2 },
    status: 204,
    run: ({ house, actor, at, body }) => changeStaff(house, actor, { user: at('user'), ...body }),
  }),
];

const tokenRoutes = [
  route({
    method: 'get',
    path: '/tokens',
    id: 'listTokens',
    tag: 'tokens',
    summary: 'The bearer tokens of the organisation; never the secrets.',
    status: 200,
    shape: shape({
      tokens: list(
        shape({ id, name: text, user: id, userName: text, createdAt: moment, lastUsedAt: maybe(moment) }),
      ),
    }),
    async run({ house, actor }) {
      const tokens = await viewTokens(house, actor);
      if (!tokens.ok) return tokens;
      return ok({
        tokens: tokens.value.map((token) => ({
          ...token,
          createdAt: iso(token.createdAt),
          lastUsedAt: iso(token.lastUsedAt),
        })),
      });
    },
  }),
  route<{ readonly email: string; readonly name: string }>({
    method: 'post',
    path: '/tokens',
    id: 'createToken',
    tag: 'tokens',
    summary: 'Makes a token for a person; it is told once.',
    body: Joi.object({ email: Joi.string().required(), name: Joi.string().required() }),
    example: { email: 'maria@linden.example', name: 'Ticket system' },
    status: 201,
    shape: shape({ id, token: text }),
    run: ({ house, actor, body }) => createToken(house, actor, body),
  }),
  route({
    method: 'delete',
    path: '/tokens/{token}',
    id: 'revokeToken',
    tag: 'tokens',
    summary: 'Takes a token back: it opens nothing from here on.',
    status: 204,
    run: ({ house, actor, at }) => revokeToken(house, actor, { token: at('token') }),
  }),
];

export const settingsRoutes = [...organisationRoutes, ...staffRoutes, ...tokenRoutes];
