import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { areForgotten } from '../../../../domain/incident/forgetting.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { forgottenWords } from '../forget/words.ts';
import { peopleModel } from './people-form.ts';
import { NO_ERRORS } from '../../answers/problems.ts';

/**
 * What the page of a letter shows once its people are forgotten: that they are, in place of who they were, and nothing
 * more that could be done with them. Counts stay.
 */
export function forgottenModel(visit: StaffVisit, view: NoticeView): object {
  const { incident, notice, names } = view;
  if (!incident.forgotten || !areForgotten(incident, notice)) return {};
  return {
    draft: null,
    submit: null,
    copy: null,
    steer: null,
    people: {
      ...peopleModel(visit, view, NO_ERRORS, undefined),
      maySee: false,
      mayImport: false,
      forgotten: forgottenWords(visit, incident.forgotten, names),
    },
    ...(notice.state === 'approved' ? { progress: null } : {}),
  };
}
