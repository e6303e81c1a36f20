import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Person } from '../interfaces/web/browser-like.ts';
import { withServedHouse } from '../interfaces/web/served-house.ts';
import { logBreach, PASSWORD, setUpFirst, taken } from '../interfaces/web/staff.ts';
import { CUSTOMERS } from '../support/forty-countries.ts';
import { findings, launch, look, picture, sideways, skipWithoutChromium, type Eyes } from './chromium.ts';

const PICTURES = process.env['TOCSIN_PICTURES'];
const DESK: Eyes = { scheme: 'light', width: 1280, height: 800 };
const NIGHT: Eyes = { scheme: 'dark', width: 1280, height: 800 };
const PHONE: Eyes = { scheme: 'light', width: 390, height: 844 };

describe('A breach in forty countries, in Chromium', function () {
  this.timeout(300_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let browser: Browser;
  let incident = '';

  before(async function () {
    skipWithoutChromium(this);
    await setUpFirst(ada, served);
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
    incident = await logBreach(ada, {
      title: 'Customer list copied from the shop’s own database',
      place: CUSTOMERS.map(([place]) => place),
      people: CUSTOMERS.map(([, count]) => String(count)),
      categories: ['name', 'email', 'postal-address', 'payment-card'],
    });
    const facts: Readonly<Record<string, string>> = {
      'breach.confidentiality': 'true',
      'data.encrypted': 'false',
      cyber: 'true',
      malicious: 'true',
    };
    for (const [name, value] of Object.entries(facts))
      taken(await ada.submit(await ada.open(`${incident}/facts`), `/facts/${name}`, { [name]: value }));
    taken(
      await ada.submit(await ada.open(incident), '/facts/risk', { risk: 'high', because: 'Cards are out.' }),
    );
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
  });

  async function open(eyes: Eyes, path: string): Promise<readonly [BrowserContext, Page]> {
    const context = await look(browser, eyes);
    const page = await context.newPage();
    await page.goto(`${served.url}/sign-in`);
    await page.fill('[name=email]', 'ada@linden.example');
    await page.fill('[name=password]', PASSWORD);
    await page.click('button[type=submit]');
    await page.goto(`${served.url}${path}`);
    return [context, page];
  }

  /** Whether a person sees it whole without scrolling. */
  async function isInView(page: Page, selector: string): Promise<boolean> {
    const box = await page.locator(selector).first().boundingBox();
    return box !== null && box.y >= 0 && box.y + box.height <= DESK.height;
  }

  it('what must be done first is seen without scrolling at 1280 by 800: task, time left, and the duty', async () => {
    const [context, page] = await open(DESK, incident);
    expect(await page.locator('.duty-group h3').first().textContent()).to.match(/^Tell an authority/);
    const first = page.locator('.duty-group .duty-rows li').first();
    expect(await first.textContent())
      .to.match(/CERT-In/)
      .and.to.match(/due in/);
    expect(await isInView(page, '.duty-group h3'), 'the first group').to.equal(true);
    expect(await isInView(page, '.duty-group .duty-rows li'), 'the duty that is due first').to.equal(true);
    expect(await isInView(page, '.do-now'), 'the task to do now').to.equal(true);
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/forty-first-view.png` });
    await context.close();
  });

  it('forty countries are four groups, and the page is no wall of rows', async () => {
    const [context, page] = await open(DESK, incident);
    expect(await page.locator('.duty-group').count()).to.be.at.most(4);
    expect(await page.locator('.duty-group .duty-rows > li:visible').count()).to.be.at.most(12);
    await context.close();
  });

  const looks: readonly (readonly [name: string, eyes: Eyes, path: string])[] = [
    ['incident-desk', DESK, ''],
    ['duties-night', NIGHT, '/duties'],
    ['together-desk', DESK, '/duties-together?all=1'],
    ['together-phone', PHONE, '/duties-together'],
    ['incident-phone', PHONE, ''],
  ];
  for (const [name, eyes, path] of looks) {
    it(`${name}: nothing runs out of the page, and axe-core finds nothing`, async () => {
      const [context, page] = await open(eyes, `${incident}${path}`);
      await picture(page, `forty-${name}`);
      expect(await sideways(page)).to.equal(0);
      expect(await findings(page)).to.deep.equal([]);
      await context.close();
    });
  }

  it('the small ones are decided by keyboard and without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: DESK });
    const page = await context.newPage();
    await page.goto(`${served.url}/sign-in`);
    await page.fill('[name=email]', 'ada@linden.example');
    await page.fill('[name=password]', PASSWORD);
    await page.press('[name=password]', 'Enter');
    await page.goto(`${served.url}${incident}/duties-together?all=1`);
    const before = await page.locator('[name=obligations]:checked').count();
    expect(before).to.be.greaterThan(15);
    await page.focus('[name=obligations]');
    await page.keyboard.press('Space');
    await page.fill('[name=reason]', 'One customer each, told by telephone.');
    await page.focus('form[method=post] .act button');
    await page.keyboard.press('Enter');
    await page.waitForURL(/duties\?done=/);
    await page.goto(`${served.url}${incident}/duties-together`);
    expect(await page.locator('[name=obligations]').count()).to.equal(1);
    await context.close();
  });
});
