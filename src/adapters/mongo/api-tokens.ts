import type { ApiToken, ApiTokens } from '../../application/ports/api.ts';
import type { Mongo } from './connection.ts';
import { dateOf, fromStored, toStored, without, type Stored } from './convert.ts';
import { moment, schemaOf, text } from './settings.ts';

/** `_id` is the SHA-256 of the secret: who reads the store cannot use it. */
export type ApiTokenDocument = Stored<ApiToken> & { _id: string };

export const apiTokenSchema = schemaOf<ApiTokenDocument>({
  id: text,
  organisation: text,
  user: text,
  name: text,
  createdAt: moment,
  createdBy: text,
  lastUsedAt: Date,
}).index({ organisation: 1, id: 1 }, { unique: true });

export function mongoApiTokens({ models: { apiTokens } }: Mongo): ApiTokens {
  return {
    async put(token, hash) {
      await apiTokens.create({ _id: hash, ...toStored(token) });
    },

    async byHash(hash) {
      return toToken(await apiTokens.findOne({ _id: hash }).lean<ApiTokenDocument>());
    },

    async of(organisation) {
      const found = await apiTokens.find({ organisation }).lean<ApiTokenDocument[]>();
      return found.flatMap((document) => toToken(document) ?? []);
    },

    async remove(organisation, id) {
      return toToken(await apiTokens.findOneAndDelete({ organisation, id }).lean<ApiTokenDocument>());
    },

    async used(organisation, id, at) {
      await apiTokens.updateOne({ organisation, id }, { $set: { lastUsedAt: dateOf(at) } });
    },
  };
}

function toToken(document: ApiTokenDocument | null): ApiToken | null {
  return document && fromStored<ApiToken>(without(document, ['_id']));
}
