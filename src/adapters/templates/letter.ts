import type { LetterSource } from '../../application/ports/letters.ts';
import { stepsFor, type AdviceBlock } from '../../domain/notice/content-advice.ts';
import { shortDay, printedIn } from './dates.ts';
import { adviceOf } from './letter-advice.ts';
import { formsFor, SILENT_AREAS, type LetterForm, type SectionName } from './letter-forms.ts';
import { LetterPen, type Paragraph } from './letter-pen.ts';
import { authorsElements, requiredInformation, type RequiredInformation } from './letter-required.ts';
import type { Contacts } from './contacts.ts';
import { clean, dateSlot, oneLine, paragraphsOf, SLOT } from './plain.ts';
import type { Words } from './words.ts';

/** A numbered step as it is printed. */
interface PrintedStep {
  readonly time: string;
  readonly text: string;
}

/** One of the questions, and what stands under it. */
interface LetterSection {
  readonly element: string;
  readonly heading: string;
  readonly before: readonly Paragraph[];
  readonly items: readonly string[];
  readonly steps: readonly PrintedStep[];
  readonly after: readonly Paragraph[];
}

/** The letter up to its signature in one of its forms, between the marks of those who get it. */
interface PrintedForm {
  readonly open: string;
  readonly close: string;
  readonly title: string;
  /** Slot of the day of the letter, in a sentence; '' where no law asks for it. */
  readonly date: string;
  readonly sections: readonly LetterSection[];
}

/** Everything that the letter's template prints. */
export interface LetterView {
  readonly lang: string;
  readonly dir: string;
  readonly subject: string;
  readonly salutation: string;
  readonly sender: { readonly name: string; readonly address: readonly string[] };
  readonly website: { readonly text: string; readonly address: string };
  readonly forms: readonly PrintedForm[];
  readonly genuine: {
    readonly heading: string;
    readonly type: string;
    readonly onSite: string;
    readonly reference: string;
    readonly call: string;
    readonly never: string;
  };
  /** The sentence that leads to the reader's own page; '' while there are none. */
  readonly ownPage: string;
  readonly required: RequiredInformation;
  readonly closing: string;
}

/** What a letter is written with beside its words. */
export interface LetterOptions {
  readonly contacts: Contacts;
  /** Data protection authorities of private companies, by place: to whom a reader there can complain. */
  readonly offices: ReadonlyMap<string, string>;
  /** Whether readers have a page of their own, and the site says of a reference that it is ours. */
  readonly personalPages: boolean;
}

/**
 * The letter of GDPR art. 34(2) in one language: six questions in the order in which a frightened person asks them,
 * and in the forms that states prescribe for their residents.
 */
export function letterView(source: LetterSource, words: Words, options: LetterOptions): LetterView {
  return new LetterWriter(source, words, options).view();
}

const ELEMENT: Readonly<Record<SectionName, string>> = {
  happened: 'nature',
  affected: 'categories-data',
  meaning: 'consequences',
  done: 'measures-taken',
  now: 'advice',
  ask: 'dpo-contact',
};

class LetterWriter {
  private readonly source: LetterSource;
  private readonly options: LetterOptions;
  private readonly pen: LetterPen;

  constructor(source: LetterSource, words: Words, options: LetterOptions) {
    this.source = source;
    this.options = options;
    this.pen = new LetterPen(source, words, options.contacts);
  }

  view(): LetterView {
    const { pen, source, options } = this;
    const { contact } = source.organisation;
    const subject = this.subject();
    return {
      lang: pen.words.locale,
      dir: pen.say('dir'),
      subject,
      salutation: SLOT.salutation,
      sender: { name: pen.name, address: paragraphsOf(contact.address).flat() },
      website: websiteOf(contact.website),
      forms: formsFor(pen.facts.places).map((form) => this.form(form, subject)),
      genuine: {
        heading: pen.say('genuine.heading'),
        type: pen.say('genuine.type'),
        onSite: pen.confirmed.has('notice-on-website') ? pen.say('genuine.on-site') : '',
        reference: options.personalPages ? pen.say('genuine.reference', { reference: SLOT.reference }) : '',
        call: pen.say('genuine.call'),
        never: pen.say('genuine.never'),
      },
      ownPage: options.personalPages ? pen.say('own-page', { link: SLOT.link }) : '',
      required: requiredInformation(source, pen),
      closing: pen.say('closing', { asked: lawAsks(source) ? 'yes' : 'no' }),
    };
  }

  /** The same words as the first question; where the law forbids them, no more than that there is something to know. */
  private subject(): string {
    const { pen } = this;
    const { occurredAt } = pen.facts.moments;
    const { name } = pen;
    const date = occurredAt && shortDay(occurredAt, this.source.incident.zone, printedIn(pen.words.locale));
    const said = date ? pen.say('subject.dated', { name, date }) : pen.say('subject.undated', { name });
    const silent = oneLine(pen.say('subject.silent', { name }));
    return pen.oneOf([[SILENT_AREAS, silent]], oneLine(said));
  }

  private form(form: LetterForm & Pick<PrintedForm, 'open' | 'close'>, subject: string): PrintedForm {
    const { pen } = this;
    const title = `forms.${form.id}.title`;
    return {
      open: form.open,
      close: form.close,
      title: pen.words.has(title) ? pen.say(title) : subject,
      date: form.dated ? pen.say('date', { date: dateSlot(this.source.incident.zone) }) : '',
      sections: form.sections.map((name) => this.section(name, form)),
    };
  }

  private section(name: SectionName, form: LetterForm): LetterSection {
    const { pen } = this;
    const own = `forms.${form.id}.headings.${name}`;
    const parts = this.parts(name, form);
    const folded = foldedInto(name, form);
    return {
      element: ELEMENT[name],
      heading: pen.say(pen.words.has(own) ? own : `headings.${name}`),
      before: parts.before ?? [],
      items: parts.items ?? [],
      steps: parts.steps ?? [],
      after: [...(parts.after ?? []), ...folded.flatMap((other) => this.parts(other, form).before ?? [])],
    };
  }

  private parts(name: SectionName, form: LetterForm): Partial<Omit<LetterSection, 'element' | 'heading'>> {
    switch (name) {
      case 'happened':
        return { before: this.happened() };
      case 'affected':
        return this.affected(form);
      case 'meaning':
        return { before: this.pen.paragraphs('consequences') };
      case 'done':
        return { before: this.done(), after: this.sorry() };
      case 'now':
        return this.now(form);
      case 'ask':
        return { before: this.ask() };
    }
  }

  private happened(): readonly Paragraph[] {
    const { pen } = this;
    const { supplier, moments } = pen.facts;
    const told = pen.own('what-happened');
    const ours: string[] = [];
    const name = oneLine(supplier?.name ?? '');
    // The author has usually said it better.
    if (name !== '' && !told.includes(name)) {
      ours.push(pen.say('happened.supplier', { supplier: name }));
      const at = supplier?.toldUsAt;
      if (at) ours.push(pen.say('happened.supplier-told', { supplier: name, date: pen.day(at) }));
    }
    if (moments.awareAt) ours.push(pen.say('happened.known-since', { date: pen.day(moments.awareAt) }));
    ours.push(pen.say('happened.term'));
    const more = authorsElements(this.source).general.flatMap((field) => pen.paragraphs(field));
    return [...pen.paragraphs('what-happened'), ...more, [ours.join(' ')]];
  }

  private affected({ id, silent }: LetterForm): Partial<LetterSection> {
    const { pen } = this;
    const detail = paragraphsOf(pen.own('data-detail')).flat();
    const items = [...pen.facts.categories.map((category) => this.category(category)), ...detail];
    if (!silent) return { items, after: pen.paragraphs('not-affected') };
    return { before: [[pen.say(`forms.${id}.first`)]], items, after: [[pen.say('done.sorry')]] };
  }

  private done(): readonly Paragraph[] {
    const { pen } = this;
    return [...pen.paragraphs('measures-taken'), ...pen.paragraphs('measures-prevent-detail')];
  }

  /** Sorry once: not again where the author has said it. */
  private sorry(): readonly Paragraph[] {
    const { pen } = this;
    const words = new RegExp(pen.say('done.sorry-words'), 'iu');
    const said = ['what-happened', 'measures-taken', 'measures-prevent-detail'];
    return said.some((field) => words.test(pen.own(field))) ? [] : [[pen.say('done.sorry')]];
  }

  private now({ silent }: LetterForm): Partial<LetterSection> {
    const { pen } = this;
    const own = clean(pen.own('advice'));
    // Whose data were with a supplier knows what happened.
    const blocks = this.advice(silent).filter(({ supplier }) => !silent || supplier !== true);
    const steps = stepsFor(blocks, pen.facts, own, pen.confirmed).map(({ time, say }) => ({
      time,
      text: pen.spoken(say),
    }));
    return steps.length === 0 ? { before: [[pen.say('now.nothing')]] } : { steps };
  }

  private ask(): readonly Paragraph[] {
    const { pen } = this;
    const { email, phone, dpo } = this.source.organisation.contact;
    const officer = oneLine(dpo);
    const ways = [email, phone].map(oneLine).filter((way) => way !== '' && !officer.includes(way));
    return [
      ...(officer === '' ? [] : [[pen.say('ask.dpo', { dpo: officer })]]),
      ...(ways.length === 0 ? [] : [[pen.say('ask.reach', { ways: ways.join(', ') })]]),
      [this.complain()],
    ];
  }

  /** To whom a reader can complain, named where we know the office of the place. */
  private complain(): string {
    const { pen } = this;
    const byOffice = new Map<string, string[]>();
    for (const [place, office] of this.options.offices) {
      byOffice.set(office, [...(byOffice.get(office) ?? []), place]);
    }
    const named = [...byOffice].map(
      ([office, places]) => [places, pen.say('ask.complain-to', { office: oneLine(office) })] as const,
    );
    return pen.oneOf([...named, [['US'], pen.say('ask.complain-us')]], pen.say('ask.complain'));
  }

  /** The blocks of advice with their values put in; `silent`: the day on which it happened is not one of them. */
  private advice(silent: boolean): readonly AdviceBlock[] {
    const { pen } = this;
    const at = silent ? undefined : pen.facts.moments.occurredAt;
    const values = {
      ...pen.contacts.numbers,
      name: pen.name,
      supplier: oneLine(pen.facts.supplier?.name ?? ''),
      dated: at ? 'yes' : 'no',
      date: at ? pen.day(at) : '',
    };
    return adviceOf(pen.words).map((block, index) => ({
      ...block,
      say: block.say.map((sentence, i) => ({
        ...sentence,
        text: pen.say(`advice.${index}.say.${i}.text`, values),
      })),
    }));
  }

  private category(category: string): string {
    const key = `categories.${category}`;
    return this.pen.words.has(key) ? this.pen.say(key) : category;
  }
}

function foldedInto(name: SectionName, { folded }: LetterForm): readonly SectionName[] {
  return (Object.entries(folded) as [SectionName, SectionName][]).flatMap(([other, into]) =>
    into === name ? [other] : [],
  );
}

/** The only link of a letter: its text is its address. What is no web address is printed without a link. */
export function websiteOf(website: string): LetterView['website'] {
  const given = oneLine(website);
  const address = /^https?:\/\//i.test(given) ? given : `https://${given}`;
  try {
    const url = new URL(address);
    if (given === '' || !url.hostname.includes('.') || url.username !== '') return { text: given, address: '' };
    const path = url.pathname === '/' ? '' : url.pathname;
    return { text: `${url.host}${path}`, address: `${url.origin}${path}` };
  } catch {
    return { text: given, address: '' };
  }
}

/**
 * Whether a law wants this letter: one that a shop writes because it wants to must not say so. While it is not decided
 * of any whether it applies, or no incident is known, the duties that it serves are taken at their word.
 */
function lawAsks({ duties, incident: { obligations = [] } }: LetterSource): boolean {
  if (duties.length === 0) return false;
  const ids = new Set(duties.map(({ id }) => id));
  const served = obligations.filter(({ duty }) => ids.has(duty));
  return served.length === 0 || served.some(({ decision, decided }) => decision !== 'does-not-apply' && !decided);
}
