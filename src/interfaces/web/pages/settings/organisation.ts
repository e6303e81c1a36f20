import { changeOrganisation } from '../../../../application/access/organisation.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors } from '../../answers/problems.ts';
import { go } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { placeCode } from '../places.ts';
import { NO_SECTOR } from './sectors.ts';
import { showSettingsPage } from './page.ts';

const TEXTS = [
  'name',
  'zone',
  'locale',
  'establishments',
  'mainEstablishment',
  'contact.email',
  'contact.phone',
  'contact.address',
  'contact.website',
  'contact.dpo',
] as const;

/** The organisation's profile: what the law asks once, and what letters say of us. */
export async function takeOrganisation(visit: StaffVisit, form: Form): Promise<void> {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, form.text(name)])) as Record<
    (typeof TEXTS)[number],
    string
  >;
  const role = form.list('role');
  const sectors = form.list('sectors');
  const done = await changeOrganisation(visit.parts.house, visit.actor, {
    name: texts.name,
    zone: texts.zone,
    locale: texts.locale,
    profile: {
      ...notAskedHere(visit.organisation.profile),
      ...profileOf(texts, role, sectors),
      ...listedOf(form.text('listed')),
    },
    contact: {
      email: texts['contact.email'],
      phone: texts['contact.phone'],
      address: texts['contact.address'],
      website: texts['contact.website'],
      dpo: texts['contact.dpo'],
    },
  });
  if (done.ok) {
    go(visit, '/settings', 'settings');
    return;
  }
  if (done.error.kind !== 'invalid-input') {
    refuse(visit, done.error);
    return;
  }
  const errors = formErrors(visit, done.error, (path) =>
    path.replace(/^facts\./, '').replace(/\[\d+\]$/, ''),
  );
  await showSettingsPage(visit, { errors, organisation: { ...texts, role, sectors } }, 422);
}

const ASKED = ['role', 'establishments', 'mainEstablishment', 'sectors', 'listed'];

/** What this page does not ask (turnover, listing …) stays as it was. */
function notAskedHere(profile: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(profile).filter(([name]) => !ASKED.includes(name)));
}

function listedOf(answer: string): { readonly listed?: boolean } {
  return answer === 'yes' || answer === 'no' ? { listed: answer === 'yes' } : {};
}

function sectorsOf(chosen: readonly string[]): { readonly sectors?: readonly string[] } {
  const sectors = chosen.filter((sector) => sector !== NO_SECTOR);
  return chosen.length === 0 ? {} : { sectors };
}

/** Facts of the profile by name; what is left empty is unknown, not 'none'. */
function profileOf(
  texts: Readonly<Record<(typeof TEXTS)[number], string>>,
  role: readonly string[],
  sectors: readonly string[],
): Record<string, unknown> {
  const establishments = texts.establishments
    .split(',')
    .map(placeCode)
    .filter((code) => code !== '');
  const main = texts.mainEstablishment.trim();
  return {
    ...(role.length > 0 ? { role } : {}),
    ...(establishments.length > 0 ? { establishments } : {}),
    ...(main === '' ? {} : { mainEstablishment: placeCode(main) }),
    ...sectorsOf(sectors),
  };
}
