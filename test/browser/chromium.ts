import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const CHROMIUM = process.env['TOCSIN_CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where pictures of every page are left, if anywhere. */
const PICTURES = process.env['TOCSIN_PICTURES'];

/** Says so and skips the suite where there is no Chromium. */
export function skipWithoutChromium(suite: Mocha.Context): void {
  if (existsSync(CHROMIUM)) return;
  console.log(`      no Chromium at ${CHROMIUM} (TOCSIN_CHROMIUM names another): these tests are skipped`);
  suite.skip();
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

export interface Eyes {
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
}

export function look(browser: Browser, eyes: Eyes, state?: string): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: eyes.width, height: eyes.height },
    colorScheme: eyes.scheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...(state === undefined ? {} : { storageState: state }),
  });
}

/** Opens every fold of the page, so that nothing is looked over; the menu lies over the page and is looked at alone. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(
    "document.querySelectorAll('details:not(.menu)').forEach((fold) => { fold.open = true })",
  );
}

/**
 * What axe-core finds by WCAG 2.2 A and AA and its best practices, one line a finding. Letters lie in frames that can
 * run nothing, axe-core neither, so the frames are taken out first.
 */
export async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate("document.querySelectorAll('iframe').forEach((frame) => frame.remove())");
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/** By how many pixels the page can be scrolled sideways. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}
