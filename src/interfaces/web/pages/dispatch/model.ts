import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { countRipeDoubt } from '../../../../application/people/doubt.ts';
import { field } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { number } from '../wall/rows.ts';

/** What somebody can do while a letter is being sent, and why it waits where it does. */
export async function steerModel(
  visit: StaffVisit,
  view: NoticeView,
  errors: FormErrors,
): Promise<object | null> {
  const { notice, totals, names } = view;
  const { dispatch } = notice;
  if (!dispatch || !totals || (notice.state !== 'sending' && notice.state !== 'told')) return null;
  const { say, times, parts, actor } = visit;
  const { paused, stopped } = dispatch;
  const named = (id: string): string => (id === 'tocsin' ? say('steer.ourselves') : (names.get(id) ?? id));
  const may = visit.may('letters.dispatch');
  const runs = notice.state === 'sending' && !stopped;
  const ripe =
    may && totals.uncertain > 0 && notice.list
      ? await countRipeDoubt(parts.house, actor.organisation, notice.list.id)
      : 0;
  return {
    waits: stopped
      ? say('steer.is-stopped', { when: times.full(stopped.at), name: named(stopped.by) })
      : paused
        ? say(`steer.is-paused-${paused.why}`, { when: times.full(paused.at), name: named(paused.by) })
        : null,
    mayPause: may && runs && !paused,
    mayResume: may && runs && paused !== undefined,
    pace:
      may && runs
        ? field(
            'perMinute',
            {
              label: say('steer.pace'),
              hint: say('steer.pace-hint'),
              value: dispatch.perMinute === undefined ? '' : String(dispatch.perMinute),
              inputmode: 'numeric',
              short: true,
            },
            errors,
          )
        : null,
    stop:
      may && runs
        ? field(
            'stop-reason',
            { label: say('steer.stop-why'), hint: say('steer.stop-hint'), rows: 2 },
            errors,
          )
        : null,
    doubt:
      totals.uncertain === 0
        ? null
        : {
            heading: say('steer.doubt', { count: totals.uncertain, people: number(visit, totals.uncertain) }),
            what: say('steer.doubt-what'),
            young: totals.uncertain - ripe,
            wait:
              ripe < totals.uncertain
                ? say('steer.doubt-young', {
                    count: totals.uncertain - ripe,
                    hours: parts.house.sending.graceHours,
                  })
                : null,
            ripe: may && ripe > 0 ? say('steer.doubt-ripe', { count: ripe }) : null,
          },
  };
}
