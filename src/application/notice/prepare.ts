import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import { invalid, type DomainError } from '../../domain/errors.ts';
import { recipientOf } from '../../domain/incident/recipients.ts';
import type { Incident, Obligation } from '../../domain/incident/incident.ts';
import {
  prepareNotice as prepareOne,
  prepareNotices as prepare,
  type NewNotice,
} from '../../domain/incident/notices.ts';
import { isOpen } from '../../domain/incident/standing.ts';
import { kindOf, perNotice } from '../../domain/notice/addressee.ts';
import type { NoticeKind } from '../../domain/notice/notice.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { changeIncident, type Changing } from '../incident/change.ts';
import type { House } from '../ports/house.ts';

type Deps = Changing & Pick<House, 'noticeWriter'>;

export interface NewNoticeForm {
  readonly incident: string;
  readonly kind: NoticeKind;
  readonly obligations: readonly string[];
  readonly locales: readonly string[];
  /** Who gets it, where no law and no record names them: our insurer, the card acquirer. */
  readonly recipient?: string;
}

/**
 * Begins a notice for obligations of an incident: those of one office, since each gets a notice of its own.
 * @returns its id; the same `key` gives the same one again
 */
export async function prepareNotice(
  house: Deps,
  actor: Actor,
  form: NewNoticeForm,
  key?: string,
): Promise<Result<{ readonly notice: string }, DomainError>> {
  if (form.obligations.length === 0) return fail(invalid('obligations', 'notice.without-duty'));
  const id = house.ids.id();
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) => {
      const owed = incident.obligations.filter((one) => form.obligations.includes(one.key));
      const { kind, obligations, locales } = form;
      const fault = localeFault(locales, languagesFor(house, kind, owed));
      if (fault) return fail(fault);
      const input = { id, kind, obligations, locales, ...recipientFor(incident, owed, form.recipient) };
      return prepareOne(incident, input, context);
    },
    key,
  );
  return done.ok ? ok({ notice: done.value.answer }) : done;
}

function localeFault(locales: readonly string[], able: readonly string[]): DomainError | null {
  if (locales.length === 0) return invalid('locales', 'locale.none');
  const foreign = locales.findIndex((locale) => !able.includes(locale));
  if (foreign < 0) return null;
  return invalid(`locales[${foreign}]`, 'locale.not-taken', {
    given: locales[foreign] ?? '',
    able: able.join(', '),
  });
}

export interface NoticesForm {
  readonly incident: string;
  readonly kind: Exclude<NoticeKind, 'letter'>;
  /** Where an office takes none of these, and none is given, its own language, else ours. */
  readonly locales?: readonly string[];
}

/**
 * Begins a notice for each office that is owed one and has none yet: one for each authority where the law fans out,
 * one for each controller. @returns their ids; none where all are begun
 */
export async function prepareNotices(
  house: Deps,
  actor: Actor,
  form: NoticesForm,
  key?: string,
): Promise<Result<{ readonly notices: readonly string[] }, DomainError>> {
  const allowed = allow(actor, 'notice.write');
  if (!allowed.ok) return allowed;
  const organisation = await house.organisations.byId(actor.organisation);
  const ours = organisation?.locale ?? 'en';
  // Chosen before the command, which may run again on fresh state.
  const ids: string[] = [];
  const idAt = (index: number): string => (ids[index] ??= house.ids.id());
  const done = await changeIncident(
    house,
    actor,
    form.incident,
    (incident, context) => {
      const owing = incident.obligations.filter((one) => isUnbegun(incident, one, form.kind));
      if (form.kind === 'controller' && owing.some(({ recipient }) => recipient === undefined))
        return fail(invalid('controllers', 'notice.name-controllers'));
      const groups = perNotice(owing);
      if (groups.length === 0) return fail(invalid('obligations', 'notice.all-begun'));
      const inputs = groups.map((owed, index): NewNotice => ({
        id: idAt(index),
        kind: form.kind,
        obligations: owed.map(({ key: one }) => one),
        locales: localesFor(house, form, owed, ours),
        ...recipientFor(incident, owed),
      }));
      return prepare(incident, inputs, context);
    },
    key,
  );
  return done.ok ? ok({ notices: done.value.answer }) : done;
}

/** Surely owed, open, and no notice begun for it. */
function isUnbegun({ notices }: Incident, obligation: Obligation, kind: NoticeKind): boolean {
  if (kindOf(obligation) !== kind || obligation.decision !== 'applies' || !isOpen(obligation)) return false;
  return !notices.some(({ obligations }) => obligations.includes(obligation.key));
}

/**
 * The languages in which a notice for these can be written: those that we have words for, and those that its authority
 * takes; there the labels stay English, and free text stands as its author wrote it.
 */
export function languagesFor(
  house: Pick<House, 'noticeWriter' | 'law'>,
  kind: NoticeKind,
  owed: readonly Pick<Obligation, 'authority'>[],
): readonly string[] {
  const { locales } = house.noticeWriter;
  return kind === 'letter' ? locales : [...new Set([...locales, ...languagesTaken(house, owed)])];
}

/** What was asked for where the office takes it; else its first language that we write; else our own. */
function localesFor(
  house: Deps,
  form: NoticesForm,
  owed: readonly Obligation[],
  ours: string,
): readonly string[] {
  const able = languagesFor(house, form.kind, owed);
  const asked = (form.locales ?? []).filter((locale) => able.includes(locale));
  return asked.length > 0 ? asked : [languageFor(house, owed, ours)];
}

/** The first language that the office takes and we write; ours where there is none, or the office is no authority. */
export function languageFor(
  house: Pick<House, 'noticeWriter' | 'law'>,
  owed: readonly Pick<Obligation, 'authority'>[],
  ours: string,
): string {
  const { locales: own } = house.noticeWriter;
  const written = languagesTaken(house, owed).find((locale) => own.includes(locale));
  return written ?? (own.includes(ours) ? ours : 'en');
}

function languagesTaken(
  { law }: Pick<House, 'law'>,
  owed: readonly Pick<Obligation, 'authority'>[],
): readonly string[] {
  return owed.flatMap(({ authority }) =>
    authority === undefined ? [] : (law.authority(authority)?.languages ?? []),
  );
}

function recipientFor(
  incident: Incident,
  [first]: readonly Obligation[],
  named?: string,
): { readonly recipient?: string } {
  const known = first ? recipientOf(incident, first) : undefined;
  const recipient = known ?? named?.trim();
  return recipient === undefined || recipient === '' ? {} : { recipient };
}
