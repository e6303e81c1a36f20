import { expect } from 'chai';
import { Person, type Answer } from './browser-like.ts';
import { noticeForm } from './notice-form-of.ts';
import { load } from './html.ts';
import { joinAs, logBreach, PASSWORD, setUpFirst } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const text = (answer: Answer): string => load(answer.body).text;

/** The page after a form was taken. @throws with the page's words if it was not */
async function after(person: Person, answer: Answer): Promise<Answer> {
  if (answer.location === null)
    throw new Error(`refused with ${answer.status}: ${text(answer).slice(0, 600)}`);
  return person.open(answer.location);
}

describe('A supplier breach over the pages, from the first link to the last letter', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let incident = '';
  let legal: Person;

  afterEach('has no fault in the log', () => {
    expect(served.logged).to.deep.equal([]);
  });

  it('begins with the one-time link, which makes the first person and works once', async () => {
    const link = await setUpFirst(ada, served);
    const wall = await ada.open('/');
    expect(text(wall)).to.contain('No clock is running.');
    expect(text(wall)).to.contain('Reminders reach nobody outside this page.');
    const again = await new Person(() => served.url).get(link);
    expect(again.status).to.equal(404);
    expect(text(again)).to.contain('This link does not work any more.');
  });

  it('invites a second person, who comes in by the link', async () => {
    legal = await joinAs(ada, served, 'Mara', 'legal');
    expect(text(await legal.open('/'))).to.contain('No clock is running.');
  });

  it('fills in who we are', async () => {
    const page = await ada.open('/settings');
    const saved = await after(
      ada,
      await ada.submit(page, '/settings/organisation', {
        name: 'Linden Shop',
        establishments: 'Germany',
        mainEstablishment: 'DE-BE',
        sectors: 'none',
        'contact.email': 'privacy@linden.example',
        'contact.phone': '+49 30 23125 100',
        'contact.address': 'Lindenweg 1, 10115 Berlin',
        'contact.website': 'https://linden.example',
        'contact.dpo': 'Lene Winter, privacy@linden.example',
      }),
    );
    expect(text(saved)).to.contain('Saved.');
  });

  it('is logged on one page, and the 72 hours run', async () => {
    incident = await logBreach(ada);
    const page = await ada.open(incident);
    await after(
      ada,
      await ada.submit(page, '/facts/breach.confidentiality', { 'breach.confidentiality': 'true' }),
    );
    expect(text(page)).to.contain('INC-2026-0001');
    expect(text(page)).to.contain('Mon 7 Dec, 18:40 CET');
    expect(text(page)).to.contain('What to do now');
    const wall = await ada.open('/');
    expect(text(wall)).to.contain('Next deadline, if it is owed, in');
  });

  it('says why the deadline is what it is', async () => {
    const page = text(await ada.open(incident));
    expect(page).to.contain('The clock started with the moment of awareness: Fri 4 Dec, 18:40 CET.');
    expect(page).to.contain('72 hours run on through nights and weekends');
    expect(page).not.to.match(/\[[a-z-]+\.[a-z.-]+\]/);
  });

  it('leads through tasks: done, not needed with a reason, open again', async () => {
    const page = await ada.open(incident);
    const action = load(page.body).actions.find((candidate) => candidate.includes('/tasks/')) ?? '';
    const unreasoned = await ada.submit(page, action, { state: 'not-needed' });
    expect(unreasoned.status).to.equal(422);
    expect(text(unreasoned)).to.contain('Write something here.');
    const done = await after(ada, await ada.submit(page, action, { state: 'done' }));
    expect(text(done)).to.contain('Done. It stands in the record.');
  });

  it('keeps a stage closed to those who are not through, unless a reason is given', async () => {
    const page = await ada.open(incident);
    expect(text(page)).to.match(/‘detect’ waits for \d+ things before it closes/);
    const closed = await after(
      ada,
      await ada.submit(page, '/stages/detect/close', {
        reason: 'The supplier does not answer before Monday.',
      }),
    );
    expect(text(closed)).to.contain('The stage is closed.');
    expect(text(closed)).to.contain('The supplier does not answer before Monday.');
  });

  it('takes a fact, and what is decided with a reason', async () => {
    const page = await ada.open(incident);
    const risk = '/facts/risk';
    const unreasoned = await ada.submit(page, risk, { risk: 'high' });
    expect(unreasoned.status).to.equal(422);
    const saved = await after(
      ada,
      await ada.submit(page, risk, { risk: 'high', because: 'Orders reveal addresses and habits.' }),
    );
    expect(text(saved)).to.contain('Orders reveal addresses and habits.');
    expect(text(await ada.open('/'))).to.contain('Next deadline, due in');
  });

  let notice = '';

  it('prepares the notice to the authority from what is known, and lists what the law still wants', async () => {
    const page = await ada.open(incident);
    const begun = await after(ada, await ada.submit(page, '/notices', { locales: 'en' }));
    notice =
      load(begun.body)
        .actions.find((action) => action.endsWith('/draft'))
        ?.replace(/\/draft$/, '') ?? '';
    expect(text(begun)).to.contain('Notice to the authority');
    expect(text(begun)).to.contain('What the law wants in it');
    const early = await ada.submit(begun, '/submit', {});
    expect(early.status).to.equal(422);
  });

  it('is written, handed in, and cannot be approved by its author', async () => {
    const page = await ada.open(notice);
    await after(
      ada,
      await ada.submit(page, '/draft', {
        'content.en.what-happened': 'On 3 December someone copied our order data at the parcel supplier.',
        'content.en.subject-detail': 'Customers who ordered in 2026.',
        'content.en.data-detail': 'Name, address and what was ordered.',
        'content._.record-count': '3',
        'content.en.consequences': 'Somebody may write or call and sound like us.',
        'content.en.measures-taken': 'We revoked the keys of the supplier.',
        'content.en.measures-prevent-detail': 'We write to everybody concerned.',
        'content.en.phases-note': 'How it was done follows within two weeks.',
      }),
    );
    const ready = await ada.open(notice);
    expect(text(ready)).to.contain('It is ready to be handed in.');
    const submitted = await after(ada, await ada.submit(ready, '/submit', {}));
    expect(text(submitted)).to.contain('You wrote on it, so another person approves it.');
    expect(load(submitted.body).form('/approve')).to.equal(undefined);
    const forced = await ada.submit(submitted, '/send-back', { reason: 'x' });
    expect(forced.status).to.equal(303);
    await after(ada, await ada.submit(await ada.open(notice), '/submit', {}));
  });

  it('is approved by another with the password again, and filed with its time', async () => {
    const page = await legal.open(notice);
    const wrong = await legal.submit(page, '/approve', { password: 'not my password' });
    expect(wrong.status).to.equal(422);
    expect(text(wrong)).to.contain('This is not your password.');
    const approved = await after(legal, await legal.submit(page, '/approve', { password: PASSWORD }));
    expect(text(approved)).to.contain('Approved and sealed');
    const filed = await after(
      legal,
      await legal.submit(approved, '/file', { how: 'online form', reference: 'B-4711' }),
    );
    expect(text(filed)).to.contain('online form');
    expect(text(await legal.open(incident))).to.contain('met');
  });

  let letter = '';

  it('writes the letter in two languages to three people', async () => {
    const page = await ada.open(incident);
    const form = noticeForm(page.body, 'letter');
    const begun = await after(ada, await ada.post(form?.action ?? '', { ...form?.fields }));
    letter =
      load(begun.body)
        .actions.find((action) => action.endsWith('/draft'))
        ?.replace(/\/draft$/, '') ?? '';
    const bad = await ada.submit(begun, '/people', {
      people: 'Maria Weiß, maria@example.org, de, AT\nTom, tom(at)example',
    });
    expect(bad.status).to.equal(422);
    expect(text(bad)).to.contain('Line 2: Write an address such as maria@example.org.');
    expect(bad.body).to.contain('Tom, tom(at)example');
    const listed = await after(
      ada,
      await ada.submit(begun, '/people', {
        people:
          'Maria Weiß, maria@example.org, de, AT\nTom Reed <tom@example.com>; en; GB\njan@example.net\tJan Nowak\tde\tDE',
      }),
    );
    expect(text(listed)).to.contain('3 people');
    const words = (locale: string): Record<string, string> => ({
      [`content.${locale}.what-happened`]:
        'On 3 December someone copied order data from our parcel supplier. Yours were among them.',
      [`content.${locale}.data-detail`]: 'Your name, your address and what you ordered.',
      [`content.${locale}.consequences`]: 'Somebody may write or call and sound like us.',
      [`content.${locale}.measures-taken`]: 'We cut the supplier off.',
      [`content.${locale}.measures-prevent-detail`]: 'We check every supplier again.',
      [`content.${locale}.advice`]: 'Today: do not pay on a link about a parcel.',
    });
    await after(ada, await ada.submit(listed, '/draft', { ...words('en'), ...words('de') }));
    const submitted = await after(ada, await ada.submit(await ada.open(letter), '/submit', {}));
    expect(text(submitted)).to.contain('waiting for approval');
  });

  it('shows the letter in a frame of its own, which can run nothing', async () => {
    const page = await legal.open(letter);
    expect(page.body).to.match(/<iframe [^>]*sandbox=""/);
    const frame = await legal.get(`${letter}/preview/de`);
    expect(frame.status).to.equal(200);
    expect(frame.body).to.contain('(Vor- und Nachname)');
    expect(frame.headers.get('content-security-policy')).to.contain('sandbox');
    expect(frame.headers.get('content-security-policy')).not.to.contain('script');
  });

  it('sends each of them one letter, and says that everybody is told', async () => {
    const approved = await after(
      legal,
      await legal.submit(await legal.open(letter), '/approve', { password: PASSWORD }),
    );
    const twice = await Promise.all([
      legal.submit(approved, '/dispatch', {}),
      legal.submit(approved, '/dispatch', {}),
    ]);
    expect(twice.map(({ status }) => status)).to.deep.equal([303, 303]);
    await served.settled();
    const told = await legal.open(letter);
    expect(text(told)).to.contain('All 3 people on the list are told.');
    const people = await legal.open(`${letter}/people`);
    expect(text(people)).to.contain('maria@example.org');
    const own = await legal.open(`${letter}/letters/0/0`);
    expect(text(own)).to.contain('Maria Weiß');
    expect((await legal.get(`${letter}/letters/0/0/frame`)).body).to.contain('Maria');
    const mail = await legal.get(`${letter}/letters/0/0/mail`);
    expect(mail.headers.get('content-type')).to.contain('message/rfc822');
    expect(mail.body).to.contain('maria@example.org');
    expect((await ada.get(`${letter}/letters/0/0/mail`)).status).to.equal(200);
    expect((await legal.get(`${letter}/letters/0/9`)).status).to.equal(404);
  });

  it('leaves a register that holds', async () => {
    const page = await ada.open('/register?verify=yes');
    expect(text(page)).to.match(/It holds: \d+ entries in 2 chains, all unbroken\./);
    expect(text(page)).not.to.contain('maria@example.org');
    const chain = await ada.open(`/register?incident=${incident.replace('/incidents/', '')}`);
    expect(text(chain)).to.contain('Notice filed');
    expect(chain.body).not.to.contain('Maria');
  });
});
