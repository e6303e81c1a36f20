import type { AssessmentView } from '../../../../application/incident/view-assessment.ts';
import type { LikeCase } from '../../../../domain/law/cases.ts';
import { REGION } from '../../../shared/words.ts';
import type { StaffVisit } from '../../request/visit.ts';

/** The nearest published cases, what was to be done about each, and why they are near. */
export function casesModel(visit: StaffVisit, { incident, cases }: AssessmentView): object {
  const ids = cases.map((near) => near.case.id);
  const then = incident.assessment?.cases ?? [];
  return {
    near: cases.map((near) => caseModel(visit, near)),
    // Facts have changed since: what the assessment rested on stays in sight.
    then:
      then.length === 0 || then.join() === ids.join()
        ? null
        : visit.say('cases.then', { cases: titlesOf(visit, then).join(', ') }),
  };
}

function titlesOf({ parts }: StaffVisit, ids: readonly string[]): readonly string[] {
  const all = parts.house.law.cases();
  return ids.map((id) => all.find((one) => one.id === id)?.title ?? id);
}

function caseModel(visit: StaffVisit, { case: one, likeness, alike, unlike }: LikeCase): object {
  const { say } = visit;
  const { document, authority, people } = one.answer;
  return {
    title: one.title,
    story: one.story,
    likeness: say('cases.likeness', { likeness }),
    answers: Object.entries({ document, authority, people }).map(([what, needed]) => ({
      icon: needed ? 'met' : 'not-required',
      look: needed ? 'yes' : 'no',
      words: say(`cases.${what}.${needed ? 'yes' : 'no'}`),
    })),
    risk: say('cases.risk', { risk: say(`risk.${one.risk}`) }),
    alike: traitWords(visit, 'alike', alike),
    unlike: traitWords(visit, 'unlike', unlike),
    source: say('cases.source', { source: one.source, number: one.number }),
    link: one.link,
  };
}

function traitWords(visit: StaffVisit, key: 'alike' | 'unlike', traits: readonly string[]): string {
  if (traits.length === 0) return '';
  const names = traits.map((trait) => visit.say(`cases.trait.${trait}`));
  const list = new Intl.ListFormat(REGION[visit.locale], { type: 'conjunction', style: 'long' }).format(
    names,
  );
  return visit.say(`cases.${key}`, { traits: list });
}
