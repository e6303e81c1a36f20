import { changeFact } from '../../../../application/incident/change-fact.ts';
import { changeState } from '../../../../application/incident/change-state.ts';
import { previewMoves, type MovesForm } from '../../../../application/incident/preview-moves.ts';
import { viewIncident } from '../../../../application/incident/view-incident.ts';
import type { InvalidInput, StaleVersion } from '../../../../domain/errors.ts';
import { refuse } from '../../answers/errors.ts';
import { formErrors } from '../../answers/problems.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { showBoth } from '../incident/both.ts';
import { showFactConflict } from '../incident/change-facts.ts';
import { momentText } from '../log/typed.ts';
import { movesModel } from './moves.ts';
import { showStatePage, type Typed } from './page.ts';

/** What the incident is, decided with a reason; or only what that would move. */
export async function takeState(visit: StaffVisit, form: Form): Promise<void> {
  const typed: Typed = {
    form: 'state',
    state: form.text('state'),
    day: form.text('day'),
    time: form.text('time'),
    reason: form.text('reason'),
    because: form.text('awareBecause'),
  };
  const incident = param(visit, 'incident');
  const awareAt = momentText(typed.day, typed.time);
  if (form.text('do') === 'moves') {
    await showMoves(visit, typed, { incident, state: typed.state, awareAt });
    return;
  }
  const done = await changeState(
    visit.parts.house,
    visit.actor,
    {
      incident,
      state: typed.state,
      shown: form.text('shown'),
      reason: typed.reason,
      ...(awareAt === '' ? {} : { awareAt }),
      ...(typed.because.trim() === '' ? {} : { awareBecause: typed.because }),
    },
    form.key,
  );
  if (done.ok) go(visit, `/incidents/${incident}/state`, 'state');
  else if (done.error.kind === 'invalid-input') await showRefused(visit, typed, done.error);
  else if (done.error.kind === 'stale-version') await showStateConflict(visit, typed, done.error, form);
  else refuse(visit, done.error);
}

/** The moment of awareness, corrected with a reason; or only what that would move. */
export async function takeAwareness(visit: StaffVisit, form: Form): Promise<void> {
  const typed: Typed = {
    form: 'awareness',
    state: '',
    day: form.text('day'),
    time: form.text('time'),
    reason: '',
    because: form.text('because'),
  };
  const incident = param(visit, 'incident');
  const value = momentText(typed.day, typed.time);
  if (form.text('do') === 'moves') {
    await showMoves(visit, typed, { incident, awareAt: value });
    return;
  }
  const done = await changeFact(
    visit.parts.house,
    visit.actor,
    { incident, name: 'awareAt', shown: form.int('shown', 0), value, because: typed.because },
    form.key,
  );
  const page = `/incidents/${incident}/state`;
  if (done.ok) go(visit, `${page}#awareness`, 'awareness');
  else if (done.error.kind === 'invalid-input') await showRefused(visit, typed, done.error);
  else if (done.error.kind === 'stale-version') {
    const action = `/incidents/${incident}/awareness`;
    await showFactConflict(visit, 'awareAt', done.error, form, { back: page, action });
  } else refuse(visit, done.error);
}

function fieldOf(path: string): string {
  return path.replace(/^facts\./, '').replace(/^detectedAt$/, 'awareAt');
}

async function showRefused(visit: StaffVisit, typed: Typed, error: InvalidInput): Promise<void> {
  await showStatePage(visit, { errors: formErrors(visit, error, fieldOf), typed }, 422);
}

async function showMoves(visit: StaffVisit, typed: Typed, form: MovesForm): Promise<void> {
  const moves = await previewMoves(visit.parts.house, visit.actor, form);
  if (moves.ok) await showStatePage(visit, { typed, moves: moves.value }, 200);
  else if (moves.error.kind === 'invalid-input') await showRefused(visit, typed, moves.error);
  else refuse(visit, moves.error);
}

/** The same as a piece of the page, while somebody chooses. */
export async function showMovesPiece(visit: StaffVisit, form: Form): Promise<void> {
  const moves = await previewMoves(visit.parts.house, visit.actor, {
    incident: param(visit, 'incident'),
    state: form.text('state'),
    awareAt: momentText(form.text('day'), form.text('time')),
  });
  if (moves.ok) show(visit, 'state/moves', { title: '', moves: movesModel(visit, moves.value) });
  // Half a date is no mistake yet: nothing is said of it before it is whole.
  else if (moves.error.kind === 'invalid-input')
    show(visit, 'state/moves', { title: '', moves: movesModel(visit, null) });
  else refuse(visit, moves.error);
}

async function showStateConflict(
  visit: StaffVisit,
  typed: Typed,
  stale: StaleVersion,
  form: Form,
): Promise<void> {
  const view = await viewIncident(visit.parts.house, visit.actor, param(visit, 'incident'));
  if (!view.ok) {
    refuse(visit, view.error);
    return;
  }
  const { say } = visit;
  const theirs = String(stale.theirs);
  const page = `/incidents/${view.value.incident.id}/state`;
  const row = {
    what: say('state-page.crumb'),
    theirs: say(`state.${theirs}`),
    yours: say(`state.${typed.state}`),
  };
  showBoth(visit, {
    incident: view.value.incident,
    crumb: say('state-page.crumb'),
    rows: [row],
    back: page,
    action: page,
    shown: theirs,
    form,
  });
}
