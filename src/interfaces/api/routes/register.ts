import { viewChain, verifyRegister } from '../../../application/register/verify-register.ts';
import { allow } from '../../../domain/access/permissions.ts';
import { ok } from '../../../domain/result.ts';
import { route } from '../route.ts';
import { entry, entryOf } from '../shapes/entry.ts';
import { bool, count, list, shape, text } from '../shapes/pieces.ts';

const tag = 'register';

export const registerRoutes = [
  route({
    method: 'get',
    path: '/register',
    id: 'viewRegister',
    tag,
    summary:
      "The organisation's own chain (sign-ins, staff, settings, looks at people), the newest entry first; an " +
      'incident has its own, see its timeline.',
    status: 200,
    shape: shape({ entries: list(entry) }),
    async run({ house, actor }) {
      const chain = await viewChain(house, actor);
      return chain.ok ? ok({ entries: chain.value.map(entryOf) }) : chain;
    },
  }),
  route({
    method: 'get',
    path: '/register/verification',
    id: 'verifyRegister',
    tag,
    summary: 'Verifies every chain, now. Every flaw is told.',
    status: 200,
    shape: shape({
      ok: bool,
      entries: count,
      chains: count,
      flaws: list(shape({ chain: text, sequence: count, fault: text })),
    }),
    async run({ house, actor }) {
      const allowed = allow(actor, 'register.read');
      return allowed.ok ? ok(await verifyRegister(house, actor.organisation)) : allowed;
    },
  }),
];
