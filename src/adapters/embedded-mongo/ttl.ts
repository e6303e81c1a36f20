import { Search } from './commands/search.ts';
import { gather } from './commands/statement.ts';
import type { Server } from './server.ts';
import type { Doc } from './values/decode.ts';

/** Documents deleted in one command: a long backlog must not hold up everybody else's writes. */
const AT_ONCE = 1000;

interface Expiry {
  readonly ns: string;
  readonly filter: Doc;
}

/** What each TTL index says is too old. Only dates expire: `$lt` of a date matches nothing else. */
function expiries(server: Server, now: Date): Expiry[] {
  return server.engine.store.collections().flatMap(({ ns, record }) =>
    record.indexes.flatMap(({ ttlSeconds, key, partial }) => {
      const path = key[0]?.[0];
      if (ttlSeconds === undefined || path === undefined) return [];
      const old = { [path]: { $lt: new Date(now.getTime() - ttlSeconds * 1000) } };
      return [{ ns, filter: partial ? { $and: [partial, old] } : old }];
    }),
  );
}

/** Deletes up to AT_ONCE documents of `expiry`; answers how many. */
async function deleteSome(server: Server, { ns, filter }: Expiry): Promise<number> {
  const reply = await server.submit(({ store }) => {
    const collection = store.collection(ns);
    const hits = collection ? gather(new Search(collection, { filter }), AT_ONCE) : [];
    for (const { record, bytes } of hits) collection?.remove(record, bytes);
    return { doc: { n: hits.length, ok: 1 } };
  });
  return 'doc' in reply && typeof reply.doc.n === 'number' ? reply.doc.n : 0;
}

/** Deletes what has outlived its TTL index, and forgets cursors that nobody uses. */
export async function sweepExpired(server: Server, now: Date): Promise<void> {
  server.engine.cursors.sweep();
  for (const expiry of expiries(server, now)) {
    let deleted = AT_ONCE;
    while (deleted === AT_ONCE) deleted = await deleteSome(server, expiry);
  }
}
