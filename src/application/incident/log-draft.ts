import { Temporal } from 'temporal-polyfill';
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

/** Whoever comes back after so long begins anew: what they saw then is a matter for the log, not for a form. */
const KEPT = Temporal.Duration.from({ hours: 30 * 24 });

/** The person's draft, or null; one that is too old is none. */
export async function logDraftOf(house: Deps, actor: Actor): Promise<LogDraft | null> {
  const draft = await house.drafts.get(actor.organisation, placeOf(actor), NOTICE);
  const form = draft?.content['*']?.['form'] ?? '';
  return draft && form !== '' && !isOld(house, draft.at) ? { form, at: draft.at } : null;
}

/**
 * Removes the drafts of an organisation's people that are older than thirty days, words and all.
 * @returns how many
 */
export async function sweepLogDrafts(
  house: Deps & Pick<House, 'users'>,
  organisation: string,
): Promise<number> {
  let swept = 0;
  for (const { id: user } of await house.users.of(organisation)) {
    const draft = await house.drafts.get(organisation, placeOf({ user }), NOTICE);
    if (!draft || !isOld(house, draft.at)) continue;
    await house.drafts.remove(organisation, placeOf({ user }), [NOTICE]);
    swept += 1;
  }
  return swept;
}

function isOld(house: Pick<House, 'clock'>, at: Temporal.Instant): boolean {
  return Temporal.Instant.compare(at.add(KEPT), house.clock.now()) <= 0;
}

/** It lies among the drafts of notices, under a name that no incident has. */
function placeOf({ user }: Pick<Actor, 'user'>): string {
  return `new:${user}`;
}

const NOTICE = 'log';
