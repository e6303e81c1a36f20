import type { Temporal } from 'temporal-polyfill';
import type { Incident } from '../../../../domain/incident/incident.ts';
import { fieldsAgain } from '../../answers/again.ts';
import { show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { ofIncident } from './of-incident.ts';

/** One part of what two people saved, in words. */
export interface VersionRow {
  readonly what: string;
  readonly theirs: string;
  readonly yours: string;
}

export interface Both {
  readonly incident: Incident;
  readonly crumb: string;
  /** Who was faster, and when; not known of everything. */
  readonly who?: string;
  readonly at?: Temporal.Instant;
  readonly rows: readonly VersionRow[];
  readonly back: string;
  /** Where the form goes when a person takes the own version all the same. */
  readonly action: string;
  /** What that form then says it has seen. */
  readonly shown: number | string;
  readonly form: Form;
}

/** Somebody saved the same thing meanwhile: both versions, what differs on top, and nothing typed is lost. */
export function showBoth(visit: StaffVisit, both: Both): void {
  const { say, times } = visit;
  const { incident, who, at } = both;
  const heading = who === undefined ? say('both.heading-somebody') : say('both.heading', { name: who });
  const rows = both.rows.map((row) => ({ ...row, differs: row.theirs !== row.yours }));
  const model = {
    title: heading,
    section: 'incidents' as const,
    of: ofIncident(incident, both.crumb),
    heading,
    theirsBy:
      who !== undefined && at
        ? say('both.theirs', { name: who, when: times.short(at) })
        : say('conflict.theirs'),
    rows: [...rows].sort((a, b) => Number(b.differs) - Number(a.differs)),
    back: both.back,
    action: both.action,
    shown: both.shown,
    again: fieldsAgain(both.form),
    same: rows.every(({ differs }) => !differs),
  };
  show(visit, 'incident/both', model, 409);
}
