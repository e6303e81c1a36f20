import { viewNotice, type NoticeView } from '../../../../application/notice/view-notice.ts';
import { passageOf } from '../../../../domain/notice/passage.ts';
import { refuse } from '../../answers/errors.ts';
import { param } from '../../request/routes.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { frameLetter } from '../../security/headers.ts';
import { asRead, lookingOf, viewPath, type Looking } from './looking.ts';
import { noticePath, toWhom } from './paths.ts';

/** The text as its reader gets it, by language and as mail or plain text. */
export function previewModel(visit: StaffVisit, view: NoticeView, looking: Looking): object {
  const { say } = visit;
  const { notice, organisation, rendered } = view;
  const { locale, plain } = looking;
  const counts = view.list?.languages ?? {};
  const frame = `${noticePath(visit)}/preview/${locale}${viewPath(looking)}`;
  return {
    tabs: Object.keys(rendered).map((lang) => ({
      href: viewPath({ ...looking, locale: lang, element: '' }),
      word: say(`language.${lang}`),
      lang,
      count: counts[lang] ?? 0,
      current: lang === locale,
    })),
    formats: [false, true].map((asText) => ({
      href: viewPath({ ...looking, plain: asText, element: '' }),
      word: say(`notice.as.${asText ? 'text' : 'html'}`),
      current: asText === plain,
    })),
    letter: {
      locale,
      plain,
      text: asRead(visit, view, rendered, looking, 'text'),
      subject: asRead(visit, view, rendered, looking, 'subject'),
      from: `${organisation.name} <${organisation.contact.email}>`,
      to:
        notice.kind === 'letter'
          ? say('notice.one-of-people')
          : (toWhom(visit, view) ?? say(`notice.to-whom.${notice.kind}`)),
      frame: looking.element === '' ? frame : `${frame}#${HERE}`,
      frameTitle: say('notice.frame', { language: say(`language.${locale}`) }),
    },
  };
}

/** The HTML of the notice in a language, for the frame of its page. */
export async function showPreview(visit: StaffVisit): Promise<void> {
  const view = await viewNotice(
    visit.parts.house,
    visit.actor,
    param(visit, 'incident'),
    param(visit, 'notice'),
  );
  const locale = param(visit, 'locale');
  if (!view.ok || view.value.rendered[locale]?.html === undefined) {
    refuse(visit, view.ok ? { kind: 'not-found', what: 'notice', id: '' } : view.error);
    return;
  }
  const looking = { ...lookingOf(visit, view.value), locale };
  const html = asRead(visit, view.value, view.value.rendered, looking, 'html');
  frameLetter(visit.response);
  visit.response.type('html').send(pointedAt(visit, view.value, html, looking.element));
}

const HERE = 'here';

/** The HTML with a bar beside the part in which an element is said. What is shown so is never what is sealed or sent. */
function pointedAt(visit: StaffVisit, { notice }: NoticeView, html: string, element: string): string {
  if (element === '') return html;
  const parts = new Set(visit.parts.house.noticeWriter.passages(html).keys());
  const part = passageOf(element, notice.kind, parts);
  if (part === null) return html;
  const heading = `h2[data-element='${part}']`;
  const style = `<style>${heading}, ${heading} ~ :not(${heading} ~ :is(h1, h2, hr), ${heading} ~ :is(h1, h2, hr) ~ *) {
    border-inline-start: 4px solid #b06a00; padding-inline-start: 12px !important; }</style>`;
  return html
    .replace('</head>', () => `${style}</head>`)
    .replace(`<h2 data-element="${part}"`, () => `<h2 id="${HERE}" data-element="${part}"`);
}
