import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Person } from '../interfaces/web/browser-like.ts';
import { PASSWORD, setUpFirst } from '../interfaces/web/staff.ts';
import { withServedHouse } from '../interfaces/web/served-house.ts';
import { findings, launch, look, picture, sideways, skipWithoutChromium } from './chromium.ts';

describe('Logging on a bad evening, in Chromium', function () {
  this.timeout(300_000);
  const served = withServedHouse();
  let browser: Browser | undefined;
  let context: BrowserContext;

  before(async function () {
    skipWithoutChromium(this);
    await setUpFirst(new Person(() => served.url), served);
    browser = await launch();
    context = await look(browser, { scheme: 'light', width: 1280, height: 800 });
    const page = await context.newPage();
    await page.goto(`${served.url}/sign-in`);
    await page.fill('#f-email', 'ada@linden.example');
    await page.fill('#f-password', PASSWORD);
    await page.press('#f-password', 'Enter');
    await page.waitForURL(`${served.url}/`);
    await page.close();
  });

  after(async () => {
    await browser?.close();
  });

  async function openLog(): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${served.url}/incidents/new`);
    return page;
  }

  it('shows beside the questions what is triggered, while it is typed and without a press', async () => {
    const page = await openLog();
    expect(await page.textContent('[data-triggers] h2')).to.equal('What happens then');
    await page.fill('#f-title', 'Laptop left on the train');
    await page.check('input[name=categories][value=name]');
    await page.waitForSelector('.saved .icon');
    expect(await page.textContent('[data-triggers] h2')).to.equal('What this already triggers');
    expect(await page.textContent('label:has(input[value=lost-device])')).to.contain('suggested');
    expect(await page.isChecked('input[value=lost-device]')).to.equal(false);
    expect(await page.isVisible('.no-script')).to.equal(false);
    expect((await findings(page)).join('\n')).to.equal('');
    await picture(page, 'log-typed-light-1280');
    await page.close();
  });

  it('has what was typed again after the tab has gone, in the middle of a word', async () => {
    const page = await openLog();
    expect(await page.inputValue('#f-title')).to.equal('Laptop left on the train');
    await page.fill('#f-reporter', 'Sam, by teleph');
    // Gone at once, before the pause after which it would be kept: the page's last words are sent all the same.
    await page.close({ runBeforeUnload: false });
    const next = await openLog();
    expect(await next.inputValue('#f-reporter')).to.equal('Sam, by teleph');
    expect(await next.isChecked('input[name=categories][value=name]')).to.equal(true);
    await next.close();
  });

  it('puts a country into the form at one press and leads to its number', async () => {
    const page = await openLog();
    await page.click('button[name=add-place][value=Austria]');
    expect(await page.inputValue('input[name=place] >> nth=0')).to.equal('Austria');
    await page.keyboard.type('40');
    expect(await page.inputValue('input[name=people] >> nth=0')).to.equal('40');
    await page.waitForSelector('.saved .icon');
    await page.close();
  });

  it('says so while the server is away, keeps the words, and saves them when it is back', async () => {
    const page = await openLog();
    await context.setOffline(true);
    await page.fill('#f-whatHappened', 'It was in the rack above seat 12.');
    await page.locator('.saved', { hasText: 'Not saved' }).waitFor();
    expect(await page.inputValue('#f-whatHappened')).to.contain('seat 12');
    await context.setOffline(false);
    await page.waitForSelector('.saved .icon', { timeout: 20_000 });
    await page.close();
  });

  it('is logged by the keyboard alone, and the form is empty the next time', async () => {
    const page = await openLog();
    await page.focus('input[name=kind][value=supplier-breach]');
    for (let press = 0; press < 20 && !(await page.isChecked('input[value=lost-device]')); press += 1)
      await page.keyboard.press('ArrowRight');
    expect(await page.isChecked('input[value=lost-device]')).to.equal(true);
    await page.focus('#f-title');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/incidents\/[0-9a-f-]{36}/);
    expect(await page.textContent('h1')).to.equal('Laptop left on the train');
    await page.goto(`${served.url}/incidents/new`);
    expect(await page.inputValue('#f-title')).to.equal('');
    expect(await page.textContent('[data-triggers] h2')).to.equal('What happens then');
    await page.close();
  });

  it('fits a phone: no sideways scroll, the nearest deadline and the button in one bar', async () => {
    if (!browser) throw new Error('no browser');
    const phone = await look(browser, { scheme: 'dark', width: 390, height: 844 });
    await phone.addCookies(await context.cookies());
    const page = await phone.newPage();
    await page.goto(`${served.url}/incidents/new`);
    await page.check('input[name=kind][value=lost-device]');
    await page.waitForSelector('.saved .icon');
    expect(await sideways(page)).to.equal(0);
    expect(await page.textContent('.bar-clock')).to.match(/\d+ (d|h)( \d+ \w+)? to the first/);
    expect(await page.isVisible('.bar-clock')).to.equal(true);
    await picture(page, 'log-typed-dark-390');
    await phone.close();
  });
});
