import type { DomainError, Problem } from '../../domain/errors.ts';

const PROBLEMS: Readonly<Record<string, (values: Readonly<Record<string, unknown>>) => string>> = {
  'email.invalid': () => 'this is not an e-mail address',
  'email.taken': () => 'somebody has this address already',
  'role.none': () => 'at least one role is needed',
  'role.unknown': ({ value }) =>
    `"${String(value)}" is not a role; the roles are administrator, dpo, legal, responder, staff, reader`,
  'user.unknown': () => 'nobody who may come in has this address',
  'user.not-joined': () => 'this person has not accepted their invitation yet; invite them again',
  'veris.not-a-record': () => 'this is not a VERIS record',
  'veris.false-positive': () => 'the record itself says that this was no incident (False positive)',
  'moment.in-future': () => 'this lies in the future',
  'text.missing': () => 'this may not be empty',
  'text.too-long': ({ limit }) => `this is longer than ${String(limit)} characters`,
};

/** An error of the domain in words for a terminal, a line for each problem. */
export function sentenceOf(error: DomainError): readonly string[] {
  switch (error.kind) {
    case 'invalid-input':
      return error.problems.map(problemSentence);
    case 'not-allowed':
      return [`This may not be done (${error.permission}).`];
    case 'not-found':
      return [`There is no such ${error.what}.`];
    default:
      return [`This cannot be done now (${error.kind}).`];
  }
}

function problemSentence({ path, key, values }: Problem): string {
  return `${path}: ${PROBLEMS[key]?.(values ?? {}) ?? key}`;
}
