import { expect } from 'chai';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { approvedLetter } from './letters.ts';
import { joinAs, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

/** What server-sent events say, in order: kind and matter. */
function events(body: string): readonly (readonly [string, string])[] {
  return body.split('\n\n').flatMap((block) => {
    const [, kind, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
    return kind === undefined ? [] : [[kind, kind === 'figures' ? textOf(data ?? '') : ''] as const];
  });
}

function textOf(data: string): string {
  return load(JSON.parse(data) as string).text;
}

describe('Watching a letter leave', function () {
  this.timeout(60_000);
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let legal: Person;
  let letter = '';

  before(async () => {
    await setUpFirst(ada, served);
    legal = await joinAs(ada, served, 'Mara', 'legal');
    letter = await approvedLetter(ada, legal, [
      'Maria Weiß, maria@example.org, de, AT',
      'Jan Nowak, Lindenweg 7, 10115 Berlin, de, DE',
    ]);
    taken(await legal.submit(await legal.open(letter), '/dispatch', {}));
    await served.settled();
  });

  const address = async (): Promise<string> =>
    /data-watched="([^"]+)"/.exec((await legal.open(letter)).body)?.[1]?.replaceAll('&amp;', '&') ?? '';

  it('is told the figures as they are, and that the page is another one once everybody is told', async () => {
    const watching = legal.get(await address());
    const people = `${letter}/people`;
    const fields = { 'channel-0-1': 'telephone', 'note-0-1': 'He asked what to do.' };
    await new Promise((resolve) => setTimeout(resolve, 1500));
    taken(await legal.submit(await legal.open(people), '/people/0/1', fields));
    const { status, headers, body } = await watching;
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.contain('text/event-stream');
    const heard = events(body);
    expect(heard[0]?.[0]).to.equal('figures');
    expect(heard[0]?.[1]).to.contain('1 of 2 people are reached.').and.to.contain('no e-mail');
    expect(heard.at(-1)).to.deep.equal(['changed', '']);
    expect(body).to.not.contain('Maria').and.to.not.contain('example.org');
  });

  it('is not watched any more once it is told, and whoever watched before is sent to the new page', async () => {
    expect(await address()).to.equal('');
    const { body } = await legal.get(`${letter}/dispatch/watch?standing=sending`);
    expect(events(body)).to.deep.equal([['changed', '']]);
  });

  it('is told to nobody who is not signed in, and of no letter that is none', async () => {
    const stranger = new Person(() => served.url);
    expect((await stranger.get(`${letter}/dispatch/watch`)).status).to.equal(303);
    expect((await legal.get(`${letter.replace(/[^/]+$/, 'none')}/dispatch/watch`)).status).to.equal(404);
  });
});
