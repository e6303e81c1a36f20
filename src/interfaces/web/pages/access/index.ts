import { Router } from 'express';
import type { Parts } from '../../parts.ts';
import { forGuests, guestForms, staffForms } from '../../request/routes.ts';
import { showForgot, takeForgot } from './forgot.ts';
import { showInvitation, takeInvitation } from './invitation.ts';
import { showReset, takeReset } from './reset.ts';
import { showSetUp, takeSetUp } from './set-up.ts';
import { showSignIn, signOut, takeSignIn } from './sign-in.ts';

/** Coming in: sign-in and sign-out, the first person, an invitation, a forgotten password. */
export function accessPages(parts: Parts): Router {
  const router = Router();
  router.get('/sign-in', forGuests(parts, showSignIn));
  router.post('/sign-in', guestForms(parts, takeSignIn));
  router.post('/sign-out', staffForms(parts, signOut));
  router.get('/setup/:secret', forGuests(parts, showSetUp));
  router.post('/setup/:secret', guestForms(parts, takeSetUp));
  router.get('/invitation/:secret', forGuests(parts, showInvitation));
  router.post('/invitation/:secret', guestForms(parts, takeInvitation));
  router.get('/forgot', forGuests(parts, showForgot));
  router.post('/forgot', guestForms(parts, takeForgot));
  router.get('/reset/:secret', forGuests(parts, showReset));
  router.post('/reset/:secret', guestForms(parts, takeReset));
  return router;
}
