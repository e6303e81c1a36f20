import { earlier, makeDuty, makeLimit, type Owner } from './regime/make-duty.ts';
import type { RawDuty, RawLimit } from './regime/raw.ts';
import type { Duty, Limit } from './types.ts';

export type Wordings = readonly [Duty, ...Duty[]];

interface Row {
  readonly raw: RawDuty;
  readonly owner: Owner;
}

/** The law as it is written, without its conditions: enough to list it, to show it and to count by it. */
export class WrittenLaw {
  readonly limits: readonly Limit[];
  /** The law files, each with its head. */
  readonly regimes: readonly Owner[];
  private readonly rows = new Map<string, Row>();
  private readonly flags = new Map<string, Row>();
  private readonly made = new Map<string, Wordings>();

  constructor(regimes: readonly Owner[]) {
    this.regimes = regimes;
    for (const owner of regimes) for (const raw of owner.raw.duties) this.rows.set(raw.id, { raw, owner });
    for (const owner of regimes)
      for (const limit of owner.raw.limits ?? []) this.flags.set(limit.id, { raw: asRow(limit), owner });
    this.limits = regimes.flatMap((owner) =>
      (owner.raw.limits ?? []).map((limit) => makeLimit(limit, owner)),
    );
  }

  /** Ids of all duties, those that are listed and never applied among them. */
  get ids(): readonly string[] {
    return [...this.rows.keys()];
  }

  /**
   * Every wording of a duty, today's first, or undefined where there is no such duty. A limit has one wording: it
   * hangs on the clock of the duty that it limits, and gives no number.
   */
  wordings(id: string): Wordings | undefined {
    const kept = this.made.get(id);
    if (kept) return kept;
    const row = this.rows.get(id) ?? this.flags.get(id);
    if (!row) return undefined;
    const of = row.raw.formOf === undefined ? undefined : this.rows.get(row.raw.formOf)?.raw;
    const duty = makeDuty(row.raw, row.owner, of);
    const wordings: Wordings = [duty, ...(row.raw.history ?? []).map((version) => earlier(duty, version))];
    this.made.set(id, wordings);
    return wordings;
  }

  /** Names of terms that the file of a duty defines: its conditions may use them. */
  termsOf(id: string): Readonly<Record<string, { readonly means: string; readonly when: string }>> {
    return this.rows.get(id)?.owner.raw.terms ?? {};
  }
}

function asRow(limit: RawLimit): RawDuty {
  const { id, title, provision, citation, confidence, since, until, sinceNote, link } = limit;
  const given = { citation, confidence, since, until, sinceNote, link };
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...known, id, title, provision, clock: 'aware', period: 'none', counting: 'none' };
}
