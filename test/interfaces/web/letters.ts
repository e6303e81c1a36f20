import type { Person } from './browser-like.ts';
import { load } from './html.ts';
import { noticeForm } from './notice-form-of.ts';
import { logBreach, PASSWORD, taken } from './staff.ts';

const SETTINGS = {
  establishments: 'Germany',
  mainEstablishment: 'DE-BE',
  sectors: 'none',
  'contact.email': 'privacy@linden.example',
  'contact.address': 'Lindenweg 1\n10115 Berlin',
  'contact.dpo': 'Lene Winter',
};

/** A letter that was begun for a breach with a high risk, with nothing in it yet. @returns its path */
export async function emptyLetter(
  author: Person,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const settings = { ...SETTINGS, ...more };
  taken(await author.submit(await author.open('/settings'), '/settings/organisation', settings));
  const incident = await logBreach(author);
  const change = async (path: string, fields: Record<string, string>): Promise<void> => {
    taken(await author.submit(await author.open(incident), path, fields));
  };
  await change('/facts/breach.confidentiality', { 'breach.confidentiality': 'true' });
  await change('/facts/risk', { risk: 'high', because: 'Orders reveal addresses.' });
  await change('/facts/data.encrypted', { 'data.encrypted': 'false' });
  const form = noticeForm((await author.open(incident)).body, 'letter');
  const begun = taken(await author.post(form?.action ?? '', { ...form?.fields }));
  return (begun.location ?? '').replace(/[?#].*$/, '');
}

/** A letter to these people (lines as somebody pastes them), written by one and approved by the other; its path. */
export async function approvedLetter(
  author: Person,
  approver: Person,
  pasted: readonly string[],
): Promise<string> {
  const letter = await emptyLetter(author);
  taken(await author.submit(await author.open(letter), '/people', { people: pasted.join('\n') }));
  const form = load((await author.open(letter)).body).form('/draft');
  const words = Object.keys(form?.fields ?? {})
    .filter((name) => name.startsWith('content.'))
    .map((name) => [name, form?.fields[name] === '' ? 'What we know of it.' : String(form?.fields[name])]);
  const written = Object.fromEntries(words) as Record<string, string>;
  taken(await author.submit(await author.open(letter), '/draft', written));
  taken(await author.submit(await author.open(letter), '/submit', {}));
  taken(await approver.submit(await approver.open(letter), '/approve', { password: PASSWORD }));
  return letter;
}
