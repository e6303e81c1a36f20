import type { Lists } from '../../application/ports/people.ts';
import type { Mongo } from './connection.ts';
import { toHead } from './list-head.ts';
import type { ListDocument } from './list-document.ts';

/** What forgetting does to lists: the key first, then what it sealed. */
export function mongoListKeys({
  models: { lists, batches, deliveries },
}: Mongo): Pick<Lists, 'ofIncident' | 'destroyKey' | 'clear'> {
  return {
    async ofIncident(organisation, incident) {
      const stored = await lists.find({ organisation, incident }).lean<ListDocument[]>();
      return stored.map((document) => ({ ...toHead(document), kept: document.key !== undefined }));
    },

    async destroyKey(organisation, id) {
      await lists.updateOne({ _id: id, organisation }, { $unset: { key: 1 } });
    },

    async clear(organisation, id) {
      await deliveries.updateMany(
        { organisation, list: id },
        // Nobody takes hold of its batches any more.
        { $set: { open: false }, $inc: { version: 1 }, $unset: { amendments: 1, tags: 1 } },
      );
      await batches.deleteMany({ organisation, list: id });
    },
  };
}
