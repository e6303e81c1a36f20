import { Temporal } from 'temporal-polyfill';
import { liesIn } from '../../../law/places.ts';
import { isAnswered, isNumbered } from '../asked.ts';
import { error, NOTHING, warning, type Rule } from '../finding.ts';

/** R6: not telling the people must fit the risk, and each ground of art. 34(3) needs what it rests on. */
export const notTelling: Rule = ({ values }) => {
  const { 'subjects-told': told, 'not-told-ground': ground } = values;
  if (told === 'no-not-high' && values['risk-outcome'] === 'high')
    return error('R6', 'subjects-told', 'not-high-though-high');
  if (told !== 'no-34-3') return NOTHING;
  return [
    ...(isAnswered(values, 'not-told-ground') ? NOTHING : error('R6', 'not-told-ground', 'ground-missing')),
    ...(isAnswered(values, 'not-told-reason')
      ? NOTHING
      : error('R6', 'not-told-reason', 'not-told-reason-missing')),
    ...(ground === 'protected' ? protectedData(values.unintelligible) : NOTHING),
    ...(ground === 'disproportionate' && !(values['told-means'] ?? []).includes('public')
      ? error('R6', 'told-means', 'public-notice-missing')
      : NOTHING),
  ];
};

function protectedData(state: string | undefined): ReturnType<Rule> {
  if (state === 'intact') return NOTHING;
  return state === 'may-be-subverted'
    ? warning('R6', 'unintelligible', 'protection-may-fail')
    : error('R6', 'unintelligible', 'protection-missing');
}

/** R7: the people of the EEA are no more than all; exact numbers of all places add up to the whole. */
export const placesAddUp: Rule = ({ values }, { allPlacesListed }) => {
  const { 'subject-count': count, 'subjects-by-place': rows = [] } = values;
  if (count === undefined || rows.length === 0) return NOTHING;
  const sum = (of: typeof rows): number => of.reduce((total, row) => total + row.count, 0);
  const inEea = sum(rows.filter(({ place }) => liesIn(place, 'EEA') === 'yes'));
  if (inEea > count) return error('R7', 'subjects-by-place', 'places-exceed', { sum: inEea, count });
  const all = sum(rows);
  return values['subject-count-mode'] === 'exact' && allPlacesListed && all !== count
    ? error('R7', 'subjects-by-place', 'places-do-not-add-up', { sum: all, count })
    : NOTHING;
};

const COUNTS = [
  ['subject-count-mode', 'subject-count'],
  ['record-count-mode', 'record-count'],
] as const;

/** R8: an exact or approximate count has a number; an undeterminable or open one has none. */
export const numbersByMode: Rule = ({ values }) =>
  COUNTS.flatMap(([mode, number]) => {
    const { [mode]: how, [number]: count } = values;
    if (how === undefined) return count === undefined ? NOTHING : error('R8', mode, 'count-mode-missing');
    if (isNumbered(how)) return count === undefined ? error('R8', number, 'count-missing') : NOTHING;
    return count === undefined ? NOTHING : error('R8', number, 'count-not-allowed');
  });

/** R9: people who were told, when and how; people who will be told, on a day after the filing. */
export const whenPeopleAreTold: Rule = ({ values }, { filedAt }) => {
  if (values['subjects-told'] === 'yes') {
    return [
      ...(values['told-at'] ? NOTHING : error('R9', 'told-at', 'told-when')),
      ...(isAnswered(values, 'told-means') ? NOTHING : error('R9', 'told-means', 'told-how')),
    ];
  }
  if (values['subjects-told'] !== 'will-on-date') return NOTHING;
  const day = values['will-tell-at'];
  return day && Temporal.Instant.compare(day, filedAt) > 0
    ? NOTHING
    : error('R9', 'will-tell-at', 'day-after-filing');
};
