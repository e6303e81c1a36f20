import { nearest } from './nearest.ts';

// ISO 3166-1 alpha-2, and XK, which ISO leaves to its users.
const COUNTRIES = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
    'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO ' +
    'FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE ' +
    'JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO ' +
    'MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW ' +
    'PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM ' +
    'TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'
  ).split(' '),
);

/** The 27 members of the European Union. */
export const EU: readonly string[] =
  'AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

/** The European Economic Area: the Union with Iceland, Liechtenstein and Norway. */
export const EEA: readonly string[] = [...EU, 'IS', 'LI', 'NO'];

const GROUPS: Readonly<Record<string, ReadonlySet<string>>> = { EU: new Set(EU), EEA: new Set(EEA) };

/** US states, the district and the territories that have a breach statute, as ISO 3166-2. */
export const US_STATES: readonly string[] = (
  'AL AK AZ AR CA CO CT DE DC FL GA GU HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK ' +
  'OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY'
)
  .split(' ')
  .map((code) => `US-${code}`);

// Parts are checked by name where laws turn on them; elsewhere the form of the code must do.
const PARTS: Readonly<Record<string, ReadonlySet<string>>> = {
  US: new Set([...US_STATES, 'US-AS', 'US-MP', 'US-UM']),
  DE: new Set('BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH'.split(' ').map((land) => `DE-${land}`)),
  CA: new Set('AB BC MB NB NL NS NT NU ON PE QC SK YT'.split(' ').map((province) => `CA-${province}`)),
  AU: new Set('ACT NSW NT QLD SA TAS VIC WA'.split(' ').map((state) => `AU-${state}`)),
  AE: new Set('AE-AJ AE-AZ AE-DU AE-FU AE-RK AE-SH AE-UQ AE-DIFC AE-ADGM AE-DHCC'.split(' ')),
  QA: new Set('QA-DA QA-KH QA-MS QA-RA QA-SH QA-US QA-WA QA-ZA QA-QFC'.split(' ')),
};

/**
 * Zones with a law of their own and no ISO code. Who is established in one names it: the country alone is the country's
 * own law, and there is no other code by which one could say so.
 */
export const ZONES_OF_LAW: ReadonlySet<string> = new Set(['AE-DIFC', 'AE-ADGM', 'AE-DHCC', 'QA-QFC']);

const READ_AS: Readonly<Record<string, string>> = { PR: 'US-PR', GU: 'US-GU', VI: 'US-VI' };
const MEANT: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

/** The place of a code as the engine names it (`PR` is `US-PR`), or undefined where there is no such place. */
export function placeOf(code: string): string | undefined {
  const readAs = READ_AS[code];
  if (readAs !== undefined) return readAs;
  if (COUNTRIES.has(code)) return code;
  const country = countryOf(code);
  if (country === code || !COUNTRIES.has(country)) return undefined;
  const parts = PARTS[country];
  if (parts) return parts.has(code) ? code : undefined;
  return /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(code) ? code : undefined;
}

/** The place that an unknown code most likely meant. */
export function nearestPlace(code: string): string | undefined {
  const upper = code.toUpperCase();
  const meant = MEANT[upper] ?? placeOf(upper);
  if (meant !== undefined) return meant;
  const parts = PARTS[upper.slice(0, 2)];
  return nearest(upper, parts && upper.includes('-') ? parts : COUNTRIES);
}

/** Whether a condition may ask about it: a place, a group of places, or `*` for all. */
export function isAskable(code: string): boolean {
  return code === '*' || code in GROUPS || placeOf(code) === code;
}

/** The country of a place: `DE` of `DE-BY`. */
export function countryOf(place: string): string {
  const dash = place.indexOf('-');
  return dash < 0 ? place : place.slice(0, dash);
}

/** Whether `place` lies in `asked` (a place, a group or `*`); `maybe` where only the country of a part is known. */
export function liesIn(place: string, asked: string): 'yes' | 'no' | 'maybe' {
  if (asked === '*' || place === asked) return 'yes';
  const group = GROUPS[asked];
  if (group) return group.has(countryOf(place)) ? 'yes' : 'no';
  if (place.startsWith(`${asked}-`)) return 'yes';
  return asked.startsWith(`${place}-`) ? 'maybe' : 'no';
}
