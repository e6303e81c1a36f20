import type { NoticeView } from '../../../../application/notice/view-notice.ts';
import { choices } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { fileModel, sizeWords } from '../evidence/file.ts';

const WRITABLE: readonly string[] = ['draft', 'in-review', 'approved'];

/** The files that go along with a notice to an office, and the choice of others while it can be written on. */
export function attachedModel(visit: StaffVisit, view: NoticeView, errors: FormErrors): object | null {
  const { say } = visit;
  const { notice, incident, files } = view;
  if (notice.kind === 'letter') return null;
  const along = (notice.attachments ?? []).flatMap(
    ({ evidence }) => files.find(({ id }) => id === evidence) ?? [],
  );
  const mayChoose = visit.may('notice.write') && WRITABLE.includes(notice.state);
  if (!mayChoose && along.length === 0) return null;
  const options = files.map((file) => ({
    value: file.id,
    label: say('attached.file', { name: file.name, size: sizeWords(visit, file.size) }),
  }));
  return {
    along: along.map((file) => fileModel(visit, incident.id, file)),
    evidenceHref: `/incidents/${incident.id}/evidence`,
    choose:
      mayChoose && files.length > 0
        ? choices(
            'evidence',
            { legend: say('attached.legend'), kind: 'checkbox', columns: 'list' },
            options,
            along.map(({ id }) => id),
            errors,
          )
        : null,
    none: mayChoose && files.length === 0,
  };
}
