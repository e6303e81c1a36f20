import { may } from '../access/permissions.ts';
import type { DomainError } from '../errors.ts';
import type { Happening } from '../register/entry.ts';
import { fail, ok, type Result } from '../result.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Incident, NoteRef, Question } from './incident.ts';

/** Puts down a question of an authority, at best with who sees to its answer. */
export function askQuestion(
  incident: Incident,
  input: { readonly id: string; readonly text: NoteRef; readonly owner?: string },
  context: Context,
): Result<Change<string>, DomainError> {
  if (!may(context.actor, 'task.assign')) return fail({ kind: 'not-allowed', permission: 'task.assign' });
  const question: Question = { ...input, askedAt: context.at, revision: 1 };
  const happening = {
    type: 'question-asked',
    data: {
      question: input.id,
      note: input.text.id,
      hash: input.text.hash,
      owner: input.owner ?? null,
    },
  };
  const questions = [...incident.questions, question];
  return ok(settle(incident, { questions }, [happening], context, input.id));
}

export interface QuestionChange {
  readonly id: string;
  readonly shown: number;
}

/** Gives the question to a person. */
export function ownQuestion(
  incident: Incident,
  change: QuestionChange & { readonly owner: string },
  context: Context,
): Result<Change, DomainError> {
  const { id, owner } = change;
  return onQuestion(incident, change, context, (question) => ({
    question: { ...question, owner },
    happening: { type: 'question-owned', data: { question: id, owner } },
  }));
}

/** The authority has its answer; `note` says what was answered, or where it lies. */
export function answerQuestion(
  incident: Incident,
  change: QuestionChange & { readonly note?: NoteRef },
  context: Context,
): Result<Change, DomainError> {
  const { id, note } = change;
  return onQuestion(incident, change, context, (question) => ({
    question: {
      ...question,
      answered: { at: context.at, by: context.actor.user, ...(note ? { note } : {}) },
    },
    happening: {
      type: 'question-answered',
      data: { question: id, note: note?.id ?? null, hash: note?.hash ?? null },
    },
  }));
}

function onQuestion(
  incident: Incident,
  { id, shown }: QuestionChange,
  context: Context,
  turn: (question: Question) => { readonly question: Question; readonly happening: Happening },
): Result<Change, DomainError> {
  if (!may(context.actor, 'task.assign')) return fail({ kind: 'not-allowed', permission: 'task.assign' });
  const before = incident.questions.find((question) => question.id === id);
  if (!before) return fail({ kind: 'not-found', what: 'question', id });
  if (before.revision !== shown) {
    const theirs = { owner: before.owner ?? null, answered: before.answered !== undefined };
    return fail({ kind: 'stale-version', subject: id, shown, current: before.revision, theirs, yours: null });
  }
  if (before.answered) {
    return fail({ kind: 'wrong-state', what: 'question', state: 'answered', key: 'question.answered' });
  }
  const { question, happening } = turn(before);
  const questions = incident.questions.map((each) =>
    each.id === id ? { ...question, revision: shown + 1 } : each,
  );
  return ok(settle(incident, { questions }, [happening], context, undefined));
}
