import { CODE, MongoFault } from '../errors.ts';
import type { StringOrder } from './compare.ts';
import { getField, type Doc } from './decode.ts';
import { toDouble } from './number.ts';

const KNOWN = new Set([
  'locale',
  'strength',
  'caseLevel',
  'caseFirst',
  'numericOrdering',
  'alternate',
  'maxVariable',
  'normalization',
  'backwards',
  'version',
]);

/** The order of strings under a `collation` document; `undefined` for none and for the locale `simple`. */
export function compileCollation(collation: Doc | undefined): StringOrder | undefined {
  if (collation === undefined || Object.keys(collation).length === 0) return undefined;
  const unknown = Object.keys(collation).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) {
    throw new MongoFault(40415, `BSON field 'collation.${unknown}' is an unknown field.`);
  }
  const locale = getField(collation, 'locale');
  if (typeof locale !== 'string') {
    throw new MongoFault(40414, "BSON field 'collation.locale' is missing but a required field");
  }
  if (locale === 'simple') return undefined;
  const collator = collatorOf(locale, collation);
  return (a, b) => collator.compare(a, b);
}

function collatorOf(locale: string, collation: Doc): Intl.Collator {
  const name = locale.split('@')[0]?.replaceAll('_', '-') ?? locale;
  const caseFirst = getField(collation, 'caseFirst');
  const sensitivity = sensitivityOf(collation);
  try {
    if (Intl.Collator.supportedLocalesOf(name).length === 0) throw new RangeError(name);
    return new Intl.Collator(name, {
      sensitivity,
      numeric: getField(collation, 'numericOrdering') === true,
      caseFirst: caseFirst === 'upper' || caseFirst === 'lower' ? caseFirst : 'false',
      ignorePunctuation: getField(collation, 'alternate') === 'shifted',
    });
  } catch {
    throw new MongoFault(CODE.BadValue, `Field 'locale' is invalid in: { locale: "${locale}" }`);
  }
}

function sensitivityOf(collation: Doc): 'base' | 'accent' | 'case' | 'variant' {
  const strength = toDouble(getField(collation, 'strength')) ?? 3;
  if (!Number.isInteger(strength) || strength < 1 || strength > 5) {
    throw new MongoFault(
      CODE.BadValue,
      `Enumeration value '${strength}' for field 'collation.strength' is not valid.`,
    );
  }
  const caseLevel = getField(collation, 'caseLevel') === true;
  if (strength === 1) return caseLevel ? 'case' : 'base';
  return strength === 2 && !caseLevel ? 'accent' : 'variant';
}
