import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Place } from '../../domain/playbook/places.ts';
import type { LintProblem, Playbook } from '../../domain/playbook/types.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';

export interface PlaybookRow {
  readonly playbook: Playbook;
  /** Whether it is a file of the organisation's own. */
  readonly own: boolean;
}

export interface PlaybookShelf {
  readonly rows: readonly PlaybookRow[];
  /** Faults of the files as they were read at start. `file` is its name, without the way to it. */
  readonly problems: readonly LintProblem[];
}

export interface PlaybookView extends PlaybookRow {
  /** By task, where its places are found. */
  readonly places: ReadonlyMap<string, readonly Place[]>;
  /** The day on which these paths were last compared with the makers' pages, as YYYY-MM-DD. */
  readonly checkedOn: string;
}

type Deps = Pick<House, 'playbooks'>;

/** Every playbook that an incident can begin with, and what is wrong with files that are not used. */
export function viewPlaybooks(house: Deps, actor: Actor): Result<PlaybookShelf, DomainError> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const { playbooks } = house;
  return ok({
    rows: playbooks.all().map((playbook) => ({ playbook, own: playbooks.isOwn(playbook.id) })),
    problems: playbooks.problems.map((problem) => ({ ...problem, file: nameOf(problem.file) })),
  });
}

/** One playbook as it is installed now, whole. */
export function viewPlaybook(house: Deps, actor: Actor, id: string): Result<PlaybookView, DomainError> {
  const allowed = allow(actor, 'incident.see');
  if (!allowed.ok) return allowed;
  const { playbooks } = house;
  const playbook = playbooks.byId(id);
  if (!playbook) return fail({ kind: 'not-found', what: 'playbook', id });
  const tasks = playbook.stages.flatMap((stage) => stage.tasks);
  return ok({
    playbook,
    own: playbooks.isOwn(id),
    places: new Map(tasks.map((task) => [task.id, playbooks.placesFor(task)])),
    checkedOn: playbooks.whereToClick.checkedOn,
  });
}

/** Where the data folder lies is nobody's business who only reads the page. */
function nameOf(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}
