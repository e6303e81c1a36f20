import type { ListHead } from '../../application/ports/people.ts';
import { fromStored } from './convert.ts';
import type { ListDocument } from './list-document.ts';

/** A list as others see it: without its key. */
export function toHead(document: ListDocument): ListHead {
  const { _id, organisation, incident, notice, createdAt, count, batches, languages, countries } = document;
  const byName = (rows: ListDocument['languages']): Readonly<Record<string, number>> =>
    Object.fromEntries(rows.map((row) => [row.name, row.count]));
  return {
    id: _id,
    organisation,
    incident,
    notice,
    createdAt: fromStored(createdAt),
    count,
    batches,
    languages: byName(languages),
    countries: byName(countries),
  };
}
