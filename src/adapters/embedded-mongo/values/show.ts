import { EJSON } from 'bson';
import type { ObjectId } from 'bson';
import type { Doc } from './decode.ts';
import { isDocument, kindOf } from './kind.ts';

/** A value as MongoDB's error messages word it. Only for people: nothing parses it. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`;
  if (isDocument(value)) return showDocument(value);
  switch (kindOf(value)) {
    case 'objectId':
      return `ObjectId('${(value as ObjectId).toHexString()}')`;
    case 'string':
      return JSON.stringify(value);
    case 'missing':
      return 'missing';
    default:
      return showScalar(value);
  }
}

function showDocument(doc: Doc): string {
  const fields = Object.entries(doc).map(([name, value]) => `${name}: ${show(value)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function showScalar(value: unknown): string {
  const plain: unknown = JSON.parse(EJSON.stringify({ value }, { relaxed: true }));
  const shown = (plain as { value: unknown }).value;
  return typeof shown === 'object' ? JSON.stringify(shown) : String(shown);
}
