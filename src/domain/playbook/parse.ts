import { createHash } from 'node:crypto';
import { parseDue } from './due-text.ts';
import { playbookSchema, TRUNK } from './schema.ts';
import { schemaProblem } from './schema-problems.ts';
import { byPlace, isSource, readYaml } from './source.ts';
import type { Source } from './source.ts';
import { STAGES } from './types.ts';
import type {
  About,
  Ask,
  AskType,
  Due,
  Gate,
  LintProblem,
  NoticePlan,
  OwnerRole,
  Stage,
  Task,
} from './types.ts';

/** A task as its own file has it; `path` says where. */
export interface FileTask extends Task {
  stage: Stage;
  path: readonly (string | number)[];
}

/** One file, read and of the right shape, before the trunk is included. */
export interface PlaybookFile {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly kind: string;
  readonly includesTrunk: boolean;
  readonly about?: About;
  readonly suggestedWhen?: string;
  readonly asks: readonly Ask[];
  readonly leavesOut: readonly string[];
  readonly tasks: readonly FileTask[];
  readonly gates: Readonly<Record<Stage, Gate>>;
  readonly notices: readonly NoticePlan[];
  readonly text: string;
  readonly source: Source;
}

export interface Parsed {
  readonly playbook?: PlaybookFile;
  readonly problems: readonly LintProblem[];
}

/** Lowercase hex SHA-256 of the text in UTF-8: the name under which a text is kept. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * Reads one playbook file and checks all that the file alone can say.
 * @param file the name used in problems
 * @returns the playbook, or every problem of syntax and shape; what needs the trunk is {@link assemble}'s
 */
export function parsePlaybook(text: string, file: string): Parsed {
  const source = readYaml(text, file);
  if (!isSource(source)) return { problems: source };
  const checked = playbookSchema.validate(source.value ?? {}, { abortEarly: false });
  if (checked.error)
    return { problems: checked.error.details.map((item) => schemaProblem(item, source)).sort(byPlace) };
  const raw = checked.value as unknown as Raw;
  const problems: LintProblem[] = [];
  const tasks = STAGES.flatMap((stage) =>
    raw.stages[stage].tasks.map((task, index) => readTask(task, raw, stage, index, source, problems)),
  );
  const { about, suggestedWhen } = raw;
  if (problems.length > 0) return { problems };
  return {
    problems,
    playbook: {
      id: raw.id,
      title: raw.title,
      version: raw.version,
      kind: raw.kind ?? raw.id,
      includesTrunk: raw.include === TRUNK,
      ...(about && { about }),
      ...(suggestedWhen !== undefined && { suggestedWhen }),
      asks: Object.entries(raw.asks).map(([id, ask]) => ({ id, ...ask })),
      leavesOut: raw.leavesOut,
      tasks,
      gates: {
        detect: raw.stages.detect.gate,
        contain: raw.stages.contain.gate,
        assess: raw.stages.assess.gate,
        notify: raw.stages.notify.gate,
        review: raw.stages.review.gate,
      },
      notices: raw.notices,
      text,
      source,
    },
  };
}

/** What {@link playbookSchema} lets through. */
interface Raw {
  id: string;
  title: string;
  version: number;
  kind?: string;
  include?: typeof TRUNK;
  about?: About;
  suggestedWhen?: string;
  asks: Record<string, { ask: string; type: AskType; stage: Stage; values?: Record<string, string> }>;
  leavesOut: string[];
  stages: Record<Stage, { tasks: RawTask[]; gate: Gate }>;
  notices: NoticePlan[];
}

interface RawTask {
  id: string;
  title: string;
  owner: OwnerRole;
  required: boolean;
  due?: string;
  what: string;
  keep: string;
  when?: string | true;
  refines?: string;
  openUntilEnd: boolean;
  clicks: string[];
}

function readTask(
  raw: RawTask,
  book: Raw,
  stage: Stage,
  index: number,
  source: Source,
  problems: LintProblem[],
): FileTask {
  const path = ['stages', stage, 'tasks', index];
  const { due: dueText, when, refines, ...rest } = raw;
  const due = dueText === undefined ? undefined : readDue(dueText, [...path, 'due'], source, problems);
  return {
    ...rest,
    ...(due && { due }),
    ...(when !== undefined && { when: String(when) }),
    ...(refines !== undefined && { refines }),
    from: book.id === TRUNK ? 'trunk' : 'playbook',
    stage,
    path,
  };
}

function readDue(
  text: string,
  path: readonly (string | number)[],
  source: Source,
  problems: LintProblem[],
): Due | undefined {
  const due = parseDue(text);
  if (typeof due !== 'string') return due;
  problems.push(source.problem(path, due));
  return undefined;
}
