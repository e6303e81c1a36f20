import type { Organisation, Token, User } from '../../application/ports/staff.ts';
import type { Json } from '../../domain/register/entry.ts';
import { fromStored, toStored, type Stored } from './convert.ts';
import { entrySchema, headFields } from './register-document.ts';
import { Mixed, count, moment, schemaOf, text, words, yesNo } from './settings.ts';

type Own<T extends { readonly id: string }> = Stored<Omit<T, 'id'>> & { _id: string };

/** Facts have dots in their names, so the profile lies as a list. */
export interface OrganisationDocument extends Omit<Own<Organisation>, 'profile'> {
  profile: { readonly name: string; readonly value: Json }[];
}

export const organisationSchema = schemaOf<OrganisationDocument>({
  name: words,
  zone: text,
  locale: text,
  profile: [Mixed],
  contact: { type: Mixed, required: true },
  version: count,
  register: headFields,
  outbox: [entrySchema],
  seen: [String],
});

export function toOrganisationDocument({ id, profile, ...rest }: Organisation): OrganisationDocument {
  const facts = Object.entries(profile).map(([name, value]) => ({ name, value: toStored(value) }));
  return { _id: id, ...toStored(rest), profile: facts };
}

export function toOrganisation({ _id, profile, ...rest }: OrganisationDocument): Organisation {
  const facts = profile.map(({ name, value }) => [name, fromStored<Json>(value)] as const);
  return {
    ...fromStored<Omit<Organisation, 'id' | 'profile'>>(rest),
    id: _id,
    profile: Object.fromEntries(facts),
  };
}

export type UserDocument = Own<User>;

export const userSchema = schemaOf<UserDocument>({
  email: text,
  name: words,
  password: words,
  active: yesNo,
  locale: text,
  memberships: [Mixed],
  sessionsFrom: { type: Date },
  createdAt: moment,
  version: count,
})
  .index({ email: 1 }, { unique: true })
  .index({ 'memberships.organisation': 1 });

export function toUserDocument({ id, ...rest }: User): UserDocument {
  return { _id: id, ...toStored(rest), email: addressOf(rest.email) };
}

export function toUser({ _id, ...rest }: UserDocument): User {
  return { ...fromStored<Omit<User, 'id'>>(rest), id: _id };
}

/** As addresses of staff are kept and looked for. */
export function addressOf(email: string): string {
  return email.trim().toLowerCase();
}

export type TokenDocument = Stored<Omit<Token, 'hash'>> & { _id: string };

export const tokenSchema = schemaOf<TokenDocument>({
  purpose: text,
  user: words,
  organisation: words,
  expiresAt: moment,
}).index({ purpose: 1, user: 1 });

export function toTokenDocument({ hash, ...rest }: Token): TokenDocument {
  return { _id: hash, ...toStored(rest) };
}

export function toToken({ _id, ...rest }: TokenDocument): Token {
  return { ...fromStored<Omit<Token, 'hash'>>(rest), hash: _id };
}
