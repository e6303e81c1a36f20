import { editDraft } from '../../../../application/notice/write.ts';
import type { StaleVersion } from '../../../../domain/errors.ts';
import { LOCALE_FREE } from '../../../../domain/notice/content.ts';
import { refuse } from '../../answers/errors.ts';
import { go, show } from '../../answers/show.ts';
import type { Form } from '../../request/form.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { NO_LANGUAGE, type DraftTyped } from './draft-form.ts';
import { showRefused } from './page.ts';
import { noticePath } from './paths.ts';

/** Stores the draft; an approval or hand-in is void from then on. */
export async function takeDraft(visit: StaffVisit, form: Form): Promise<void> {
  const typed = typedOf(form);
  const done = await editDraft(visit.parts.house, visit.actor, {
    incident: param(visit, 'incident'),
    notice: param(visit, 'notice'),
    ...typed,
    shown: form.int('shown', 0),
  });
  if (done.ok) go(visit, `${noticePath(visit)}#write`, 'draft');
  else if (done.error.kind === 'invalid-input')
    await showRefused(visit, done.error, (path) => path.replace('.*.', `.${NO_LANGUAGE}.`), { draft: typed });
  else if (done.error.kind === 'stale-version') showConflict(visit, done.error, typed);
  else refuse(visit, done.error);
}

const FIELD = /^content\.([\w-]{1,20})\.([\w-]{1,60})$/;

function typedOf(form: Form): DraftTyped {
  const content: Record<string, Record<string, string>> = {};
  for (const name of form.names) {
    const match = FIELD.exec(name);
    if (!match) continue;
    const [, language = '', field = ''] = match;
    const locale = language === NO_LANGUAGE ? LOCALE_FREE : language;
    content[locale] = { ...content[locale], [field]: form.text(name).trim() };
  }
  return { content, follows: form.list('follows') };
}

/** Someone else wrote on the same draft: field by field, only where the two differ. */
function showConflict(visit: StaffVisit, stale: StaleVersion, typed: DraftTyped): void {
  const { say } = visit;
  const theirs = (stale.theirs ?? {}) as DraftTyped['content'];
  const heading = say('conflict.draft');
  const fields = Object.entries(typed.content).flatMap(([locale, own]) =>
    Object.entries(own).map(([field, yours]) => ({
      name: `content.${locale === LOCALE_FREE ? NO_LANGUAGE : locale}.${field}`,
      label: [
        visit.parts.words.has('en', `notices.fields.${field}`) ? say(`notices.fields.${field}`) : field,
        ...(locale === LOCALE_FREE ? [] : [say(`language.${locale}`)]),
      ].join(', '),
      yours,
      theirs: theirs[locale]?.[field] ?? '',
    })),
  );
  const model = {
    title: heading,
    section: 'incidents' as const,
    heading,
    back: noticePath(visit),
    action: `${noticePath(visit)}/draft`,
    shown: stale.current,
    differing: fields.filter(({ yours, theirs: other }) => yours !== other),
    same: fields.filter(({ yours, theirs: other }) => yours === other),
    follows: typed.follows,
  };
  show(visit, 'notice/conflict', model, 409);
}
