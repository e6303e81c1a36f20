import { Temporal } from 'temporal-polyfill';
import type { Problem } from '../errors.ts';
import type { Incident } from './incident.ts';

type Known = Pick<Incident, 'facts'>;

/** The moment of a fact as an instant, or undefined while it is not known. */
export function momentOf(incident: Known, name: string): Temporal.Instant | undefined {
  const fact = incident.facts[name];
  return fact && 'value' in fact && typeof fact.value === 'string'
    ? Temporal.Instant.from(fact.value)
    : undefined;
}

/** Detected, then aware, and neither in the future: an authority will ask about both. */
export function orderOfMoments(incident: Known, now: Temporal.Instant): Problem[] {
  const problems: Problem[] = [];
  const detected = momentOf(incident, 'detectedAt');
  const aware = momentOf(incident, 'awareAt');
  if (detected && aware && Temporal.Instant.compare(aware, detected) < 0) {
    problems.push({
      path: 'facts.awareAt',
      key: 'moment.aware-before-detected',
      values: { detectedAt: detected.toString(), awareAt: aware.toString() },
    });
  }
  for (const [name, moment] of [
    ['detectedAt', detected],
    ['awareAt', aware],
  ] as const) {
    if (moment && Temporal.Instant.compare(moment, now.add({ minutes: 5 })) > 0) {
      problems.push({
        path: `facts.${name}`,
        key: 'moment.in-future',
        values: { moment: moment.toString() },
      });
    }
  }
  return problems;
}

const UNASKED_HOURS = 24;

/**
 * A house that needs more than a day from the first sign to knowing must say why: the authority will ask
 * (EDPB Guidelines 9/2022, 31 to 33: a short period of investigation, begun at once). The reason stands at the fact
 * `awareAt`; where it is missing, the problem lies at `path`.
 */
export function gapProblems(incident: Known, path: string): Problem[] {
  const detected = momentOf(incident, 'detectedAt');
  const aware = momentOf(incident, 'awareAt');
  if (!detected || !aware || incident.facts['awareAt']?.because) return [];
  const hours = detected.until(aware).total('hours');
  if (hours <= UNASKED_HOURS) return [];
  const values = { detectedAt: detected.toString(), awareAt: aware.toString(), hours: Math.floor(hours) };
  return [{ path, key: 'moment.gap-needs-reason', values }];
}
