import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import type { NoticeSource } from '../../src/application/ports/notices.ts';
import { DATA_CATEGORIES } from '../../src/domain/law/vocabulary.ts';
import { incident, letter, linden, rewritten, writer } from '../adapters/templates/packwell.ts';
import { findings, launch, look, picture, sideways, skipWithoutChromium, type Eyes } from './chromium.ts';

const EYES: readonly Eyes[] = (['light', 'dark'] as const).flatMap((scheme) =>
  [320, 600].map((width) => ({ scheme, width, height: 800 })),
);

const HOSTILE = `<img src=x onerror=alert(1)> {{evil}} \u202E ${'Donaudampfschifffahrt'.repeat(40)} https://evil.example/${'x'.repeat(300)}`;

/** Letters that look different: the usual one, the longest, a Californian's, and one full of hostile facts. */
const LETTERS: Readonly<Record<string, { source: NoticeSource; locale: string; country: string }>> = {
  supplier: { source: letter(), locale: 'en', country: 'GB' },
  lieferant: { source: letter(), locale: 'de', country: 'DE' },
  california: { source: ofCategories(['name', 'ssn']), locale: 'en', country: 'US-CA' },
  everything: { source: ofCategories(DATA_CATEGORIES), locale: 'de', country: 'US-NM' },
  hostile: {
    source: rewritten(
      letter({ organisation: { ...linden, name: HOSTILE, contact: { ...linden.contact, dpo: HOSTILE } } }),
      'en',
      { 'what-happened': HOSTILE, advice: HOSTILE, 'data-detail': HOSTILE },
    ),
    locale: 'en',
    country: '',
  },
};

function ofCategories(categories: readonly string[]): NoticeSource {
  return letter({ incident: incident({ 'data.categories': categories }) });
}

function htmlOf({ source, locale, country }: (typeof LETTERS)[string]): string {
  const html = writer().render({ ...source, locales: [locale] })[locale]?.html ?? '';
  return writer().personalise(html, 'html', { name: 'Ada Beispiel', email: '', country }, locale);
}

describe('The letter’s HTML, in Chromium', function () {
  this.timeout(300_000);
  let browser: Browser | undefined;

  before(async function () {
    skipWithoutChromium(this);
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
  });

  it('has nothing that axe-core finds, loads nothing, and never scrolls sideways, at 320 and 600 px, light and dark', async () => {
    if (!browser) throw new Error('no browser');
    const found: string[] = [];
    for (const eyes of EYES) {
      const context = await look(browser, eyes);
      const page = await context.newPage();
      page.on('request', (request) => found.push(`asks for ${request.url()}`));
      page.on('dialog', (dialog) => found.push(`runs ${dialog.message()}`));
      for (const [name, one] of Object.entries(LETTERS)) {
        const at = `letter-${name}-${eyes.scheme}-${eyes.width}`;
        await page.setContent(htmlOf(one));
        const over = await sideways(page);
        if (over > 0) found.push(`${at}: scrolls sideways by ${over} px`);
        await picture(page, at);
        for (const finding of await findings(page)) found.push(`${at}: ${finding}`);
      }
      await context.close();
    }
    expect(found.join('\n')).to.equal('');
  });

  it('shows what happened and what of mine on the first screen of a phone', async () => {
    if (!browser) throw new Error('no browser');
    const context = await look(browser, { scheme: 'light', width: 390, height: 844 });
    const page = await context.newPage();
    await page.setContent(htmlOf({ source: letter(), locale: 'en', country: 'GB' }));
    const top = await page.evaluate(
      "document.querySelector('h2[data-element=categories-data] + ul li').getBoundingClientRect().top",
    );
    expect(top).to.be.below(844);
    await context.close();
  });

  it('reads the same where a mail program drops head, styles and roles', async () => {
    if (!browser) throw new Error('no browser');
    const context = await look(browser, { scheme: 'dark', width: 600, height: 800 });
    const page = await context.newPage();
    const html = htmlOf({ source: letter(), locale: 'de', country: 'DE' });
    await page.setContent(html.replace(/<head>[^]*<\/head>/, '').replace(/ role="presentation"/, ''));
    const order = await page.evaluate(
      "[...document.querySelectorAll('h1, h2')].map((one) => one.textContent)",
    );
    expect(order).to.have.lengthOf(8);
    expect(await page.evaluate("document.querySelector('table').lang")).to.equal('de');
    await context.close();
  });
});
