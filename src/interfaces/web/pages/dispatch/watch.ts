import { setTimeout as pause } from 'node:timers/promises';
import { glanceAtLetter, type LetterGlance } from '../../../../application/people/watch-letter.ts';
import { speedOf, stillToLeave, type Glance } from '../../../../domain/people/progress.ts';
import { refuse } from '../../answers/errors.ts';
import { partOf } from '../../answers/show.ts';
import { param, query } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { progressModel, standingOfDispatch } from '../notice/progress.ts';

const LOOK_MS = 1000;
/** After five minutes the browser comes back by itself, and is asked again who it is. */
const LOOKS = 300;
/** So many glances make a speed: what happened a minute ago says little of now. */
const GLANCES = 20;
/** Proxies cut what is silent. */
const SILENCE_LOOKS = 15;

/**
 * Tells the figures of a letter while it leaves, as server-sent events: `figures` with the part of the page, `changed`
 * when the page around them says something else now.
 */
export async function watchDispatch(visit: StaffVisit): Promise<void> {
  const { response } = visit;
  const first = await glance(visit);
  if (!first.ok) {
    refuse(visit, first.error);
    return;
  }
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    // Packing would hold the events back.
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  try {
    await tell(visit, first.value, gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    response.end();
  }
}

async function tell(visit: StaffVisit, first: LetterGlance, gone: AbortSignal): Promise<void> {
  const { response } = visit;
  const glances: Glance[] = [];
  let told = '';
  let silent = 0;
  let seen = first;
  for (let look = 0; look < LOOKS; look += 1) {
    if (standingOfDispatch(seen.notice) !== query(visit, 'standing')) {
      response.write('event: changed\ndata: now\n\n');
      return;
    }
    const html = figures(visit, seen, glances);
    silent = html === told ? silent + 1 : 0;
    if (html !== told) response.write(`event: figures\ndata: ${JSON.stringify(html)}\n\n`);
    else if (silent % SILENCE_LOOKS === 0) response.write(': still here\n\n');
    told = html;
    await pause(LOOK_MS, undefined, { signal: gone });
    const next = await glance(visit);
    if (!next.ok) return;
    seen = next.value;
  }
}

function glance(visit: StaffVisit): ReturnType<typeof glanceAtLetter> {
  const place = { incident: param(visit, 'incident'), notice: param(visit, 'notice') };
  return glanceAtLetter(visit.parts.house, visit.actor, place);
}

/** The part of the page, with the speed over the last glances. */
function figures(visit: StaffVisit, seen: LetterGlance, glances: Glance[]): string {
  if (seen.totals) {
    glances.push({ at: visit.parts.house.clock.now(), toLeave: stillToLeave(seen.totals) });
    if (glances.length > GLANCES) glances.shift();
  }
  return partOf(visit, 'notice/figures', { ...progressModel(visit, seen, speedOf(glances)) });
}
