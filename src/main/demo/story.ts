import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../../domain/access/roles.ts';
import type { Stage } from '../../domain/playbook/types.ts';
import { changeFact, changeNarrative } from '../../application/incident/change-fact.ts';
import { logIncident } from '../../application/incident/log-incident.ts';
import { changeTask, closeStage } from '../../application/incident/tasks-and-stages.ts';
import { viewIncident } from '../../application/incident/view-incident.ts';
import { approveNotice } from '../../application/notice/decide.ts';
import { fileNotice } from '../../application/notice/file.ts';
import { viewNotice } from '../../application/notice/view-notice.ts';
import { prepareNotice } from '../../application/notice/prepare.ts';
import { editDraft, submitNotice } from '../../application/notice/write.ts';
import { startDispatch } from '../../application/people/dispatch.ts';
import type { House } from '../../application/ports/house.ts';
import { verifyRegister } from '../../application/register/verify-register.ts';
import { address } from './addressees.ts';
import { hire, PASSWORD, type Cast } from './cast.ts';
import { must, mustNot, StepFailed, until } from './must.ts';
import { NARRATIVE, WHAT_HAPPENED, WORDS } from './words.ts';

export interface Scene {
  readonly house: House;
  readonly dataFolder: string;
  readonly people: number;
  readonly tell: (line: string) => void;
}

const AUTHORITY = 'gdpr-art33-authority';
const SUBJECTS = 'gdpr-art34-subjects';

/** Plays the breach of a supplier from the first telephone call to the last letter, each step checked. */
export async function play(stage: Scene): Promise<void> {
  const { house, tell } = stage;
  const cast = await hire(house);
  tell('A shop with four people: owner, help desk, responder, lawyer.');
  const incident = await report(stage, cast);
  await wake(stage);
  await assess(stage, cast, incident);
  await notifyAuthority(stage, cast, incident);
  await writeLetters(stage, cast, incident);
  await closeStages(house, cast, incident, ['notify']);
  await prove(stage, cast);
}

async function report({ house, people, tell }: Scene, { staff }: Cast): Promise<string> {
  const now = house.clock.now();
  const logged = must(
    'logging',
    await logIncident(
      house,
      staff,
      {
        state: 'breach',
        kind: 'supplier-breach',
        title: 'Our orders copied at the parcel service',
        whatHappened: WHAT_HAPPENED,
        reporter: 'Example Parcels, by telephone',
        detectedAt: now.subtract({ hours: 71, minutes: 20 }).toString(),
        awareAt: now.subtract({ hours: 71, minutes: 2 }).toString(),
        categories: ['name', 'email', 'phone', 'postal-address', 'order-history'],
        subjects: [{ place: 'DE', count: people, groups: ['customers'] }],
        supplier: {
          name: 'Example Parcels',
          toldUsAt: now.subtract({ hours: 71, minutes: 20 }).toString(),
        },
      },
      'demo-log',
    ),
  );
  tell(`The help desk logs it in a minute: ${logged.reference}. The shop has known for 71 hours.`);
  const view = must('reading it', await viewIncident(house, staff, logged.id));
  for (const { obligation, duty, explanation } of view.obligations) {
    if (obligation.decision === 'does-not-apply' || !obligation.dueAt) continue;
    tell(
      `  The law: ${duty?.title ?? obligation.key} is due ${local(obligation.dueAt.toString(), view.incident.zone)}.`,
    );
    for (const { cite } of explanation?.trace ?? []) if (cite) tell(`    because of ${cite}`);
  }
  return logged.id;
}

/** The clock rings by itself: an hour is left, so somebody is woken. */
async function wake({ dataFolder, tell }: Scene): Promise<void> {
  const folder = join(dataFolder, 'outbox', 'staff');
  await until('a reminder', 20, async () => (await filesIn(folder)).some((name) => name.includes('before')));
  tell('The clock rings: a reminder lies in outbox/staff, an hour before the deadline.');
}

async function assess({ house, tell }: Scene, cast: Cast, incident: string): Promise<void> {
  const { responder, legal } = cast;
  const facts: readonly (readonly [string, unknown])[] = [
    ['data.encrypted', false],
    ['data.keyCompromised', false],
    ['breach.confidentiality', true],
    ['breach.integrity', false],
    ['breach.availability', false],
    ['cyber', true],
    ['malicious', true],
    ['occurredAt', house.clock.now().subtract({ hours: 100 }).toString()],
    ['answers.supplierConfirmed', 'true'],
    ['answers.supplierRole', 'processor'],
    ['answers.apiAccess', 'false'],
  ];
  for (const [name, value] of facts) {
    must(name, await changeFact(house, responder, { incident, name, value, shown: 0 }));
  }
  must(
    'the risk',
    await changeFact(house, legal, {
      incident,
      name: 'risk',
      value: 'high',
      shown: 0,
      because: 'Orders show addresses and what was bought; false parcel messages are likely.',
    }),
  );
  for (const [name, text] of NARRATIVE)
    must(name, await changeNarrative(house, responder, { incident, name, text, shown: null }));
  await closeStages(house, cast, incident, ['detect', 'contain', 'assess']);
  tell(
    'Responder and lawyer gather the facts, decide that the risk is high, and close detect, contain and assess.',
  );
}

/** Does every required task, then closes the stages; what the gate still waits for stops the story. */
async function closeStages(
  house: House,
  { responder, legal }: Cast,
  incident: string,
  stages: readonly Stage[],
): Promise<void> {
  for (const stage of stages) {
    const view = must('reading it', await viewIncident(house, responder, incident));
    const open = view.tasks.filter(
      ({ task, state, shows }) => state === 'open' && task.required && shows !== 'no',
    );
    for (const { task, stage: at, revision } of open) {
      if (at === stage) {
        must(
          task.id,
          await changeTask(house, responder, {
            incident,
            task: task.id,
            state: 'done',
            note: 'Done in the demonstration.',
            shown: revision,
          }),
        );
      }
    }
    const reason = 'The demonstration leaves some questions open on purpose.';
    must(`closing ${stage}`, await closeStage(house, legal, { incident, stage, reason }));
  }
}

async function notifyAuthority(
  { house, tell }: Scene,
  { responder, legal }: Cast,
  incident: string,
): Promise<void> {
  const notice = await draft(house, responder, incident, 'authority', AUTHORITY, ['en']);
  must('handing in', await submitNotice(house, responder, { incident, notice }));
  const { hash } = await sealOf(house, legal, incident, notice);
  const approval = { incident, notice, seal: hash, password: PASSWORD };
  mustNot('the author approving', await approveNotice(house, responder, approval));
  must('approving', await approveNotice(house, legal, approval));
  must(
    'filing',
    await fileNotice(house, legal, {
      incident,
      notice,
      at: '',
      how: 'web form of the authority',
      reference: 'DEMO-1',
    }),
  );
  tell("The authority's notice: written by the responder, approved by the lawyer, filed in time.");
}

async function writeLetters(
  { house, dataFolder, people, tell }: Scene,
  { responder, legal }: Cast,
  incident: string,
): Promise<void> {
  const notice = await draft(house, responder, incident, 'letter', SUBJECTS, ['en', 'de']);
  tell(await address(house, responder, { incident, notice, people }));
  must('handing in', await submitNotice(house, responder, { incident, notice }));
  const { hash } = await sealOf(house, legal, incident, notice);
  must('approving', await approveNotice(house, legal, { incident, notice, seal: hash, password: PASSWORD }));
  must('sending', await startDispatch(house, responder, { incident, notice }));
  await until('the last letter', 60 + people / 50, async () => {
    const view = must('reading it', await viewNotice(house, legal, incident, notice));
    return view.notice.state === 'told';
  });
  const letters = await filesIn(join(dataFolder, 'outbox', 'letters'));
  if (letters.length !== people)
    throw new StepFailed(`${letters.length} letters lie in the outbox, not ${people}`);
  tell(
    `The letter: approved in two languages, sent to ${people} people, each once. ${letters.length} lie in outbox/letters.`,
  );
}

async function draft(
  house: House,
  actor: Actor,
  incident: string,
  kind: 'authority' | 'letter',
  obligation: string,
  locales: readonly string[],
): Promise<string> {
  const { obligations } = must('reading it', await viewIncident(house, actor, incident));
  const keys = obligations
    .map((view) => view.obligation)
    .filter(({ duty, decision }) => duty === obligation && decision === 'applies');
  const { notice } = must(
    'beginning a notice',
    await prepareNotice(house, actor, { incident, kind, obligations: keys.map(({ key }) => key), locales }),
  );
  const view = must('reading the notice', await viewNotice(house, actor, incident, notice));
  const content = Object.fromEntries(
    Object.entries(view.draft.content).map(([locale, words]) => [locale, { ...words }]),
  );
  for (const { field, state, from, locales: where } of view.checklist) {
    if (state !== 'missing' || from !== 'draft') continue;
    for (const locale of where.length > 0 ? where : ['*']) {
      const words = WORDS[field]?.[locale];
      if (words === undefined)
        throw new StepFailed(`the demonstration has no words for ${field} (${locale})`);
      content[locale] = { ...content[locale], [field]: words };
    }
  }
  must(
    'writing',
    await editDraft(house, actor, {
      incident,
      notice,
      content,
      follows: view.draft.follows,
      shown: view.draft.revision,
    }),
  );
  return notice;
}

async function sealOf(
  house: House,
  actor: Actor,
  incident: string,
  notice: string,
): Promise<{ readonly hash: string }> {
  const view = must('reading the notice', await viewNotice(house, actor, incident, notice));
  const seal = view.notice.submitted?.seal;
  if (!seal) throw new StepFailed('the notice was not handed in');
  return seal;
}

async function prove({ house, tell }: Scene, { legal }: Cast): Promise<void> {
  const verdict = await verifyRegister(house, legal.organisation);
  if (!verdict.ok) throw new StepFailed(`the register does not hold: ${JSON.stringify(verdict.flaws)}`);
  tell(`The register: ${verdict.entries} entries in ${verdict.chains} chains, verified.`);
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.eml'));
}

function local(instant: string, zone: string): string {
  return new Date(instant).toLocaleString('en-GB', { timeZone: zone, dateStyle: 'full', timeStyle: 'short' });
}
