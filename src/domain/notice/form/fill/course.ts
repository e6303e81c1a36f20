import { Temporal } from 'temporal-polyfill';
import type { Facts } from '../../../law/types.ts';
import type { Values } from '../fields.ts';
import type { Known } from './known.ts';
import { cyberOf, NATURE_OF_PLAYBOOK, SEVERITY } from './maps.ts';

const KINDS = ['confidentiality', 'integrity', 'availability'] as const;

/** When and how it happened, what was lost, and how bad it is. */
export function fromCourse(known: Known): Values {
  const { facts, playbook, severity } = known;
  const { detectedAt, awareAt } = facts.moments;
  const kinds = KINDS.filter((kind) => facts.breach[kind] === true);
  const nature = NATURE_OF_PLAYBOOK[playbook];
  const cyber = facts.flags.cyber ?? (nature === undefined ? undefined : cyberOf(nature));
  const readable = unintelligible(facts);
  const level = severity === undefined ? undefined : SEVERITY[severity];
  return {
    ...occurred(known),
    ...(awareAt ? { 'aware-at': awareAt } : {}),
    // Facts.md: without a moment of its own, the first sign is taken to be when we became aware.
    ...((detectedAt ?? awareAt) ? { 'detected-at': detectedAt ?? awareAt } : {}),
    ...(kinds.length > 0 ? { 'breach-kind': kinds } : {}),
    ...(kinds.includes('confidentiality') && readable ? { unintelligible: readable } : {}),
    ...(nature === undefined ? {} : { 'incident-nature': nature }),
    ...(cyber === undefined ? {} : { 'cyber-incident': yesNo(cyber) }),
    ...(level === undefined ? {} : { severity: level }),
    ...(facts.risk === undefined ? {} : { 'risk-outcome': facts.risk === 'none' ? 'unlikely' : facts.risk }),
  };
}

function yesNo(cyber: boolean | 'yes' | 'no'): 'yes' | 'no' {
  if (typeof cyber === 'string') return cyber;
  return cyber ? 'yes' : 'no';
}

function occurred({ facts, unknown }: Known): Values {
  const { occurredAt: from, occurredTo: to } = facts.moments;
  if (!from) return unknown.has('occurredAt') ? { 'occurred-shape': 'unknown' } : {};
  if (to)
    return {
      'occurred-shape': onOneDay(from, to, facts.zone ?? 'UTC') ? 'one-day' : 'period',
      'occurred-from': from,
      'occurred-to': to,
    };
  return { 'occurred-from': from, ...(facts.flags.ongoing ? { 'occurred-shape': 'ongoing' } : {}) };
}

function onOneDay(from: Temporal.Instant, to: Temporal.Instant, zone: string): boolean {
  const [first, last] = [from, to].map((at) => at.toZonedDateTimeISO(zone).toPlainDate());
  return first !== undefined && last !== undefined && Temporal.PlainDate.compare(first, last) === 0;
}

/** Art. 34(3)(a): unreadable to others, as long as the key is safe. What is not known of either is asked. */
function unintelligible({ data: { encrypted, keyCompromised } }: Facts): string | undefined {
  if (encrypted === undefined) return undefined;
  if (!encrypted) return 'no';
  if (keyCompromised === undefined) return undefined;
  return keyCompromised ? 'may-be-subverted' : 'intact';
}
