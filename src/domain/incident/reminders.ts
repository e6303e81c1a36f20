import type { Happening } from '../register/entry.ts';
import { settle, type Change, type Context } from './change.ts';
import type { Incident, Obligation } from './incident.ts';
import type { Moment } from './moments.ts';

/** That people were told of one clock at one moment of one revision of its deadline. */
export interface Reminder {
  readonly key: string;
  readonly revision: number;
  readonly moment: Moment;
  /** How many people. */
  readonly told: number;
}

/**
 * That people were told of clocks, all in one change. Only the first record of a moment counts; what was told already,
 * or has another deadline by now, changes nothing.
 */
export function recordReminders(
  incident: Incident,
  reminders: readonly Reminder[],
  context: Context,
): Change {
  const byKey = new Map(reminders.map((reminder) => [reminder.key, reminder]));
  const happenings: Happening[] = [];
  const obligations = incident.obligations.map((obligation): Obligation => {
    const reminder = byKey.get(obligation.key);
    if (!reminder || isKnown(obligation, reminder)) return obligation;
    const { key, revision, moment, told } = reminder;
    const dueAt = obligation.dueAt?.toString() ?? null;
    happenings.push({ type: 'reminder-sent', data: { key, revision, moment: moment.key, dueAt, told } });
    return { ...obligation, reminded: { moment: moment.key, at: moment.at } };
  });
  return settle(incident, { obligations }, happenings, context, undefined);
}

function isKnown(obligation: Obligation, { revision, moment }: Reminder): boolean {
  return obligation.revision !== revision || obligation.reminded?.moment === moment.key;
}
