import type { Severity } from '../../../../domain/law/severity.ts';
import type { TraceStep } from '../../../../domain/law/types.ts';
import type { Visit } from '../../request/visit.ts';

type Saying = Pick<Visit, 'say'>;

/** The sum with every part of it, or that answers are still missing. */
export function sumModel(visit: Saying, severity: Severity | null): object {
  if (!severity) return { severity: null };
  const { say } = visit;
  const { score, level, risk, trace } = severity;
  const rows = trace.flatMap((step) => rowsOf(visit, step, severity));
  return {
    severity: {
      formula: formulaWords(visit, severity),
      score: say('assessment.score-of', { score }),
      level: say('severity-sum.score', { level: say(`severity-sum.level.${level.replace(' ', '-')}`) }),
      advice: say('severity-sum.advice', { risk: say(`risk.${risk}`) }),
      means: say(`severity-sum.advice-means.${risk}`),
      at: Math.round((score / HIGHEST) * 600),
      rows,
      flags: trace.flatMap((step) => flagWords(visit, step)),
    },
  };
}

/** 4 x 1 + 2: nothing scores higher. */
const HIGHEST = 6;

/** `3 × 0.75 + 1 = 3.25` */
export function formulaWords(
  { say }: Saying,
  { dpc, ei, cb, score }: Pick<Severity, 'dpc' | 'ei' | 'cb' | 'score'>,
): string {
  return say('severity-sum.formula', { dpc, ei, cb, score });
}

interface Row {
  readonly part: string;
  readonly working: string;
  readonly score: string;
  readonly look: 'part' | 'subtotal';
  readonly counts: boolean;
}

function rowsOf({ say }: Saying, { key, values }: TraceStep, severity: Severity): readonly Row[] {
  const number = (value: unknown): string => say('assessment.score-of', { score: value });
  const row = (part: string, score: unknown, rest: Partial<Row> = {}): Row => ({
    part,
    working: '',
    score: number(score),
    look: 'part',
    counts: false,
    ...rest,
  });
  switch (key) {
    case 'severity.data':
      return [
        row(say(`severity-sum.type.${String(values['type'])}`), values['dpc'], {
          working: workingWords({ say }, Number(values['base']), Number(values['adjust'])),
          counts: values['counts'] === true,
        }),
      ];
    case 'severity.ease':
      return [
        row(say('severity-sum.context'), severity.dpc, { look: 'subtotal' }),
        row(say('severity-sum.ease'), values['factor'], {
          look: 'subtotal',
          working: say(`choose.ei.${String(values['ei'])}`),
        }),
      ];
    case 'severity.circumstances':
      return [
        ...['confidentiality', 'integrity', 'availability'].map((name) =>
          row(say(`severity-sum.${name}`), values[name]),
        ),
        row(say('severity-sum.malicious'), values['malicious'] === true ? 0.5 : 0),
        row(say('severity-sum.circumstances'), values['cb'], { look: 'subtotal' }),
      ];
    default:
      return [];
  }
}

function workingWords({ say }: Saying, base: number, adjust: number): string {
  if (adjust === 0) return say('severity-sum.plain', { base });
  return say(adjust > 0 ? 'severity-sum.more' : 'severity-sum.less', { base, by: Math.abs(adjust) });
}

/** What stands beside the score and not in it. */
function flagWords({ say }: Saying, { key, values }: TraceStep): readonly string[] {
  if (key === 'severity.no-personal-data') return [say('severity-sum.no-personal-data')];
  if (key === 'severity.many') return [say('severity-sum.many', { individuals: values['individuals'] })];
  if (key !== 'severity.unintelligible') return [];
  return [say(values['lost'] === true ? 'severity-sum.unreadable-lost' : 'severity-sum.unreadable')];
}
