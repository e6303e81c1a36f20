import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { Person, type Answer } from './browser-like.ts';
import { begunLetter, TWO, WORDS } from './begun-letter.ts';
import { load } from './html.ts';
import { joinAs, PASSWORD, setUpFirst, taken } from './staff.ts';
import { withServedHouse, type ServedHouse } from './served-house.ts';

const sha256 = (words: string): string => createHash('sha256').update(words).digest('hex');
const text = (answer: Answer): string => load(answer.body).text;

describe('A letter and who approves it', function () {
  this.timeout(60_000);
  const served = withServedHouse({ tries: 5 });
  const ada = new Person(() => served.url);
  let legal: Person;
  let reader: Person;
  let letter = '';

  before(async () => {
    await setUpFirst(ada, served);
    legal = await joinAs(ada, served, 'Mara', 'legal');
    reader = await joinAs(ada, served, 'Rene', 'reader');
    letter = await begunLetter(ada);
  });

  afterEach('no fault is in the log', () => {
    expect(served.logged).to.deep.equal([]);
  });

  const handIn = async (): Promise<void> => {
    taken(await ada.submit(await ada.open(letter), '/submit', {}));
  };

  it('is asked of every approver by mail, and stands under ‘needs you’ for each of them', async () => {
    const before = served.staffMails.length;
    expect(text(await legal.open('/'))).not.to.contain('Approve the letter');
    await handIn();
    const [mail, ...more] = served.staffMails.slice(before);
    expect(more).to.have.length(0);
    expect(mail?.template).to.equal('approval');
    expect(mail?.to.map(({ email }) => email)).to.deep.equal(['mara@linden.example']);
    expect(text(await legal.open('/'))).to.contain('Approve the letter');
    expect(text(await reader.open('/'))).not.to.contain('Approve the letter');
  });

  it('has each element of the law’s list linked to the sentence that says it', async () => {
    const page = await legal.open(`${letter}?lang=en`);
    const links = [
      ...page.body.matchAll(
        /<a href="([^"]*&amp;at=([\w-]+)#letter)"|href="([^"]*at&#x3D;([\w-]+)#letter)"/g,
      ),
    ];
    const elements = links.map((link) => link[2] ?? link[4] ?? '');
    expect(elements).to.include.members(['nature', 'consequences', 'measures-taken', 'dpo-contact']);
    expect(text(page)).to.contain('Where it is said');
    expect(page.body).to.contain('<q lang="en">Somebody may write to you and sound like us.</q>');
    const shown = await legal.open(`${letter}?lang=en&at=consequences`);
    expect(shown.body).to.contain('at&#x3D;consequences#here"');
    const frame = await legal.get(`${letter}/preview/en?at=consequences`);
    expect(frame.body)
      .to.contain('<h2 id="here" data-element="consequences"')
      .and.to.contain('border-inline-start');
    expect((await legal.get(`${letter}/preview/en`)).body).not.to.contain('border-inline-start');
    for (const strange of ['%3Cscript%3E', "x']{}", 'nothing', '__proto__'])
      expect((await legal.get(`${letter}/preview/en?at=${strange}`)).body).not.to.contain(
        'border-inline-start',
      );
  });

  it('says what exactly is sealed: the hash of each text is that of the words which lie in the store', async () => {
    const page = text(await legal.open(letter));
    expect(page).to.contain('The hash of each part');
    const shown = /Deutsch, as mail ((?:[0-9a-f]{4} ?){16})/.exec(page)?.[1]?.replaceAll(' ', '') ?? '';
    const words = (await served.house.texts.get([shown])).get(shown) ?? '';
    expect(words).to.contain('<html lang="de"').and.to.contain('kopiert');
    expect(sha256(words)).to.equal(shown);
  });

  it('is sent back with a reason only, which its author reads', async () => {
    const silent = await legal.submit(await legal.open(letter), '/send-back', { reason: ' ' });
    expect(silent.status).to.equal(422);
    taken(await legal.submit(await legal.open(letter), '/send-back', { reason: 'Say which orders.' }));
    expect(text(await ada.open(letter))).to.contain('Say which orders.');
    expect(text(await legal.open('/'))).not.to.contain('Approve the letter');
  });

  it('shows its approver what changed since the version before, word by word and language by language', async () => {
    const words = {
      ...WORDS,
      'content.en.what-happened': 'On 3 December someone copied our orders of 2026. Yours were among them.',
      'content.de.measures-taken': 'Wir haben den Lieferanten sofort ausgesperrt.',
    };
    taken(await ada.submit(await ada.open(letter), '/draft', words));
    await handIn();
    const page = await legal.open(`${letter}?lang=en`);
    expect(text(page)).to.contain('What changed since version 1');
    const inserted = [...page.body.matchAll(/<ins>.*?<\/span>(.*?)<\/ins>/g)].map(([, said]) => said?.trim());
    expect(inserted).to.deep.equal(['of 2026']);
    expect(page.body).not.to.contain('<del>');
    expect(text(page)).to.match(/Changed for other readers as well: +Deutsch/);
    const german = await legal.open(`${letter}?lang=de`);
    expect(german.body).to.match(/<ins>.*?sofort ?<\/ins>/);
  });

  it('says that the people on it are others, where they are', async () => {
    taken(
      await ada.submit(await ada.open(letter), '/people', { people: `${TWO}\nJan, jan@example.net, de, DE` }),
    );
    await handIn();
    const page = text(await legal.open(letter));
    expect(page).to.contain('What changed since version 2 Nothing in its words.');
    expect(page).to.contain('The people on the list are others: 2 before, 3 now.');
  });

  describe('and the copy of it', () => {
    it('goes to whoever asks and to nobody else, marked as a draft in subject and body', async () => {
      const before = served.staffMails.length;
      const page = await legal.open(`${letter}?lang=de`);
      expect(text(page)).to.contain('mara@linden.example');
      const forged = { locale: 'de', place: '', email: 'somebody@else.example', to: 'somebody@else.example' };
      const done = taken(await legal.submit(page, '/copy', forged));
      expect(text(await legal.open(done.location ?? ''))).to.contain('The copy is on its way to you');
      const mails = served.staffMails.slice(before);
      expect(mails.map(({ to, template }) => [template, ...to.map(({ email }) => email)])).to.deep.equal([
        ['copy', 'mara@linden.example'],
      ]);
      expect(String(mails[0]?.values['text'])).to.contain('Mara').and.to.contain('kopiert');
      expect(String(mails[0]?.values['text'])).not.to.match(/⟦|Maria|Tom/);
      expect(text(await ada.open('/register'))).to.contain('A copy of a draft');
    });

    it('is not for who may only read', async () => {
      expect(load((await reader.open(letter)).body).form('/copy')).to.equal(undefined);
      const forced = await reader.submit(await legal.open(letter), '/copy', { locale: 'de', place: '' });
      expect([403, 422]).to.include(forced.status);
    });

    it('can be asked for a handful of times, then after a while', async () => {
      const before = served.staffMails.length;
      let refused: Answer | null = null;
      for (let time = 0; time < 6 && !refused; time += 1) {
        const answer = await legal.submit(await legal.open(letter), '/copy', {});
        if (answer.status !== 303) refused = answer;
      }
      expect(refused?.status).to.equal(422);
      expect(refused ? text(refused) : '').to.contain('You had many copies just now.');
      expect(served.staffMails.length - before).to.be.below(6);
    });
  });

  it('is approved with the password again, by another than its author', async () => {
    expect(load((await ada.open(letter)).body).form('/approve')).to.equal(undefined);
    const wrong = await legal.submit(await legal.open(letter), '/approve', { password: 'not mine' });
    expect(wrong.status).to.equal(422);
    taken(await legal.submit(await legal.open(letter), '/approve', { password: PASSWORD }));
    expect(text(await legal.open('/'))).not.to.contain('Approve the letter');
  });
});

describe('A letter of a shop of one', function () {
  this.timeout(60_000);
  const served: ServedHouse = withServedHouse();
  const ada = new Person(() => served.url);

  it('is approved by its author after ten minutes, with the password and a reason, and says so', async () => {
    await setUpFirst(ada, served);
    const letter = await begunLetter(ada);
    taken(await ada.submit(await ada.open(letter), '/submit', {}));
    expect(served.staffMails.at(-1)?.to.map(({ email }) => email)).to.deep.equal(['ada@linden.example']);
    const early = await ada.open(letter);
    expect(text(early)).to.contain('Let your own text rest until');
    expect(load(early.body).form('/approve')).to.equal(undefined);
    served.pass({ minutes: 9 });
    expect(load((await ada.open(letter)).body).form('/approve')).to.equal(undefined);
    served.pass({ minutes: 2 });
    const rested = await ada.open(letter);
    const silent = await ada.submit(rested, '/approve', { password: PASSWORD, reason: '' });
    expect(silent.status).to.be.within(400, 499);
    const wrong = await ada.submit(rested, '/approve', { password: 'not mine', reason: 'I am alone.' });
    expect(wrong.status).to.equal(422);
    taken(await ada.submit(rested, '/approve', { password: PASSWORD, reason: 'I am alone.' }));
    const approved = text(await ada.open(letter));
    expect(approved).to.contain('I am alone.').and.to.contain('its author');
  });
});
