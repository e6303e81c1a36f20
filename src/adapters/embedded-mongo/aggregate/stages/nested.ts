import { setField } from '../../values/decode.ts';
import type { Doc } from '../../values/decode.ts';
import { isDocument } from '../../values/kind.ts';

/** A copy of a document with the value at a path replaced, or taken out where it is `undefined`. */
export function replaceAt(doc: Doc, path: readonly string[], value: unknown): Doc {
  const [name = '', ...rest] = path;
  const copy = { ...doc };
  if (rest.length === 0) {
    if (value === undefined) Reflect.deleteProperty(copy, name);
    else setField(copy, name, value);
    return copy;
  }
  const inner = Object.hasOwn(doc, name) ? doc[name] : undefined;
  setField(copy, name, replaceAt(isDocument(inner) ? inner : {}, rest, value));
  return copy;
}
