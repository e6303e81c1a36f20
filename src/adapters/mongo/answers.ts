import type { Answers } from '../../application/ports/api.ts';
import type { Vault } from '../crypto/vault.ts';
import { bytesOf } from './binary.ts';
import type { Mongo } from './connection.ts';
import { dateOf } from './convert.ts';
import { isDuplicate } from './duplicates.ts';
import { moment, ours, schemaOf, text } from './settings.ts';

export interface AnswerDocument {
  _id: string;
  organisation: string;
  fingerprint: string;
  at: Date;
  /** The answer, which may hold a link or a token: sealed. Missing while the request is worked on. */
  sealed?: Buffer;
}

const A_DAY = 24 * 3600;

export const answerSchema = schemaOf<AnswerDocument>({
  organisation: text,
  fingerprint: text,
  at: moment,
  sealed: Buffer,
}).index({ at: 1 }, { expireAfterSeconds: A_DAY });

export function mongoAnswers({ models: { answers } }: Mongo, vault: Vault): Answers {
  return {
    async claim({ organisation, id, fingerprint }, at, staleBefore) {
      try {
        await answers.create({ _id: id, organisation, fingerprint, at: dateOf(at) });
        return null;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      const found = await answers.findOne({ _id: id, organisation }).lean();
      if (!found) return { fingerprint, answer: null };
      if (found.sealed) {
        const words = vault.sealer(organisation, 'answers').open(id, bytesOf(found.sealed));
        return { fingerprint: found.fingerprint, answer: words.toString('utf8') };
      }
      const { modifiedCount } = await answers.updateOne(
        {
          _id: id,
          organisation,
          fingerprint,
          at: ours({ $lt: dateOf(staleBefore) }),
          sealed: ours({ $exists: false }),
        },
        { $set: { at: dateOf(at) } },
      );
      return modifiedCount === 1 ? null : { fingerprint: found.fingerprint, answer: null };
    },

    async keep(organisation, id, answer) {
      const sealed = vault.sealer(organisation, 'answers').seal(id, Buffer.from(answer));
      await answers.updateOne({ _id: id, organisation }, { $set: { sealed } });
    },

    async release(organisation, id) {
      await answers.deleteOne({ _id: id, organisation });
    },
  };
}
