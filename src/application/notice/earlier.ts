import { Temporal } from 'temporal-polyfill';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Notice } from '../../domain/notice/notice.ts';
import type { DutyText } from '../ports/law.ts';

/**
 * The filed notices that this one goes on from, the first first: of the same obligations, or of the duty whose filing
 * started the clock of this one (GDPR art. 33(4) after 33(1), a final report after the notification).
 */
export function earlierNotices(
  { notices, obligations }: Pick<Incident, 'notices' | 'obligations'>,
  notice: Notice,
  duties: readonly Pick<DutyText, 'after'>[],
): readonly Notice[] {
  const before = duties.flatMap(({ after }) => after ?? []);
  const keys = new Set([
    ...notice.obligations,
    ...obligations.filter(({ duty }) => before.includes(duty)).map(({ key }) => key),
  ]);
  return notices.filter(
    ({ id, kind, filed, obligations: met }) =>
      id !== notice.id &&
      kind === notice.kind &&
      filed !== undefined &&
      (!notice.filed || Temporal.Instant.compare(filed.at, notice.filed.at) < 0) &&
      met.some((key) => keys.has(key)),
  );
}
