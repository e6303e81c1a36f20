import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../domain/access/roles.ts';
import type { House } from '../ports/house.ts';
import type { Draft } from '../ports/stores.ts';

type Deps = Pick<House, 'clock' | 'drafts'>;

/** What somebody typed into the five questions and has not logged. */
export interface LogDraft {
  /** The form as its page wrote it. */
  readonly form: string;
  readonly at: Temporal.Instant;
}

const TRIES = 5;

/**
 * Keeps what a person has typed of an incident not logged yet, sealed at rest like every free text: one draft a
 * person, the newest words count. It outlives the tab, the browser and the server.
 * @param form the form as its page writes it; '' forgets the draft, words and all
 * @returns when it was kept
 */
export async function keepLogDraft(house: Deps, actor: Actor, form: string): Promise<Temporal.Instant> {
  const { organisation, user } = actor;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = await house.drafts.get(organisation, placeOf(actor), NOTICE);
    const draft: Draft = {
      organisation,
      incident: placeOf(actor),
      notice: NOTICE,
      content: { '*': { form } },
      follows: [],
      revision: (before?.revision ?? 0) + 1,
      at: house.clock.now(),
      by: user,
    };
    if (await house.drafts.save(draft)) return draft.at;
  }
  // Other windows of the same person write all the time: theirs are the newest words. Logging must not fail for it.
  return house.clock.now();
}

/** The person's draft, or null. */
export async function logDraftOf(house: Pick<House, 'drafts'>, actor: Actor): Promise<LogDraft | null> {
  const draft = await house.drafts.get(actor.organisation, placeOf(actor), NOTICE);
  const form = draft?.content['*']?.['form'] ?? '';
  return draft && form !== '' ? { form, at: draft.at } : null;
}

/** It lies among the drafts of notices, under a name that no incident has. */
function placeOf({ user }: Actor): string {
  return `new:${user}`;
}

const NOTICE = 'log';
