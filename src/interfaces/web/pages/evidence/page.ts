import { viewEvidence, type EvidenceView } from '../../../../application/evidence/view-evidence.ts';
import { viewIncident, type IncidentView } from '../../../../application/incident/view-incident.ts';
import { refuse } from '../../answers/errors.ts';
import { field, type Field } from '../../answers/fields.ts';
import { NO_ERRORS, type FormErrors } from '../../answers/problems.ts';
import { show } from '../../answers/show.ts';
import { param, query } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { ofIncident } from '../incident/of-incident.ts';
import { hashWords } from '../incident/timeline.ts';
import { fileModel } from './file.ts';

/** What a refused form had in it beside its file, which no browser sends twice by itself. */
export interface TypedEvidence {
  readonly task: string;
  readonly name: string;
}

export async function showEvidence(visit: StaffVisit): Promise<void> {
  await showEvidencePage(visit, NO_ERRORS, 200, { task: query(visit, 'task'), name: '' });
}

export async function showEvidencePage(
  visit: StaffVisit,
  errors: FormErrors,
  status: number,
  typed: TypedEvidence = { task: '', name: '' },
): Promise<void> {
  const { house } = visit.parts;
  const id = param(visit, 'incident');
  const view = await viewIncident(house, visit.actor, id);
  const files = view.ok ? await viewEvidence(house, visit.actor, id) : view;
  if (!view.ok || !files.ok) {
    if (!files.ok) refuse(visit, files.error);
    return;
  }
  const { say } = visit;
  const heading = say('evidence.title-count', { count: files.value.length });
  const model = {
    title: heading,
    section: 'incidents' as const,
    of: ofIncident(view.value.incident, say('evidence.title')),
    errors: errors.summary,
    heading,
    rows: files.value.map((file) => rowModel(visit, view.value, file)),
    add: visit.may('evidence.attach') ? formModel(visit, view.value, errors, typed) : null,
  };
  show(visit, 'evidence/evidence', model, status);
}

function rowModel(visit: StaffVisit, view: IncidentView, file: EvidenceView): object {
  const { say, times } = visit;
  return {
    ...fileModel(visit, view.incident.id, file),
    hash: hashWords(file.sha256),
    task: file.task === null ? null : titleOf(view, file.task),
    taskHref: `/incidents/${view.incident.id}/tasks/${encodeURIComponent(file.task ?? '')}`,
    by: say('evidence.by', { name: view.names.get(file.by) ?? file.by, when: times.full(file.at) }),
  };
}

function titleOf({ playbook }: IncidentView, id: string): string {
  const tasks = playbook.stages.flatMap((stage) => stage.tasks);
  return tasks.find((task) => task.id === id)?.title ?? id;
}

interface FileForm {
  readonly action: string;
  readonly limit: string;
  readonly file: Field;
  readonly name: Field;
  readonly taskLabel: string;
  readonly taskError: string | null;
  readonly whole: boolean;
  readonly stages: readonly object[];
}

function formModel(
  visit: StaffVisit,
  view: IncidentView,
  errors: FormErrors,
  typed: TypedEvidence,
): FileForm {
  const { say, parts } = visit;
  const limit = say('evidence.limit', { megabytes: Math.floor(parts.house.evidence.limit / (1024 * 1024)) });
  return {
    action: `/incidents/${view.incident.id}/evidence`,
    limit,
    file: field('file', { label: say('evidence.file'), type: 'file', hint: limit }, errors),
    name: field(
      'name',
      { label: say('evidence.name'), hint: say('evidence.name-hint'), value: typed.name, max: 255 },
      errors,
    ),
    taskLabel: say('evidence.task'),
    taskError: errors.at('task'),
    whole: typed.task === '',
    stages: view.playbook.stages.map((stage) => ({
      name: say('evidence.tasks-of', { stage: say(`stage.${stage.id}`) }),
      options: stage.tasks.map(({ id, title }) => ({ value: id, label: title, chosen: id === typed.task })),
    })),
  };
}
