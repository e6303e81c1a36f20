import { changeFact, changeNarrative } from '../../src/application/incident/change-fact.ts';
import type { LogForm } from '../../src/application/incident/log-incident.ts';
import { viewIncident } from '../../src/application/incident/view-incident.ts';
import { viewNotice } from '../../src/application/notice/view-notice.ts';
import { prepareNotice } from '../../src/application/notice/prepare.ts';
import { editDraft } from '../../src/application/notice/write.ts';
import type { House } from '../../src/application/ports/house.ts';
import type { Actor } from '../../src/domain/access/roles.ts';
import { good } from '../support/breach.ts';

/** A parcel service lost our orders; we have known for an hour. */
export function supplierBreach(house: House): LogForm {
  const now = house.clock.now();
  return {
    state: 'breach',
    kind: 'supplier-breach',
    title: 'Our orders copied at the parcel service',
    whatHappened: 'The parcel service called: someone copied its orders, ours among them.',
    reporter: 'The parcel service, by telephone',
    detectedAt: now.subtract({ hours: 2 }).toString(),
    awareAt: now.subtract({ hours: 1 }).toString(),
    categories: ['name', 'email', 'postal-address', 'order-history'],
    subjects: [{ place: 'DE', count: 3, groups: ['customers'] }],
    supplier: { name: 'The parcel service', toldUsAt: now.subtract({ hours: 2 }).toString() },
  };
}

const FACTS: readonly (readonly [string, unknown])[] = [
  ['data.encrypted', false],
  ['data.keyCompromised', false],
  ['breach.confidentiality', true],
  ['breach.integrity', false],
  ['breach.availability', false],
];

/** Responder and lawyer find out what a notice needs to say. */
export async function findOut(house: House, responder: Actor, legal: Actor, incident: string): Promise<void> {
  for (const [name, value] of FACTS)
    good(await changeFact(house, responder, { incident, name, value, shown: 0 }));
  const because = 'Orders reveal addresses and habits.';
  good(await changeFact(house, legal, { incident, name: 'risk', value: 'high', shown: 0, because }));
  for (const name of ['consequences', 'measures'])
    good(
      await changeNarrative(house, responder, {
        incident,
        name,
        text: `The ${name}, in words.`,
        shown: null,
      }),
    );
}

export const THREE = [
  { name: 'Maria Weiß', email: 'maria@customers.example', language: 'de', country: 'DE' },
  { name: 'Tom Reed', email: 'tom@customers.example', language: 'en', country: 'DE' },
  { name: 'Jan Nowak', email: 'jan@customers.example', language: 'de', country: 'DE' },
];

/** Begins a notice for every obligation of a duty that applies. */
export async function begin(
  house: House,
  actor: Actor,
  incident: string,
  kind: 'authority' | 'letter',
  key?: string,
): Promise<string> {
  const duty = kind === 'letter' ? 'gdpr-art34-subjects' : 'gdpr-art33-authority';
  const { obligations } = good(await viewIncident(house, actor, incident));
  const form = {
    incident,
    kind,
    obligations: obligations
      .map(({ obligation }) => obligation)
      .filter((obligation) => obligation.duty === duty && obligation.decision === 'applies')
      .map((obligation) => obligation.key),
    locales: kind === 'letter' ? ['en', 'de'] : ['en'],
  };
  return good(await prepareNotice(house, actor, form, key)).notice;
}

/** Fills what the law's checklist still misses, and adds `extra` to what happened. */
export async function write(
  house: House,
  actor: Actor,
  incident: string,
  notice: string,
  extra = '',
): Promise<void> {
  const { checklist, draft, notice: shown } = good(await viewNotice(house, actor, incident, notice));
  const content: Record<string, Record<string, string>> = {};
  for (const [locale, words] of Object.entries(draft.content)) content[locale] = { ...words };
  for (const { field, state, from } of checklist) {
    if (state !== 'missing' || from !== 'draft') continue;
    for (const locale of shown.locales)
      content[locale] = { ...content[locale], [field]: field === 'record-count' ? '3' : `About ${field}.` };
  }
  for (const locale of shown.locales)
    content[locale] = {
      ...content[locale],
      'what-happened': `${content[locale]?.['what-happened'] ?? ''}${extra}`,
    };
  const { follows, revision } = draft;
  good(await editDraft(house, actor, { incident, notice, content, follows, shown: revision }));
}

/** The hash of the seal that an approver is shown. */
export async function sealShown(
  house: House,
  actor: Actor,
  incident: string,
  notice: string,
): Promise<string> {
  return good(await viewNotice(house, actor, incident, notice)).notice.submitted?.seal.hash ?? '';
}
