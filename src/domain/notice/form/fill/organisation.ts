import { countryOf, liesIn } from '../../../law/places.ts';
import type { Facts } from '../../../law/types.ts';
import { isSpecific } from '../../filled.ts';
import type { Values } from '../fields.ts';
import type { Known } from './known.ts';
import { groundOf } from './maps.ts';

/** What the organisation's record, its people and its partners give. */
export function fromOrganisation(known: Known): Values {
  const { organisation, facts, reference, reporter } = known;
  const { email, phone, address } = organisation.contact;
  const [first = ''] = known.duties;
  return {
    'own-reference': reference,
    'legal-ground': groundOf(first),
    'controller-name': organisation.name,
    ...(isSpecific(address) ? { 'controller-address': address } : {}),
    ...(isSpecific(email + phone) ? { 'controller-contact': said(email, phone) } : {}),
    ...(facts.sectors ? { 'controller-sector': sectorOf(facts.sectors) } : {}),
    ...(reporter
      ? {
          'reporter-name': reporter.name,
          'reporter-contact': reporter.contact,
          'reporter-function': reporter.isDpo ? 'dpo' : 'authorised-other',
        }
      : {}),
    ...officer(organisation.contact.dpo, said(email, phone)),
    ...supplierOf(known),
    ...acrossBorders(known),
  };
}

function sectorOf(sectors: NonNullable<Facts['sectors']>): string {
  return sectors.includes('public-body') ? 'public' : 'private';
}

/** The officer's own line names them; how to reach them is the organisation's contact until they have their own. */
function officer(dpo: string, contact: string): Values {
  if (!isSpecific(dpo)) return {};
  const own = /[\w.%+-]+@[\w.-]+\.\w{2,}|\+?\d[\d ()/-]{6,}/.exec(dpo)?.[0];
  return {
    'dpo-designated': 'yes',
    'dpo-name': dpo,
    ...(isSpecific(own ?? contact) ? { 'dpo-contact': (own ?? contact).trim() } : {}),
  };
}

function supplierOf({ supplier }: Known): Values {
  if (!supplier || !isSpecific(supplier.name)) return {};
  const role = supplier.role === 'joint-controller' ? 'joint-controller' : 'processor';
  return {
    'other-parties': [
      { role: supplier.role === 'controller' ? 'other' : role, name: supplier.name, contact: '' },
    ],
    ...(supplier.toldUsAt ? { 'party-told-us-at': supplier.toldUsAt } : {}),
  };
}

/**
 * Across borders (GDPR art. 4(23)): established in several states of the EEA, or in one while people of another are
 * affected. Unknown where either is.
 */
function acrossBorders({ facts, authorities }: Known): Values {
  const { establishments, mainEstablishment } = facts;
  if (!establishments) return {};
  const states = statesOfEea(establishments);
  const away = states.length === 0;
  return {
    'non-eea-controller': away ? 'yes' : 'no',
    'cross-border': crosses(states, facts),
    ...(away ? {} : { establishments: states }),
    ...(mainEstablishment && liesIn(mainEstablishment, 'EEA') === 'yes'
      ? { 'lead-authority': mainEstablishment }
      : {}),
    ...(authorities.length > 0 ? { 'authorities-told': authorities } : {}),
  };
}

function crosses(states: readonly string[], { subjects }: Facts): 'yes' | 'no' | 'unknown' {
  if (states.length === 0) return 'no';
  if (states.length > 1) return 'yes';
  if (!subjects) return 'unknown';
  const places = subjects.map(({ place }) => place);
  const homes = statesOfEea(places.filter((place) => place !== undefined));
  if (homes.some((home) => !states.includes(home))) return 'yes';
  return places.includes(undefined) ? 'unknown' : 'no';
}

function statesOfEea(places: readonly string[]): readonly string[] {
  return [...new Set(places.filter((place) => liesIn(place, 'EEA') === 'yes').map(countryOf))].sort();
}

function said(...parts: readonly string[]): string {
  return parts.filter((part) => part.trim() !== '').join(', ');
}
