import { ALL_HANDS, type Actor } from '../../../domain/access/roles.ts';
import type { DomainError } from '../../../domain/errors.ts';
import { recordTold } from '../../../domain/incident/sending.ts';
import type { Notice } from '../../../domain/notice/notice.ts';
import { openIn } from '../../../domain/people/person.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { changeIncident, type Changing } from '../../incident/change.ts';
import type { House } from '../../ports/house.ts';

/** What the program itself does in the record. */
export function ourselves(organisation: string): Actor {
  return { user: 'tocsin', organisation, roles: ALL_HANDS };
}

/** When the last person is settled, the letter is told. */
export async function settleDispatch(
  house: Changing & Pick<House, 'lists'>,
  organisation: string,
  incident: string,
  { id: notice, list }: Pick<Notice, 'id' | 'list'>,
): Promise<Result<undefined, DomainError>> {
  if (!list) return ok(undefined);
  const totals = await house.lists.totals(organisation, list.id);
  if (openIn(totals) > 0) return ok(undefined);
  const done = await changeIncident(
    house,
    ourselves(organisation),
    incident,
    (fresh, context, { judge }) => recordTold(fresh, notice, totals, judge, context),
    `told-${notice}`,
  );
  return done.ok ? ok(undefined) : done;
}
