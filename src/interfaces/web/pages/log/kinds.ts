import type { OptionWords } from '../../answers/fields.ts';
import type { StaffVisit } from '../../request/visit.ts';

/** The kinds that come with the program, the most frequent in a shop first. */
const ORDER = [
  'supplier-breach',
  'misdirected-email',
  'phished-mailbox',
  'credential-stuffing',
  'lost-device',
  'web-skimming',
  'ransomware-exfiltration',
  'shop-plugin-injection',
  'exposed-storage',
  'malicious-insider',
];

/** Every playbook as a chip: a shop's own stand after those of the program, by their titles. */
export function kindOptions(visit: StaffVisit, suggested: readonly string[]): readonly OptionWords[] {
  const place = (id: string): number => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length);
  return [...visit.parts.house.playbooks.all()]
    .sort((a, b) => place(a.id) - place(b.id) || a.title.localeCompare(b.title, visit.locale))
    .map(({ id }) => ({
      value: id,
      label: kindName(visit, id),
      hint: suggested.includes(id) ? visit.say('log.suggested') : null,
    }));
}

/** What a playbook is for, in a few words of the page's language; a shop's own has its title alone. */
export function kindName({ say, parts }: Pick<StaffVisit, 'say' | 'parts'>, id: string): string {
  const key = `log.kind-of.${id}`;
  if (parts.words.has('en', key)) return say(key);
  return parts.house.playbooks.byId(id)?.title ?? id;
}
