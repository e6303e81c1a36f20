import { expect } from 'chai';
import type { FactsInput } from '../../../src/domain/law/index.ts';
import { bindBook, type CompiledDuty, type LawBook } from '../../../src/domain/law/law-book.ts';
import type { Regime } from '../../../src/domain/law/regime/parse.ts';
import {
  DATA_CATEGORIES,
  MOMENTS,
  SECTORS,
  SIGNIFICANT_BY,
  SUBJECT_GROUPS,
} from '../../../src/domain/law/vocabulary.ts';
import { installedLaw, judged } from './book.ts';

/** Days on which some wording of every law is in force: after the last to come, today, and before what has ended. */
const DAYS = ['2028-06-01', '2026-12-02', '2026-03-20', '2024-09-01', '2019-06-03'];
/** Throws of facts for each duty before it counts as one that no facts decide. */
const TRIES = 240;

/** The same numbers on every machine and in every run. */
class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  roll(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.state / 2 ** 32;
  }

  coin(chance = 0.5): boolean {
    return this.roll() < chance;
  }

  oneOf<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.roll() * list.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  }

  some<T>(list: readonly T[], chance: number): readonly T[] {
    return list.filter(() => this.coin(chance));
  }
}

/** A law with the laws that its duties name, and so on: enough to judge it, and quick. */
function bookOf(law: Regime): { readonly book: LawBook; readonly text: string } {
  const { regimes, authorities } = installedLaw();
  const owners = new Map(
    regimes.flatMap((regime) => regime.raw.duties.map(({ id }) => [id, regime] as const)),
  );
  const wanted = new Set<Regime>();
  const take = (regime: Regime | undefined): void => {
    if (!regime || wanted.has(regime)) return;
    wanted.add(regime);
    for (const { duty, by } of regime.references) if (by !== 'excludes') take(owners.get(duty));
  };
  take(law);
  const book = bindBook([...wanted], [...authorities.values()]);
  return { book, text: JSON.stringify([...wanted].map(({ raw }) => raw)) };
}

/** What is pending, an option or a model act is listed and never owed. */
function isObligation({ versions: [{ duty }] }: CompiledDuty): boolean {
  return duty.status !== 'pending' && duty.kind === 'duty';
}

const CONCRETE: Readonly<Record<string, string>> = { EU: 'DE', EEA: 'FR', US: 'US-TX' };

/** Facts of which each is known, thrown by dice that lean towards what this law asks for. */
function throwFacts(dice: Dice, duty: CompiledDuty, text: string, ids: readonly string[]): FactsInput {
  const { where, formFor } = duty.versions[0].duty;
  const places = [...(where?.established ?? []), ...(where?.people ?? []), ...(formFor ?? [])];
  const own = JSON.stringify(duty.versions.map((version) => version.duty));
  const named = <T extends string>(list: readonly T[], words = text): readonly T[] =>
    list.filter((word) => words.includes(`\\"${word}\\"`) || words.includes(`"${word}"`));
  const place = places.length > 0 ? dice.oneOf(places) : dice.oneOf(['DE', 'US-CA', 'FR', 'GB']);
  const here = CONCRETE[place] ?? place;
  const at = `${dice.oneOf(DAYS)}T10:00`;
  const asked = named(SECTORS, dice.coin() ? own : text);
  const sectors = [
    ...(asked.length > 0 && dice.coin(0.75) ? [dice.oneOf(asked)] : []),
    ...(dice.coin(0.3) ? dice.some(SECTORS, 0.03) : []),
  ];
  const yesNo = (...names: readonly string[]): Record<string, boolean> =>
    Object.fromEntries(names.map((name) => [name, dice.coin()]));
  return {
    zone: 'UTC',
    ...Object.fromEntries(
      MOMENTS.filter((name) => name === 'awareAt' || dice.coin(0.8)).map((name) => [name, at]),
    ),
    role: dice.oneOf([['controller'], ['processor'], ['controller', 'processor']]),
    establishments: dice.coin(0.9) ? [here] : ['ZW'],
    mainEstablishment: here,
    sectors: [...new Set(sectors)],
    firmSize: dice.oneOf(['larger', 'smaller']),
    turnoverAud: dice.oneOf([1, 9_000_000]),
    databaseLevel: dice.oneOf(['basic', 'medium', 'high']),
    risk: dice.oneOf(['none', 'unlikely', 'risk', 'high', 'high']),
    ...yesNo('significant', 'criticalImpact', 'cyber', 'malicious', 'ransomware', 'inadvertent', 'threat'),
    ...yesNo('exploitedVulnerability', 'ongoing', 'paid', 'listed', 'cyberInsurance', 'clientsMoney'),
    ...yesNo('idProtectionSource'),
    ...(dice.coin(0.5)
      ? { significantBy: Object.fromEntries(SIGNIFICANT_BY.map((name) => [name, true])) }
      : {}),
    breach: yesNo('confidentiality', 'integrity', 'availability'),
    data: {
      categories: [
        ...new Set([...dice.some(named(DATA_CATEGORIES), 0.6), ...dice.some(DATA_CATEGORIES, 0.1)]),
      ],
      ...yesNo('encrypted', 'keyCompromised', 'accessCode'),
      medium: dice.oneOf(['electronic', 'paper', 'both']),
    },
    subjects: dice.coin(0.9)
      ? [
          {
            place: here,
            count: dice.oneOf([1, 60, 300, 600, 1200, 20_000, 3_000_000]),
            groups: [...dice.some(SUBJECT_GROUPS, 0.5)],
          },
        ]
      : [],
    service: { affected: dice.coin(), hours: dice.oneOf([1, 5, 50]) },
    directLoss: { amount: dice.oneOf([1, 10_000_000]), currency: 'CNY' },
    exceptions: { riskRemoved: dice.coin(0.2), disproportionateEffort: dice.coin(0.2) },
    answered: Object.fromEntries(ids.map((id) => [id, dice.coin()])),
    filed: Object.fromEntries(dice.some(ids, 0.4).map((id) => [id, { at, complete: dice.coin() }])),
    orders: dice.some(ids, 0.4).map((id) => ({ duty: id, at, dueAt: at })),
  };
}

describe('Each condition of the law', function () {
  this.timeout(300_000);

  it('can be true and can be false: there are facts for each', () => {
    const never: string[] = [];
    for (const law of installedLaw().regimes) {
      const { book, text } = bookOf(law);
      const ids = [...book.duties.keys()];
      const dice = new Dice(7);
      const own = law.raw.duties.flatMap(({ id }) => book.duties.get(id) ?? []);
      const found = new Set<string>();
      const open = (): readonly CompiledDuty[] =>
        own.filter(
          (duty) =>
            (isObligation(duty) && !found.has(`${duty.id} applies`)) ||
            !found.has(`${duty.id} does-not-apply`),
        );
      for (
        let left = open(), tries = 0;
        left.length > 0 && tries < TRIES * own.length;
        tries += 1, left = open()
      ) {
        for (const { dutyId, decision } of judged(throwFacts(dice, dice.oneOf(left), text, ids), book))
          found.add(`${dutyId} ${decision}`);
      }
      for (const duty of own) {
        const { id } = duty;
        if (!found.has(`${id} does-not-apply`)) never.push(`${id} is always owed`);
        if (found.has(`${id} applies`) !== isObligation(duty))
          never.push(`${id} ${isObligation(duty) ? 'is never owed' : 'is no obligation, and owed'}`);
      }
    }
    expect(never).to.deep.equal([]);
  });
});
