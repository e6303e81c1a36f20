import type { Answers } from '../../application/ports/api.ts';
import type { Vault } from '../crypto/vault.ts';
import { bytesOf } from './binary.ts';
import type { Mongo } from './connection.ts';
import { dateOf } from './convert.ts';
import { isDuplicate } from './duplicates.ts';
import { bytes, moment, ours, schemaOf, text } from './settings.ts';

export interface AnswerDocument {
  _id: string;
  organisation: string;
  /** The fingerprint of the request, sealed: it is a plain hash, and the request may hold a password. */
  asked: Buffer;
  at: Date;
  /** The answer, which may hold a link or a token: sealed. Missing while the request is worked on. */
  answered?: Buffer;
}

const A_DAY = 24 * 3600;

export const answerSchema = schemaOf<AnswerDocument>({
  organisation: text,
  asked: bytes,
  at: moment,
  answered: Buffer,
}).index({ at: 1 }, { expireAfterSeconds: A_DAY });

export function mongoAnswers({ models: { answers } }: Mongo, vault: Vault): Answers {
  const seal = (organisation: string, id: string, part: string, words: string): Buffer =>
    vault.sealer(organisation, 'answers').seal(`${id} ${part}`, Buffer.from(words));
  const open = (organisation: string, id: string, part: string, sealed: unknown): string =>
    vault.sealer(organisation, 'answers').open(`${id} ${part}`, bytesOf(sealed)).toString('utf8');

  return {
    async claim({ organisation, id, fingerprint }, at, staleBefore) {
      const asked = seal(organisation, id, 'asked', fingerprint);
      try {
        await answers.create({ _id: id, organisation, asked, at: dateOf(at) });
        return null;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      const found = await answers.findOne({ _id: id, organisation }).lean();
      // Given back in between: the caller asks again.
      if (!found) return { fingerprint, answer: null };
      const first = open(organisation, id, 'asked', found.asked);
      if (found.answered)
        return { fingerprint: first, answer: open(organisation, id, 'answered', found.answered) };
      if (first !== fingerprint) return { fingerprint: first, answer: null };
      const dead = { at: ours({ $lt: dateOf(staleBefore) }), answered: ours({ $exists: false }) };
      const { modifiedCount } = await answers.updateOne(
        { _id: id, organisation, ...dead },
        { $set: { at: dateOf(at) } },
      );
      return modifiedCount === 1 ? null : { fingerprint, answer: null };
    },

    async keep(organisation, id, answer) {
      const answered = seal(organisation, id, 'answered', answer);
      await answers.updateOne({ _id: id, organisation }, { $set: { answered } });
    },

    async release(organisation, id) {
      await answers.deleteOne({ _id: id, organisation });
    },
  };
}
