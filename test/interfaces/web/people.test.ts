import { expect } from 'chai';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { approvedLetter } from './letters.ts';
import { joinAs, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const text = (answer: Answer): string => load(answer.body).text;

describe('Three people, of whom none is told by mail alone', function () {
  this.timeout(60_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let legal: Person;
  let responder: Person;
  let letter = '';
  let people = '';

  before(async () => {
    await setUpFirst(ada, served);
    legal = await joinAs(ada, served, 'Mara', 'legal');
    responder = await joinAs(ada, served, 'Sam', 'responder');
    letter = await approvedLetter(ada, legal, [
      'Maria Weiß, maria@example.org, de, AT',
      'Jan Nowak, Lindenweg 7, 10115 Berlin, de, DE',
      'Tom Reed, tom@example.com, en, GB',
    ]);
    people = `${letter}/people`;
  });

  it('shows where each stands, and whom somebody must do something about first', async () => {
    const page = text(await legal.open(people));
    expect(page).to.contain('3 people are still open.');
    expect(page.indexOf('Jan Nowak')).to.be.lessThan(page.indexOf('Maria Weiß'));
    expect(page).to.contain('no e-mail').and.to.contain('Lindenweg 7, 10115 Berlin');
  });

  it('is not shown to who may not see people, and each look is recorded', async () => {
    expect((await responder.get(people)).status).to.equal(403);
    const register = await ada.open('/register');
    expect(text(register)).to.contain('People looked at');
  });

  it('takes a call with what was said; a double click records it once', async () => {
    const page = await legal.open(people);
    const fields = { 'channel-0-0': 'telephone', 'note-0-0': 'She will watch her post.' };
    const answers = await Promise.all([
      legal.submit(page, '/people/0/0', fields),
      legal.submit(page, '/people/0/0', fields),
    ]);
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303]);
    const after = text(await legal.open(people));
    expect(after).to.contain('2 people are still open.');
    const incident = letter.replace(/\/notices\/.*$/, '');
    const told = (text(await ada.open(`${incident}/timeline`)).match(/One person told by telephone/g) ?? [])
      .length;
    expect(told).to.equal(1);
  });

  it('says at the field what is wrong with a time, and keeps what was typed', async () => {
    const page = await legal.open(people);
    const fields = { 'channel-0-2': 'telephone', 'day-0-2': '2026-12-01', 'note-0-2': 'He asked for more.' };
    const refused = await legal.submit(page, '/people/0/2', fields);
    expect(refused.status).to.equal(422);
    expect(text(refused)).to.contain('This was before the letter was approved.');
    expect(refused.body)
      .to.contain('He asked for more.')
      .and.to.match(/<details [^>]*open>/);
  });

  it('gives the letters of who has a postal address only as one PDF, and counts them when they are posted', async () => {
    const page = await legal.open(people);
    const pdf = await legal.submit(page, '/print', { paper: 'a4' });
    expect(pdf.headers.get('content-type')).to.contain('application/pdf');
    expect(pdf.headers.get('content-disposition')).to.contain('attachment');
    expect(pdf.body.startsWith('%PDF-')).to.equal(true);
    const posted = taken(await legal.submit(page, '/posted', {}));
    expect(text(await legal.open(posted.location ?? ''))).to.contain(
      '1 person is still open'.replace('1', 'One'),
    );
  });

  it('mails the one who is left, and says that all are told', async () => {
    taken(await legal.submit(await legal.open(letter), '/dispatch', {}));
    await served.settled();
    expect(text(await legal.open(letter))).to.contain('All 3 people on the list are told.');
    expect(text(await legal.open(people))).to.contain('Everybody is settled.');
  });

  it('takes a mail that came back afterwards, an address put right, and writes once more', async () => {
    taken(await legal.submit(await legal.open(people), '/people/0/2', { kind: 'bounced' }));
    const page = await legal.open(people);
    expect(text(page)).to.contain('came back');
    const wrong = await legal.submit(page, '/people/0/2/address', { 'email-0-2': '', 'postal-0-2': '' });
    expect(wrong.status).to.equal(422);
    const fields = { 'email-0-2': 'tom.reed@example.com', 'postal-0-2': '' };
    taken(await legal.submit(await legal.open(people), '/people/0/2/address', fields));
    expect(text(await legal.open(people))).to.contain('tom.reed@example.com');
    expect(text(await legal.open(letter))).to.contain('Approved and sealed');
  });
});
