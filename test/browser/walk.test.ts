import { expect } from 'chai';
import type { Browser, Locator, Page } from 'playwright-core';
import { viewIncident, type IncidentView } from '../../src/application/incident/view-incident.ts';
import type { Actor } from '../../src/domain/access/roles.ts';
import type { Incident } from '../../src/domain/incident/incident.ts';
import { good } from '../support/breach.ts';
import { Person } from '../interfaces/web/browser-like.ts';
import { PASSWORD, setUpFirst, taken } from '../interfaces/web/staff.ts';
import { withServedHouse } from '../interfaces/web/served-house.ts';
import { launch, look, picture, skipWithoutChromium } from './chromium.ts';

/** How a person works a page. */
interface Hands {
  press(what: Locator): Promise<void>;
  type(where: Locator, words: string): Promise<void>;
  choose(option: Locator): Promise<void>;
}

/** What of the browser the functions that run in its page look at. */
type Focused = typeof globalThis & { readonly document: { readonly activeElement: unknown } };

const mouse = (page: Page): Hands => ({
  async press(what) {
    await what.click();
  },
  async type(where, words) {
    await where.click();
    await page.keyboard.type(words);
  },
  async choose(option) {
    await option.click();
  },
});

/** Nothing but keys: what cannot be reached with Tab, or has no visible place, cannot be used. */
function keyboard(page: Page): Hands {
  const isHere = (what: Locator): Promise<boolean> =>
    what.evaluate((element) => element === (globalThis as Focused).document.activeElement);
  const reach = async (what: Locator): Promise<void> => {
    await what.waitFor({ state: 'visible' });
    for (let tabs = 0; tabs < 400; tabs += 1) {
      if (await isHere(what)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`400 tabs do not reach ${String(what)}`);
  };
  return {
    async press(what) {
      await reach(what);
      await page.keyboard.press('Enter');
    },
    async type(where, words) {
      await reach(where);
      await page.keyboard.type(words);
    },
    /** A group of radio buttons is one stop for Tab; within it the arrows choose. */
    async choose(option) {
      const name = (await option.getAttribute('name')) ?? '';
      const group = page.locator(`input[type=radio][name="${name}"]`);
      for (let tabs = 0; tabs < 400; tabs += 1) {
        if (
          await group.evaluateAll((all) =>
            all.includes((globalThis as Focused).document.activeElement as never),
          )
        )
          break;
        await page.keyboard.press('Tab');
      }
      const stops = await group.count();
      for (let arrows = 0; arrows <= stops; arrows += 1) {
        if (await isHere(option)) break;
        await page.keyboard.press('ArrowDown');
      }
      if (!(await option.isChecked())) await page.keyboard.press('Space');
      expect(await option.isChecked(), name).to.equal(true);
    },
  };
}

describe('A playbook walked in Chromium, from the log to the closed record', function () {
  this.timeout(600_000);
  const served = withServedHouse();
  let browser: Browser | undefined;
  let ada: Actor;

  before(async function () {
    skipWithoutChromium(this);
    const person = new Person(() => served.url);
    await setUpFirst(person, served);
    const profile = { establishments: 'Germany', mainEstablishment: 'DE-BE', sectors: 'none' };
    taken(await person.submit(await person.open('/settings'), '/settings/organisation', profile));
    const user = await served.house.users.byEmail('ada@linden.example');
    const [membership] = user?.memberships ?? [];
    ada = {
      user: user?.id ?? '',
      organisation: membership?.organisation ?? '',
      roles: membership?.roles ?? [],
    };
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
  });

  async function begin(): Promise<Page> {
    if (!browser) throw new Error('no browser');
    const context = await look(browser, { scheme: 'light', width: 1280, height: 800 });
    const page = await context.newPage();
    await page.goto(`${served.url}/sign-in`);
    return page;
  }

  const stateOf = async (page: Page): Promise<IncidentView> => {
    const id = /\/incidents\/([\w-]+)/.exec(page.url())?.[1] ?? '';
    return good(await viewIncident(served.house, ada, id));
  };

  async function signIn(page: Page, hands: Hands): Promise<void> {
    await hands.type(page.getByLabel('E-mail'), 'ada@linden.example');
    await hands.type(page.getByLabel('Password', { exact: true }), PASSWORD);
    await hands.press(page.getByRole('button', { name: 'Sign in' }));
    await page.waitForURL(`${served.url}/`);
  }

  async function log(page: Page, hands: Hands, title: string): Promise<void> {
    await page.goto(`${served.url}/incidents/new`);
    await hands.choose(page.locator('input[name=kind][value=misdirected-email]'));
    await hands.type(page.locator('[name=title]'), title);
    await hands.type(page.locator('[name=whatHappened]'), 'Sixty addresses stood in cc.');
    await hands.type(page.locator('[name=reporter]'), 'Ada');
    await hands.choose(page.locator('input[name=aware][value=yes]'));
    await hands.press(page.getByRole('button', { name: 'Log it and start the clock' }));
    await page.waitForURL(/\/incidents\/[0-9a-f-]{36}/);
  }

  /** Does what the page says is to be done now, and closes each stage; where a fact is missing, over its gate. */
  async function lead(page: Page, hands: Hands): Promise<readonly string[]> {
    const steps: string[] = [];
    for (let step = 0; step < 60; step += 1) {
      const { stage, gate, next, incident } = await stateOf(page);
      if (stage === 'closed') return steps;
      if (gate && gate.missing.tasks.length > 0 && next) {
        await hands.press(page.locator('section.do-now').getByRole('button').first());
        steps.push(next.task.id);
      } else {
        const close = page.locator('#close');
        if (!gate?.open) {
          await hands.press(close.locator('summary'));
          await hands.type(
            close.locator('textarea'),
            'What is missing is not known, and nobody waits for it.',
          );
        }
        await hands.press(close.getByRole('button').last());
        steps.push(`closed ${stage}`);
      }
      await changed(page, incident);
    }
    throw new Error(`not closed after 60 steps: ${steps.join(', ')}`);
  }

  /** Waits until the press has changed the incident, and the page that shows it is there. */
  async function changed(page: Page, { id, version }: Incident): Promise<void> {
    for (let look = 0; look < 300; look += 1) {
      const now = await served.house.incidents.byId(ada.organisation, id);
      if (now && now.version > version) break;
      await page.waitForTimeout(100);
    }
    await page.waitForLoadState('load');
    expect(await page.locator('.error-summary').count(), 'refused').to.equal(0);
  }

  for (const [by, handsOn] of [
    ['mouse', mouse],
    ['keyboard alone', keyboard],
  ] as const) {
    it(`by ${by}`, async () => {
      const page = await begin();
      const hands = handsOn(page);
      await signIn(page, hands);
      await log(page, hands, `Mailing in cc, by ${by}`);
      const steps = await lead(page, hands);
      expect(steps.filter((step) => step.startsWith('closed'))).to.deep.equal(
        ['detect', 'contain', 'assess', 'notify', 'review'].map((stage) => `closed ${stage}`),
      );
      expect(steps).to.include.members(['keep-sent-mail', 'ask-to-delete', 'decide-risk', 'close-record']);
      await picture(page, `walk-closed-${by.split(' ')[0] ?? ''}`);
      await page.context().close();
    });
  }
});
