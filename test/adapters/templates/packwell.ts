import { Temporal } from 'temporal-polyfill';
import type { DutyText } from '../../../src/application/ports/law.ts';
import type { NoticeSource } from '../../../src/application/ports/notices.ts';
import type { Organisation } from '../../../src/application/ports/staff.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import { createNoticeWriter, type NoticeRoom } from '../../../src/adapters/templates/notice-writer.ts';
import type { Json } from '../../../src/domain/register/entry.ts';

/** A breach at Packwell, which ships the parcels of Linden Shop. Nobody in it exists. */
export const NOW = Temporal.Instant.from('2026-12-06T10:00:00Z');

export const linden: Organisation = {
  id: 'org',
  name: 'Linden Shop',
  zone: 'Europe/Berlin',
  locale: 'en',
  profile: {},
  contact: {
    email: 'privacy@linden.example',
    phone: '+49 30 23125 100',
    address: 'Lindenweg 1\n10115 Berlin',
    website: 'https://linden.example',
    dpo: 'Mara Linde, data protection officer',
  },
  version: 1,
  register: { sequence: 0, head: '' },
  outbox: [],
  seen: [],
};

const FACTS: Readonly<Record<string, Json>> = {
  occurredAt: '2026-12-03T02:10:00+01:00',
  detectedAt: '2026-12-05T08:00:00+01:00',
  awareAt: '2026-12-05T09:30:00+01:00',
  'breach.confidentiality': true,
  'data.categories': ['name', 'email', 'phone', 'postal-address', 'order-history'],
  subjects: [
    { place: 'DE', count: 2, groups: ['customers'] },
    { place: 'GB', count: 1, groups: ['customers'] },
  ],
};

export function incident(facts: Readonly<Record<string, Json>> = {}, more: Partial<Incident> = {}): Incident {
  const all = { ...FACTS, ...facts };
  const at = NOW;
  return {
    id: 'i1',
    organisation: 'org',
    reference: 'INC-2026-0001',
    drill: false,
    questions: [],
    version: 1,
    state: 'breach',
    kind: 'supplier-breach',
    title: 'Packwell: our orders copied',
    loggedAt: at,
    loggedBy: 'u1',
    owner: 'u1',
    zone: 'Europe/Berlin',
    playbook: { id: 'supplier-breach', version: 1, hash: 'h' },
    facts: Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, { value, at, by: 'u1', revision: 1 }]),
    ),
    answers: {},
    narrative: {},
    supplier: { name: 'Packwell', toldUsAt: Temporal.Instant.from('2026-12-05T08:00:00+01:00') },
    stages: [],
    tasks: [],
    obligations: [],
    notices: [],
    seen: [],
    register: { sequence: 0, head: '' },
    outbox: [],
    card: {} as Incident['card'],
    ...more,
  };
}

const law = { citation: 'GDPR art. 33(1)', notify: 'authority', confidence: 'sure', status: 'law' } as const;

export const ART_33: DutyText = {
  ...law,
  id: 'gdpr-art33-authority',
  title: 'Tell the authority',
  phases: true,
  content: [
    ...['nature', 'categories-subjects', 'count-subjects', 'categories-data', 'count-records', 'dpo-contact'],
    ...['consequences', 'measures-taken', 'measures-proposed', 'delay-reason', 'phases-note'],
  ],
};

export const ART_33_2: DutyText = {
  ...law,
  id: 'gdpr-art33-2-controller',
  title: 'Tell the controller',
  citation: 'GDPR art. 33(2)',
  notify: 'controller',
  phases: true,
  content: [
    ...['nature', 'when-occurred', 'when-detected', 'when-aware', 'categories-subjects', 'count-subjects'],
    ...['categories-data', 'count-records', 'measures-taken', 'contact-organisation'],
  ],
};

export const ART_34: DutyText = {
  ...law,
  id: 'gdpr-art34-subjects',
  title: 'Tell the people',
  citation: 'GDPR art. 34',
  notify: 'people',
  phases: false,
  content: [
    'nature',
    'dpo-contact',
    'consequences',
    'measures-taken',
    'measures-proposed',
    'advice',
    'complaint-right',
  ],
};

export const LETTER_EN = {
  'what-happened':
    'On 3 December someone copied order data from Packwell, the company that ships our parcels. Your data were among them. Packwell told us on 5 December.',
  'not-affected': 'Your card and your password were not there. Packwell never had them.',
  consequences:
    'Someone can now write or call you and sound like us. A fake could offer a refund for a real order.',
  'measures-taken':
    'We cut Packwell off from our orders on 5 December, so nothing new can leak. We told the data protection authority and the police.',
  'measures-prevent-detail': 'From January another company ships our parcels.',
};

export const LETTER_DE = {
  'what-happened':
    'Am 3. Dezember hat jemand Bestelldaten bei Packwell kopiert. Packwell verschickt unsere Pakete. Ihre Daten waren darunter.',
  'not-affected': 'Ihre Karte und Ihr Passwort lagen dort nicht.',
  consequences: 'Jemand kann Ihnen jetzt schreiben oder Sie anrufen und klingen wie wir.',
  'measures-taken': 'Wir haben Packwell am 5. Dezember von unseren Bestellungen getrennt.',
  'measures-prevent-detail': 'Ab Januar verschickt ein anderes Unternehmen unsere Pakete.',
};

export function letter(over: Partial<NoticeSource> = {}): NoticeSource {
  return {
    kind: 'letter',
    incident: incident(),
    organisation: linden,
    duties: [ART_34],
    content: { en: LETTER_EN, de: LETTER_DE },
    follows: [],
    ...over,
  };
}

export function authority(over: Partial<NoticeSource> = {}): NoticeSource {
  return {
    kind: 'authority',
    incident: incident(),
    organisation: linden,
    duties: [ART_33],
    recipient: 'BlnBDI (Berlin)',
    content: {
      en: {
        'what-happened': 'Someone copied order data at our processor Packwell.',
        consequences: 'Fraud by messages that name real orders.',
        'measures-taken': 'The connection to Packwell was cut.',
        'measures-prevent-detail': 'Another company ships our parcels from January.',
      },
      '*': { 'record-count': 'about 300' },
    },
    follows: [],
    ...over,
  };
}

/** Draft with one field of one language (or of `*`) changed. */
export function rewritten(
  source: NoticeSource,
  locale: string,
  words: Readonly<Record<string, string>>,
): NoticeSource {
  return { ...source, content: { ...source.content, [locale]: { ...source.content[locale], ...words } } };
}

let room: NoticeRoom | undefined;

/** The writer over the templates of this repository. */
export function writer(): NoticeRoom {
  room ??= createNoticeWriter({ folder: 'templates', clock: { now: () => NOW } });
  return room;
}
