import type { Tokens } from '../../application/ports/staff.ts';
import type { Mongo } from './connection.ts';
import { toToken, toTokenDocument, type TokenDocument } from './staff-document.ts';

export function mongoTokens({ models: { tokens } }: Mongo): Tokens {
  return {
    async put(token) {
      await tokens.create(toTokenDocument(token));
    },

    async byHash(hash) {
      const document = await tokens.findOne({ _id: hash }).lean<TokenDocument>();
      return document && toToken(document);
    },

    async spend(hash) {
      const { deletedCount } = await tokens.deleteOne({ _id: hash });
      return deletedCount === 1;
    },

    async clear(purpose, user) {
      await tokens.deleteMany({ purpose, ...(user === undefined ? {} : { user }) });
    },
  };
}
