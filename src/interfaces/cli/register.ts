import { verifyRegister, type Verdict } from '../../application/register/verify-register.ts';
import type { House } from '../../application/ports/house.ts';
import type { ExitCode, Terminal } from './program.ts';

/** Verifies the chains of every organisation in the store. */
export async function verifyRegisters(
  house: House,
  terminal: Pick<Terminal, 'say' | 'complain'>,
  json: boolean,
): Promise<ExitCode> {
  const verdicts: Verdict[] = [];
  for (const { id } of await house.organisations.all()) verdicts.push(await verifyRegister(house, id));
  const total: Verdict = {
    ok: verdicts.every(({ ok }) => ok),
    entries: sum(verdicts.map(({ entries }) => entries)),
    chains: sum(verdicts.map(({ chains }) => chains)),
    flaws: verdicts.flatMap(({ flaws }) => flaws),
  };
  if (json) terminal.say(JSON.stringify(total));
  else explain(total, terminal);
  return total.ok ? 0 : 1;
}

function explain({ ok, entries, chains, flaws }: Verdict, terminal: Pick<Terminal, 'say'>): void {
  if (ok)
    terminal.say(
      `The register holds: ${entries} entries in ${chains} chains, each linked to the one before.`,
    );
  else terminal.say(`The register does not hold. Of ${entries} entries in ${chains} chains these are wrong:`);
  for (const { chain, sequence, fault } of flaws)
    terminal.say(`  ${chain} entry ${sequence}: ${FAULTS[fault]}`);
}

const FAULTS: Readonly<Record<Verdict['flaws'][number]['fault'], string>> = {
  missing: 'is missing',
  altered: 'was altered',
  unlinked: 'does not follow the entry before it',
  surplus: 'does not belong to the chain',
  head: 'is not the last one that its incident knows',
};

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
