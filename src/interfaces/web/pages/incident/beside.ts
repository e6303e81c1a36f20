import { timeIn } from '../../../../domain/incident/drill-time.ts';
import { viewEvidence, type EvidenceView } from '../../../../application/evidence/view-evidence.ts';
import { viewNotes, type NoteView } from '../../../../application/incident/notes.ts';
import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import { viewTimeline, type Timeline } from '../../../../application/incident/view-timeline.ts';
import { viewLawChanges, type LawChanges } from '../../../../application/law/law-changes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { fileModel } from '../evidence/file.ts';
import { forgottenWords } from '../forget/words.ts';
import { noteModel } from '../notes/index.ts';
import { number } from '../wall/rows.ts';

/** What lies beside the incident itself, each with a page of its own. */
export interface Beside {
  readonly timeline: Timeline;
  readonly evidence: readonly EvidenceView[];
  readonly notes: readonly NoteView[];
  readonly laws: LawChanges['laws'];
}

/** Reads it all at once; the caller has found that this person may see the incident. */
export async function readBeside({ parts: { house }, actor }: StaffVisit, id: string): Promise<Beside> {
  const [timeline, evidence, notes, law] = await Promise.all([
    viewTimeline(house, actor, id),
    viewEvidence(house, actor, id),
    viewNotes(house, actor, id),
    viewLawChanges(house, actor, id),
  ]);
  return {
    timeline: timeline.ok ? timeline.value : { entries: [], words: new Map() },
    evidence: evidence.ok ? evidence.value : [],
    notes: notes.ok ? notes.value : [],
    laws: law.ok ? law.value.laws : [],
  };
}

const SHOWN = 5;
const NOTES_SHOWN = 2;

/** What stands over the incident's page: a drill, a restriction, newer texts that a person may take over. */
export function bannersModel(visit: StaffVisit, view: IncidentView, { laws }: Beside): object {
  const { say } = visit;
  const { incident, newerPlaybook, names } = view;
  const offers = [
    ...(newerPlaybook
      ? [
          {
            words: say('take-over.offer-playbook', { version: newerPlaybook.version }),
            href: `/incidents/${incident.id}/playbook`,
          },
        ]
      : []),
    ...(laws.length > 0
      ? [
          {
            words: say('take-over.offer-law', { count: laws.length }),
            href: `/incidents/${incident.id}/law`,
          },
        ]
      : []),
  ];
  return {
    drill: incident.drill ? drillWords(visit, incident) : null,
    restricted: incident.restrictedTo
      ? say('lead.restricted', {
          names: incident.restrictedTo.map((id) => names.get(id) ?? id).join(', '),
        })
      : null,
    offers,
    forgotten: incident.forgotten ? forgottenWords(visit, incident.forgotten, names) : null,
  };
}

/** That it is one; and what time it is there, where its clock runs faster. */
function drillWords({ say, times, now }: StaffVisit, incident: IncidentView['incident']): string {
  const { speed = 1 } = incident;
  if (speed === 1) return say('lead.drill');
  return say('drills.faster', { speed: String(speed), when: times.full(timeIn(incident, now)) });
}

/** The newest files and notes, and who leads: short, each with a link to the whole. */
export function boxesModel(visit: StaffVisit, view: IncidentView, { evidence, notes }: Beside): object {
  const { say } = visit;
  const { incident, names } = view;
  const nameOf = (id: string): string => names.get(id) ?? id;
  return {
    evidence: {
      href: `/incidents/${incident.id}/evidence`,
      files: evidence.slice(0, SHOWN).map((file) => fileModel(visit, incident.id, file)),
      count: evidence.length,
      mayAdd: visit.may('evidence.attach'),
    },
    notes: {
      href: `/incidents/${incident.id}/notes`,
      rows: notes.slice(0, NOTES_SHOWN).map((note) => noteModel(visit, view, note)),
      count: notes.length,
      mayAdd: visit.may('task.complete'),
    },
    forget: forgetModel(visit, incident),
    lead: {
      href: `/incidents/${incident.id}/lead`,
      who: incident.leader
        ? say('lead.leads', { name: nameOf(incident.leader.user) })
        : say('lead.logged-by', { name: nameOf(incident.owner) }),
      seen: incident.restrictedTo
        ? say('lead.restricted-to', { count: incident.restrictedTo.length })
        : say('lead.seen-by-all'),
      mayChange: visit.may('task.assign') || visit.may('incident.restrict'),
    },
  };
}

/** For those who may: how many people lie on letters, and the way to forget them. */
function forgetModel(visit: StaffVisit, { id, notices, forgotten }: IncidentView['incident']): object | null {
  const people = notices.reduce((sum, { list }) => sum + (list?.count ?? 0), 0);
  if (!visit.may('people.forget') || people === 0 || forgotten) return null;
  return {
    href: `/incidents/${id}/forget`,
    kept: visit.say('forget.kept', { count: people, many: number(visit, people) }),
  };
}
