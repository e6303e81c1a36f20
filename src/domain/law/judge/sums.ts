import { clockText } from '../clock.ts';
import { computeDeadline, type Deadline, type DeadlineInput } from '../counting/deadline.ts';
import { periodText } from '../period.ts';
import type { Counting, Period } from '../types.ts';
import type { WorkingDays } from '../working-days.ts';

const MOST = 5000;

/** Sums by the days off that they were counted with: those never change while the program runs. */
const kept = new WeakMap<WorkingDays, Map<string, Deadline>>();

/**
 * As {@link computeDeadline}, remembered: many duties share a sum, and an incident is judged again and again from the
 * same moments. Nothing but the input and the days off may be in the answer.
 */
export function deadlineOf(input: DeadlineInput, days: WorkingDays): Deadline {
  let sums = kept.get(days);
  if (!sums) kept.set(days, (sums = new Map<string, Deadline>()));
  const key = keyOf(input);
  const known = sums.get(key);
  if (known) return known;
  const deadline = computeDeadline(input, days);
  if (sums.size >= MOST) sums.clear();
  sums.set(key, deadline);
  return deadline;
}

function keyOf({
  clock,
  start,
  latestStart,
  starts,
  period,
  counting,
  zone,
  place,
  excepted,
}: DeadlineInput): string {
  const moments = `${start?.epochMilliseconds ?? ''} ${latestStart?.epochMilliseconds ?? ''}`;
  const parts = starts
    ? Object.entries(starts)
        .map(([name, at]) => `${name}=${at.epochMilliseconds}`)
        .join()
    : '';
  const rule = `${clockText(clock)} ${textOfPeriod(period)} ${textOfCounting(counting)}`;
  return `${rule} ${zone} ${place ?? ''} ${excepted === false ? 'relieved' : ''} ${moments} ${parts}`;
}

const textOfPeriod = remembered<Period>(periodText);

const textOfCounting = remembered<Counting>(({ rule, calendar = '', endOfDay = '', relief, parts }) => {
  const each = (parts ?? []).map((part) => `${clockText(part.clock)}+${periodText(part.period)}`).join();
  return `${rule}/${calendar}/${endOfDay}/${relief ?? ''}/${each}`;
});

/** The law's own words do not change, so their text is made once. */
function remembered<T extends object>(make: (of: T) => string): (of: T) => string {
  const texts = new WeakMap<T, string>();
  return (of) => {
    let text = texts.get(of);
    if (text === undefined) texts.set(of, (text = make(of)));
    return text;
  };
}
