import type { Model } from 'mongoose';
import type { LooseEnds } from '../../application/ports/stores.ts';
import { fromStored, toStored } from './convert.ts';
import { ours, Mixed } from './settings.ts';

/** What is remembered of a document that its incident may not name: see `LooseEnds`. */
export interface LooseFields {
  tied?: boolean;
  looseSince?: Date;
}

export const looseFields = { tied: Mixed, looseSince: Date } as const;

interface LooseDocument extends LooseFields {
  _id: string;
  organisation: string;
  incident: string;
}

/**
 * Loose ends of a collection whose documents lie beside an incident.
 * @param model of documents with the fields above: Mongoose's types know no model of a part of a document
 */
export function looseEndsOf(model: Pick<Model<LooseDocument>, 'modelName'>): LooseEnds {
  const documents = model as unknown as Model<LooseDocument>;
  return {
    async loose(organisation) {
      const found = await documents
        .find({ organisation, tied: ours({ $ne: true }) }, { incident: 1, looseSince: 1 })
        .lean<Pick<LooseDocument, '_id' | 'incident' | 'looseSince'>[]>();
      return found.map(({ _id, incident, looseSince }) => ({
        id: _id,
        incident,
        since: looseSince ? fromStored(looseSince) : null,
      }));
    },

    async stillLoose(organisation, id, at) {
      await documents.updateOne({ _id: id, organisation }, { $set: { looseSince: toStored(at) } });
    },

    async tied(organisation, ids) {
      if (ids.length === 0) return;
      await documents.updateMany(
        { _id: ours({ $in: [...ids] }), organisation },
        { $set: { tied: true }, $unset: { looseSince: 1 } },
      );
    },
  };
}
