import { expect } from 'chai';
import { ROLES, type Role } from '../../../src/domain/access/roles.ts';
import { ROUTES } from '../../../src/interfaces/api/routes/index.ts';
import { withServedHouse } from '../web/served-house.ts';
import { BREACH, openOffice, type Program } from './client.ts';

const WORKERS: readonly Role[] = ['administrator', 'dpo', 'legal', 'responder', 'staff'];
const LEADERS: readonly Role[] = ['dpo', 'legal', 'responder'];
const DECIDERS: readonly Role[] = ['dpo', 'legal'];
const READERS: readonly Role[] = ['administrator', 'dpo', 'legal', 'reader'];
const ADMINISTRATORS: readonly Role[] = ['administrator'];

/**
 * By the name of a route: who may, and a body that something stops after the right was looked at (a stale revision, a
 * foreign id), so that asking changes nothing.
 */
const TABLE: Readonly<Record<string, readonly [readonly Role[], unknown?]>> = {
  viewWall: [ROLES],
  listIncidents: [ROLES],
  viewIncident: [ROLES],
  viewTimeline: [ROLES],
  viewDuty: [ROLES],
  listPlaybooks: [ROLES],
  viewMe: [ROLES],
  viewOrganisation: [ROLES],
  viewNotice: [ROLES],
  viewProgress: [ROLES],
  logIncident: [WORKERS, { ...BREACH, title: 'x'.repeat(200) }],
  changeTask: [WORKERS, { state: 'done', shown: 99 }],
  assignTask: [LEADERS, { assignee: 'ME', shown: 99 }],
  closeStage: [LEADERS, {}],
  reopenStage: [LEADERS, { reason: 'x' }],
  decideDuty: [DECIDERS, { reason: 'x' }],
  decideDuties: [DECIDERS, { duties: ['no-such-duty'], reason: 'x' }],
  tellDirectly: [DECIDERS, { how: 'x' }],
  changeState: [DECIDERS, { state: 'suspicion', shown: 'near-miss', reason: 'x' }],
  changeTitle: [LEADERS, { title: 'x', shown: 'other' }],
  appointLeader: [LEADERS, { user: 'nobody', shown: 'other' }],
  restrictIncident: [DECIDERS, { to: ['nobody'] }],
  changeSupplier: [LEADERS, { name: 'x', shown: 99 }],
  takeOverPlaybook: [LEADERS, { shown: 'other' }],
  viewLawChanges: [ROLES],
  viewJudgedDifferently: [ROLES],
  takeOverLaw: [DECIDERS, { shown: 'other' }],
  withdrawDecision: [DECIDERS, { reason: 'x' }],
  recordAssessment: [DECIDERS, { input: {}, shown: 0 }],
  listCases: [ROLES],
  askQuestion: [LEADERS, { text: 'x', owner: 'nobody' }],
  ownQuestion: [LEADERS, { owner: 'nobody', shown: 1 }],
  answerQuestion: [LEADERS, { shown: 1 }],
  listNotes: [ROLES],
  addNote: [WORKERS, { text: 'x'.repeat(100_000) }],
  listEvidence: [ROLES],
  checkList: [LEADERS],
  viewList: [LEADERS],
  readListAgain: [LEADERS, { columns: ['email'] }],
  acceptList: [LEADERS, { revision: 1 }],
  refuseList: [LEADERS],
  attachEvidence: [WORKERS],
  openEvidence: [WORKERS],
  changePassword: [ROLES, { old: 'wrong', password: 'x' }],
  resetLink: [ADMINISTRATORS, { email: 'nobody@linden.example' }],
  changeFact: [LEADERS, { value: true, shown: 99 }],
  changeAnswer: [LEADERS, { unknownBecause: 'x', shown: 99 }],
  changeNarrative: [LEADERS, { text: 'x', shown: 'other' }],
  prepareNotice: [LEADERS, { kind: 'letter', obligations: ['no-such-duty'], locales: ['en'] }],
  editDraft: [LEADERS, { content: {}, shown: 99 }],
  submitNotice: [LEADERS, {}],
  sendBackNotice: [DECIDERS, { reason: 'x' }],
  approveNotice: [DECIDERS, { seal: 'x', password: 'wrong' }],
  fileNotice: [DECIDERS, { how: 'x' }],
  prepareNotices: [LEADERS, { kind: 'bureaus' }],
  answerForm: [LEADERS, { answers: {}, shown: 99 }],
  acknowledgeFiling: [DECIDERS, {}],
  attachFiles: [LEADERS, { evidence: ['none'] }],
  nameControllers: [LEADERS, { controllers: [{ name: ' ' }] }],
  addressLetter: [LEADERS, { people: [{ name: '', email: 'x' }] }],
  viewPeople: [DECIDERS],
  viewLetter: [DECIDERS],
  startDispatch: [LEADERS, {}],
  pauseDispatch: [LEADERS, {}],
  resumeDispatch: [LEADERS, {}],
  paceDispatch: [LEADERS, { perMinute: 60 }],
  stopDispatch: [LEADERS, { reason: 'x' }],
  decideDoubt: [LEADERS, { decision: 'again' }],
  exportPeople: [DECIDERS],
  settlePerson: [LEADERS, { kind: 'told', channel: 'telephone' }],
  correctAddress: [DECIDERS, { email: '', postal: '' }],
  printLetters: [DECIDERS],
  lettersPosted: [LEADERS, { people: ['0/0'] }],
  viewRegister: [READERS],
  viewBreachRegister: [READERS],
  viewForgetting: [ADMINISTRATORS],
  forgetPeople: [ADMINISTRATORS, { reference: 'x', reason: 'x', password: 'wrong' }],
  verifyRegister: [READERS],
  changeOrganisation: [
    ADMINISTRATORS,
    {
      name: 'x',
      zone: 'x',
      locale: 'en',
      profile: {},
      contact: { email: '', phone: '', address: '', website: '', dpo: '' },
    },
  ],
  listStaff: [ADMINISTRATORS],
  invite: [ADMINISTRATORS, { email: 'x', roles: ['staff'] }],
  changeStaff: [ADMINISTRATORS, { roles: ['staff'], active: true, shown: 0 }],
  listTokens: [ADMINISTRATORS],
  createToken: [ADMINISTRATORS, { email: 'nobody@linden.example', name: 'x' }],
  revokeToken: [ADMINISTRATORS],
};

/** What would come to pass for a real duty, and stay. */
const ONE_DUTY: readonly string[] = ['decideDuty', 'tellDirectly'];

describe('Who may do what by the API', () => {
  const served = withServedHouse();
  const programs = new Map<Role, Program>();
  const parameters: Record<string, string> = {
    duty: 'gdpr-art34-subjects',
    stage: 'detect',
    name: 'data.encrypted',
    batch: '0',
    position: '0',
    user: 'nobody',
    token: 'none',
  };
  let me = '';
  let entries: readonly string[] = [];

  before(async () => {
    const office = await openOffice(served);
    for (const role of ROLES) programs.set(role, await office.hire(role));
    const logged: { id: string } = (await office.ada.send('POST', '/incidents', BREACH)).json;
    parameters['incident'] = logged.id;
    const incident: { next: string } = (await office.ada.get(`/incidents/${logged.id}`)).json;
    parameters['task'] = incident.next;
    const begun: { notice: string } = (
      await office.ada.send('POST', `/incidents/${logged.id}/notices`, {
        kind: 'letter',
        obligations: ['gdpr-art34-subjects'],
        locales: ['en'],
      })
    ).json;
    parameters['notice'] = begun.notice;
    me = ((await office.ada.get('/me')).json as { id: string }).id;
    entries = await chained();
  });

  /** A body with the id of somebody real where somebody is named. */
  const mine = (body: unknown): unknown =>
    typeof body === 'object' && body !== null && 'assignee' in body ? { ...body, assignee: me } : body;

  const chained = async (): Promise<readonly string[]> => {
    const path = `/incidents/${parameters['incident'] ?? ''}/timeline`;
    const timeline: { entries: { type: string }[] } = (await programs.get('dpo')!.get(path)).json;
    return timeline.entries.map(({ type }) => type);
  };

  it('is asked of every route', () => {
    expect(ROUTES.map(({ id }) => id).sort()).to.deep.equal(Object.keys(TABLE).sort());
  });

  for (const { id, method, path } of ROUTES) {
    const [allowed = [], body] = TABLE[id] ?? [];
    it(`${id} is for ${allowed.join(', ')}`, async () => {
      // A real duty would be decided, or met.
      const own = ONE_DUTY.includes(id) ? { ...parameters, duty: 'no-such-duty' } : parameters;
      const at = path.replace(/\{(\w+)\}/g, (_, name: string) => own[name] ?? 'none');
      const query = id === 'attachEvidence' ? '?name=x' : '';
      for (const role of ROLES) {
        const { status } = await programs.get(role)!.send(method.toUpperCase(), at + query, mine(body));
        if (allowed.includes(role)) expect(status, role).not.to.be.oneOf([401, 403, 500]);
        else expect(status, role).to.equal(403);
      }
    });
  }

  it('left the incident as it was', async () => {
    expect(await chained()).to.deep.equal(entries);
    expect(served.logged).to.deep.equal([]);
  });
});
