import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError, Problem } from '../../domain/errors.ts';
import { isZone } from '../../domain/law/moments.ts';
import { canonical, sha256, type Json } from '../../domain/register/entry.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import type { Organisation } from '../ports/staff.ts';
import { readFacts } from '../law/facts-of.ts';
import { recordWhile } from '../register/record.ts';
import { emailProblems, nameProblems, tidyEmail } from './credentials.ts';

export interface OrganisationForm {
  readonly name: string;
  readonly zone: string;
  readonly locale: string;
  /** Facts of the profile by name: `role`, `establishments`, `mainEstablishment`, `sectors`, … */
  readonly profile: Readonly<Record<string, unknown>>;
  readonly contact: Organisation['contact'];
  /** `settingsRevision` of the settings that the person saw; left out, the last word counts. */
  readonly shown?: string;
}

/** Changes whenever one of the settings does, and only then: sign-ins and the like leave it as it is. */
export function settingsRevision({ name, zone, locale, profile, contact }: Organisation): string {
  return sha256(canonical({ name, zone, locale, profile, contact })).slice(0, 16);
}

export async function viewOrganisation(
  house: Pick<House, 'organisations'>,
  actor: Actor,
): Promise<Result<Organisation, DomainError>> {
  const organisation = await house.organisations.byId(actor.organisation);
  return organisation
    ? ok(organisation)
    : fail({ kind: 'not-found', what: 'organisation', id: actor.organisation });
}

/** Changes the organisation's profile: what the law asks of it once, and what letters say of it. */
export async function changeOrganisation(
  house: Pick<House, 'clock' | 'ids' | 'organisations' | 'register'>,
  actor: Actor,
  form: OrganisationForm,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'settings.change');
  if (!allowed.ok) return allowed;
  const profile = readFacts(form.profile, form.zone);
  const problems = [...formProblems(form), ...(profile.ok ? [] : profile.error.problems)];
  if (problems.length > 0 || !profile.ok) return fail({ kind: 'invalid-input', problems });
  const contact = Object.fromEntries(
    Object.entries(form.contact).map(([name, text]) => [name, text.trim()]),
  ) as unknown as Organisation['contact'];
  const data: Record<string, Json> = { zone: form.zone, locale: form.locale, profile: profile.value };
  const { shown } = form;
  const changed = await recordWhile(
    house,
    actor,
    { type: 'organisation-changed', data },
    {
      holds: (before) => shown === undefined || shown === settingsRevision(before),
      changes: {
        name: form.name.trim(),
        zone: form.zone,
        locale: form.locale,
        profile: profile.value,
        contact,
      },
    },
  );
  return changed ? ok(undefined) : fail(await staleSettings(house, actor));
}

/** Somebody saved other settings since the person opened theirs. */
async function staleSettings(house: Pick<House, 'organisations'>, actor: Actor): Promise<DomainError> {
  const current = await house.organisations.byId(actor.organisation);
  const version = current?.version ?? 0;
  return {
    kind: 'stale-version',
    subject: actor.organisation,
    shown: version - 1,
    current: version,
    theirs: null,
    yours: null,
  };
}

function formProblems(form: OrganisationForm): Problem[] {
  const { website, email } = form.contact;
  return [
    ...nameProblems(form.name),
    ...(isZone(form.zone) ? [] : [{ path: 'zone', key: 'zone.unknown', values: { value: form.zone } }]),
    ...emailProblems(tidyEmail(email)).map((problem) => ({ ...problem, path: 'contact.email' })),
    // The website is the only link in a letter: anything but https would teach people the wrong habit.
    ...(website === '' || /^https:\/\/[^\s"'<>]+$/.test(website)
      ? []
      : [{ path: 'contact.website', key: 'website.https' }]),
  ];
}
