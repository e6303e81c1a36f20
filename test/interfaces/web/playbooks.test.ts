import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Person } from './browser-like.ts';
import { load } from './html.ts';
import { joinAs, setUpFirst, taken } from './staff.ts';
import { withServedHouse } from './served-house.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LOST_DEVICE = readFileSync(join(ROOT, 'playbooks/lost-device.yaml'), 'utf8');
const OWN = LOST_DEVICE.replace(/^id: .*$/m, 'id: lost-parcel-scanner').replace(
  /^title: .*$/m,
  "title: 'The <b>scanner</b> is gone'",
);
const FAULTY = OWN.replace('lost-parcel-scanner', 'lost-van').replace('owner: responder', 'owner: captain');

describe('The playbooks', () => {
  const served = withServedHouse({ ownPlaybooks: { 'scanner.yaml': OWN, 'van.yaml': FAULTY } });
  const ada = new Person(() => served.url);
  let reader: Person;

  before(async () => {
    await setUpFirst(ada, served);
    reader = await joinAs(ada, served, 'Rhea', 'reader');
  });

  it('are read by everybody of the staff and by nobody else: all ten, and the shop’s own', async () => {
    expect((await new Person(() => served.url).get('/playbooks')).location).to.equal(
      '/sign-in?next=%2Fplaybooks',
    );
    const { text, links } = load((await reader.get('/playbooks')).body);
    const outlines = links.filter((link) => link.startsWith('/playbooks/'));
    expect(outlines).to.have.length(11);
    expect(text).to.contain('comes with Tocsin');
    expect(text).to.contain('The <b>scanner</b> is gone');
    expect(text.match(/your own version/g)).to.have.length(1);
  });

  it('tell the faults of a file that is not used, with its line and column', async () => {
    const { text } = load((await reader.get('/playbooks')).body);
    expect(text).to.match(/van\.yaml, line \d+, column \d+:/);
    expect(text).to.contain('captain');
    expect(text).not.to.contain('/tmp/');
    expect((await reader.get('/playbooks/lost-van')).status).to.equal(404);
  });

  it('stand as an outline each: stages, tasks with owner, due and condition, gates, questions, notices', async () => {
    const { links } = load((await reader.get('/playbooks')).body);
    for (const link of links.filter((href) => href.startsWith('/playbooks/'))) {
      const { text, links: inside } = load((await reader.get(link)).body);
      for (const stage of ['detect', 'contain', 'assess', 'notify', 'review'])
        expect(inside, link).to.include(`#stage-${stage}`);
      expect(text, link).to.contain('This stage closes when its');
      expect(text, link).to.match(/Only if .+\./);
      expect(text, link).to.contain('after awareness');
      expect(text.match(/.{30}(?:\[[a-z-]+\.[a-z]|\banswers\.\w|\bduties\.\w).{30}/g), link).to.equal(null);
      expect(text, link).to.contain('text ');
    }
  });

  it('say each condition in words, with the words of the question that decides it', async () => {
    const { text } = load((await reader.get('/playbooks/misdirected-email')).body);
    expect(text).to.contain('Only if the people must or may have to be told or “');
    expect(text).to.contain('is answered yes.');
    const skimming = load((await reader.get('/playbooks/web-skimming')).body).text;
    expect(skimming).to.contain(
      'It is suggested if the data include: Payment card, “Through computer systems?”',
    );
  });

  it('say where to click, when that was checked, and what was not', async () => {
    const { text } = load((await reader.get('/playbooks/web-skimming')).body);
    expect(text).to.contain('Shopify');
    expect(text).to.match(/Menus as of \w+ \d+ \w+ ?\d*; they move/);
    expect(text).to.contain('not compared with the maker’s page');
  });

  it('answer an address that is none with a page, whatever it holds', async () => {
    for (const id of ['nothing', '..%2F..%2Ftrunk', '__proto__', 'constructor', '%3Cscript%3E'])
      expect((await reader.get(`/playbooks/${id}`)).status, id).to.equal(404);
    expect((await reader.get('/playbooks/trunk')).status).to.equal(404);
  });

  it('stand in German, words and all', async () => {
    taken(await reader.submit(await reader.get('/account'), '/account/language', { locale: 'de' }));
    const { body } = await reader.get('/playbooks/supplier-breach');
    const { text } = load(body);
    expect(text).to.contain('Ein Lieferant verliert unsere Bestelldaten');
    expect(text).to.contain('Die Person anrufen, die entscheidet');
    expect(text).to.contain('Hat der Lieferant bestätigt, dass er eine Datenpanne hatte?');
    expect(body).not.to.contain('lang="en"');
    expect(text).to.contain('Dieser Abschnitt schließt');
    expect(text).to.contain('nach Kenntnis');
    expect(text).to.contain('Nur wenn die Betroffenen zu benachrichtigen sind oder sein können oder');
  });
});
