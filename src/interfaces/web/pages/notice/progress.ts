import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { openIn, type DeliveryState } from '../../../../domain/people/person.ts';
import type { Speed } from '../../../../domain/people/progress.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { number } from '../wall/rows.ts';

const ORDER: readonly DeliveryState[] = [
  'delivered',
  'accepted',
  'deferred',
  'complained',
  'told',
  'given-up',
  'sending',
  'failed',
  'refused',
  'bounced',
  'blocked',
  'dropped',
  'no-mail',
  'uncertain',
  'waiting',
];
/** States that most letters never know stand there only where somebody is in them. */
const ALWAYS: readonly DeliveryState[] = ['accepted', 'sending', 'failed', 'uncertain', 'waiting'];

/** What of a notice the figures are made of. */
export type Progressing = Pick<NoticeView, 'notice' | 'totals' | 'names'>;

/** Sending: the button that starts it, and once it runs how many are where; the figures add up. */
export function progressModel(
  visit: StaffVisit,
  view: Progressing,
  speed: Speed | null = null,
): object | null {
  const { notice, totals } = view;
  if (notice.kind !== 'letter') return null;
  const { say, times } = visit;
  const count = notice.approved?.seal.list?.count ?? 0;
  if (notice.state === 'approved') {
    return {
      start: visit.may('letters.dispatch')
        ? say('dispatch.start', { count, people: number(visit, count) })
        : null,
      ledger: null,
      heading: say('dispatch.not-started'),
    };
  }
  if (!notice.dispatch || !totals) return null;
  const all = Object.values(totals).reduce((sum, value) => sum + value, 0);
  const values = {
    done: number(visit, all - openIn(totals)),
    people: number(visit, all),
    count: all,
  };
  return {
    start: null,
    heading: say(notice.state === 'told' ? 'dispatch.told' : 'dispatch.running', values),
    small: say('dispatch.since', {
      when: times.full(notice.dispatch.startedAt),
      name: view.names.get(notice.dispatch.by) ?? notice.dispatch.by,
    }),
    bar: bar(totals, all),
    ledger: ORDER.filter((state) => ALWAYS.includes(state) || totals[state] > 0).map((state) => ({
      state,
      count: number(visit, totals[state]),
      word: say(`delivery.${state}`),
      what: say(`delivery-what.${state}`),
    })),
    sum: number(visit, all),
    speed: speed && speedWords(visit, speed),
    running: notice.state === 'sending' && !notice.dispatch.stopped,
    standing: standingOfDispatch(notice),
  };
}

/** Changes when the page around the figures says something else: other buttons, another reason why it waits. */
export function standingOfDispatch({ state, dispatch }: Progressing['notice']): string {
  return [state, dispatch?.paused ? `paused-${dispatch.paused.why}` : '', dispatch?.stopped ? 'stopped' : '']
    .filter(Boolean)
    .join('.');
}

function speedWords(visit: StaffVisit, { perMinute, minutesLeft }: Speed): string {
  const hours = Math.round(minutesLeft / 60);
  return visit.say(hours > 2 ? 'watch.speed-hours' : 'watch.speed', {
    rate: number(visit, perMinute),
    minutes: minutesLeft,
    hours,
  });
}

function bar(totals: Readonly<Record<DeliveryState, number>>, all: number): readonly object[] {
  let x = 0;
  return ORDER.map((state) => {
    const width = all === 0 ? 0 : (100 * totals[state]) / all;
    const part = { state, x, width };
    x += width;
    return part;
  });
}
