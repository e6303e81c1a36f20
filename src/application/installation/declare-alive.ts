import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { recordInOrganisation } from '../register/record.ts';

/**
 * Says that this installation lives, not the one that its folder was copied from: from here on clocks ring and letters
 * leave here. The other one has to be switched off by whoever says so; nothing here can reach it.
 */
export async function declareAlive(
  house: Pick<House, 'clock' | 'ids' | 'organisations' | 'register' | 'copyGuard'>,
  actor: Actor,
): Promise<Result<undefined, DomainError>> {
  const allowed = allow(actor, 'settings.change');
  if (!allowed.ok) return allowed;
  if (!house.copyGuard?.isCopy) return ok(undefined);
  await recordInOrganisation(house, actor, { type: 'copy-declared-alive', data: {} });
  await house.copyGuard.live();
  return ok(undefined);
}
