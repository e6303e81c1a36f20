import type { LawChanges, Stand } from '../../../application/law/law-changes.ts';
import { bool, id, iso, list, maybe, moment, shape, text, texts } from './pieces.ts';

const stand = maybe(
  shape({
    decision: text,
    dueAt: maybe(moment),
    latestAt: maybe(moment),
    noNumber: bool,
    waitsFor: maybe(text),
  }),
);

export const lawChanges = shape({
  laws: list(shape({ regime: text, title: text, from: text, to: maybe(text) })),
  duties: list(shape({ key: text, duty: text, before: stand, after: stand })),
  lost: texts,
  fingerprint: text.description('To be sent as `shown` when taking it over.'),
});

export const olderIncidents = shape({
  incidents: list(shape({ incident: shape({ id, reference: text, title: text }), changes: lawChanges })),
});

export function lawChangesOf({ laws, duties, lost, fingerprint }: LawChanges): object {
  return {
    laws,
    duties: duties.map(({ key, duty, before, after }) => ({
      key,
      duty,
      before: standOf(before),
      after: standOf(after),
    })),
    lost,
    fingerprint,
  };
}

function standOf(own: Stand | null): object | null {
  return own && { ...own, dueAt: iso(own.dueAt), latestAt: iso(own.latestAt) };
}
