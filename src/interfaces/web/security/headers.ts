import helmet from 'helmet';
import type { RequestHandler, Response } from 'express';

/**
 * The browser is told to load nothing but our own files and to run nothing that stands in a page. HSTS and
 * `upgrade-insecure-requests` go out exactly where the installation's address is https: on http://127.0.0.1 they
 * would lock people out.
 */
export function securityHeaders(https: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'font-src': ["'self'"],
        'img-src': ["'self'"],
        'connect-src': ["'self'"],
        'frame-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        ...(https ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: https && { maxAge: 365 * 24 * 3600, includeSubDomains: false },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}

/** Pages show what only this person may see: no cache keeps them. */
export const uncached: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/**
 * A letter is HTML with styles of its own. It is shown in a frame of our pages only, where it can run nothing,
 * load nothing, send nothing and open nothing.
 */
export function frameLetter(response: Response): void {
  response.setHeader(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
  );
  response.setHeader('X-Frame-Options', 'SAMEORIGIN');
}
