import type { Draft, Drafts } from '../../application/ports/stores.ts';
import type { Vault } from '../crypto/vault.ts';
import { bytesOf } from './binary.ts';
import type { Mongo } from './connection.ts';
import { fromStored, toStored } from './convert.ts';
import { isDuplicate } from './duplicates.ts';
import { ours } from './settings.ts';
import type { DraftDocument } from './words-document.ts';

type Words = Pick<Draft, 'content' | 'follows' | 'answers'>;

export function mongoDrafts({ models: { drafts } }: Mongo, vault: Vault): Drafts {
  /** Sealed for one revision, so that older words cannot be put under a newer one. */
  const placeOf = (id: string, revision: number): string => `${id}/${revision}`;

  function toDocument({ content, follows, answers, at, ...rest }: Draft): DraftDocument {
    const _id = idOf(rest.incident, rest.notice);
    const words: Words = { content, follows, ...(answers ? { answers } : {}) };
    const sealed = vault
      .sealer(rest.organisation, 'drafts')
      .seal(placeOf(_id, rest.revision), Buffer.from(JSON.stringify(words)));
    return { _id, ...rest, at: toStored(at), sealed };
  }

  function toDraft({ _id, sealed, at, ...rest }: DraftDocument): Draft {
    const opened = vault
      .sealer(rest.organisation, 'drafts')
      .open(placeOf(_id, rest.revision), bytesOf(sealed));
    return { ...rest, ...(JSON.parse(opened.toString('utf8')) as Words), at: fromStored(at) };
  }

  return {
    async get(organisation, incident, notice) {
      const document = await drafts
        .findOne({ _id: idOf(incident, notice), organisation })
        .lean<DraftDocument>();
      return document && toDraft(document);
    },

    async save(draft) {
      const document = toDocument(draft);
      if (draft.revision === 1) return insert(document);
      const { _id, organisation, ...fields } = document;
      const { matchedCount } = await drafts.updateOne(
        { _id, organisation, revision: draft.revision - 1 },
        { $set: fields },
      );
      return matchedCount === 1;
    },

    async remove(organisation, incident, notices) {
      const ids = notices.map((notice) => idOf(incident, notice));
      await drafts.deleteMany({ _id: ours({ $in: ids }), organisation });
    },
  };

  async function insert(document: DraftDocument): Promise<boolean> {
    try {
      await drafts.create(document);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }
}

function idOf(incident: string, notice: string): string {
  return `${incident}/${notice}`;
}
