import { allow } from '../../domain/access/permissions.ts';
import type { Actor } from '../../domain/access/roles.ts';
import type { DomainError } from '../../domain/errors.ts';
import { invalid } from '../../domain/errors.ts';
import { isReach } from '../../domain/notice/filled.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { House } from '../ports/house.ts';
import { findNotice, type Finding, type NoticeAtHand } from './source.ts';
import { textsOfSeal } from './versions.ts';

type Deps = Finding & Pick<House, 'texts' | 'printer' | 'mailFiles'>;

export const FILE_KINDS = ['eml', 'pdf'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export interface TakeAlongForm {
  readonly incident: string;
  readonly notice: string;
  readonly locale: string;
  readonly as: FileKind;
}

/** An approved notice as a file: a mail to send from one's own program, or paper. What was sealed, and nothing else. */
export async function takeAlong(
  house: Deps,
  actor: Actor,
  form: TakeAlongForm,
): Promise<Result<{ readonly name: string; readonly content: Uint8Array }, DomainError>> {
  const allowed = allow(actor, 'notice.write');
  if (!allowed.ok) return allowed;
  const found = await findNotice(house, actor, form.incident, form.notice);
  if (!found.ok) return found;
  const { notice, incident } = found.value;
  if (notice.kind === 'letter')
    return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: 'notice.is-a-letter' });
  if (!notice.approved)
    return fail({ kind: 'wrong-state', what: 'notice', state: notice.state, key: 'notice.not-approved' });
  const { subject, html, text } = (await textsOfSeal(house, notice.approved.seal))[form.locale] ?? {};
  if (subject === undefined || html === undefined || text === undefined)
    return fail(invalid('locale', 'locale.none'));
  const words = { subject, html, text, locale: form.locale };
  const content =
    form.as === 'pdf' ? await onPaper(house, found.value, words) : await asMail(house, found.value, words);
  return ok({ name: `${incident.reference}-${notice.kind}-${form.locale}.${form.as}`, content });
}

/** No line of an address is longer. */
const ADDRESS_LINE = 200;

interface Words {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly locale: string;
}

/** A word of thousands of letters is none, and a printer would try where to break it at each of them. */
const ENDLESS = /\S{100}(?=\S)/g;

function printable(text: string): string {
  return text.replace(ENDLESS, '$& ');
}

function onPaper(house: Deps, { notice, organisation }: NoticeAtHand, words: Words): Promise<Uint8Array> {
  const { subject, text, locale } = words;
  const from = [organisation.name, ...organisation.contact.address.split('\n')]
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const to = notice.recipient === undefined ? [] : [notice.recipient.slice(0, ADDRESS_LINE)];
  const sender = from.join(' · ').slice(0, ADDRESS_LINE);
  const said = { subject: printable(subject), text: printable(text), locale };
  return house.printer.print([{ ...said, to, from: sender }], 'a4');
}

function asMail(house: Deps, hand: NoticeAtHand, words: Words): Promise<Uint8Array> {
  const { notice, organisation, incident } = hand;
  const address = (incident.controllers ?? []).find(({ name }) => name === notice.recipient)?.contact ?? '';
  const known = notice.kind === 'controller' && address.includes('@') && isReach(address);
  return house.mailFiles.write({
    ...words,
    identity: `${notice.id}/${notice.version}/${words.locale}`,
    from: { name: organisation.name, email: organisation.contact.email },
    ...(known ? { to: { name: notice.recipient ?? '', email: address } } : {}),
  });
}
