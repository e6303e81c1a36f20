import type { Incident } from '../../../../domain/incident/incident.ts';

/** What every page about a part of an incident says of the incident itself: where it belongs, and what kind it is. */
export interface OfIncident {
  readonly href: string;
  readonly title: string;
  /** What the page itself is called in the path. */
  readonly crumb: string;
  readonly drill: boolean;
  readonly restricted: boolean;
}

export function ofIncident(
  { id, reference, title, drill, restrictedTo }: Incident,
  crumb: string,
): OfIncident {
  return {
    href: `/incidents/${id}`,
    title: `${reference} ${title}`,
    crumb,
    drill,
    restricted: restrictedTo !== undefined,
  };
}
