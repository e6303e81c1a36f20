import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryFilter } from 'mongoose';
import type { Incidents, Series } from '../../application/ports/stores.ts';
import type { ChainHead } from '../../domain/register/chain.ts';
import type { Entry } from '../../domain/register/entry.ts';
import type { Mongo } from './connection.ts';
import { fromStored } from './convert.ts';
import { isDuplicate } from './duplicates.ts';
import { mongoGlances } from './glances.ts';
import { absentIn, toDocument, toIncident, type IncidentDocument } from './incident-document.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { formatReference, readReference } from './reference.ts';
import { ours, PULLING } from './settings.ts';

type Insert = Incidents['insert'];

/** Other processes insert too: with jitter, so many losses in a row do not happen by chance. */
const TRIES = 100;

export function mongoIncidents(mongo: Mongo): Incidents {
  const { incidents } = mongo.models;
  const inTurn = oneAtATime();
  const glances = mongoGlances(mongo);

  async function madeBy(organisation: string, key: string | undefined) {
    if (key === undefined) return null;
    const document = await incidents.findOne({ organisation, createKey: key }).lean<IncidentDocument>();
    return document && { incident: toIncident(document), repeated: true };
  }

  async function nextNumber(organisation: string, series: string, year: number): Promise<number> {
    const highest = await incidents
      .findOne({ organisation, series, year }, { number: 1 })
      .sort({ number: -1 })
      .lean<Pick<IncidentDocument, 'number'>>();
    return (highest?.number ?? 0) + 1;
  }

  /** The insert itself allocates the reference, so that no number is lost when it fails: gapless without a counter. */
  const insert = async (
    series: Series,
    organisation: string,
    year: number,
    key: string | undefined,
    make: Parameters<Insert>[3],
  ): ReturnType<Insert> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const repeated = await madeBy(organisation, key);
      if (repeated) return repeated;
      const number = await nextNumber(organisation, series, year);
      const incident = make(formatReference({ series, year, number }));
      try {
        await incidents.create({
          ...toDocument(incident),
          ...(key === undefined ? {} : { createKey: key }),
        });
        return { incident, repeated: false };
      } catch (error) {
        if (!isDuplicate(error, 'number') && !isDuplicate(error, 'createKey')) throw error;
        await sleep(Math.random() * 10 * Math.min(tries + 1, 10));
      }
    }
    throw new Error(`No reference ${series}-${year} could be had in ${TRIES} tries.`);
  };

  const idsWhere = async (filter: QueryFilter<IncidentDocument>): Promise<readonly string[]> => {
    const found = await incidents.find(filter, { _id: 1 }).lean<{ _id: string }[]>();
    return found.map(({ _id }) => _id);
  };

  return {
    insert: (organisation, year, key, make, series = 'INC') =>
      inTurn(`${organisation}/${series}/${year}`, () => insert(series, organisation, year, key, make)),

    async byId(organisation, id) {
      const document = await incidents.findOne({ _id: id, organisation }).lean<IncidentDocument>();
      return document && toIncident(document);
    },

    async byReference(organisation, reference) {
      const parts = readReference(reference);
      if (!parts) return null;
      const document = await incidents.findOne({ organisation, ...parts }).lean<IncidentDocument>();
      return document && toIncident(document);
    },

    async replace(incident, expected) {
      const { _id, organisation, ...fields } = toDocument(incident);
      const absent = absentIn(incident);
      const { matchedCount } = await incidents.updateOne(
        { _id, organisation, version: expected },
        // Field by field, so that the key that made it stays.
        { $set: fields, ...(absent ? { $unset: absent } : {}) },
      );
      return matchedCount === 1;
    },

    cards: (organisation, { open, limit }) =>
      open
        ? glances({ organisation, open: true }, { sortDue: 1 }, limit ?? 0)
        : glances({ organisation }, { year: -1, number: -1 }, limit ?? 0),

    async *all(organisation, series) {
      const found = incidents.find({ organisation, series }).sort({ year: -1, number: -1 });
      for await (const document of found.lean<IncidentDocument[]>().cursor()) yield toIncident(document);
    },

    // Only an entry in the outbox has a sequence, so the index leads straight to what waits.
    withOutbox: (organisation) => idsWhere({ organisation, 'outbox.sequence': ours({ $gt: 0 }) }),
    open: (organisation) => idsWhere({ organisation, open: true }),
    sending: (organisation) => idsWhere({ organisation, sending: true }),
    forgetting: (organisation) => idsWhere({ organisation, forgetting: true }),

    /**
     * A command that read the entries before they were trimmed puts them back; they are copied again, which changes
     * nothing, and trimmed again.
     */
    async trimOutbox(organisation, id, upTo) {
      await incidents.updateOne(
        { _id: id, organisation },
        { $pull: { outbox: { sequence: { $lte: upTo } } } },
        PULLING,
      );
    },

    async *heads(organisation) {
      const found = incidents.find({ organisation }, { register: 1, outbox: 1 }).sort({ _id: 1 }).lean();
      for await (const { _id, register, outbox } of found) {
        yield {
          id: _id,
          register: fromStored<ChainHead>(register),
          outbox: fromStored<readonly Entry[]>(outbox),
        };
      }
    },
  };
}
