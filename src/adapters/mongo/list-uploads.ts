import type { ListUpload, ListUploads } from '../../application/ports/list-uploads.ts';
import { invalid } from '../../domain/errors.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Sealer } from '../crypto/sealing.ts';
import type { Vault } from '../crypto/vault.ts';
import { bytesOf } from './binary.ts';
import type { Mongo } from './connection.ts';
import { dateOf, fromStored } from './convert.ts';
import { openPieces, sealPieces } from './sealed-stream.ts';
import { bytes, count, maybeBytes, moment, ours, schemaOf, text } from './settings.ts';

const MEGABYTE = 1024 * 1024;
/** Some five million people. */
const LIMIT = 500 * MEGABYTE;

export interface ListUploadDocument {
  _id: string;
  organisation: string;
  incident: string;
  notice: string;
  by: string;
  at: Date;
  until: Date;
  size: number;
  /** The upload's own key, wrapped by the master key; gone when it was refused, accepted or too old. */
  key?: Buffer;
  /** JSON of what was found in it, sealed under that key. */
  findings?: Buffer;
  /** Lists that it was, or is being, taken over into. */
  lists: string[];
}

export const listUploadSchema = schemaOf<ListUploadDocument>({
  organisation: text,
  incident: text,
  notice: text,
  by: text,
  at: moment,
  until: moment,
  size: count,
  key: maybeBytes,
  findings: maybeBytes,
  lists: [String],
}).index({ organisation: 1, until: 1 });

export interface ListPieceDocument {
  /** `upload/place` */
  _id: string;
  organisation: string;
  upload: string;
  place: number;
  sealed: Buffer;
}

export const listPieceSchema = schemaOf<ListPieceDocument>({
  organisation: text,
  upload: text,
  place: count,
  sealed: bytes,
}).index({ organisation: 1, upload: 1, place: 1 }, { unique: true });

/** The upload was destroyed, or too old, while it was being read. */
class UploadMissing extends Error {
  override readonly name = 'UploadMissing';

  constructor(id: string) {
    super(`The upload ${id} is not in the store, or its key was destroyed.`);
  }
}

const FINDINGS = 'findings';

export function mongoListUploads(
  { models: { listUploads, listPieces } }: Mongo,
  vault: Vault,
  { limit = LIMIT }: { readonly limit?: number } = {},
): ListUploads {
  async function opened(
    organisation: string,
    id: string,
  ): Promise<{ readonly key: Sealer; readonly size: number }> {
    const stored = await listUploads
      .findOne({ _id: id, organisation }, { key: 1, size: 1 })
      .lean<Pick<ListUploadDocument, 'key' | 'size'>>();
    if (!stored?.key) throw new UploadMissing(id);
    return { key: vault.fileKey(organisation, id, bytesOf(stored.key)), size: stored.size };
  }

  async function destroy(organisation: string, id: string): Promise<void> {
    await listUploads.updateOne({ _id: id, organisation }, { $unset: { key: 1, findings: 1 } });
    await listPieces.deleteMany({ organisation, upload: id });
  }

  return {
    limit,

    async put({ id, organisation, incident, notice, by, at, until }, content) {
      const { key, wrapped } = vault.newFileKey(organisation, id);
      const document = { _id: id, organisation, incident, notice, by, size: 0, lists: [], key: wrapped };
      await listUploads.create({ ...document, at: dateOf(at), until: dateOf(until) });
      let size = 0;
      let place = 0;
      for await (const sealed of sealPieces(key, content)) {
        size += sealed.length;
        if (size > limit) {
          await destroy(organisation, id);
          return fail(invalid('file', 'list.too-large', { megabytes: Math.round(limit / MEGABYTE) }));
        }
        await listPieces.create({
          _id: `${id}/${place}`,
          organisation,
          upload: id,
          place,
          sealed: Buffer.from(sealed),
        });
        place += 1;
      }
      await listUploads.updateOne({ _id: id, organisation }, { $set: { size } });
      return ok({ size });
    },

    async find(organisation, id) {
      const stored = await listUploads
        .findOne({ _id: id, organisation }, { findings: 0 })
        .lean<ListUploadDocument>();
      return stored?.key ? uploadOf(stored) : null;
    },

    async *bytes(organisation, id) {
      const { key, size } = await opened(organisation, id);
      const stored = listPieces.find({ organisation, upload: id }, { sealed: 1 }).sort({ place: 1 }).lean();
      let read = 0;
      async function* sealedPieces(): AsyncGenerator<Uint8Array> {
        for await (const { sealed } of stored) {
          const piece = bytesOf(sealed);
          read += piece.length;
          yield piece;
        }
      }
      yield* openPieces(key, sealedPieces());
      // Pieces that were destroyed meanwhile must not end in a shorter list.
      if (read !== size) throw new UploadMissing(id);
    },

    async keepFindings(organisation, id, findings) {
      const { key } = await opened(organisation, id);
      const sealed = key.seal(FINDINGS, Buffer.from(findings));
      // Only where the key is there still: what was destroyed meanwhile stays so.
      await listUploads.updateOne(
        { _id: id, organisation, key: ours({ $exists: true }) },
        { $set: { findings: sealed } },
      );
    },

    async findings(organisation, id) {
      const stored = await listUploads
        .findOne({ _id: id, organisation }, { findings: 1, key: 1 })
        .lean<Pick<ListUploadDocument, 'findings' | 'key'>>();
      if (!stored?.key || !stored.findings) return null;
      const key = vault.fileKey(organisation, id, bytesOf(stored.key));
      return key.open(FINDINGS, bytesOf(stored.findings)).toString('utf8');
    },

    async takingOver(organisation, id, list) {
      await listUploads.updateOne({ _id: id, organisation }, { $push: { lists: list } });
    },

    destroy,

    async ended(organisation, before) {
      const found = await listUploads
        .find({ organisation, until: ours({ $lte: dateOf(before) }) }, { incident: 1, lists: 1 })
        .lean<Pick<ListUploadDocument, '_id' | 'incident' | 'lists'>[]>();
      return found.map(({ _id, incident, lists }) => ({ id: _id, incident, lists }));
    },

    async settle(organisation, id) {
      await listUploads.deleteOne({ _id: id, organisation });
    },
  };
}

function uploadOf({ _id, incident, notice, by, at, until, size }: ListUploadDocument): ListUpload {
  return { id: _id, incident, notice, by, at: fromStored(at), until: fromStored(until), size };
}
