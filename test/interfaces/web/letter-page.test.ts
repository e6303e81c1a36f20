import { expect } from 'chai';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { withServedHouse } from './served-house.ts';
import { logBreach, setUpFirst, taken } from './staff.ts';

describe('The page of a letter', () => {
  const served = withServedHouse();
  const ada = new Person(() => served.url);
  let letter = '';

  before(async () => {
    await setUpFirst(ada, served);
    taken(
      await ada.submit(await ada.open('/settings'), '/settings/organisation', {
        establishments: 'Germany',
        mainEstablishment: 'DE-BE',
        sectors: 'none',
      }),
    );
    const incident = await logBreach(ada, { place: ['US: California', 'US: Massachusetts'] });
    const change = async (path: string, fields: Record<string, string>): Promise<void> => {
      taken(await ada.submit(await ada.open(incident), path, fields));
    };
    await change('/facts/breach.confidentiality', { 'breach.confidentiality': 'true' });
    await change('/facts/risk', { risk: 'high', because: 'Orders reveal addresses.' });
    await change('/facts/data.encrypted', { 'data.encrypted': 'false' });
    const page = await ada.open(incident);
    const part = page.body.split(/(?=<form )/).find((form) => form.includes('name="kind" value="letter"'));
    const begun = taken(await ada.submit({ ...page, body: part ?? '' }, '/notices', {}));
    letter = (begun.location ?? '').replace(/[?#].*$/, '');
    const words = {
      'content.en.what-happened': 'On 3 December someone may have copied order data. Yours were among them.',
      'content.en.consequences': 'There is no evidence of misuse.',
      'content.en.measures-taken': 'We cut the supplier off.',
    };
    taken(await ada.submit(await ada.open(letter), '/draft', words));
    taken(
      await ada.submit(await ada.open(letter), '/people', {
        people:
          'Tom Reed, tom@example.com, en, US-CA\nJane Roe, jane@example.com, en, US-MA\nJan Weiß, jan@example.org, de, DE',
      }),
    );
  });

  it('says how it reads, and which words of the author deserve a second look', async () => {
    const { text } = load((await ada.open(letter)).body);
    expect(text).to.match(/How it reads .*\d+ words, \d+ kB at most · School grade \d+(?:\.\d)?: plain/);
    expect(text).to.contain('readers take it amiss: no evidence of misuse');
    expect(text).to.match(/say why: may have/);
  });

  it('is proposed in our language and those of the places of the people, and says who reads another', async () => {
    const { body } = await ada.open(letter);
    expect(body)
      .to.match(/lang&#x3D;en&amp;as/)
      .and.not.to.match(/lang&#x3D;de&amp;as/);
    expect(load(body).text).to.contain(
      'One person on the list reads Deutsch. This letter is not written in it',
    );
  });

  it('shows the letter as somebody in a place gets it: headings of California, silence in Massachusetts', async () => {
    const page = await ada.open(`${letter}?place=US-CA&lang=en&as=text`);
    const { text } = load(page.body);
    expect(text)
      .to.contain('Notice of Data Breach')
      .and.to.contain('What We Are Doing')
      .and.not.to.contain('⟦');
    const frame = await ada.get(`${letter}/preview/en?place=US-MA`);
    expect(frame.body)
      .to.contain('what you should know')
      .and.not.to.match(/copied order data|⟦/);
    const everywhere = await ada.get(`${letter}/preview/en`);
    expect(everywhere.body).to.contain('copied order data').and.not.to.contain('Notice of Data Breach');
    const chosen = load(page.body);
    expect(page.body).to.contain('<option value="US-CA" selected>US: California</option>');
    expect(page.body).to.contain('<option value="US-MA">US: Massachusetts</option>');
    expect(chosen.text).to.contain('Read it as somebody in');
  });

  it('takes a place that there is not for none', async () => {
    for (const place of ['XX', '%3Cscript%3E', '__proto__', 'us-ca']) {
      const { body } = await ada.open(`${letter}?place=${place}`);
      expect(body).not.to.contain('<script>alert').and.not.to.contain('⟦');
    }
  });

  it('says who gets which form of the letter, and of whom too little is known for it', async () => {
    const { text } = load((await ada.open(letter)).body);
    expect(text)
      .to.match(/in the form that California prescribes (?:People: )?1/)
      .and.to.match(
        /in the form that Massachusetts prescribes, which must not say what happened (?:People: )?1/,
      )
      .and.to.match(/right to complain in the EEA (?:People: )?1/)
      .and.not.to.contain('does not say');
    const people = 'Ida, ida@example.org\nUwe, Weg 1, A-1010 Wien\nTom Reed, tom@example.com, en, US';
    taken(await ada.submit(await ada.open(letter), '/people', { people }));
    const unknown = load((await ada.open(letter)).body).text;
    expect(unknown).to.contain('One person lives in the US, and the list does not say in which state.');
    expect(unknown).to.contain('Of one person the list does not say where they live.');
    expect(unknown).to.match(/Austria (?:People: )?1/);
    taken(await ada.submit(await ada.open(letter), '/people', { people, otherwise: 'CH' }));
    const chosen = load((await ada.open(letter)).body).text;
    expect(chosen)
      .to.match(/Switzerland (?:People: )?1/)
      .and.to.match(/Austria (?:People: )?1/);
    expect(chosen).not.to.contain('does not say where they live');
  });
});
