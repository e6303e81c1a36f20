import type { Pack } from '../../../../../domain/notice/form/pack.ts';
import type { StaffVisit } from '../../../request/visit.ts';

/** The language in which the form is to be filled, by its name in the reader's. */
export function languageName({ locale }: StaffVisit, { form }: Pack): string {
  return new Intl.DisplayNames([locale], { type: 'language' }).of(form.wants) ?? form.wants;
}
