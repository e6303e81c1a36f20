import { timeIn } from '../../domain/incident/drill-time.ts';
import type { Temporal } from 'temporal-polyfill';
import type { Incident, Obligation } from '../../domain/incident/incident.ts';
import { asksForData, LOCALE_FREE } from '../../domain/notice/content.ts';
import { wordsFor } from '../../domain/notice/checklist.ts';
import { fieldsThatFollow, readAnswers } from '../../domain/notice/form/answers.ts';
import { elementsOf, type ElementsOfForm } from '../../domain/notice/form/elements.ts';
import { fill, withAnswers, type Filled } from '../../domain/notice/form/fill/fill.ts';
import type { Known, Reporter, Told } from '../../domain/notice/form/fill/known.ts';
import { groundOf } from '../../domain/notice/form/fill/maps.ts';
import { allPlacesListed } from '../../domain/notice/form/fill/people.ts';
import type { Values } from '../../domain/notice/form/fields.ts';
import { formOf, ownForm } from '../../domain/notice/form/form-book.ts';
import { packLanguage, type Form } from '../../domain/notice/form/form.ts';
import { packOf, type Pack } from '../../domain/notice/form/pack.ts';
import type { Notice, Seal, SealedFormat } from '../../domain/notice/notice.ts';
import { canonical } from '../../domain/register/entry.ts';
import { factsOf } from '../law/facts-of.ts';
import type { House } from '../ports/house.ts';
import type { AuthorityText } from '../ports/law.ts';
import type { NoticeSource } from '../ports/notices.ts';
import { earlierNotices } from './earlier.ts';
import type { NoticeAtHand } from './source.ts';

export type FormDeps = Pick<House, 'users' | 'law' | 'forms' | 'lists' | 'clock'>;

/** An authority's notice in the fields of its form. */
export interface FormAtHand {
  readonly form: Form;
  /** What nobody had to type, and where it came from. */
  readonly filled: Filled;
  /** What is answered, filled or typed; nothing of it is derived. */
  readonly values: Values;
  readonly pack: Pack;
  /** What its fields hold of the law's list. */
  readonly elements: ElementsOfForm;
}

/**
 * Fills the form of the notice's authority from all that is known now; null for what goes to no authority, and for what
 * is no notice of a breach of personal data and goes to one without a form: an early warning is its text.
 */
export async function formOfNotice(house: FormDeps, hand: NoticeAtHand): Promise<FormAtHand | null> {
  const { incident, notice, organisation, draft } = hand;
  if (notice.kind !== 'authority') return null;
  const form = formFor(house, hand);
  if (form === null) return null;
  const now = timeIn(incident, house.clock.now());
  const known = await knownOf(house, hand, packLanguage(form));
  const filled = fill(known);
  const answers = readAnswers(draft.answers ?? {}, incident.zone);
  const follows = [...answers.follows, ...fieldsThatFollow(draft.follows)];
  const filing = {
    filedAt: notice.filed?.at ?? now,
    dueAt: dueAt(incident, notice),
    allPlacesListed: allPlacesListed(known.facts),
  };
  const said = withAnswers(filled, { answers: answers.values, follows, own: answers.own }, form, filing);
  const { vocabulary } = house.forms;
  const { zone } = incident;
  const reader = organisation.locale.split('-')[0] ?? 'en';
  return {
    form,
    filled,
    values: { ...filled.values, ...answers.values },
    pack: packOf({ notice: said, form, vocabulary, filing, zone, reader }),
    elements: elementsOf(said, filing, { language: notice.locales[0] ?? 'en', zone, vocabulary }),
  };
}

/** The form of whom it goes to; what follows a filing goes where that went. */
function formFor(house: FormDeps, hand: NoticeAtHand): Form | null {
  const authority = authorityOf(house, hand);
  const { duties } = hand.source;
  const ground = groundOf(duties[0]?.id ?? '');
  if (!asksForData(duties.flatMap(({ content }) => content)))
    return ownForm(house.forms, authority, ground) ?? null;
  return formOf(house.forms, authority, ground);
}

/** Whom it goes to; null while nobody can name them. */
function authorityOf({ law }: FormDeps, { incident, notice, source }: NoticeAtHand): AuthorityText | null {
  const owed = [notice, ...earlierNotices(incident, notice, source.duties)].flatMap((one) =>
    owedBy(incident, one),
  );
  const id = owed.find(({ authority }) => authority !== undefined)?.authority;
  return id === undefined ? null : law.authority(id);
}

function owedBy({ obligations }: Incident, notice: Notice): readonly Obligation[] {
  return obligations.filter(({ key }) => notice.obligations.includes(key));
}

/** The earliest end of a period that this notice has to keep. */
function dueAt(incident: Incident, notice: Notice): Temporal.Instant | null {
  const dues = owedBy(incident, notice).flatMap(({ dueAt: due, met }) => met?.dueAt ?? due ?? []);
  return dues.sort((a, b) => (a.epochMilliseconds < b.epochMilliseconds ? -1 : 1))[0] ?? null;
}

async function knownOf(house: FormDeps, hand: NoticeAtHand, language: string): Promise<Known> {
  const { incident, notice, organisation, source } = hand;
  const facts = factsOf(incident, organisation);
  const reporter = await reporterOf(house, hand);
  const place = authorityOf(house, hand)?.place;
  const severity = incident.assessment?.advice.level;
  return {
    facts,
    ...(place === undefined ? {} : { authorityPlace: place }),
    unknown: new Set(
      Object.entries(incident.facts).flatMap(([name, fact]) => ('unknown' in fact ? [name] : [])),
    ),
    reference: incident.reference,
    playbook: incident.playbook.id,
    duties: source.duties.map(({ id }) => id),
    organisation,
    ...(reporter ? { reporter } : {}),
    ...(incident.supplier ? { supplier: incident.supplier } : {}),
    told: await toldOf(house, incident),
    earlier: earlierOf(hand),
    othersTold: othersTold(house, incident, notice),
    authorities: authoritiesOf(house, incident),
    ...(severity === undefined ? {} : { severity }),
    words: wordsOf(hand, language),
  };
}

/** Who files: the last who wrote on it. */
async function reporterOf(
  { users }: FormDeps,
  { notice, organisation }: NoticeAtHand,
): Promise<Reporter | undefined> {
  const id = notice.submitted?.by ?? notice.authors.at(-1);
  const user = id === undefined ? null : await users.byId(id);
  if (!user) return undefined;
  const roles = user.memberships.find((one) => one.organisation === organisation.id)?.roles ?? [];
  // Whoever is alone has every role; the officer is who the organisation names as such.
  const isDpo = roles.includes('dpo') && organisation.contact.dpo.includes(user.name);
  return { name: user.name, contact: user.email, isDpo };
}

async function toldOf({ lists }: FormDeps, incident: Incident): Promise<Told> {
  const owed = incident.obligations.filter(({ notify }) => notify === 'people');
  const met = owed.find((obligation) => obligation.met);
  const duty = met
    ? 'met'
    : (['applies', 'undecided', 'does-not-apply'] as const).find((one) =>
        owed.some((obligation) => (obligation.decided ? 'does-not-apply' : obligation.decision) === one),
      );
  const letter = incident.notices.find(({ kind, dispatch }) => kind === 'letter' && dispatch);
  const at = letter?.dispatch?.toldAt ?? met?.met?.at;
  const totals = letter?.list && at ? await lists.totals(incident.organisation, letter.list.id) : null;
  const of = totals ? Object.values(totals).reduce((sum, count) => sum + count, 0) : 0;
  return {
    duty: duty ?? null,
    ...(at ? { at } : {}),
    ...(totals ? { sent: { told: totals.accepted + totals.told, of } } : {}),
  };
}

/** What was filed before with the same office: what comes after it is a follow-up under its number. */
function earlierOf({ incident, notice, source }: NoticeAtHand): Known['earlier'] {
  const before = earlierNotices(incident, notice, source.duties);
  if (before.length === 0) return null;
  const acknowledgedAt = before.flatMap(({ filed }) => filed?.acknowledgedAt ?? [])[0];
  return {
    reference: before.flatMap(({ filed }) => filed?.reference ?? []).at(-1) ?? '',
    ...(acknowledgedAt ? { acknowledgedAt } : {}),
  };
}

function othersTold({ law }: FormDeps, incident: Incident, notice: Notice): readonly string[] {
  return incident.notices.flatMap(({ id, kind, filed, obligations }) => {
    if (id === notice.id || kind !== 'authority' || !filed) return [];
    if (obligations.some((key) => notice.obligations.includes(key))) return [];
    const owed = incident.obligations.find(({ key }) => obligations.includes(key));
    const name = owed?.authority === undefined ? undefined : law.authority(owed.authority)?.name;
    const day = filed.at.toZonedDateTimeISO(incident.zone).toPlainDate().toString();
    const who = name ?? owed?.recipient ?? owed?.duty ?? kind;
    return [[who, day, ...(filed.reference ? [filed.reference] : [])].join(', ')];
  });
}

/** The EEA states whose authorities are owed a notice by the same law: one notice for each. */
function authoritiesOf({ law }: FormDeps, { obligations }: Incident): readonly string[] {
  const owed = obligations.filter(({ notify, decision }) => notify === 'authority' && decision === 'applies');
  const places = owed.flatMap(({ authority, duty, recipient }) =>
    authority !== undefined && law.authority(authority) && /gdpr-art33-authority$/.test(duty)
      ? (recipient ?? [])
      : [],
  );
  return [...new Set(places)].sort();
}

/** The author's words, in the language of the form where the notice is written in it. */
function wordsOf({ draft }: NoticeAtHand, language: string): Values {
  const said = (field: string): string => wordsFor(draft.content, field, language)?.text ?? '';
  const own = [
    ...(['what-happened', 'subject-detail', 'data-detail', 'measures-taken'] as const),
    ...(['measures-prevent-detail', 'delay-reason', 'phases-note'] as const),
  ];
  const named = [
    ...own.map((field) => [field, said(field)] as const),
    ['impact-other', said('consequences')] as const,
    ['record-count-detail', draft.content[LOCALE_FREE]?.['record-count'] ?? ''] as const,
  ];
  return Object.fromEntries(named.filter(([, text]) => text.trim() !== ''));
}

/** The source of a notice with what its form says, so that text and checklist follow the fields. */
export function sourceOf(hand: NoticeAtHand, form: FormAtHand | null): NoticeSource {
  const { source, notice } = hand;
  const earlier = notice.kind === 'letter' ? null : earlierOf(hand);
  const withdraws = form?.pack.completeness === 'withdraw';
  return {
    ...source,
    ...(form ? { form: form.elements } : {}),
    ...(earlier ? { earlier: { reference: earlier.reference, withdraws } } : {}),
  };
}

/** The texts of a notice, by locale and format. */
export type NoticeTexts = Readonly<Record<string, Readonly<Partial<Record<SealedFormat, string>>>>>;

type Rendered = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The texts of a notice with its pack beside them, so that the seal covers what is pasted into the form, too. */
export function withPack(
  rendered: Rendered,
  notice: Pick<Notice, 'locales'>,
  pack: Pack | undefined,
): Rendered {
  const [locale] = notice.locales;
  if (!pack || locale === undefined) return rendered;
  return { ...rendered, [locale]: { ...rendered[locale], pack: canonical(pack) } };
}

/** The pack as it was sealed with a notice that was handed in; null where there is none. */
export function sealedPack(rendered: NoticeTexts): Pack | null {
  const kept = Object.values(rendered).flatMap(({ pack }) => pack ?? [])[0];
  return kept === undefined || kept === '' ? null : (JSON.parse(kept) as Pack);
}

/** The pack that a seal covers; null for a notice without one. */
export async function packOfSeal({ texts }: Pick<House, 'texts'>, seal: Seal): Promise<Pack | null> {
  const hash = Object.values(seal.texts).flatMap(({ pack }) => pack ?? [])[0];
  const kept = hash === undefined ? undefined : (await texts.get([hash])).get(hash);
  return kept === undefined ? null : (JSON.parse(kept) as Pack);
}
