/** Playbooks: the steps of a response as data. Parsing, linting, assembling; tasks, due moments and gates. */
export * from './types.ts';
