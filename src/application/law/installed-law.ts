import { controllerIds } from '../../domain/incident/recipients.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { Judged } from '../../domain/incident/judgement.ts';
import type { ExampleCase } from '../../domain/law/cases.ts';
import { judge } from '../../domain/law/judge/judge.ts';
import { makeLawBook, type LawBook } from '../../domain/law/law-book.ts';
import { isAskable } from '../../domain/law/places.ts';
import { parseRegime, type Regime } from '../../domain/law/regime/parse.ts';
import type { Duty, Obligation } from '../../domain/law/types.ts';
import type { WorkingDays } from '../../domain/law/working-days.ts';
import type { Clock } from '../ports/house.ts';
import type { DutyText, Explanation, Law } from '../ports/law.ts';
import type { Organisation } from '../ports/staff.ts';
import { factsOf } from './facts-of.ts';

/** The law files of this installation, put to the use cases as one thing that judges and explains. */
export function installedLaw(
  book: LawBook,
  deps: {
    readonly workingDays: WorkingDays;
    readonly clock: Clock;
    readonly texts: ReadonlyMap<string, string>;
    readonly cases?: () => readonly ExampleCase[];
  },
): Law {
  const kept = new Map<string, Kept>();
  const obligations = (incident: Incident, organisation: Organisation): readonly Obligation[] =>
    judge(factsOf(incident, organisation), book, {
      workingDays: deps.workingDays,
      now: deps.clock.now(),
      controllers: controllerIds(incident),
    });
  return {
    judge: (incident, organisation) => obligations(incident, organisation).map(judgedOf),
    explain: (incident, organisation) =>
      new Map(
        obligations(incident, organisation).map((obligation) => [obligation.key, explanationOf(obligation)]),
      ),
    duty(id) {
      const duty = book.duties.get(id)?.versions[0].duty;
      return duty ? textOf(duty) : null;
    },
    authority(id) {
      const authority = book.authorities.get(id);
      if (!authority) return null;
      const { name, short, place, languages, form, site, verified } = authority;
      return {
        id,
        name,
        short,
        place,
        languages,
        verified,
        ...(form ? { form } : {}),
        ...(site ? { site } : {}),
      };
    },
    texts: () => deps.texts,
    regimes: () => book.regimes,
    keeping(texts) {
      const key = [...texts.keys()].sort().join();
      let found = kept.get(key);
      if (!found) {
        found = keep(texts, book, deps);
        kept.set(key, found);
      }
      return found;
    },
    cases: () => deps.cases?.() ?? [],
    isPlace: isAskable,
  };
}

type Kept = ReturnType<Law['keeping']>;

/**
 * Puts kept texts into the book: all at once, since a release changes many and each try checks the whole law; only
 * where they do not fit together one by one, so that one that no longer fits does not take the others with it.
 */
function keep(
  texts: ReadonlyMap<string, string>,
  book: LawBook,
  deps: Parameters<typeof installedLaw>[1],
): Kept {
  const unreadable: string[] = [];
  const kept: Regime[] = [];
  for (const [hash, text] of texts) {
    const { regime } = parseRegime(text, hash);
    if (regime?.hash === hash) kept.push(regime);
    else unreadable.push(hash);
  }
  const whole = withTexts(book, kept);
  if (whole) return { law: installedLaw(whole, deps), unreadable };
  let current = book;
  for (const regime of kept) {
    const bound = withTexts(current, [regime]);
    if (bound) current = bound;
    else unreadable.push(regime.hash);
  }
  return { law: installedLaw(current, deps), unreadable };
}

/** The book with these laws in place of those of the same ids; undefined where they do not fit. */
function withTexts(book: LawBook, laws: readonly Regime[]): LawBook | undefined {
  const ids = new Set(laws.map(({ id }) => id));
  const others = book.regimes.filter(({ id }) => !ids.has(id));
  return makeLawBook([...others, ...laws], [...book.authorities.values()]).book;
}

function judgedOf(obligation: Obligation): Judged {
  const { key, dutyId, duty, recipient, authority, decision, missing, dueAt, latestAt, noNumber, waitsFor } =
    obligation;
  return {
    key,
    duty: dutyId,
    ...(recipient === undefined ? {} : { recipient }),
    ...(authority === null ? {} : { authority }),
    notify: duty.notify,
    decision,
    missing,
    startedAt: obligation.clockStartedAt ?? null,
    dueAt,
    latestAt,
    noNumber,
    ...(waitsFor === undefined ? {} : { waitsFor }),
    lawHash: obligation.regime.hash,
  };
}

function explanationOf(obligation: Obligation): Explanation {
  const { trace, because, dueAt, latestAt, zone, confidence, recipientMissing } = obligation;
  return { trace, because, dueAt, latestAt, zone, confidence, recipientMissing };
}

function textOf(duty: Duty): DutyText {
  const { id, title, citation, notify, confidence, status, content, phases } = duty;
  return {
    id,
    title,
    citation: citation.text,
    ...(citation.link === undefined ? {} : { link: citation.link }),
    notify,
    confidence,
    status,
    content: content?.elements ?? [],
    phases,
    ...(duty.clock.kind === 'notified' ? { after: duty.clock.duty } : {}),
    ...(duty.where === undefined ? {} : { where: duty.where }),
    ...(duty.ask === undefined ? {} : { ask: duty.ask }),
  };
}
