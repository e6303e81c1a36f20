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
  /** Sets a date (`2026-12-04`) or a time (`18:40`). */
  set(field: Locator, value: string): Promise<void>;
  /** Picks a value of a select. */
  pick(list: Locator, value: string): Promise<void>;
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
  async set(field, value) {
    await field.fill(value);
  },
  async pick(list, value) {
    await list.selectOption(value);
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
      if ((await option.getAttribute('type')) === 'checkbox') {
        await reach(option);
        await page.keyboard.press('Space');
        return;
      }
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
    /** Digit by digit; the A is for browsers that ask for a.m. or p.m. */
    async set(field, value) {
      await reach(field);
      const digits = value.split('-').reverse().join('').replace(':', '');
      await page.keyboard.type(value.includes(':') ? `${digits}A` : digits);
      expect(await field.inputValue()).to.equal(value);
    },
    async pick(list, value) {
      await reach(list);
      await page.keyboard.press('Home');
      const options = await list.locator('option').count();
      for (let step = 0; step < options && (await list.inputValue()) !== value; step += 1)
        await page.keyboard.press('ArrowDown');
      expect(await list.inputValue()).to.equal(value);
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
    const profile = {
      establishments: 'Germany',
      mainEstablishment: 'DE-BE',
      sectors: 'none',
      listed: 'no',
    };
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
    await hands.choose(page.locator('input[name=groups][value=customers]'));
    await hands.choose(page.locator('input[name=categories][value=email]'));
    await hands.type(page.locator('[name=place]').first(), 'Austria');
    await hands.type(page.locator('[name=people]').first(), '60');
    await hands.press(page.getByRole('button', { name: 'Log it and start the clock' }));
    await page.waitForURL(/\/incidents\/[0-9a-f-]{36}/);
  }

  /** What of the page is given for each thing that a gate waits for. */
  const ANSWERS: Readonly<Record<string, string>> = {
    'answers.mailKind': 'open-list',
    'answers.recipientCount': '60',
    'answers.confirmed': 'all',
    'answers.trusted': 'true',
    'data.encrypted': 'false',
    'data.keyCompromised': 'false',
    'breach.confidentiality': 'true',
    'breach.integrity': 'false',
    'breach.availability': 'false',
    occurredAt: '',
    risk: 'unlikely',
  };

  /** Gives a fact or an answer at its place on the incident's page. */
  async function give(page: Page, hands: Hands, name: string): Promise<void> {
    const value = ANSWERS[name];
    if (value === undefined) throw new Error(`the walk has no answer to ${name}`);
    const row = page.locator(`#x-${name.replace(/[^\w-]+/g, '-')}`);
    await hands.press(row.locator('summary').first());
    const form = row.locator('form');
    if (name === 'occurredAt') {
      // The same whichever of day and month the browser asks first, and with or without a.m.
      await hands.set(form.locator('[name=day]'), '2026-11-11');
      await hands.set(form.locator('[name=time]'), '06:40');
    } else {
      const list = form.locator(`select[name="${name}"]`);
      const option = form.locator(`input[type=radio][name="${name}"][value="${value}"]`);
      if ((await list.count()) > 0) await hands.pick(list, value);
      else if ((await option.count()) > 0) await hands.choose(option);
      else await hands.type(form.locator(`input[name="${name}"]`), value);
    }
    const because = form.locator('[name=because]');
    if (name === 'risk') await hands.type(because, 'All sixty are asked to delete it, and have confirmed.');
    await send(page, hands, form.getByRole('button').last());
  }

  /** Names who leads, on the page to which the gate leads. */
  async function appoint(page: Page, hands: Hands, incident: Incident): Promise<void> {
    await hands.press(page.locator('#close').getByRole('link').first());
    await page.waitForURL(/\/lead$/);
    await hands.pick(page.locator('select[name=user]'), ada.user);
    await send(page, hands, page.locator('#leader ~ form').getByRole('button'));
    await page.goto(`${served.url}/incidents/${incident.id}`);
  }

  /** Does what the page says is to be done now, gives what the gate waits for, and closes each stage once it opens. */
  async function lead(page: Page, hands: Hands): Promise<readonly string[]> {
    const steps: string[] = [];
    for (let step = 0; step < 80; step += 1) {
      const { stage, gate, next, incident } = await stateOf(page);
      if (stage === 'closed') return steps;
      const [fact] = gate?.missing.facts ?? [];
      if (gate && gate.missing.tasks.length > 0 && next) {
        await send(page, hands, page.locator('section.do-now').getByRole('button').first());
        steps.push(next.task.id);
      } else if (fact === 'incident.leader') {
        await appoint(page, hands, incident);
        steps.push(fact);
      } else if (fact !== undefined) {
        await give(page, hands, fact);
        steps.push(fact);
      } else {
        await send(page, hands, page.locator('#close').getByRole('button').last());
        steps.push(`closed ${stage}`);
      }
      await changed(incident);
    }
    throw new Error(`not closed after 80 steps: ${steps.join(', ')}`);
  }

  /** Presses what sends a form, and waits for the page that answers. */
  async function send(page: Page, hands: Hands, button: Locator): Promise<void> {
    const answered = page.waitForEvent('load');
    await hands.press(button);
    await answered;
    expect(await page.locator('.error-summary').allInnerTexts(), 'refused').to.deep.equal([]);
  }

  /** Each step changes the incident: a press that does nothing would be pressed for ever. */
  async function changed({ id, version }: Incident): Promise<void> {
    const now = await served.house.incidents.byId(ada.organisation, id);
    expect(now?.version).to.be.greaterThan(version);
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
      expect(steps).to.include.members(['incident.leader', 'answers.mailKind', 'occurredAt', 'risk']);
      const { incident } = await stateOf(page);
      expect(incident.stages.map(({ state }) => state)).to.deep.equal(Array(5).fill('closed'));
      expect(incident.stages.filter(({ overridden }) => overridden !== undefined)).to.deep.equal([]);
      const closed = await page.locator('.closed-now').innerText();
      expect(closed).to.contain('This incident is closed');
      expect(closed).not.to.contain('Duties that remained open');
      await picture(page, `walk-closed-${by.split(' ')[0] ?? ''}`);
      await page.context().close();
    });
  }
});
