import { Person, type Answer } from '../interfaces/web/browser-like.ts';
import { noticeForm } from '../interfaces/web/notice-form-of.ts';
import { load, type PageForm } from '../interfaces/web/html.ts';

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** What the person at the pages does when the server is gone: waits, and presses the same button again. */
export interface Patience {
  /** Called as a form is sent: the place where a test pulls the plug. */
  readonly sending: () => void;
  /** Resolves when the server is (again) there. */
  readonly back: () => Promise<void>;
}

/** How long anyone presses the same button: a server that is gone for good must not hold up a test. */
const PATIENCE_MS = 60_000;

/** A person who reads a page, fills in a form and sends that form, with its one key, until it is answered. */
export class StubbornPerson {
  readonly person: Person;
  private readonly patience: Patience;

  constructor(url: () => string, patience: Patience) {
    this.person = new Person(url);
    this.patience = patience;
  }

  /** A page, followed through redirects. */
  async open(path: string): Promise<Answer> {
    return this.insist(() => this.person.open(path));
  }

  /** The form of a page, read once. @throws if the page has none that posts there */
  async form(path: string, action: string): Promise<PageForm> {
    const page = await this.open(path);
    const form = load(page.body).form(action);
    if (!form) throw new Error(`${path} has no form to ${action}: ${load(page.body).text.slice(0, 400)}`);
    return form;
  }

  /** Sends the form of a page; the same fields and the same key each time. @throws if it is refused */
  async send(path: string, action: string, fields: Fields, mayBe: readonly number[] = []): Promise<Answer> {
    return this.press(await this.form(path, action), path, fields, mayBe);
  }

  /** Sends a form that was read before. @throws if it is refused */
  async press(form: PageForm, path: string, fields: Fields, mayBe: readonly number[] = []): Promise<Answer> {
    const answer = await this.insist(() => {
      const sent = this.person.post(form.action === '' ? path : form.action, { ...form.fields, ...fields });
      this.patience.sending();
      return sent;
    });
    if (answer.status !== 303 && !mayBe.includes(answer.status))
      throw new Error(`${form.action} of ${path}: ${answer.status} ${load(answer.body).text.slice(0, 600)}`);
    return answer;
  }

  private async insist(attempt: () => Promise<Answer>): Promise<Answer> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      await this.patience.back();
      try {
        const answer = await attempt();
        // While it starts, the server answers that it is not ready.
        if (answer.status !== 503) return answer;
      } catch (error) {
        if (!isCutOff(error)) throw error;
      }
      if (Date.now() > until) throw new Error('the server did not come back');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** What fetch says of a connection that was refused or broke off. */
function isCutOff(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|terminated|other side closed/.test(error.message);
}

export const PASSWORD = 'three quiet words here';

/** Where the story left what it made. */
export interface Told {
  readonly incident: string;
  readonly notice: string;
  readonly letter: string;
}

/** The first breach over the pages: two people, one incident, one notice that is filed, letters to `people`. */
export async function playByHand(
  owner: StubbornPerson,
  legal: StubbornPerson,
  people: readonly string[],
): Promise<Told> {
  await signIn(owner, 'ada@linden.example');
  await hireLegal(owner, legal);
  const incident = await logByHand(owner, 2);
  await findOut(owner, incident);
  const notice = await begin(owner, incident, 'authority');
  await write(owner, notice);
  await owner.send(notice, '/submit', {});
  await legal.send(notice, '/approve', { password: PASSWORD });
  await legal.send(notice, '/file', { how: 'online form', reference: 'B-4711' });
  const letter = await begin(owner, incident, 'letter');
  await owner.send(letter, '/people', { people: people.join('\n') });
  await write(owner, letter);
  await owner.send(letter, '/submit', {});
  await legal.send(letter, '/approve', { password: PASSWORD });
  await legal.send(letter, '/dispatch', {});
  return { incident, notice, letter };
}

/** Signs in by the page. */
export async function signIn(person: StubbornPerson, email: string, password = PASSWORD): Promise<void> {
  await person.send('/sign-in', '/sign-in', { email, password });
}

async function hireLegal(owner: StubbornPerson, legal: StubbornPerson): Promise<void> {
  await owner.send('/settings', '/settings/organisation', {
    name: 'Linden Shop',
    zone: 'Europe/Berlin',
    establishments: 'Germany',
    mainEstablishment: 'DE-BE',
    sectors: 'ecommerce',
    'contact.email': 'privacy@linden.example',
    'contact.phone': '+49 30 00000000',
    'contact.address': 'Lindenweg 1, 10115 Berlin',
    'contact.website': 'https://linden.example',
    'contact.dpo': 'Lene Winter, privacy@linden.example',
  });
  const invite = { 'invite-email': 'mara@linden.example', 'invite-name': 'Mara', 'invite-roles': 'legal' };
  // The link stands on the page that follows; a person who does not get to see it invites again.
  let link: string | undefined;
  while (link === undefined) {
    const answer = await owner.send('/settings', '/settings/staff', invite, [200]);
    const body = answer.location === null ? answer.body : (await owner.open(answer.location)).body;
    link = /\/invitation\/[\w-]+/.exec(body)?.[0];
  }
  // A link that was spent without an answer is told so, and the password set by it signs in; who got in by the first
  // try, of which only the cookie arrived, sends the second from a page of before (403).
  await legal.send(link, '', { name: 'Mara', password: PASSWORD }, [403, 404]);
  await legal.person.request('/sign-out', { method: 'HEAD' }).catch(() => undefined);
  const page = await legal.open('/');
  if (load(page.body).form('/sign-in')) await signIn(legal, 'mara@linden.example');
}

/** Logs the breach of the parcel service, of which we have known for that many hours. @returns the path of its page */
export async function logByHand(owner: StubbornPerson, aware: number): Promise<string> {
  const logged = await owner.send('/incidents/new', '/incidents/new', breachByHand(aware));
  return (logged.location ?? '').replace(/[?#].*$/, '');
}

/** What is typed into the page that logs it. */
export function breachByHand(aware: number): Fields {
  const hours = (ago: number): Record<'day' | 'time', string> => {
    const [day = '', time = ''] = new Date(Date.now() - ago * 3_600_000)
      .toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' })
      .split(' ');
    return { day, time: time.slice(0, 5) };
  };
  const [detected, known] = [hours(aware + 1), hours(aware)];
  return {
    state: 'breach',
    kind: 'supplier-breach',
    title: 'Our orders copied at the parcel service',
    whatHappened: 'The parcel service rang: someone copied our orders from their system.',
    detectedDay: detected.day,
    detectedTime: detected.time,
    reporter: 'The parcel service, by telephone',
    aware: 'yes',
    awareDay: known.day,
    awareTime: known.time,
    groups: 'customers',
    categories: ['name', 'postal-address', 'order-history'],
    place: 'Germany',
    people: '3',
    supplier: 'yes',
    supplierName: 'The parcel service',
    toldDay: detected.day,
    toldTime: detected.time,
  };
}

async function findOut(owner: StubbornPerson, incident: string): Promise<void> {
  const facts = {
    'data.encrypted': 'false',
    'data.keyCompromised': 'false',
    'breach.confidentiality': 'true',
  };
  for (const [name, value] of Object.entries(facts))
    await owner.send(incident, `/facts/${name}`, { [name]: value });
  await owner.send(incident, '/facts/risk', { risk: 'high', because: 'Orders reveal addresses and habits.' });
  for (const name of ['consequences', 'measures'])
    await owner.send(incident, `/narrative/${name}`, { [`${name}-text`]: `The ${name}, in words.` });
}

async function begin(owner: StubbornPerson, incident: string, kind: 'authority' | 'letter'): Promise<string> {
  const { body } = await owner.open(incident);
  const offered = noticeForm(body, kind);
  if (!offered) throw new Error(`no ${kind} is offered: ${load(body).text.slice(0, 400)}`);
  const begun = await owner.press(offered, incident, {});
  return (begun.location ?? '').replace(/[?#].*$/, '');
}

async function write(owner: StubbornPerson, notice: string): Promise<void> {
  const form = await owner.form(notice, '/draft');
  const words = Object.keys(form.fields)
    .filter((name) => name.startsWith('content.'))
    .map((name): [string, string] => {
      const given = String(form.fields[name] ?? '');
      if (name.endsWith('record-count')) return [name, '3'];
      return [
        name,
        given === '' ? `What we know of ${name.split('.').at(-1)?.replaceAll('-', ' ') ?? ''}.` : given,
      ];
    });
  await owner.send(notice, '/draft', Object.fromEntries(words));
}
