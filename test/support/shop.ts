import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mailFiles } from '../../src/adapters/mail/mail-file.ts';
import { pdfPrinter } from '../../src/adapters/print/letters-pdf.ts';
import type { Temporal } from 'temporal-polyfill';
import type { Actor, Role } from '../../src/domain/access/roles.ts';
import { ensureAdministrator } from '../../src/application/access/set-up.ts';
import { acceptInvitation, invite } from '../../src/application/access/staff.ts';
import { changeOrganisation } from '../../src/application/access/organisation.ts';
import { installedLaw } from '../../src/application/law/installed-law.ts';
import type { LogForm } from '../../src/application/incident/log-incident.ts';
import type { Clock, House, Scheduler, Wake } from '../../src/application/ports/house.ts';
import { randomIds } from '../../src/adapters/crypto/index.ts';
import { listFiles } from '../../src/adapters/lists-in/index.ts';
import { HolidayCalendar } from '../../src/adapters/holidays/index.ts';
import { caseFiles, loadLaw, readHolidayFiles } from '../../src/adapters/law-files/index.ts';
import { createLetterOutbox, createStaffOutbox } from '../../src/adapters/mail/outbox-folder.ts';
import { createStaffWords } from '../../src/adapters/mail/staff-words.ts';
import { USUAL_SENDING } from '../../src/domain/people/sending-rules.ts';
import { loadForms } from '../../src/adapters/playbook-files/forms.ts';
import { loadPlaybooks, playbookFiles } from '../../src/adapters/playbook-files/index.ts';
import { createNoticeWriter } from '../../src/adapters/templates/notice-writer.ts';
import { FRIDAY, good } from './breach.ts';
import { PASSWORD } from './password.ts';
import { withStore, type StoreUnderTest } from './store.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A clock that stands still until it is set. */
export interface SetClock extends Clock {
  set(instant: Temporal.Instant): void;
  advance(duration: Temporal.DurationLike): void;
}

/** What was laid down for later, instead of running it: the jobs have tests of their own. */
export interface Laid {
  readonly wakes: Map<string, readonly Wake[]>;
  readonly dispatches: string[];
}

export interface HouseOnPaper {
  readonly house: House;
  readonly clock: SetClock;
  readonly laid: Laid;
  /** The outbox folder, with `letters` and `staff`. */
  readonly outbox: string;
  /** The store below it, to see what lies there at rest. */
  readonly store: StoreUnderTest;
}

export { PASSWORD };

let law: ReturnType<typeof loadLaw> | undefined;

/** A house over the real store, within a `describe`: law, playbooks and templates as installed, the clock in hand. */
export function withShopHouse(): HouseOnPaper {
  const store = withStore();
  const clock = setClock(FRIDAY);
  const laid: Laid = { wakes: new Map(), dispatches: [] };
  const here = { clock, laid, store } as { -readonly [Key in keyof HouseOnPaper]: HouseOnPaper[Key] };
  before(async () => {
    here.outbox = await mkdtemp(join(tmpdir(), 'tocsin-outbox-'));
    here.house = build(store.stores, clock, laid, here.outbox);
  });
  after(() => rm(here.outbox, { recursive: true, force: true }));
  return here;
}

function build(
  stores: ReturnType<typeof withStore>['stores'],
  clock: Clock,
  laid: Laid,
  outbox: string,
): House {
  law ??= loadLaw({ playbooks: join(ROOT, 'playbooks') });
  if (!law.book) throw new Error(`the installed law does not load: ${JSON.stringify(law.problems[0])}`);
  const workingDays = new HolidayCalendar(readHolidayFiles(join(ROOT, 'playbooks')));
  const words = createStaffWords({ folder: join(ROOT, 'templates') });
  return {
    ...stores,
    clock,
    ids: randomIds,
    listFiles,
    // The real hash takes 50 ms by design, and has a test of its own.
    passwords: {
      hash: (password) => Promise.resolve(`hashed:${password}`),
      verify: (hash, password) => Promise.resolve(hash === `hashed:${password}`),
    },
    law: installedLaw(law.book, {
      workingDays,
      clock,
      texts: law.texts,
      cases: caseFiles(join(ROOT, 'playbooks')),
    }),
    playbooks: playbookFiles(loadPlaybooks({ installed: join(ROOT, 'playbooks') }), stores.texts),
    scheduler: recording(laid),
    staffPost: createStaffOutbox({
      folder: outbox,
      clock,
      words,
      from: { name: 'Tocsin', email: 'tocsin@localhost' },
    }),
    letterPost: createLetterOutbox({ folder: outbox, clock }),
    printer: pdfPrinter({ clock }),
    mailFiles: mailFiles({ clock }),
    noticeWriter: createNoticeWriter({ folder: join(ROOT, 'templates'), clock }),
    forms: loadForms(join(ROOT, 'playbooks')).book,
    sending: USUAL_SENDING,
    url: 'http://tocsin.test',
  };
}

function recording(laid: Laid): Scheduler {
  return {
    wake(_organisation, incident, wakes) {
      laid.wakes.set(incident, wakes);
      return Promise.resolve();
    },
    dispatch(_organisation, _incident, notice) {
      laid.dispatches.push(notice);
      return Promise.resolve();
    },
  };
}

function setClock(start: Temporal.Instant): SetClock {
  let now = start;
  return {
    now: () => now,
    set(instant) {
      now = instant;
    },
    advance(duration) {
      now = now.add(duration);
    },
  };
}

export interface Shop {
  readonly organisation: string;
  readonly owner: Actor;
  readonly zone: string;
  /** Takes on a person, with a first name where a story calls them by it. */
  hire(role: Role, name?: string): Promise<Actor>;
}

/** Where a shop is and what it says of itself once for all incidents. */
export interface Premises {
  readonly name: string;
  readonly zone: string;
  readonly profile: Readonly<Record<string, unknown>>;
  readonly contact?: Partial<Record<'email' | 'phone' | 'address' | 'website' | 'dpo', string>>;
}

const LINDEN: Premises = {
  name: 'Linden',
  zone: 'Europe/Berlin',
  profile: {
    role: 'controller',
    establishments: ['DE-BE'],
    mainEstablishment: 'DE-BE',
    sectors: ['ecommerce'],
    listed: false,
  },
};

/** A shop set up by its owner; in Berlin, if not said otherwise. */
export async function openShop(
  house: House,
  { name, zone, profile, contact: reach }: Premises = LINDEN,
): Promise<Shop> {
  const person = { name: 'Owner', email: 'owner@linden.example', password: PASSWORD };
  const user = good(await ensureAdministrator(house, { ...person, organisation: name, zone }));
  const organisation = user?.memberships[0]?.organisation ?? '';
  const owner: Actor = {
    user: user?.id ?? '',
    organisation,
    roles: ['administrator', 'dpo', 'legal', 'responder'],
  };
  const contact = {
    email: 'privacy@linden.example',
    phone: '+49 30 23125100',
    address: 'Lindenweg 1, 10115 Berlin',
    website: 'https://linden.example',
    dpo: 'Data protection, privacy@linden.example',
    ...reach,
  };
  good(await changeOrganisation(house, owner, { name, zone, locale: 'en', profile, contact }));
  return { organisation, owner, zone, hire: (role, as) => hire(house, owner, role, as) };
}

let hired = 0;

async function hire(house: House, owner: Actor, role: Role, name?: string): Promise<Actor> {
  hired += 1;
  const { link, user } = good(
    await invite(house, owner, { email: `${role}${hired}@linden.example`, roles: [role] }),
  );
  const secret = link.split('/').at(-1) ?? '';
  good(await acceptInvitation(house, { secret, name: name ?? `${role} ${hired}`, password: PASSWORD }));
  return { user, organisation: owner.organisation, roles: [role] };
}

/** The supplier's breach as the help desk logs it. */
export const SUPPLIER_BREACH: LogForm = {
  state: 'breach',
  kind: 'supplier-breach',
  title: 'Our orders copied at the parcel service',
  whatHappened: 'The parcel service called: its orders were copied, ours among them.',
  reporter: 'The parcel service',
  detectedAt: '2026-12-04T18:22',
  awareAt: '2026-12-04T18:40',
  categories: ['name', 'email', 'postal-address', 'order-history'],
  subjects: [{ place: 'DE', count: 3, groups: ['customers'] }],
  supplier: { name: 'Example Parcels', toldUsAt: '2026-12-04T18:22' },
};
