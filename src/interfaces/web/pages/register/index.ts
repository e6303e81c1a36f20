import { Router } from 'express';
import { viewChain, verifyRegister } from '../../../../application/register/verify-register.ts';
import { listIncidents } from '../../../../application/wall/list-incidents.ts';
import type { Entry } from '../../../../domain/register/entry.ts';
import { refuse } from '../../answers/errors.ts';
import { show } from '../../answers/show.ts';
import type { Parts } from '../../parts.ts';
import { forStaff, query } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { hashWords } from '../incident/timeline.ts';

/** The register: the chain of the organisation or of one incident, and whether all of them hold. */
export function registerPages(parts: Parts): Router {
  const router = Router();
  router.get('/register', forStaff(parts, showRegister));
  return router;
}

const SHOWN = 200;

async function showRegister(visit: StaffVisit): Promise<void> {
  const { house } = visit.parts;
  if (!visit.may('register.read')) {
    refuse(visit, { kind: 'not-allowed', permission: 'register.read' });
    return;
  }
  const incidents = await listIncidents(house, visit.actor);
  const rows = incidents.ok ? incidents.value : [];
  const chosen = rows.find(({ id }) => id === query(visit, 'incident'));
  const entries = await viewChain(house, visit.actor, chosen?.id);
  if (!entries.ok) {
    refuse(visit, entries.error);
    return;
  }
  const { say } = visit;
  const model = {
    title: say('nav.register'),
    section: 'register' as const,
    verdict: query(visit, 'verify') === 'yes' ? await verdictModel(visit) : null,
    chains: [
      { value: '', label: say('register.organisation'), chosen: chosen === undefined },
      ...rows.map(({ id, card }) => ({
        value: id,
        label: `${card.reference} ${card.title}`,
        chosen: id === chosen?.id,
      })),
    ],
    heading: chosen ? `${chosen.card.reference} ${chosen.card.title}` : say('register.organisation'),
    rows: entries.value.slice(0, SHOWN).map((entry) => rowModel(visit, entry)),
    hidden: Math.max(0, entries.value.length - SHOWN),
  };
  show(visit, 'register/register', model);
}

async function verdictModel(visit: StaffVisit): Promise<object> {
  const { say, parts, actor } = visit;
  const verdict = await verifyRegister(parts.house, actor.organisation);
  const values = { entries: verdict.entries, chains: verdict.chains, flaws: verdict.flaws.length };
  return {
    ok: verdict.ok,
    words: say(verdict.ok ? 'register.holds' : 'register.broken', values),
    flaws: verdict.flaws.map(({ chain, sequence, fault }) => ({
      words: say(`flaw.${fault}`, { sequence }),
      chain,
    })),
  };
}

function rowModel(visit: StaffVisit, entry: Entry): object {
  const { times, say, parts } = visit;
  const key = `happened.${entry.type}`;
  return {
    sequence: entry.sequence,
    when: times.full(entry.at),
    type: parts.words.has('en', key) ? say(key) : entry.type,
    data: JSON.stringify(entry.data),
    hash: hashWords(entry.hash.slice(0, 16)),
  };
}
