import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Person } from '../interfaces/web/browser-like.ts';
import { load } from '../interfaces/web/html.ts';
import { joinAs, logBreach, PASSWORD, sendFile, setUpFirst, taken } from '../interfaces/web/staff.ts';
import { withServedHouse } from '../interfaces/web/served-house.ts';
import {
  findings,
  launch,
  look,
  picture,
  sideways,
  skipWithoutChromium,
  unfold,
  type Eyes,
} from './chromium.ts';

// Colours do not turn on the width, nor the layout on the scheme: two pairs of eyes see all four.
const EYES: readonly Eyes[] = [
  { scheme: 'light', width: 1280, height: 800 },
  { scheme: 'dark', width: 390, height: 844 },
];
const NARROW: Eyes = { scheme: 'light', width: 320, height: 640 };

describe('Every page, in Chromium', function () {
  this.timeout(600_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  const pages = new Map<string, string>();
  let browser: Browser | undefined;
  const errors: string[] = [];

  before(async function () {
    skipWithoutChromium(this);
    await setUpFirst(ada, served);
    pages.set('wall-empty', '/');
    browser = await launch();
    await visitAll('empty');
    const mara = await joinAs(ada, served, 'Mara', 'legal');
    await fillHouse(mara);
  });

  after(async () => {
    await browser?.close();
  });

  /** A breach with a notice in review and a letter on its way. */
  async function fillHouse(mara: Person): Promise<void> {
    taken(
      await ada.submit(await ada.open('/settings'), '/settings/organisation', {
        establishments: 'Germany',
        mainEstablishment: 'DE-BE',
        sectors: 'none',
        'contact.email': 'privacy@linden.example',
        'contact.address': 'Lindenweg 1, 10115 Berlin',
        'contact.dpo': 'Lene Winter',
      }),
    );
    const incident = await logBreach(ada);
    const change = async (path: string, fields: Record<string, string>): Promise<void> => {
      taken(await ada.submit(await ada.open(incident), path, fields));
    };
    await change('/facts/breach.confidentiality', { 'breach.confidentiality': 'true' });
    await change('/facts/risk', { risk: 'high', because: 'Orders reveal addresses.' });
    await change('/facts/data.encrypted', { 'data.encrypted': 'false' });
    const prepare = async (kind: string): Promise<string> => {
      const page = await ada.open(incident);
      const parts = page.body.split(/(?=<article class="duty")/);
      const part = parts.find((html) => html.includes(`name="kind" value="${kind}"`)) ?? '';
      const begun = taken(await ada.submit({ ...page, body: part }, '/notices', {}));
      return (begun.location ?? '').replace(/[?#].*$/, '');
    };
    taken(
      await ada.submit(await ada.open(`${incident}/assessment`), '/assessment', {
        ei: 'significant',
        individuals: '340',
      }),
    );
    taken(
      await ada.submit(await ada.open(`${incident}/questions`), '/questions', {
        text: 'Which customers in Austria are affected?',
      }),
    );
    const letter = await prepare('letter');
    const words = (locale: string): Record<string, string> => ({
      [`content.${locale}.what-happened`]: 'On 3 December someone copied order data. Yours were among them.',
      [`content.${locale}.data-detail`]: 'Your name, your address and what you ordered.',
      [`content.${locale}.consequences`]: 'Somebody may write or call and sound like us.',
      [`content.${locale}.measures-taken`]: 'We cut the supplier off.',
      [`content.${locale}.measures-prevent-detail`]: 'We check every supplier again.',
      [`content.${locale}.advice`]: 'Today: do not pay on a link about a parcel.',
    });
    taken(await ada.submit(await ada.open(letter), '/draft', { ...words('en'), ...words('de') }));
    taken(
      await ada.submit(await ada.open(letter), '/people', {
        people: 'Maria Weiß, maria@example.org, de, AT\nTom Reed, tom@example.com, en, GB',
      }),
    );
    taken(await ada.submit(await ada.open(letter), '/submit', {}));
    const notice = await prepare('authority');
    taken(await mara.submit(await mara.open(letter), '/approve', { password: PASSWORD }));
    taken(await mara.submit(await mara.open(letter), '/dispatch', {}));
    await served.settled();
    const log = { name: 'access.log', bytes: Buffer.from('12:00 maria@customers.example') };
    taken(await sendFile(ada, `${incident}/evidence`, log, { task: 'call-decider' }));
    taken(await ada.submit(await ada.open(`${incident}/notes`), '/notes', { text: 'Packwell rang again.' }));
    pages.clear();
    const named: Readonly<Record<string, string>> = {
      wall: '/',
      incidents: '/incidents',
      log: '/incidents/new',
      calendar: '/calendar',
      playbooks: '/playbooks',
      playbook: '/playbooks/web-skimming',
      account: '/account',
      forgot: '/forgot',
      incident,
      duties: `${incident}/duties`,
      assessment: `${incident}/assessment`,
      state: `${incident}/state`,
      supplier: `${incident}/supplier`,
      questions: `${incident}/questions`,
      fact: `${incident}/facts/risk`,
      facts: `${incident}/facts`,
      'duties-together': `${incident}/duties-together`,
      'notice-form': `${notice}/form`,
      laws: '/law',
      'notice-draft': notice,
      'letter-told': letter,
      'letter-text': `${letter}?lang=de&as=text`,
      people: `${letter}/people`,
      'one-letter': `${letter}/letters/0/0`,
      task: `${incident}/tasks/call-decider`,
      evidence: `${incident}/evidence`,
      notes: `${incident}/notes`,
      lead: `${incident}/lead`,
      timeline: `${incident}/timeline`,
      'another-playbook': `${incident}/playbook?to=shop-plugin-injection`,
      'law-texts': `${incident}/law`,
      register: '/register?verify=yes',
      'breach-register': '/breach-register',
      forget: `${incident}/forget`,
      settings: '/settings',
      'not-found': '/no/such/page',
    };
    for (const [name, path] of Object.entries(named)) pages.set(name, path);
    const duty = load((await ada.open(`${incident}/duties`)).body).links.find((link) =>
      link.includes('/duties/'),
    );
    pages.set('duty', duty ?? '');
  }

  async function signIn(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.on('console', (message) => {
      // A page that is refused or missing is logged by the browser as a failed load; that is no error of ours.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        errors.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(served.url)) errors.push(`foreign request: ${request.url()}`);
    });
    await page.goto(`${served.url}/sign-in`);
    await page.fill('#f-email', 'ada@linden.example');
    await page.fill('#f-password', PASSWORD);
    await page.press('#f-password', 'Enter');
    await page.waitForURL(`${served.url}/`);
    return page;
  }

  const found: string[] = [];

  async function visitAll(prefix: string): Promise<void> {
    if (!browser) throw new Error('no browser');
    for (const eyes of EYES) {
      const context = await look(browser, eyes);
      const page = await signIn(context);
      for (const [name, path] of pages) {
        await page.goto(`${served.url}${path}`);
        const at = `${prefix}-${name}-${eyes.scheme}-${eyes.width}`;
        const over = await sideways(page);
        if (over > 0) found.push(`${at}: scrolls sideways by ${over} px`);
        await picture(page, at);
        await unfold(page);
        for (const finding of await findings(page)) found.push(`${at}: ${finding}`);
      }
      await context.close();
    }
  }

  it('has nothing that axe-core finds, in light and dark, wide and narrow', async () => {
    await visitAll('full');
    expect(found.join('\n')).to.equal('');
  });

  it('never scrolls sideways at 320 px, with everything unfolded', async () => {
    if (!browser) throw new Error('no browser');
    const context = await look(browser, NARROW);
    const page = await signIn(context);
    const wide: string[] = [];
    for (const [name, path] of pages) {
      await page.goto(`${served.url}${path}`);
      await unfold(page);
      const over = await sideways(page);
      if (over > 0) wide.push(`${name}: ${over} px`);
      await picture(page, `narrow-${name}-320`);
    }
    await context.close();
    expect(wide.join('\n')).to.equal('');
  });

  it('can be used with the keyboard alone: the skip link first, focus in sight', async () => {
    if (!browser) throw new Error('no browser');
    const context = await look(browser, { scheme: 'light', width: 1280, height: 800 });
    const page = await signIn(context);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).to.equal('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).to.equal('main');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineWidth');
    expect(outline).to.equal('3px');
    await page.goto(`${served.url}/no/such/page`);
    await page.focus('.menu > summary');
    await page.keyboard.press('Enter');
    expect(await page.isVisible('.sheet button')).to.equal(true);
    expect((await findings(page)).join('\n')).to.equal('');
    await page.keyboard.press('Escape');
    expect(await page.isVisible('.sheet button')).to.equal(false);
    await context.close();
  });

  it('sends under 100 kB for its first view, and nothing from elsewhere', async () => {
    if (!browser) throw new Error('no browser');
    const context = await look(browser, { scheme: 'light', width: 1280, height: 800 });
    const page = await context.newPage();
    let bytes = 0;
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(`${served.url}/sign-in`, { waitUntil: 'networkidle' });
    expect(bytes).to.be.greaterThan(20_000);
    expect(bytes).to.be.below(100_000);
    await context.close();
  });

  it('works without JavaScript: signing in, logging, closing a task', async () => {
    if (!browser) throw new Error('no browser');
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
    const page = await signIn(context);
    await page.goto(`${served.url}/incidents/new`);
    await page.check('input[name=kind][value=lost-device]');
    await page.fill('#f-title', 'Laptop left on the train');
    await page.click('.submit-bar .primary');
    await page.waitForURL(/\/incidents\/[0-9a-f-]{36}/);
    await page.click('.do-now button');
    expect(await page.textContent('.done-note')).to.contain('It stands in the record');
    await context.close();
  });

  it('had no error in the console and no request elsewhere on the whole way', () => {
    expect(errors).to.deep.equal([]);
  });
});
