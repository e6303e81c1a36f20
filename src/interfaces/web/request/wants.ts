import type { Request } from 'express';

/** Whether the client asks for JSON rather than a page. */
export function wantsJson(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}
