import type { Obligation } from '../incident/incident.ts';
import type { NoticeKind } from './notice.ts';

type Owed = Pick<Obligation, 'key' | 'duty' | 'notify'> &
  Partial<Pick<Obligation, 'recipient' | 'authority' | 'dueAt'>>;

const KINDS: Readonly<Record<string, NoticeKind>> = {
  authority: 'authority',
  controller: 'controller',
  clients: 'clients',
  partners: 'partners',
  bureaus: 'bureaus',
  media: 'media',
  people: 'letter',
};

/** The kind of notice that meets a duty; null where none does: what is owed to our own record. */
export function kindOf({ notify }: Pick<Obligation, 'notify'>): NoticeKind | null {
  return KINDS[notify] ?? null;
}

/**
 * Who gets the notice: two duties with the same addressee can be met by one. An authority that nobody can name yet may
 * be any, so its duty stands alone.
 */
function addresseeOf({ key, notify, authority, recipient }: Owed): string {
  if (notify !== 'authority') return `${notify}@${recipient ?? ''}`;
  return authority ?? key;
}

/** How many different recipients these duties have. One letter tells all the people, whatever law asks for it. */
export function addresseesOf(obligations: readonly Owed[]): number {
  return new Set(obligations.map(addresseeOf)).size;
}

/**
 * The duties, one notice each: those of one office that are due at the same moment stand together. A stage that is due
 * later has a notice of its own, since it says more than the first can.
 */
export function perNotice<O extends Owed>(obligations: readonly O[]): readonly (readonly O[])[] {
  const groups = new Map<string, O[]>();
  for (const obligation of obligations) {
    const name = `${addresseeOf(obligation)} ${obligation.dueAt?.toString() ?? ''}`;
    groups.set(name, [...(groups.get(name) ?? []), obligation]);
  }
  return [...groups.values()];
}
