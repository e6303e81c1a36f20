import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { answerForm } from '../../src/application/notice/answer-form.ts';
import { approveNotice, sendBackNotice } from '../../src/application/notice/decide.ts';
import { fileNotice } from '../../src/application/notice/file.ts';
import { viewNotice } from '../../src/application/notice/view-notice.ts';
import { prepareNotice } from '../../src/application/notice/prepare.ts';
import { editDraft, submitNotice } from '../../src/application/notice/write.ts';
import { addressLetter } from '../../src/application/people/address-letter.ts';
import { dispatchLetters, startDispatch } from '../../src/application/people/dispatch.ts';
import type { Actor } from '../../src/domain/access/roles.ts';
import type { DomainError } from '../../src/domain/errors.ts';
import type { NoticeKind } from '../../src/domain/notice/notice.ts';
import { good, refused } from '../support/breach.ts';
import { PASSWORD } from '../support/shop.ts';
import type { Cast } from './people.ts';
import type { Story } from './telling.ts';

export interface Reader {
  readonly name: string;
  readonly email: string;
  readonly language: string;
  readonly country: string;
}

/** How a notice is written. */
interface Writing {
  /** Elements that are promised for later. */
  readonly follows?: readonly string[];
  /** Whether the authority's form is answered, too. */
  readonly form?: boolean;
  /** Words of this story, by field. */
  readonly words?: Readonly<Record<string, string>>;
  /** Elements that somebody forgets. */
  readonly leaves?: readonly string[];
}

/** How a notice was filed: where, and what came back. */
export interface FiledBy {
  readonly way?: string;
  readonly how: string;
  readonly reference?: string;
}

/** One notice or letter of a story, from its draft to the day it left. */
export class Paper {
  readonly story: Story;
  readonly notice: string;

  private constructor(story: Story, notice: string) {
    this.story = story;
    this.notice = notice;
  }

  /** Begins a paper for these obligations. */
  static async begin(
    story: Story,
    by: Actor,
    kind: NoticeKind,
    obligations: readonly string[],
    locales: readonly string[] = ['en'],
  ): Promise<Paper> {
    const form = { incident: story.incident, kind, obligations, locales };
    return new Paper(story, good(await prepareNotice(story.house, by, form)).notice);
  }

  /** A paper that was begun by one press with others. */
  static of(story: Story, notice: string): Paper {
    return new Paper(story, notice);
  }

  get #ids(): { readonly incident: string; readonly notice: string } {
    return { incident: this.story.incident, notice: this.notice };
  }

  async state(by: Actor): Promise<string> {
    return (await this.#see(by)).notice.state;
  }

  #see = async (by: Actor) => good(await viewNotice(this.story.house, by, this.story.incident, this.notice));

  /** The elements that the law wants in it and that nothing fills yet. */
  async lacks(by: Actor): Promise<readonly string[]> {
    const { checklist } = await this.#see(by);
    return checklist.filter(({ state }) => state === 'missing').map(({ element }) => element);
  }

  /** Writes what the law wants and the facts do not fill; these elements are promised for later. */
  async write(
    by: Actor,
    { follows = [], form = true, words = {}, leaves = [] }: Writing = {},
  ): Promise<void> {
    const leaving = ['phases-note', ...leaves];
    const first = await this.#see(by);
    await this.#save(by, first.draft.content, follows, first.draft.revision);
    await this.#fill(by, follows, words, ({ element }) => !leaving.includes(element));
    if (form) await this.#answerWhatIsAsked(by, follows.length > 0);
    // What is still missing now has to be said.
    await this.#fill(by, follows, words, ({ element }) => !leaves.includes(element));
  }

  async #fill(
    by: Actor,
    follows: readonly string[],
    own: Readonly<Record<string, string>>,
    wanted: (item: { readonly element: string }) => boolean,
  ): Promise<void> {
    const { checklist, draft, notice } = await this.#see(by);
    const content: Record<string, Record<string, string>> = {};
    for (const [locale, words] of Object.entries(draft.content)) content[locale] = { ...words };
    for (const words of Object.values(content))
      for (const [field, text] of Object.entries(own)) if (field in words) words[field] = text;
    const missing = checklist.filter((item) => item.state === 'missing' && item.from === 'draft');
    for (const { field, locales } of missing.filter(wanted)) {
      for (const locale of locales.length > 0 ? notice.locales : ['*'])
        content[locale] = {
          ...content[locale],
          [field]: own[field] ?? WORDS[field] ?? `All that we know about ${field}.`,
        };
    }
    await this.#save(by, content, follows, draft.revision);
  }

  /** A careful shop answers all that the form asks; what is promised for later stays open. */
  async #answerWhatIsAsked(by: Actor, phased: boolean): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      const { pack } = await this.#see(by);
      const asked = (pack?.questions ?? [])
        .flatMap(({ answers }) => answers)
        .filter(({ state }) => state === 'missing' || (state === 'open' && !phased))
        .flatMap(({ field }) => (ANSWERS[field] === undefined ? [] : [[field, ANSWERS[field]] as const]));
      if (asked.length === 0) return;
      await this.answer(by, Object.fromEntries(asked));
    }
  }

  async #save(
    by: Actor,
    content: Readonly<Record<string, Readonly<Record<string, string>>>>,
    follows: readonly string[],
    shown: number,
  ): Promise<void> {
    good(await editDraft(this.story.house, by, { ...this.#ids, content, follows, shown }));
  }

  /** Answers what the authority's form asks beyond what the facts and the words say. */
  async answer(by: Actor, answers: Readonly<Record<string, string>>): Promise<void> {
    const { draft } = await this.#see(by);
    good(await answerForm(this.story.house, by, { ...this.#ids, answers, shown: draft.revision }));
  }

  async address(by: Actor, people: readonly Reader[]): Promise<void> {
    good(await addressLetter(this.story.house, by, { ...this.#ids, people }));
  }

  async handIn(by: Actor): Promise<void> {
    good(await submitNotice(this.story.house, by, this.#ids));
  }

  async mayNotHandIn(by: Actor): Promise<DomainError> {
    return refused(await submitNotice(this.story.house, by, this.#ids));
  }

  async sendBack(by: Actor, reason: string): Promise<void> {
    good(await sendBackNotice(this.story.house, by, { ...this.#ids, reason }));
  }

  async approve(by: Actor): Promise<void> {
    good(await approveNotice(this.story.house, by, await this.#approval(by)));
  }

  async mayNotApprove(by: Actor): Promise<DomainError> {
    return refused(await approveNotice(this.story.house, by, await this.#approval(by)));
  }

  async #approval(by: Actor) {
    const { notice } = await this.#see(by);
    return { ...this.#ids, seal: notice.submitted?.seal.hash ?? '', password: PASSWORD };
  }

  /** Filed now. */
  async file(by: Actor, filed: FiledBy): Promise<void> {
    good(await fileNotice(this.story.house, by, { ...this.#ids, at: '', ...filed }));
  }

  /** Sends an approved letter, and waits until everybody on it is settled. */
  async send(by: Actor): Promise<void> {
    const { house, shop, incident } = this.story;
    good(await startDispatch(house, by, this.#ids));
    good(await dispatchLetters(house, shop.organisation, incident, this.notice));
  }

  /** Written by the responder, approved and filed by the lawyer: the usual order, without a hitch. */
  static async filed(
    story: Story,
    { responder, legal }: Cast,
    obligations: readonly string[],
    filed: FiledBy,
    kind: Exclude<NoticeKind, 'letter'> = 'authority',
  ): Promise<void> {
    const paper = await Paper.begin(story, responder, kind, obligations);
    await paper.write(responder);
    await paper.handIn(responder);
    await paper.approve(legal);
    await paper.file(legal, filed);
  }

  /** The same for a letter to these people, each in their language, to the last letter. */
  static async sent(
    story: Story,
    { responder, legal }: Cast,
    obligations: readonly string[],
    people: readonly Reader[],
  ): Promise<void> {
    const languages = [...new Set(people.map(({ language }) => language))];
    const paper = await Paper.begin(story, responder, 'letter', obligations, languages);
    await paper.write(responder);
    await paper.address(responder, people);
    await paper.handIn(responder);
    await paper.approve(legal);
    await paper.send(responder);
  }
}

/** What a careful shop writes where the law wants words of its own. */
const WORDS: Readonly<Record<string, string>> = {
  'what-happened': 'Somebody could read data that were not meant for them.',
  'subject-detail': 'Customers of our shop.',
  'data-detail': 'Name and address, and what was ordered.',
  'record-count': '3',
  consequences: 'Somebody may write or call and sound like us.',
  'measures-taken': 'We ended the access and checked that it stays ended.',
  'measures-prevent-detail': 'We keep less, and look at the logs each week.',
  advice: 'Do not pay on a link about a parcel.',
  'delay-reason': 'Nobody was at work over the holidays.',
  'phases-note': 'The number of people follows by the end of the week.',
};

/** What it answers in the forms, where facts and words do not say it. */
const ANSWERS: Readonly<Record<string, string>> = {
  'controller-address': 'As in our imprint.',
  'reporter-function-detail': 'Authorised by the management.',
  'occurred-shape': 'unknown',
  'discovery-mode': 'controller',
  'discovery-detail': 'We saw it ourselves.',
  'confidentiality-detail': 'disclosed',
  unintelligible: 'no',
  'incident-nature': 'other',
  'cause-origin': 'external-malicious',
  'cyber-incident': 'yes',
  'subject-categories': 'customers',
  'subject-count-mode': 'undeterminable',
  'data-categories': 'basic, contact',
  'record-count-mode': 'undeterminable',
  'consequence-confidentiality': 'disclosed-beyond-purpose',
  'consequence-integrity': 'other',
  'consequence-availability': 'no-access-to-service',
  impact: 'loss-of-control',
  severity: 'moderate',
  'risk-outcome': 'high',
  'risk-method': 'The method of the ENISA.',
  'measures-prevent': 'access-levels',
  'subjects-told': 'will-later',
  'legal-ground': 'other',
  'lead-authority': 'DE-BE',
  'cross-border': 'no',
  'non-eea-controller': 'no',
  'representative-name': 'Our representative',
  'representative-contact': 'representative@linden.example',
  'dpo-designated': 'no',
  'contact-name': 'Our office',
  'contact-function': 'reporter',
  'contact-contact': 'privacy@linden.example',
  'dpo-name': 'Data protection',
  'dpo-contact': 'privacy@linden.example',
};

/** A mail of the outbox as its reader sees it. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The letters that left the house so far, in the order of their recipients. */
export async function letters(story: Story): Promise<readonly Mail[]> {
  const folder = join(story.at.outbox, 'letters');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(
    names.map(async (name) => {
      const { to, subject, text } = await simpleParser(await readFile(join(folder, name)));
      return { to: [to].flat()[0]?.text ?? '', subject: subject ?? '', text: text ?? '' };
    }),
  );
  return mails.sort((a, b) => a.to.localeCompare(b.to));
}
