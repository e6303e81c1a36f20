import { expect } from 'chai';
import { actorOf } from '../../../src/application/access/sign-in.ts';
import { Person, type Answer } from './browser-like.ts';
import { load } from './html.ts';
import { BREACH, joinAs, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

type Fields = Readonly<Record<string, string | readonly string[]>>;

describe('Logging an incident', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let otto: Person;
  let rhea: Person;

  before(async () => {
    await setUpFirst(ada, served);
    otto = await joinAs(ada, served, 'Otto', 'staff');
    rhea = await joinAs(ada, served, 'Rhea', 'reader');
    taken(
      await ada.submit(await ada.open('/settings'), '/settings/organisation', {
        role: 'controller',
        establishments: 'Germany',
        mainEstablishment: 'DE-BE',
        sectors: 'none',
      }),
    );
  });

  /** The form as it stands before a person, filled in as they would. */
  async function filled(person: Person, fields: Fields): Promise<Fields> {
    const form = load((await person.open('/incidents/new')).body).form('/incidents/new');
    if (!form) throw new Error('no form');
    return { ...form.fields, ...fields };
  }

  /** What the page sends while somebody types. */
  async function typing(person: Person, fields: Fields): Promise<Answer> {
    return person.post('/incidents/new/triggers', await filled(person, fields));
  }

  async function discard(person: Person): Promise<void> {
    taken(await person.post('/incidents/new/discard', await filled(person, {})));
  }

  const TYPED: Fields = {
    title: 'Orders copied',
    whatHappened: 'Packwell rang: someone copied our orders.',
    categories: ['name', 'order-history'],
    awareDay: '2026-12-04',
    awareTime: '18:40',
    detectedDay: '2026-12-04',
    detectedTime: '18:22',
  };

  describe('while it is typed', () => {
    it('says before the first letter what will stand beside the questions, and keeps nothing', async () => {
      const { text } = load((await otto.open('/incidents/new')).body);
      expect(text).to.contain('What happens then');
      expect(text).not.to.contain('What this already triggers');
      const answer = await typing(otto, {});
      expect(answer.body).to.contain('data-words=""');
      expect(load((await otto.open('/incidents/new')).body).text).not.to.contain('Nothing is logged yet');
    });

    it('shows the first deadline and the duties by the same judgement as logging', async () => {
      const { body, status } = await typing(otto, { ...TYPED, place: 'Germany', people: '40' });
      expect(status).to.equal(200);
      expect(body).not.to.contain('<html');
      const { text } = load(body);
      expect(text).to.contain('What this already triggers');
      expect(text).to.match(/71 h 59 min|72 h|3 d/);
      expect(text).to.contain('Mon 7 Dec, 18:40 CET');
      expect(text).to.match(/\d+ duties may apply|One duty may apply/);
      expect(body).to.contain('Saved 18:40:00');
    });

    it('suggests the kind from the words, and chooses none by itself', async () => {
      const { body } = await typing(otto, { ...TYPED, title: 'Laptop left on the train', whatHappened: '' });
      expect(body).to.contain('data-suggests="lost-device"');
      expect(load(body).text).to.contain('sounds like: Device or paper gone');
      const page = await otto.open('/incidents/new');
      expect(page.body).not.to.match(/name="kind"[^>]*checked/);
      expect(load(page.body).text).to.contain('Device or paper gone suggested');
    });

    it('names the first tasks of the kind that was chosen, with their hour', async () => {
      const { text } = load((await typing(otto, { ...TYPED, kind: 'lost-device' })).body);
      expect(text).to.match(/First tasks: .+ \(\d\d:\d\d\)/);
    });

    it('counts what cannot be read yet as not given, and stores no incident', async () => {
      const half: Fields = {
        ...TYPED,
        kind: 'no-such-kind',
        awareTime: '',
        detectedDay: '20',
        place: ['Germ', 'Germany', ''],
        people: ['40k', '12', 'many'],
        categories: ['name', 'no-such-kind-of-data'],
      };
      expect((await typing(otto, half)).status).to.equal(200);
      expect(load((await ada.open('/incidents')).body).text).to.contain('No incident has been logged.');
    });
  });

  describe('what was typed', () => {
    it('survives a reload and another browser, with the same key, and is forgotten when it is discarded', async () => {
      await discard(otto);
      const sent = await filled(otto, { ...TYPED, place: ['Germany', 'AT'], people: ['2', '1'] });
      await otto.post('/incidents/new/triggers', sent);
      const page = await otto.open('/incidents/new');
      expect(load(page.body).text).to.contain('Nothing is logged yet.');
      const again = load(page.body).form('/incidents/new')?.fields ?? {};
      expect(again['title']).to.equal('Orders copied');
      expect(again['whatHappened']).to.equal(TYPED['whatHappened']);
      expect(again['place']).to.include.members(['Germany', 'AT']);
      expect(again['categories']).to.deep.equal(['name', 'order-history']);
      expect(again['key']).to.equal(sent['key']);
      await discard(otto);
      expect((await otto.open('/incidents/new')).body).not.to.contain('Orders copied');
    });

    it('is one person’s alone', async () => {
      await typing(otto, TYPED);
      expect((await ada.open('/incidents/new')).body).not.to.contain('Orders copied');
    });

    it('lies sealed in the store: none of its words in clear', async () => {
      await typing(otto, { ...TYPED, whatHappened: 'Zacharias Quittengelee called' });
      const user = await served.house.users.byEmail('otto@linden.example');
      const found = user && (await actorOf(served.house, user.id));
      const draft = await served.house.drafts.get(
        found?.actor.organisation ?? '',
        `new:${user?.id ?? ''}`,
        'log',
      );
      expect(JSON.stringify(draft?.content)).to.contain('Quittengelee');
      const stored = await served.mongo.connection.db
        ?.collection<{ _id: string }>('drafts')
        .findOne({ _id: `new:${user?.id ?? ''}/log` }, { raw: true });
      const bytes = Buffer.from(stored as unknown as Uint8Array);
      expect(bytes.length).to.be.greaterThan(200);
      expect(bytes.includes('sealed')).to.equal(true);
      for (const word of ['Quittengelee', 'Orders copied', 'whatHappened'])
        expect(bytes.includes(word), word).to.equal(false);
    });

    it('is cleared once it is logged, and logged once however often it is sent', async () => {
      const sent = { ...(await filled(otto, BREACH)), state: 'breach' };
      const [first, second] = await Promise.all([1, 2].map(() => otto.post('/incidents/new', sent)));
      expect(first?.location).to.equal(second?.location);
      taken(first ?? (await otto.get('/')));
      expect((await otto.open('/incidents/new')).body).not.to.contain('Nothing is logged yet');
      expect(load((await ada.open('/incidents')).body).text.match(/INC-2026-\d{4}/g)).to.have.length(1);
    });

    it('is kept also where logging it was refused', async () => {
      const answer = await otto.submit(await otto.open('/incidents/new'), '/incidents/new', {
        ...TYPED,
        title: 'A folder gone',
        kind: '',
        state: 'breach',
      });
      expect(answer.status).to.equal(422);
      expect(load(answer.body).text).to.contain('Choose what happened.');
      expect((await otto.open('/incidents/new')).body).to.contain('A folder gone');
      await discard(otto);
    });
  });

  describe('without JavaScript', () => {
    it('asks ‘what does this trigger’ by a button, and keeps what is typed', async () => {
      const answer = await otto.submit(await otto.open('/incidents/new'), '/incidents/new', {
        ...TYPED,
        triggers: 'yes',
      });
      expect(answer.status).to.equal(200);
      const { text } = load(answer.body);
      expect(text).to.contain('What this already triggers');
      expect(answer.body).to.contain('value="Orders copied"');
      await discard(otto);
    });

    it('adds a country at one press, offers none twice, and takes one away', async () => {
      const start = await otto.open('/incidents/new');
      expect(start.body).to.contain('name="add-place" value="Germany"');
      const added = await otto.submit(start, '/incidents/new', { 'add-place': 'Austria' });
      expect(added.body).not.to.contain('name="add-place" value="Austria"');
      expect(load(added.body).form('/incidents/new')?.fields['place']).to.include('Austria');
      const removed = await otto.submit(added, '/incidents/new', { 'remove-place': '0' });
      expect(load(removed.body).form('/incidents/new')?.fields['place']).not.to.include('Austria');
      await discard(otto);
    });
  });

  it('is for those who may log: a reader is refused, and so is their typing', async () => {
    expect((await rhea.get('/incidents/new')).status).to.equal(403);
    const token = load((await rhea.get('/')).body).form('/sign-out')?.fields['_csrf'] ?? '';
    for (const path of ['/incidents/new', '/incidents/new/triggers'])
      expect((await rhea.post(path, { ...TYPED, _csrf: token })).status, path).to.equal(403);
    const stranger = new Person(() => served.url);
    const guest = load((await stranger.get('/sign-in')).body).form('/sign-in')?.fields['_csrf'] ?? '';
    expect((await stranger.post('/incidents/new/triggers', { _csrf: guest })).status).to.equal(401);
    expect((await otto.post('/incidents/new/triggers', { title: 'no token' })).status).to.equal(403);
  });

  it('prints hostile words as words', async () => {
    const title = '"><script>alert(1)</script>{{t "x"}}';
    const { body } = await typing(otto, { ...TYPED, title, place: title, people: title });
    expect(body).not.to.contain('<script>alert');
    const page = await otto.open('/incidents/new');
    expect(page.body).not.to.contain('<script>alert');
    expect(load(page.body).form('/incidents/new')?.fields['title']).to.equal(title);
    await discard(otto);
  });

  it('speaks German: the kinds, the suggestion, what it triggers', async () => {
    taken(await otto.submit(await otto.get('/account'), '/account/language', { locale: 'de' }));
    const { text } = load(
      (await typing(otto, { ...TYPED, title: 'Der Laptop ist weg', whatHappened: '' })).body,
    );
    expect(text).to.contain('Was das schon auslöst');
    expect(text).to.contain('klingt nach: Gerät oder Papier weg');
    expect(load((await otto.open('/incidents/new')).body).text).to.contain('vorgeschlagen');
    await discard(otto);
    taken(await otto.submit(await otto.get('/account'), '/account/language', { locale: 'en' }));
  });
});
