import type { Json } from '../../domain/register/entry.ts';
import type { LogForm } from '../incident/log-incident.ts';
import type { Assumed, VerisOptions } from './veris.ts';
import type { VerisRecord } from './veris-record.ts';

export interface VerisFacts {
  readonly facts: Readonly<Record<string, Json>>;
  readonly unknown: Readonly<Record<string, string>>;
  readonly categories: readonly string[];
  readonly subjects: LogForm['subjects'];
  readonly assumed: readonly Assumed[];
}

/** Every fact that the record surely gives. What it leaves open stays open. */
export function factsOfVeris(record: VerisRecord, options: VerisOptions): VerisFacts {
  const data = dataOf(record);
  const people = peopleOf(record);
  const victim = victimOf(record, options);
  return {
    facts: { ...lossesOf(record), ...mannerOf(record), ...stateOfData(record), ...victim.facts },
    unknown: data.unknown,
    categories: data.categories,
    subjects: people.subjects,
    assumed: [...data.assumed, ...people.assumed, ...victim.assumed],
  };
}

const CONFIDENTIALITY = 'attribute.confidentiality';

/**
 * What VERIS calls a variety of data, as the law's categories. Where it names personal data without saying which, the
 * whole list stays open.
 */
const CATEGORIES: Readonly<Record<string, string>> = {
  Payment: 'payment-card',
  Medical: 'health',
  Bank: 'bank-account',
};
const NOT_PERSONAL: readonly string[] = [
  'API key',
  'Classified',
  'Copyrighted',
  'Digital certificate',
  'Internal',
  'Secrets',
  'Session key',
  'Source code',
  'System',
  'Virtual currency',
];

function dataOf(record: VerisRecord): Pick<VerisFacts, 'categories' | 'unknown' | 'assumed'> {
  const said = record.objects(`${CONFIDENTIALITY}.data`).flatMap(({ variety }) => {
    return typeof variety === 'string' ? [variety] : [];
  });
  const personal = said.filter((variety) => !NOT_PERSONAL.includes(variety));
  const categories = personal.flatMap((variety) => CATEGORIES[variety] ?? []);
  for (const [index, variety] of said.entries()) {
    if (!NOT_PERSONAL.includes(variety)) record.took(`${CONFIDENTIALITY}.data[${index}].variety`);
  }
  if (personal.length === 0) return { categories: [], unknown: {}, assumed: [] };
  if (categories.length < personal.length) {
    const why = `VERIS says “${personal.join(', ')}”, not which personal data these were.`;
    return { categories: [], unknown: { 'data.categories': why }, assumed: [] };
  }
  // Such data are of people by their nature; a list without the name would turn off every law that asks for it.
  const values = { varieties: personal.join(', ') };
  return {
    categories: ['name', ...new Set(categories)],
    unknown: {},
    assumed: [{ key: 'name-with-data', values }],
  };
}

const GROUPS: Readonly<Record<string, string>> = {
  Customer: 'customers',
  Employee: 'employees',
  Patient: 'patients',
  Student: 'students',
};

/** Records stand for people. Their places are not said: a victim's country is that of the organisation. */
function peopleOf(record: VerisRecord): Pick<VerisFacts, 'subjects' | 'assumed'> {
  if (record.text(`${CONFIDENTIALITY}.data_disclosure`) === 'No') return { subjects: [], assumed: [] };
  const victims = record.texts(`${CONFIDENTIALITY}.data_victim`);
  const groups = victims.flatMap((victim) => GROUPS[victim] ?? []);
  if (groups.length === victims.length) record.took(`${CONFIDENTIALITY}.data_victim`);
  const numbers = countsOf(record);
  const row = { ...rangeOf(numbers), ...(groups.length > 0 ? { groups: [...new Set(groups)] } : {}) };
  if (Object.keys(row).length === 0) return { subjects: [], assumed: [] };
  const values = { records: Math.max(0, ...numbers) };
  return {
    subjects: [row],
    assumed: numbers.length > 0 ? [{ key: 'records-as-people', values }] : [],
  };
}

/** The total and the amounts of each variety, which may contradict each other. */
function countsOf(record: VerisRecord): readonly number[] {
  const total = record.number(`${CONFIDENTIALITY}.data_total`);
  const amounts = record.objects(`${CONFIDENTIALITY}.data`).flatMap(({ amount, variety }, index) => {
    if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount <= 0) return [];
    if (typeof variety === 'string' && NOT_PERSONAL.includes(variety)) return [];
    record.took(`${CONFIDENTIALITY}.data[${index}].amount`);
    return [amount];
  });
  return [...(total === undefined || total === 0 ? [] : [total]), ...amounts];
}

function rangeOf(numbers: readonly number[]): Partial<Record<'count' | 'min' | 'max', number>> {
  if (numbers.length === 0) return {};
  const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
  return min === max ? { count: min } : { min, max };
}

const GONE: readonly string[] = ['Destruction', 'Loss', 'Interruption', 'Obscuration'];

function lossesOf(record: VerisRecord): Record<string, Json> {
  const facts: Record<string, Json> = {};
  const disclosed = record.text(`${CONFIDENTIALITY}.data_disclosure`);
  if (disclosed === 'Yes') facts['breach.confidentiality'] = true;
  if (disclosed === 'No') facts['breach.confidentiality'] = false;
  const integrity = 'attribute.integrity.variety';
  // Software put on a machine, or a person deceived, is no change of personal data.
  if (record.texts(integrity).includes('Modify data')) {
    facts['breach.integrity'] = true;
    took(record, integrity, ['Modify data']);
  }
  const availability = 'attribute.availability.variety';
  if (record.texts(availability).some((variety) => GONE.includes(variety))) {
    facts['breach.availability'] = true;
    took(record, availability, GONE);
  }
  return facts;
}

/** Marks those words of a list that found their way. */
function took(record: VerisRecord, path: string, words: readonly string[]): void {
  for (const [index, word] of record.texts(path).entries()) {
    if (words.includes(word)) record.took(`${path}[${index}]`);
  }
}

const ATTACKS: readonly string[] = ['hacking', 'malware', 'social', 'misuse'];
const MISTAKEN: readonly string[] = ['Misdelivery', 'Publishing error'];

/** With intent or not, by computers, for ransom, or sent by mistake. */
function mannerOf(record: VerisRecord): Record<string, Json> {
  const actions = record.names('action').filter((action) => action !== 'unknown');
  const known = actions.length > 0 && !record.has('action.unknown');
  const theft = record.texts('action.physical.variety').includes('Theft');
  const malware = record.texts('action.malware.variety');
  const errors = record.texts('action.error.variety');
  const facts: Record<string, Json> = {};
  if (actions.some((action) => ATTACKS.includes(action)) || theft) facts['malicious'] = true;
  else if (known && actions.every((action) => action === 'error' || action === 'environmental'))
    facts['malicious'] = false;
  if (actions.includes('hacking') || actions.includes('malware')) facts['cyber'] = true;
  if (malware.includes('Ransomware')) facts['ransomware'] = true;
  else if (known && (!actions.includes('malware') || malware.length > 0)) facts['ransomware'] = false;
  if (errors.some((variety) => MISTAKEN.includes(variety)) && facts['malicious'] === false)
    facts['inadvertent'] = true;
  took(record, 'action.malware.variety', ['Ransomware']);
  took(record, 'action.physical.variety', ['Theft']);
  took(record, 'action.error.variety', MISTAKEN);
  return facts;
}

/** Encrypted or in the open, on paper or not, where the record says one thing only. */
function stateOfData(record: VerisRecord): Record<string, Json> {
  const path = `${CONFIDENTIALITY}.state`;
  const states = record.texts(path);
  const facts: Record<string, Json> = {};
  const is = (word: RegExp): boolean => states.length > 0 && states.every((state) => word.test(state));
  if (is(/ encrypted$/)) facts['data.encrypted'] = true;
  if (is(/( unencrypted|^Printed)$/)) facts['data.encrypted'] = false;
  const assets = record.objects('asset.assets').map(({ variety }) => variety);
  const onPaper = assets.length > 0 && assets.every((variety) => variety === 'M - Documents');
  if (is(/^Printed$/) || onPaper) facts['data.medium'] = 'paper';
  if ('data.encrypted' in facts || is(/^Printed$/)) record.took(path);
  if (onPaper) record.took('asset.assets');
  return facts;
}

/** The victim of the record is the organisation that keeps the register: we were there. */
function victimOf(record: VerisRecord, { isPlace }: VerisOptions): Pick<VerisFacts, 'facts' | 'assumed'> {
  const countries = record.texts('victim.country').filter((country) => isPlace(country));
  if (countries.length === 0) return { facts: {}, assumed: [] };
  if (countries.length === record.texts('victim.country').length) record.took('victim.country');
  const [first] = countries;
  const state = record.texts('victim.state')[0];
  const part = state !== undefined && first !== undefined ? `${first}-${state}` : undefined;
  const isPart = part !== undefined && isPlace(part);
  if (isPart) record.took('victim.state');
  const establishments = isPart && countries.length === 1 ? [part] : countries;
  const values = { places: establishments.join(', ') };
  return { facts: { establishments }, assumed: [{ key: 'victim-as-us', values }] };
}
