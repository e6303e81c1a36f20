import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { begunLetter } from '../interfaces/web/begun-letter.ts';
import { Person } from '../interfaces/web/browser-like.ts';
import { PASSWORD, setUpFirst } from '../interfaces/web/staff.ts';
import { withServedHouse } from '../interfaces/web/served-house.ts';
import { findings, launch, look, picture, sideways, skipWithoutChromium, type Eyes } from './chromium.ts';

const THREE = `Maria Weiß, maria@example.org, de, DE

Jan Nowak
Lindenweg 7
A-1010 Wien

"Reed, Tom" <tom@example.com>; en; GB`;

const EYES: readonly Eyes[] = [
  { scheme: 'light', width: 1280, height: 800 },
  { scheme: 'dark', width: 390, height: 844 },
];

describe('Three people, from the paste to the last one told, in Chromium', function () {
  this.timeout(300_000);
  let browser: Browser | undefined;

  before(async function () {
    skipWithoutChromium(this);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
  });

  for (const eyes of EYES) {
    describe(`at ${eyes.width} px`, () => {
      const served = withServedHouse();

      it('goes by mouse alone: listed, handed in, approved after the pause, told in three ways', async () => {
        if (!browser) throw new Error('no browser');
        const ada = new Person(() => served.url);
        await setUpFirst(ada, served);
        const letter = await begunLetter(ada);
        const context = await look(browser, eyes);
        const page = await context.newPage();
        const faults: string[] = [];
        const see = async (name: string): Promise<void> => {
          const over = await sideways(page);
          if (over > 0) faults.push(`${name} scrolls sideways by ${over} px`);
          await picture(page, `three-${name}-${eyes.width}`);
        };
        const press = (name: string | RegExp): Promise<void> =>
          page.getByRole('button', { name }).first().click();
        const fold = (name: string | RegExp): Promise<void> =>
          page.locator('summary').filter({ hasText: name }).first().click();

        await page.goto(`${served.url}/sign-in`);
        await page.getByLabel('E-mail').fill('ada@linden.example');
        await page.getByLabel('Password').fill(PASSWORD);
        await press('Sign in');
        await page.goto(served.url + letter);
        await fold('Put others in their place');
        await page.getByLabel('One person a line').fill(THREE);
        await press('Put them on the letter');
        expect(await page.locator('#people').innerText()).to.contain('3 people');
        await see('listed');
        await press('Hand it in');
        expect(await page.locator('main').innerText()).to.contain('Let your own text rest until');
        served.pass({ minutes: 11 });
        await page.reload();
        await page.locator('.checklist a').first().click();
        expect(page.url()).to.contain('at=').and.to.contain('#letter');
        await page.getByLabel('Why you approve your own text').fill('I am alone here.');
        await page.getByLabel('Your password again').fill(PASSWORD);
        await see('approving');
        await press('Approve and seal');
        await see('approved');

        await page.getByRole('link', { name: /See them/ }).click();
        await tellByTelephone(page, 'Maria');
        await see('people');
        const [download] = await Promise.all([page.waitForEvent('download'), press('A4')]);
        expect(download.suggestedFilename()).to.equal('letters-a4.pdf');
        await press('The letter went to the post');
        expect(await page.locator('.lead').innerText()).to.contain('One person is still open');
        await page.goto(served.url + letter);
        await press(/^Send the letter/);
        await served.settled();
        await page.reload();
        expect(await page.locator('main').innerText()).to.contain('All 3 people on the list are told.');
        await see('told');
        for (const finding of await findings(page)) faults.push(finding);
        await context.close();
        expect(faults).to.deep.equal([]);
      });
    });
  }
});

/** What a shop owner does with the receiver still in the hand: opens the person, says what was said, records it. */
async function tellByTelephone(page: Page, name: string): Promise<void> {
  const person = page.locator('li.duty').filter({ hasText: name });
  await person.locator('summary').click();
  await person.locator('textarea').first().fill('She will watch out.');
  await person
    .getByRole('button', { name: /^Record/ })
    .first()
    .click();
}
