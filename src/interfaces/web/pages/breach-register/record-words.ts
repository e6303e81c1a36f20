import type { Temporal } from 'temporal-polyfill';
import type {
  BreachEntry,
  DutyOutcome,
  LetterCounts,
  Reasoned,
} from '../../../../application/breach-register/breach-entry.ts';
import { CHANNELS } from '../../../../domain/people/settling.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { recipientWords } from '../../words/recipients.ts';
import { stretchWords } from '../../words/standing.ts';
import { valueWords } from '../incident/fact-words.ts';
import { number } from '../wall/rows.ts';

/** What an entry says, in the order of page, CSV and PDF alike. */
export const COLUMNS = [
  'state',
  'kind',
  'stage',
  'occurred',
  'detected',
  'aware',
  'aware-because',
  'logged',
  'what',
  'lost',
  'data',
  'people',
  'effects',
  'measures',
  'risk',
  'risk-because',
  'advice',
  'exceptions',
  'told',
  'duties',
  'letters',
  'forgotten',
] as const;
type Column = (typeof COLUMNS)[number];

/** Paragraphs of each column; none where there is nothing to say. */
export type RecordWords = Readonly<Record<Column, readonly string[]>>;

/** How a moment is written: in words on a page, to be sorted in a table. */
export type Moments = (moment: Temporal.Instant) => string;

export function recordWords(visit: StaffVisit, entry: BreachEntry, moment: Moments): RecordWords {
  const { say } = visit;
  const { risk, advice, letters } = entry;
  const unknown = say('facts.not-known');
  const given = (name: string, value: unknown): string =>
    value === null ? unknown : valueWords(visit, name, value as never);
  const when = (at: Temporal.Instant | null): string => (at ? moment(at) : unknown);
  const some = (text: string): readonly string[] => (text === '' ? [] : [text]);
  return {
    state: [say(`state.${entry.state}`)],
    kind: [kindWords(visit, entry)],
    stage: [
      say(entry.stage === 'closed' ? 'stage.closed' : `breach-register.stage-open`, {
        stage: say(`stage.${entry.stage}`),
      }),
    ],
    occurred: [
      entry.occurredAt && entry.occurredTo
        ? say('breach-register.from-to', { from: moment(entry.occurredAt), to: moment(entry.occurredTo) })
        : when(entry.occurredAt),
    ],
    detected: [when(entry.detectedAt)],
    aware: [when(entry.awareAt)],
    'aware-because': some(entry.awareBecause),
    logged: [moment(entry.loggedAt)],
    what: some(entry.whatHappened),
    lost: entry.lost.map((loss) => say(`breach-register.loss.${loss}`)),
    data: [given('data.categories', entry.categories)],
    people: [given('subjects', entry.subjects)],
    effects: some(entry.consequences),
    measures: some(entry.measures),
    risk: [
      risk?.value
        ? decidedWords(visit, risk, say(`risk.${risk.value}`), moment)
        : say('breach-register.not-assessed'),
    ],
    'risk-because': some(risk?.reason ?? ''),
    advice: advice
      ? [say('severity-box.advice', { risk: say(`risk.${advice.risk}`), score: advice.score })]
      : [],
    exceptions: entry.exceptions.map((used) =>
      say('breach-register.exception', { ...reasonValues(used, moment), what: say(`fact.${used.name}`) }),
    ),
    told: toldWords(visit, entry),
    duties: [
      ...entry.duties.map((duty) => dutyWords(visit, duty, moment)),
      ...(entry.undecided > 0 ? [say('breach-register.undecided', { count: entry.undecided })] : []),
    ],
    letters: letters.map((letter) => letterWords(visit, letter)),
    forgotten: entry.forgotten
      ? [say('forget.done', { by: entry.forgotten.by, at: moment(entry.forgotten.at) })]
      : [],
  };
}

export function kindWords({ parts }: StaffVisit, { kind }: Pick<BreachEntry, 'kind'>): string {
  return parts.house.playbooks.byId(kind)?.title ?? kind;
}

/** Whether an authority and the people were told: the question that an auditor asks first. */
export function toldWords({ say }: StaffVisit, { duties }: BreachEntry): readonly string[] {
  return (['authority', 'people'] as const).map((notify) => {
    const told = duties.some((duty) => duty.notify === notify && duty.told);
    return say(`breach-register.told-${notify}`, { told: told ? 'yes' : 'no' });
  });
}

/** One duty with what came of it, in whole sentences. */
export function dutyWords(visit: StaffVisit, duty: DutyOutcome, moment: Moments): string {
  const { say } = visit;
  const recipient = recipientWords(visit, duty.recipient, duty.authority, duty.title) ?? '';
  const head = say('breach-register.duty', {
    title: duty.title,
    cite: duty.citation,
    recipient,
    named: recipient === '' ? 'no' : 'yes',
  });
  return [head, ...outcomeWords(visit, duty, moment)].join(' ');
}

function outcomeWords(visit: StaffVisit, duty: DutyOutcome, moment: Moments): readonly string[] {
  const { say } = visit;
  const { told, decided, dueAt, late } = duty;
  const due = dueAt ? moment(dueAt) : '';
  if (told) {
    const { how, number: its, complete, lateBecause } = told;
    return [
      say('breach-register.told-at', { at: moment(told.at), by: told.by }),
      ...(how === '' ? [] : [say('breach-register.how', { how })]),
      ...(its === '' ? [] : [say('breach-register.number', { number: its })]),
      dueAt
        ? say(late ? 'breach-register.was-late' : 'breach-register.in-time', {
            due,
            by: stretchWords(visit, told.at, dueAt),
          })
        : say('breach-register.no-number'),
      ...(lateBecause === '' ? [] : [say('breach-register.late-because', { reason: lateBecause })]),
      ...(complete ? [] : [say('breach-register.to-follow')]),
    ];
  }
  if (decided) return [say('breach-register.not-owed', reasonValues(decided, moment))];
  if (duty.outcome === 'does-not-apply') return [say('breach-register.does-not-apply')];
  if (!dueAt) return [say('breach-register.open-duty')];
  return [say(late ? 'breach-register.overdue' : 'breach-register.due', { due })];
}

function letterWords(visit: StaffVisit, letter: LetterCounts): string {
  const { say } = visit;
  const { people, byMail, byChannel, cannotBeReached, open } = letter;
  const counted = (key: string, count: number, values: Readonly<Record<string, string>> = {}): string[] =>
    count === 0 ? [] : [say(`breach-register.${key}`, { count, many: number(visit, count), ...values })];
  return [
    ...counted('letter-people', people),
    ...counted('by-mail', byMail),
    ...CHANNELS.flatMap((channel) =>
      counted('by-channel', byChannel[channel], { channel: say(`channel.${channel}`) }),
    ),
    ...counted('cannot-be-reached', cannotBeReached),
    ...counted('still-open', open),
  ].join(' ');
}

function decidedWords({ say }: StaffVisit, { at, by }: Reasoned, risk: string, moment: Moments): string {
  return say('breach-register.risk-decided', { risk, by, at: moment(at) });
}

function reasonValues(
  { at, by, reason }: Reasoned,
  moment: Moments,
): Readonly<Record<'at' | 'by' | 'reason' | 'given', string>> {
  return { at: moment(at), by, reason, given: reason === '' ? 'no' : 'yes' };
}
