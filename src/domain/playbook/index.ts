/**
 * Playbooks: the steps of a response as data.
 *
 * A file is read by `parsePlaybook`, joined with its trunk by `assemble`, and then asked: which tasks show (`tasksFor`),
 * when they are due (`dueOf`), what a stage still waits for (`gateOf`), what is suggested (`suggests`).
 */
export * from './types.ts';
export { assemble } from './assemble.ts';
export type { Assembled } from './assemble.ts';
export { sayingOf } from './condition-saying.ts';
export type { Saying } from './condition-saying.ts';
export { dueOf } from './due.ts';
export { gateOf } from './gate.ts';
export type { GateInput } from './gate.ts';
export { hintsOf } from './hints.ts';
export { readKept } from './kept.ts';
export { hashOf, parsePlaybook } from './parse.ts';
export type { Parsed, PlaybookFile } from './parse.ts';
export { parsePlaces, placesFor } from './places.ts';
export type { Place, Places } from './places.ts';
export { placesJsonSchema, playbookJsonSchema } from './json-schema.ts';
export { TRUNK } from './schema.ts';
export { suggests, tasksFor } from './tasks.ts';
export type { ConditionInput } from './tasks.ts';
export { translate } from './translate.ts';
export type { Dictionary } from './translate.ts';
export { pairsOf, parseTranslation, strayWords } from './translation.ts';
export type { Translation } from './translation.ts';
