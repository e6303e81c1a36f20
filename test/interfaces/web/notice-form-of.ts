import { load } from './html.ts';

/** The form that begins a notice of this kind: the page of an incident offers one at each duty. */
export function noticeForm(body: string, kind: string): ReturnType<ReturnType<typeof load>['form']> {
  for (const part of body.split(/(?=<article class="duty")/)) {
    const form = load(part).form('/notices');
    if (form?.fields['kind'] === kind) return form;
  }
  return undefined;
}
