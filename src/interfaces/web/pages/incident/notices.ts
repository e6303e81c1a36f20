import type { IncidentView } from '../../../../application/incident/view-incident.ts';
import type { NoticeState } from '../../../../domain/notice/notice.ts';
import type { StaffVisit } from '../../request/visit.ts';
import type { Pill } from '../../words/standing.ts';
import { number } from '../wall/rows.ts';

/** The notices and letters of the incident, each with its state. */
export function noticesModel(visit: StaffVisit, { incident, names }: IncidentView): readonly object[] {
  const { say, times } = visit;
  return incident.notices.map((notice) => ({
    href: `/incidents/${incident.id}/notices/${notice.id}`,
    title: say(`notice.kind.${notice.kind}`),
    pill: noticePill(visit, notice.state),
    small: [
      notice.locales.map((locale) => say(`language.${locale}`)).join(', '),
      ...(notice.list
        ? [say('incident.people', { people: number(visit, notice.list.count), count: notice.list.count })]
        : []),
      say('notice.begun', {
        when: times.short(notice.createdAt),
        name: names.get(notice.authors[0] ?? '') ?? '',
      }),
    ].join(' · '),
  }));
}

const LOOKS: Readonly<Record<NoticeState, readonly [look: string, icon: string]>> = {
  draft: ['not-started', 'waiting'],
  'in-review': ['waiting', 'waiting'],
  approved: ['waiting', 'lock'],
  filed: ['met', 'met'],
  sending: ['due-soon', 'mail'],
  told: ['met', 'met'],
};

export function noticePill({ say }: Pick<StaffVisit, 'say'>, state: NoticeState): Pill {
  const [look, icon] = LOOKS[state];
  return { look, icon, word: say(`notice.state.${state}`) };
}
