import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { EvidenceStore, FileLabel } from '../../application/ports/evidence.ts';
import { invalid, type InvalidInput } from '../../domain/errors.ts';
import { fileTooLarge } from '../../domain/incident/records.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Sealer } from '../crypto/sealing.ts';
import type { Vault } from '../crypto/vault.ts';
import { bytesOf } from './binary.ts';
import type { Mongo } from './connection.ts';
import { dateOf } from './convert.ts';
import { openPieces, SEALED_PIECE, sealPieces } from './sealed-stream.ts';
import { moment, mongoose, ours, schemaOf, text } from './settings.ts';

const MEGABYTE = 1024 * 1024;
const USUAL_LIMIT = 50 * MEGABYTE;

/** An upload that has begun and is not evidence yet; `_id` is the file's. */
export interface UploadDocument {
  _id: string;
  organisation: string;
  incident: string;
  at: Date;
}

export const uploadSchema = schemaOf<UploadDocument>({
  organisation: text,
  incident: text,
  at: moment,
}).index({ organisation: 1, at: 1 });

interface Metadata {
  readonly organisation: string;
  readonly incident: string;
  /** JSON of the label, sealed. */
  readonly label: Uint8Array;
  /** The file's own key, wrapped by the master key. */
  readonly key: Uint8Array;
}

interface FileDocument {
  readonly _id: string;
  readonly metadata: Metadata;
}

type Upload = ReturnType<InstanceType<typeof mongoose.mongo.GridFSBucket>['openUploadStreamWithId']>;

/**
 * Evidence in the driver's GridFS, in `evidence.files` and `evidence.chunks`. A file becomes one by its document in
 * `files`, written last, which alone holds its key: chunks that a dying process left behind cannot be read by anybody,
 * and are found by their document in `uploads`.
 */
export function mongoEvidence(
  { connection, models: { uploads } }: Mongo,
  vault: Vault,
  { limit = USUAL_LIMIT }: { readonly limit?: number } = {},
): EvidenceStore {
  const { db } = connection;
  if (!db) throw new Error('The store is not connected.');
  const bucket = new mongoose.mongo.GridFSBucket(db, {
    bucketName: 'evidence',
    chunkSizeBytes: SEALED_PIECE,
  });
  const files = db.collection<FileDocument>('evidence.files');
  const chunks = db.collection<{ files_id: string }>('evidence.chunks');

  async function find(organisation: string, id: string): Promise<FileDocument | null> {
    return files.findOne({ _id: id, 'metadata.organisation': organisation });
  }

  const read: EvidenceStore['read'] = async (organisation, id) => {
    const file = await find(organisation, id);
    if (!file) return null;
    const key = vault.fileKey(organisation, id, bytesOf(file.metadata.key));
    return openPieces(key, bucket.openDownloadStream(id as never) as AsyncIterable<Uint8Array>);
  };

  return {
    limit,

    async put({ id, organisation, incident, name, type, at }, content) {
      await uploads.create({ _id: id, organisation, incident, at: dateOf(at) });
      const { key, wrapped } = vault.newFileKey(organisation, id);
      const label: FileLabel = { name, type };
      const metadata: Metadata = {
        organisation,
        incident,
        label: key.seal('label', Buffer.from(JSON.stringify(label))),
        key: wrapped,
      };
      // The driver takes any kind of id; its type knows only its own.
      const upload = bucket.openUploadStreamWithId(id as never, id, { metadata });
      const written = await write(upload, key, content, limit);
      if (!written.ok) await uploads.deleteOne({ _id: id, organisation });
      return written;
    },

    async settle(organisation, id) {
      await uploads.deleteOne({ _id: id, organisation });
    },

    async unsettled(organisation, before) {
      const found = uploads.find({ organisation, at: ours({ $lt: dateOf(before) }) }).sort({ at: 1 });
      return (await found.lean()).map(({ _id, incident }) => ({ id: _id, incident }));
    },

    async labels(organisation, ids) {
      const found = files.find({ _id: { $in: [...ids] }, 'metadata.organisation': organisation });
      const labels = new Map<string, FileLabel>();
      for await (const { _id, metadata } of found) {
        const key = vault.fileKey(organisation, _id, bytesOf(metadata.key));
        const label = key.open('label', bytesOf(metadata.label)).toString('utf8');
        labels.set(_id, JSON.parse(label) as FileLabel);
      }
      return labels;
    },

    read,

    async hashOf(organisation, id) {
      try {
        const hash = createHash('sha256');
        const content = await read(organisation, id);
        if (!content) return '';
        for await (const bytes of content) hash.update(bytes);
        return hash.digest('hex');
      } catch {
        // Bytes that were altered open with no key.
        return '';
      }
    },

    async remove(organisation, id) {
      if (await find(organisation, id)) await bucket.delete(id as never);
      else if (await uploads.exists({ _id: id, organisation })) await chunks.deleteMany({ files_id: id });
      await uploads.deleteOne({ _id: id, organisation });
    },
  };
}

/** Writes piece by piece, each acknowledged before the next is read: a fast sender fills no memory. */
async function write(
  upload: Upload,
  key: Sealer,
  content: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Result<{ readonly size: number; readonly sha256: string }, InvalidInput>> {
  const counted = new Counted(content, limit);
  try {
    for await (const piece of sealPieces(key, counted)) await written(upload, piece);
    if (counted.size === 0) {
      await upload.abort();
      return fail(invalid('file', 'file.empty'));
    }
    upload.end();
    await once(upload, 'finish');
    return ok({ size: counted.size, sha256: counted.sha256() });
  } catch (error) {
    await upload.abort().catch(() => undefined);
    if (error instanceof OverLimit) return fail(fileTooLarge(limit));
    throw error;
  }
}

async function written(upload: Upload, piece: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    upload.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}

class OverLimit extends Error {}

/** Counts and hashes the plain bytes as they pass, and stops at the limit. */
class Counted implements AsyncIterable<Uint8Array> {
  size = 0;
  private readonly hash = createHash('sha256');
  private readonly content: AsyncIterable<Uint8Array>;
  private readonly limit: number;

  constructor(content: AsyncIterable<Uint8Array>, limit: number) {
    this.content = content;
    this.limit = limit;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const bytes of this.content) {
      this.size += bytes.length;
      if (this.size > this.limit) throw new OverLimit();
      this.hash.update(bytes);
      yield bytes;
    }
  }

  /** Of everything that passed; asked once. */
  sha256(): string {
    return this.hash.digest('hex');
  }
}
