import { CODE, MongoFault } from '../errors.ts';

/** Characters that MongoDB forbids in a database's name on any system (manual, "Naming Restrictions"). */
const FORBIDDEN_IN_DATABASE = /[/\\. "$*<>:|?\0]/;

/** Checks a database's name. Throws 73 InvalidNamespace. */
export function checkDatabase(name: string): string {
  if (name === '' || Buffer.byteLength(name) > 63 || FORBIDDEN_IN_DATABASE.test(name)) {
    throw new MongoFault(CODE.InvalidNamespace, `Invalid database name: '${name}'`);
  }
  return name;
}

/** `database.collection`, checked. Throws 73 InvalidNamespace. */
export function namespace(database: string, collection: string): string {
  checkDatabase(database);
  const ns = `${database}.${collection}`;
  const wrong =
    collection === '' ||
    collection.startsWith('.') ||
    collection.endsWith('.') ||
    collection.includes('..') ||
    /[$\0]/.test(collection) ||
    Buffer.byteLength(ns) > 255;
  if (wrong) throw new MongoFault(CODE.InvalidNamespace, `Invalid namespace specified '${ns}'`);
  return ns;
}

/** Splits at the first point: a database's name holds none. */
export function splitNamespace(ns: string): [database: string, collection: string] {
  const at = ns.indexOf('.');
  return at < 0 ? [ns, ''] : [ns.slice(0, at), ns.slice(at + 1)];
}
