import type { Temporal } from 'temporal-polyfill';
import type { DutiesAtStake, ObligationMoment } from './types.ts';

/** What a playbook needs to know of an obligation, whether it comes from the law engine or from an incident. */
export interface ObligationSeen {
  /** Whom the duty tells: `authority`, `people`, … */
  readonly notify: string;
  readonly decision: 'applies' | 'undecided' | 'does-not-apply';
  readonly dueAt: Temporal.Instant | null;
  readonly waitsFor?: string;
  readonly met?: unknown;
  readonly decided?: unknown;
}

/** `duties.authority` and `duties.people`: at least one duty of that kind applies or is still undecided. */
export function dutiesAtStake(obligations: readonly ObligationSeen[]): Required<DutiesAtStake> {
  const atStake = (notify: string) =>
    obligations.some((each) => each.notify === notify && each.decision !== 'does-not-apply');
  return { authority: atStake('authority'), people: atStake('people') };
}

/** The moments on which `before:` tasks rest; duties that do not apply are left out. */
export function momentsOf(obligations: readonly ObligationSeen[]): ObligationMoment[] {
  return obligations
    .filter((each) => each.decision !== 'does-not-apply')
    .map(({ notify, dueAt, waitsFor, met, decided }) => ({
      to: notify === 'authority' || notify === 'people' ? notify : 'other',
      open: met === undefined && decided === undefined,
      dueAt,
      ...(waitsFor !== undefined && { waitsFor }),
    }));
}
