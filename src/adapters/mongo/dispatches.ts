import type { Dispatches, Due } from '../../application/ports/dispatches.ts';
import type { Mongo } from './connection.ts';
import { isDuplicate } from './duplicates.ts';
import { count, schemaOf, text, yesNo } from './settings.ts';

export interface DispatchDocument {
  /** The notice. */
  _id: string;
  organisation: string;
  incident: string;
  due: boolean;
  rung: number;
  /** The window of time in which something left last, and how much. */
  window: number;
  taken: number;
}

export const dispatchSchema = schemaOf<DispatchDocument>({
  organisation: text,
  incident: text,
  due: yesNo,
  rung: count,
  window: count,
  taken: count,
}).index({ organisation: 1, due: 1 });

export function mongoDispatches({ models: { dispatches } }: Mongo): Dispatches {
  async function ring({ organisation, incident, notice }: Omit<Due, 'rung'>): Promise<void> {
    const rung = { $set: { due: true }, $inc: { rung: 1 } };
    const { matchedCount } = await dispatches.updateOne({ _id: notice, organisation }, rung);
    if (matchedCount === 1) return;
    try {
      await dispatches.create({
        _id: notice,
        organisation,
        incident,
        due: true,
        rung: 1,
        window: 0,
        taken: 0,
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await dispatches.updateOne({ _id: notice, organisation }, rung);
    }
  }

  return {
    ring,

    async due(organisation) {
      const found = await dispatches.find({ organisation, due: true }, { window: 0, taken: 0 }).lean();
      return found.map(({ _id, incident, rung }) => ({ organisation, incident, notice: _id, rung }));
    },

    async answered({ organisation, notice, rung }) {
      await dispatches.updateOne({ _id: notice, organisation, rung }, { $set: { due: false } });
    },

    async take(of, window, { wanted, limit }) {
      const where = { _id: of.notice, organisation: of.organisation };
      for (;;) {
        const found = await dispatches.findOne(where, { window: 1, taken: 1 }).lean();
        if (!found) {
          await ring(of);
          continue;
        }
        const taken = found.window === window ? found.taken : 0;
        const share = Math.max(0, Math.min(wanted, limit - taken));
        // A window behind that of another worker, whose clock is ahead: nothing more leaves in it.
        if (share === 0 || found.window > window) return 0;
        const { modifiedCount } = await dispatches.updateOne(
          { ...where, window: found.window, taken: found.taken },
          { $set: { window, taken: taken + share } },
        );
        if (modifiedCount === 1) return share;
      }
    },
  };
}
