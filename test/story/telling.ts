import { Temporal } from 'temporal-polyfill';
import { changeFact, changeNarrative } from '../../src/application/incident/change-fact.ts';
import { changeState } from '../../src/application/incident/change-state.ts';
import { tellDirectly } from '../../src/application/incident/tell-directly.ts';
import { appointLeader } from '../../src/application/incident/lead.ts';
import { logIncident, type LogForm } from '../../src/application/incident/log-incident.ts';
import {
  changeTask,
  closeStage,
  decideDuty,
  reopenStage,
} from '../../src/application/incident/tasks-and-stages.ts';
import {
  viewIncident,
  type IncidentView,
  type ObligationView,
} from '../../src/application/incident/view-incident.ts';
import { viewTimeline } from '../../src/application/incident/view-timeline.ts';
import { verifyRegister } from '../../src/application/register/verify-register.ts';
import type { House } from '../../src/application/ports/house.ts';
import type { Actor, Role } from '../../src/domain/access/roles.ts';
import type { DomainError } from '../../src/domain/errors.ts';
import type { Stage } from '../../src/domain/playbook/types.ts';
import { good, refused } from '../support/breach.ts';
import type { HouseOnPaper, Shop } from '../support/shop.ts';

/** A fact or answer as a story gives it: its value, or why it is unknown. */
export type Told = string | number | boolean | null | readonly unknown[] | object | Unknown;

/** Not known, and why. */
export class Unknown {
  readonly because: string;
  constructor(because: string) {
    this.because = because;
  }
}

export const unknown = (because: string): Unknown => new Unknown(because);

/** The tasks of a stage as the page has them. */
export interface StagePage {
  readonly shows: readonly string[];
  /** 'Does this apply?', by task, with what would decide it. */
  readonly asks: Readonly<Record<string, readonly string[]>>;
  /** By task the condition that the facts make false. */
  readonly hides: Readonly<Record<string, string>>;
}

/**
 * One incident, and the verbs of those who lead it, each by its use case. What a verb gives must have been taken: a
 * refusal that belongs to the story has a verb of its own (`isStopped`, `refuses`).
 */
export class Story {
  incident = '';
  readonly at: HouseOnPaper;
  #shop: Shop | undefined;

  constructor(at: HouseOnPaper) {
    this.at = at;
  }

  get house(): House {
    return this.at.house;
  }

  get shop(): Shop {
    if (!this.#shop) throw new Error('The shop opens in the hooks of the suite.');
    return this.#shop;
  }

  /** The story plays in this shop. */
  playsIn(shop: Shop): Shop {
    this.#shop = shop;
    return shop;
  }

  /** It is this local time in the shop. */
  itIs(local: string): void {
    this.at.clock.set(this.moment(local));
  }

  /** A local time of the shop as the moment that it is. */
  moment(local: string): Temporal.Instant {
    return Temporal.PlainDateTime.from(local).toZonedDateTime(this.shop.zone).toInstant();
  }

  /** @returns the reference */
  async log(by: Actor, form: LogForm): Promise<string> {
    const { id, reference } = good(await logIncident(this.house, by, form));
    this.incident = id;
    return reference;
  }

  async see(by: Actor = this.shop.owner): Promise<IncidentView> {
    return good(await viewIncident(this.house, by, this.incident));
  }

  async appoint(by: Actor, leader: Actor): Promise<void> {
    const { owner } = (await this.see(by)).incident;
    const form = { incident: this.incident, user: leader.user, shown: owner };
    good(await appointLeader(this.house, by, form));
  }

  /** Facts and answers by their names, over whatever was known before; `because` stands beside each. */
  async learn(by: Actor, facts: Readonly<Record<string, Told>>, because?: string): Promise<void> {
    for (const [name, told] of Object.entries(facts)) good(await this.#change(by, name, told, because));
  }

  /** The one fact, which this person may not change, or not so. */
  async refuses(by: Actor, name: string, told: Told, because?: string): Promise<DomainError> {
    return refused(await this.#change(by, name, told, because));
  }

  async #change(by: Actor, name: string, told: Told, because?: string) {
    const { facts, answers } = (await this.see(by)).incident;
    const before = name.startsWith('answers.') ? answers[name.slice('answers.'.length)] : facts[name];
    return changeFact(this.house, by, {
      incident: this.incident,
      name,
      ...(told instanceof Unknown ? { unknownBecause: told.because } : { value: told }),
      shown: before?.revision ?? 0,
      ...(because === undefined ? {} : { because }),
    });
  }

  /** The prose from which letters and notices are written. */
  async tell(
    by: Actor,
    words: Readonly<Partial<Record<'consequences' | 'measures', string>>>,
  ): Promise<void> {
    for (const [name, text] of Object.entries(words)) {
      const form = { incident: this.incident, name, text, shown: null };
      good(await changeNarrative(this.house, by, form));
    }
  }

  async turn(
    by: Actor,
    to: 'breach' | 'near-miss',
    reason: string,
    aware: { readonly awareAt?: string; readonly awareBecause?: string } = {},
  ): Promise<void> {
    const shown = (await this.see(by)).incident.state;
    good(await changeState(this.house, by, { incident: this.incident, state: to, shown, reason, ...aware }));
  }

  /** A bank, a bureau, the press or clients were told, now. */
  async tellDirectly(by: Actor, obligation: string, how: string): Promise<void> {
    good(await tellDirectly(this.house, by, { incident: this.incident, obligation, at: '', how }));
  }

  async done(by: Actor, ...tasks: readonly string[]): Promise<void> {
    for (const task of tasks) good(await this.#task(by, task, 'done'));
  }

  /**
   * Everybody does what is left of a stage: each required task that surely applies, by the person of its role.
   * @returns who did what
   */
  async finish(
    stage: Stage,
    hands: Readonly<Partial<Record<Role, Actor>>>,
  ): Promise<Readonly<Record<string, string>>> {
    const { tasks } = await this.see();
    const left = tasks.filter(
      ({ task, stage: at, shows, state }) =>
        at === stage && shows === 'yes' && task.required && state === 'open',
    );
    for (const { task } of left) await this.done(hands[task.owner] ?? this.shop.owner, task.id);
    return Object.fromEntries(left.map(({ task }) => [task.id, task.owner]));
  }

  async notNeeded(by: Actor, task: string, reason: string): Promise<void> {
    good(await this.#task(by, task, 'not-needed', reason));
  }

  async #task(by: Actor, task: string, state: 'done' | 'not-needed', note?: string) {
    const known = (await this.see(by)).incident.tasks.find(({ id }) => id === task);
    return changeTask(this.house, by, {
      incident: this.incident,
      task,
      state,
      ...(note === undefined ? {} : { note }),
      shown: known?.revision ?? 0,
    });
  }

  /** The tasks of a stage: which show, which ask whether they apply, which hide. */
  async page(stage: Stage): Promise<StagePage> {
    const { tasks, playbook } = await this.see();
    const shown = tasks.filter((view) => view.stage === stage);
    const all = playbook.stages.find(({ id }) => id === stage)?.tasks ?? [];
    const ids = new Set(shown.map(({ task }) => task.id));
    return {
      shows: shown.filter(({ shows }) => shows === 'yes').map(({ task }) => task.id),
      asks: Object.fromEntries(
        shown
          .filter(({ shows }) => shows === 'undecided')
          .map(({ task, missing }) => [task.id, [...missing]]),
      ),
      hides: Object.fromEntries(all.filter(({ id }) => !ids.has(id)).map(({ id, when }) => [id, when ?? ''])),
    };
  }

  /** What the gate of the current stage waits for. */
  async waitsFor(): Promise<{ readonly tasks: readonly string[]; readonly facts: readonly string[] }> {
    return (await this.see()).gate?.missing ?? { tasks: [], facts: [] };
  }

  /** The gate stops this person; the story says at what. */
  async isStopped(by: Actor, stage: Stage): Promise<DomainError> {
    return refused(await closeStage(this.house, by, { incident: this.incident, stage }));
  }

  async close(by: Actor, stage: Stage): Promise<void> {
    good(await closeStage(this.house, by, { incident: this.incident, stage }));
  }

  /** Closes a stage over its gate, with a reason that stands in the record. */
  async closeAllTheSame(by: Actor, stage: Stage, reason: string): Promise<void> {
    good(await closeStage(this.house, by, { incident: this.incident, stage, reason }));
  }

  async refusesToOverride(by: Actor, stage: Stage, reason: string): Promise<DomainError> {
    return refused(await closeStage(this.house, by, { incident: this.incident, stage, reason }));
  }

  async reopen(by: Actor, stage: Stage, reason: string): Promise<void> {
    good(await reopenStage(this.house, by, { incident: this.incident, stage, reason }));
  }

  /** Decides that duties are not owed, each for this reason. */
  async decideNotOwed(by: Actor, reason: string, ...obligations: readonly string[]): Promise<void> {
    for (const obligation of obligations)
      good(await decideDuty(this.house, by, { incident: this.incident, obligation, reason }));
  }

  /**
   * What the law says now, by obligation: the local moment it is due, or how it stands otherwise. What does not apply
   * is left out, and what is owed only to our own record, which this register is.
   */
  async clocks(): Promise<Readonly<Record<string, string>>> {
    const { obligations, incident } = await this.see();
    const told = obligations.filter(
      ({ obligation }) => obligation.decision !== 'does-not-apply' && obligation.notify !== 'record',
    );
    return Object.fromEntries(told.map((view) => [view.obligation.key, this.#standing(view, incident.zone)]));
  }

  #standing({ obligation, standing }: ObligationView, zone: string): string {
    const { dueAt, met, decided, noNumber, waitsFor, decision, missing } = obligation;
    const local = (moment: Temporal.Instant): string =>
      moment.toZonedDateTimeISO(zone).toString({ smallestUnit: 'minute', timeZoneName: 'never' });
    if (met) return met.complete ? standing : `${standing}, rest to follow`;
    if (decided) return 'not owed, as decided';
    const date = dueAt ? local(dueAt) : undefined;
    if (decision === 'undecided')
      return `${date === undefined ? '' : `${date} if `}undecided: ${missing.join(', ')}`;
    if (date !== undefined) return date;
    if (noNumber) return 'without undue delay';
    return `waits for ${waitsFor ?? 'nothing'}`;
  }

  /** The house's own target for a task, as a local moment. */
  async targetOf(task: string): Promise<string | undefined> {
    const { tasks, incident } = await this.see();
    return tasks
      .find((view) => view.task.id === task)
      ?.dueAt?.toZonedDateTimeISO(incident.zone)
      .toString({ smallestUnit: 'minute', timeZoneName: 'never' });
  }

  /** What happened, by type, the first first; and the words that stand beside it. */
  async record(): Promise<{ readonly types: readonly string[]; readonly words: readonly string[] }> {
    const { entries, words } = good(await viewTimeline(this.house, this.shop.owner, this.incident));
    return { types: entries.map(({ type }) => type).reverse(), words: [...words.values()] };
  }

  /** How the whole register of the shop stands. */
  async verdict(): Promise<{ readonly ok: boolean; readonly flaws: readonly unknown[] }> {
    return verifyRegister(this.house, this.shop.organisation);
  }
}
