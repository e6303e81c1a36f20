import type { PlaybookRow, PlaybookShelf } from '../../../../application/playbook/view-playbooks.ts';
import type { Shown } from '../../answers/show.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { kindOptions } from '../log/kinds.ts';
import { hashWords } from './words.ts';

/** Every playbook as a row, in the order in which logging offers them, and the faults of files that are not used. */
export function shelfModel(visit: StaffVisit, { rows, problems }: PlaybookShelf): Shown {
  const { say } = visit;
  const order = kindOptions(visit, []).map(({ value }) => value);
  const sorted = [...rows].sort((a, b) => order.indexOf(a.playbook.id) - order.indexOf(b.playbook.id));
  return {
    title: say('nav.playbooks'),
    section: 'playbooks',
    rows: sorted.map((row) => rowModel(visit, row)),
    problems: problems.map(({ file, line, column, message }) => ({
      at: say('playbooks.fault-at', { file, line, column }),
      message,
    })),
    faults: problems.length > 0 ? say('playbooks.faults', { count: problems.length }) : null,
  };
}

function rowModel({ say }: StaffVisit, { playbook, own }: PlaybookRow): object {
  const { id, title, lang, version, hash, stages, about } = playbook;
  return {
    href: `/playbooks/${encodeURIComponent(id)}`,
    title,
    lang: lang ?? null,
    situation: about.situation,
    aboutLang: about.lang ?? null,
    tasks: stages.flatMap(({ tasks }) => tasks).length,
    version: say('playbooks.version', { version }),
    hash: hashWords(hash),
    from: say(own ? 'playbooks.own' : 'playbooks.installed'),
  };
}
