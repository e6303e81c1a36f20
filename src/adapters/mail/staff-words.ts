import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type { Recipient } from '../../application/ports/staff.ts';
import type { StaffMail } from '../../application/ports/post.ts';
import { moment, printedIn } from '../templates/dates.ts';
import { compileFolder, harmlessAddress } from '../templates/engine.ts';
import { oneLine } from '../templates/plain.ts';
import { textTwin } from '../templates/text-twin.ts';
import { readWords, type Words } from '../templates/words.ts';
import { draftCopy } from './draft-copy.ts';

export interface WrittenMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly locale: string;
}

export interface StaffWords {
  /**
   * Writes a mail for one reader. `values`, all optional but those with a star; moments are instants, or ISO 8601:
   *
   * - `reminder`: reference*, link*, duty (title), recipient, citation, decision ('undecided' is said), dueAt, zone
   *   (the reader's; else UTC); without dueAt waitsFor (what the clock waits for, in words), else the law is said
   *   to give no number; others: the clocks that ring with it (duty, recipient, decision, dueAt)
   * - `approval`: reference*, link*, notice (what it is, in words), author
   * - `invitation`: link*, organisation, inviter, expiresAt, zone
   * - `reset`: link*, organisation, expiresAt, zone
   * - `copy`: subject*, html*, text* and locale of a letter or notice that goes to its reader as a draft
   *
   * @throws RangeError if a value with a star is missing.
   */
  write(mail: Pick<StaffMail, 'template' | 'values'>, reader: Recipient, now: Temporal.Instant): WrittenMail;
}

/** Words and layout of mails to staff, from `emails/<locale>.yaml` and `emails/mail.html.hbs` of the folder. */
export function createStaffWords({ folder }: { readonly folder: string }): StaffWords {
  const emails = join(folder, 'emails');
  const templates = compileFolder(emails);
  const locales = readdirSync(emails).flatMap((file) => /^([\w-]+)\.yaml$/.exec(file)?.[1] ?? []);
  const words = new Map(locales.map((locale) => [locale, readWords(join(emails, `${locale}.yaml`), locale)]));
  return {
    write({ template, values }, reader, now) {
      const language = words.get(reader.locale) ?? words.get(reader.locale.split('-')[0] ?? '');
      const own = language ?? words.get('en');
      if (!own) throw new Error(`no words for mails in ${emails}`);
      if (template === 'copy') return draftCopy(values, own);
      const body = BODIES[template](new Values(values), own, now);
      const html = templates.render('mail.html', {
        lang: own.locale,
        dir: own.say('dir'),
        greeting: own.say('greeting', { name: oneLine(reader.name) }),
        ...body,
        open: own.say('open'),
        closing: own.say(`${template}.closing`),
      });
      return { subject: body.subject, html, text: textTwin(html), locale: own.locale };
    },
  };
}

interface Body {
  readonly subject: string;
  readonly lead: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly link: string;
}

type Writer = (values: Values, words: Words, now: Temporal.Instant) => Body;

const BODIES: Readonly<Record<Exclude<StaffMail['template'], 'copy'>, Writer>> = {
  reminder(values, words, now) {
    const reference = values.needed('reference');
    const duty = values.text('duty') || words.say('reminder.a-duty');
    const due = values.instant('dueAt');
    const standing = due ? left(due, now, words) : undated(values, words);
    const key = due ? (Temporal.Instant.compare(due, now) < 0 ? 'overdue' : 'due') : 'undated';
    const others = values.list('others');
    const sure = others.filter((one) => one.text('decision') !== 'undecided');
    const said = { reference, duty, standing, others: others.length };
    return {
      subject: oneLine(words.say(`reminder.subject.${key}`, said)),
      lead: words.say(`reminder.lead.${key}`, said),
      facts: facts(words, {
        incident: reference,
        duty,
        recipient: values.text('recipient'),
        decision: values.text('decision') === 'undecided' ? words.say('reminder.undecided') : '',
        law: values.text('citation'),
        due: due ? moment(due, values.zone(), printedIn(words.locale)) : '',
        standing: due ? words.say(`reminder.standing.${key}`, { standing }) : '',
      }).concat(
        sure
          .slice(0, LISTED)
          .map((one) => ({ label: words.say('label.also'), value: also(one, words, values.zone()) })),
        rest(words, 'more', sure.length - LISTED),
        rest(words, 'may-apply', others.length - sure.length),
      ),
      link: values.link(),
    };
  },
  approval(values, words) {
    const reference = values.needed('reference');
    const notice = values.text('notice') || words.say('approval.a-notice');
    return {
      subject: oneLine(words.say('approval.subject', { reference, notice })),
      lead: words.say('approval.lead', { reference, notice }),
      facts: facts(words, { incident: reference, notice, author: values.text('author') }),
      link: values.link(),
    };
  },
  invitation(values, words) {
    const organisation = values.text('organisation') || words.say('invitation.an-organisation');
    const expires = values.instant('expiresAt');
    return {
      subject: oneLine(words.say('invitation.subject', { organisation })),
      lead: words.say('invitation.lead', { organisation }),
      facts: facts(words, {
        inviter: values.text('inviter'),
        expires: expires ? moment(expires, values.zone(), printedIn(words.locale)) : '',
      }),
      link: values.link(),
    };
  },
  reset(values, words) {
    const organisation = values.text('organisation') || words.say('invitation.an-organisation');
    const expires = values.instant('expiresAt');
    return {
      subject: oneLine(words.say('reset.subject', { organisation })),
      lead: words.say('reset.lead', { organisation }),
      facts: facts(words, {
        expires: expires ? moment(expires, values.zone(), printedIn(words.locale)) : '',
      }),
      link: values.link(),
    };
  },
};

function facts(words: Words, values: Readonly<Record<string, string>>): Body['facts'] {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => ({ label: words.say(`label.${key}`), value }));
}

/** How many other clocks a mail names; the page has all of them. */
const LISTED = 10;

function also(values: Values, words: Words, zone: string): string {
  const due = values.instant('dueAt');
  const recipient = values.text('recipient');
  return words.say('reminder.also', {
    duty: values.text('duty'),
    recipient,
    to: recipient === '' ? 'no' : 'yes',
    due: due ? moment(due, zone, printedIn(words.locale)) : '',
    dated: due ? 'yes' : 'no',
  });
}

function rest(words: Words, key: 'more' | 'may-apply', count: number): Body['facts'] {
  return count > 0
    ? [{ label: words.say('label.also'), value: words.say(`reminder.${key}`, { count }) }]
    : [];
}

function undated(values: Values, words: Words): string {
  const waits = values.text('waitsFor');
  return waits === '' ? words.say('reminder.no-number') : words.say('reminder.waits', { what: waits });
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** '2 days 3 hours': how long until, or since; the two largest units, whole minutes, at least one. */
function left(due: Temporal.Instant, now: Temporal.Instant, words: Words): string {
  let seconds = Math.max(60, Math.floor(Math.abs(due.epochMilliseconds - now.epochMilliseconds) / 1000));
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(seconds / size);
    seconds -= count * size;
    if (count === 0) continue;
    const format = new Intl.NumberFormat(words.locale, { style: 'unit', unit, unitDisplay: 'long' });
    parts.push(format.format(count));
  }
  return parts.slice(0, 2).join(' ');
}

/** What a mail is told, narrowed; text is on one line. */
class Values {
  private readonly values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.values = values;
  }

  text(name: string): string {
    const value = this.values[name];
    return typeof value === 'string' ? oneLine(value) : '';
  }

  needed(name: string): string {
    const value = this.text(name);
    if (value === '') throw new RangeError(`a mail to staff needs ${name}`);
    return value;
  }

  instant(name: string): Temporal.Instant | undefined {
    const value = this.values[name];
    if (value instanceof Temporal.Instant) return value;
    return typeof value === 'string' && value !== '' ? Temporal.Instant.from(value) : undefined;
  }

  list(name: string): readonly Values[] {
    const value = this.values[name];
    return Array.isArray(value)
      ? value.map((one) => new Values(one as Readonly<Record<string, unknown>>))
      : [];
  }

  zone(): string {
    return this.text('zone') || 'UTC';
  }

  link(): string {
    const link = harmlessAddress(this.needed('link'));
    if (!/^https?:/i.test(link)) throw new RangeError('a mail to staff needs a link with http or https');
    return link;
  }
}
