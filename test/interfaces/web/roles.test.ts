import { expect } from 'chai';
import { ROLES, type Role } from '../../../src/domain/access/roles.ts';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { joinAs, logBreach, setUpFirst } from './staff.ts';
import { withServedHouse } from './served-house.ts';

/** What each role is answered: a page, a refusal (403), or `yes` for a form that goes through to its use case. */
const PAGES: Readonly<Record<string, readonly Role[]>> = {
  '/': ROLES,
  '/incidents': ROLES,
  '/incidents/new': ['administrator', 'dpo', 'legal', 'responder', 'staff'],
  '/incidents/INCIDENT': ROLES,
  '/incidents/INCIDENT/duties': ROLES,
  '/incidents/INCIDENT/assessment': ROLES,
  '/incidents/INCIDENT/state': ROLES,
  '/incidents/INCIDENT/supplier': ROLES,
  '/incidents/INCIDENT/questions': ROLES,
  '/incidents/INCIDENT/facts/awareAt': ROLES,
  '/incidents/INCIDENT/tasks/call-decider': ROLES,
  '/incidents/INCIDENT/evidence': ROLES,
  '/incidents/INCIDENT/notes': ROLES,
  '/incidents/INCIDENT/lead': ROLES,
  '/incidents/INCIDENT/timeline': ROLES,
  '/incidents/INCIDENT/playbook': ROLES,
  '/incidents/INCIDENT/law': ROLES,
  '/incidents/INCIDENT/forget': ['administrator'],
  '/register': ['administrator', 'dpo', 'legal', 'reader'],
  '/breach-register': ['administrator', 'dpo', 'legal', 'reader'],
  '/settings': ['administrator'],
};

/**
 * Forms, each with something that stops it after the permission was looked at (a missing reason, a foreign id), so
 * that asking changes nothing: 403 for those who may not, another answer for those who may.
 */
const FORMS: Readonly<Record<string, readonly Role[]>> = {
  '/incidents/INCIDENT/tasks/no-such-task': ['administrator', 'dpo', 'legal', 'responder', 'staff'],
  '/incidents/INCIDENT/tasks/no-such-task/assignee': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/notes': ['administrator', 'dpo', 'legal', 'responder', 'staff'],
  '/incidents/INCIDENT/lead/leader': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/lead/title': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/lead/restriction': ['dpo', 'legal'],
  '/incidents/INCIDENT/playbook': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/law': ['dpo', 'legal'],
  '/incidents/INCIDENT/stages/detect/close': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/stages/detect/reopen': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/facts/data.encrypted': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/facts/awareAt': ['dpo', 'legal'],
  '/incidents/INCIDENT/facts/risk': ['dpo', 'legal'],
  '/incidents/INCIDENT/facts/cyber': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/facts/exceptions.riskRemoved': ['dpo', 'legal'],
  '/incidents/INCIDENT/assessment': ['dpo', 'legal'],
  '/incidents/INCIDENT/assessment/sum': ['dpo', 'legal'],
  '/incidents/INCIDENT/assessment/decision': ['dpo', 'legal'],
  '/incidents/INCIDENT/state': ['dpo', 'legal'],
  '/incidents/INCIDENT/state/moves': ['dpo', 'legal'],
  '/incidents/INCIDENT/awareness': ['dpo', 'legal'],
  '/incidents/INCIDENT/supplier': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/questions': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/questions/none/owner': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/questions/none/answer': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/narrative/measures': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/duties/no-such-duty': ['dpo', 'legal'],
  '/incidents/INCIDENT/duties-together': ['dpo', 'legal'],
  '/incidents/INCIDENT/notices': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/notices/none/draft': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/notices/none/submit': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/notices/none/send-back': ['dpo', 'legal'],
  '/incidents/INCIDENT/notices/none/file': ['dpo', 'legal'],
  '/incidents/INCIDENT/notices/none/people': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/notices/none/dispatch': ['dpo', 'legal', 'responder'],
  '/incidents/INCIDENT/forget': ['administrator'],
  '/settings/organisation': ['administrator'],
  '/settings/staff': ['administrator'],
  '/settings/staff/nobody': ['administrator'],
};

const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/incidents/INCIDENT/facts/data.encrypted': { 'data.encrypted': 'true', shown: '99' },
  '/incidents/INCIDENT/facts/awareAt': { day: '2026-12-04', time: '18:41', shown: '99' },
  '/incidents/INCIDENT/facts/risk': { risk: 'high', because: 'x', shown: '99' },
  '/incidents/INCIDENT/lead/restriction': { who: 'named', people: 'nobody', shown: 'everybody' },
  '/incidents/INCIDENT/playbook': { to: 'no-such-playbook' },
  '/incidents/INCIDENT/notices': { kind: 'letter', locales: 'en', obligations: 'no-such-duty' },
  '/incidents/INCIDENT/notices/none/people': { people: 'Maria, maria@example.org' },
};

describe('Who may do what, over HTTP', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  const people = new Map<Role, Person>();
  let incident = '';

  before(async () => {
    await setUpFirst(ada, served);
    incident = (await logBreach(ada)).replace('/incidents/', '');
    for (const role of ROLES) people.set(role, await joinAs(ada, served, role, role));
  });

  const person = (role: Role): Person => {
    const found = people.get(role);
    if (!found) throw new Error(`nobody is ${role}`);
    return found;
  };
  const at = (path: string): string => path.replace('INCIDENT', incident);

  for (const [path, allowed] of Object.entries(PAGES)) {
    it(`${path} is shown to ${allowed.join(', ')} only`, async () => {
      for (const role of ROLES) {
        const answer = await person(role).get(at(path));
        expect(answer.status, role).to.equal(allowed.includes(role) ? 200 : 403);
      }
    });
  }

  for (const [path, allowed] of Object.entries(FORMS)) {
    it(`${path} takes forms of ${allowed.join(', ')} only`, async () => {
      for (const role of ROLES) {
        const token = load((await person(role).get('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
        const answer = await person(role).post(at(path), { ...FIELDS[path], _csrf: token });
        if (allowed.includes(role)) expect(answer.status, role).not.to.be.oneOf([401, 403, 500]);
        else expect(answer.status, role).to.equal(403);
      }
    });
  }

  it('a reader finds no form but the one to sign out, and no way to settings', async () => {
    for (const path of ['/', '/incidents', '/register', at('/incidents/INCIDENT')]) {
      const page = load((await person('reader').open(path)).body);
      expect(page.actions, path).to.deep.equal(['/sign-out']);
      expect(page.links, path).not.to.include('/settings');
      expect(page.links, path).not.to.include('/incidents/new');
    }
  });

  it('a reader who sends a form all the same changes nothing', async () => {
    const before = await ada.open(at('/incidents/INCIDENT'));
    const token = load((await person('reader').get('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
    const task = load(before.body).actions.find((action) => action.includes('/tasks/')) ?? '';
    const answer = await person('reader').post(task, { _csrf: token, state: 'done', shown: '0' });
    expect(answer.status).to.equal(403);
    const entries = /(\d+) entries, chained/;
    const after = await ada.open(at('/incidents/INCIDENT'));
    expect(entries.exec(after.body)?.[1]).to.equal(entries.exec(before.body)?.[1]);
  });

  it('roles that were taken away are gone at the next request', async () => {
    const staff = await joinAs(ada, served, 'Tessa', 'legal');
    expect((await staff.get('/register')).status).to.equal(200);
    const settings = await ada.open('/settings');
    const section = settings.body.slice(settings.body.indexOf('tessa@linden.example'));
    const action = /action="(\/settings\/staff\/[^"]+)"/.exec(section)?.[1] ?? '';
    expect((await ada.submit(settings, action, { roles: 'staff', active: 'yes' })).status).to.equal(303);
    expect((await staff.get('/register')).status).to.equal(403);
    const again = await ada.open('/settings');
    expect((await ada.submit(again, action, { roles: 'staff', active: '' })).status).to.equal(303);
    expect((await staff.get('/')).location).to.equal('/sign-in');
  });

  it('the last administrator cannot lock everybody out', async () => {
    const page = await ada.open('/settings');
    const others = await person('administrator').open('/settings');
    expect(others.status).to.equal(200);
    const section = page.body.slice(page.body.indexOf('administrator@linden.example'));
    const action = /action="(\/settings\/staff\/[^"]+)"/.exec(section)?.[1] ?? '';
    expect((await ada.submit(page, action, { roles: 'reader', active: 'yes' })).status).to.equal(303);
    const own = await ada.open('/settings');
    const mine = own.body.slice(own.body.indexOf('ada@linden.example'));
    const ownAction = /action="(\/settings\/staff\/[^"]+)"/.exec(mine)?.[1] ?? '';
    const refused = await ada.submit(own, ownAction, { roles: 'reader', active: 'yes' });
    expect(refused.status).to.equal(422);
    expect(load(refused.body).text).to.contain('Somebody must stay administrator');
  });
});
