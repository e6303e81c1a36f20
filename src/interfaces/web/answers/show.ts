import { csrfToken } from '../security/csrf.ts';
import { isStaff, type Visit } from '../request/visit.ts';
import { query } from '../request/routes.ts';

type Model = Readonly<Record<string, unknown>>;

export interface Shown extends Model {
  /** What the browser's tab says, before the name of the program. */
  readonly title: string;
  /** The entry of the navigation that this page belongs to. */
  readonly section?: 'wall' | 'incidents' | 'calendar' | 'playbooks' | 'register' | 'settings';
}

/** Prints a page of `templates/pages` into the answer. */
export function show(visit: Visit, name: string, model: Shown, status = 200): void {
  const { parts, response } = visit;
  const html = parts.pages.render(`${name}.html`, { ...model, frame: frameOf(visit, model) });
  response.status(status).type('html').send(html);
}

/** Prints a part of a page, to be put into one that is open already: `name` is a page without the frame around it. */
export function showPart(visit: Visit, name: string, model: Model): void {
  visit.response.type('html').send(partOf(visit, name, model));
}

/** The same as text. */
export function partOf(visit: Visit, name: string, model: Model): string {
  return visit.parts.pages.render(`${name}.html`, { ...model, frame: { locale: visit.locale } });
}

/** After a change: on to a page that shows it. `done` is the key of the sentence that confirms it (done.*). */
export function go(visit: Visit, path: string, done?: string): void {
  const [bare = path, hash] = path.split('#');
  const query = done === undefined ? '' : `${bare.includes('?') ? '&' : '?'}done=${done}`;
  visit.response.redirect(303, `${bare}${query}${hash === undefined ? '' : `#${hash}`}`);
}

/** What every page carries around its own matter. */
function frameOf(visit: Visit, { title, section }: Shown): Model {
  const { locale, request, say, parts } = visit;
  const common = {
    locale,
    title: `${title} · Tocsin`,
    csrf: csrfToken(request),
    done: doneWords(visit),
  };
  if (!isStaff(visit)) return { ...common, staff: null };
  const links = [
    { href: '/', word: say('nav.wall'), current: section === 'wall' },
    { href: '/incidents', word: say('nav.incidents'), current: section === 'incidents' },
    { href: '/calendar', word: say('nav.calendar'), current: section === 'calendar' },
    { href: '/playbooks', word: say('nav.playbooks'), current: section === 'playbooks' },
    ...(visit.may('register.read')
      ? [{ href: '/breach-register', word: say('nav.register'), current: section === 'register' }]
      : []),
    ...(visit.may('settings.change')
      ? [{ href: '/settings', word: say('nav.settings'), current: section === 'settings' }]
      : []),
  ];
  const { user, organisation } = visit;
  return {
    ...common,
    staff: {
      links,
      name: user.name,
      initials: initialsOf(user.name),
      organisation: organisation.name,
      mayLog: visit.may('incident.log'),
      isCopy: parts.house.copyGuard?.isCopy ?? false,
      reachesNobody: !parts.house.staffPost.reaches,
      maySettings: visit.may('settings.change'),
    },
  };
}

function doneWords(visit: Visit): string | null {
  const done = query(visit, 'done');
  const key = `done.${done}`;
  return /^[a-z-]{1,40}$/.test(done) && visit.parts.words.has('en', key) ? visit.say(key) : null;
}

function initialsOf(name: string): string {
  return Array.from(name.trim()).slice(0, 2).join('');
}
