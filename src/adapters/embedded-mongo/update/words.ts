import type { Doc } from '../values/decode.ts';
import { show } from '../values/show.ts';

/** How MongoDB names the document that an update failed on. */
export const showId = (doc: Doc): string => `{_id: ${show(doc['_id'])}}`;
