import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { loadPlaybooks } from '../../../src/adapters/playbook-files/index.ts';
import { readFacts } from '../../../src/application/law/facts-of.ts';
import { parseFacts } from '../../../src/domain/law/facts.ts';
import { hintsOf, suggests } from '../../../src/domain/playbook/index.ts';

const { playbooks } = loadPlaybooks({
  installed: fileURLToPath(new URL('../../../playbooks', import.meta.url)),
  own: join('no', 'such', 'folder'),
});

/** Ids of the playbooks that the words alone suggest. */
function suggestedBy(text: string): string[] {
  const { facts, answers } = hintsOf(text);
  const nested: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(facts)) {
    const [head = '', field] = name.split('.');
    nested[head] = field === undefined ? value : { ...(nested[head] as object), [field]: value };
  }
  const read = parseFacts(nested);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return playbooks
    .filter((book) => suggests(book, { facts: read.value, answers, duties: {} }) === 'yes')
    .map(({ id }) => id);
}

const REPORTS: Readonly<Record<string, readonly [string, string]>> = {
  'supplier-breach': [
    'The parcel service rang: someone copied our orders from their system.',
    'Unser Dienstleister meldet, dass jemand Bestellungen kopiert hat.',
  ],
  'misdirected-email': [
    'Sam mailed 300 customers in Cc instead of bcc',
    'Rechnung an die falsche Adresse geschickt, offener Verteiler',
  ],
  'phished-mailbox': [
    'Someone clicked a phishing link, there is a forwarding rule in the info mailbox',
    'Eine fremde Weiterleitungsregel im Postfach',
  ],
  'credential-stuffing': [
    'Hundreds of strangers are in customers’ accounts, log-ins from abroad',
    'Viele Anmeldeversuche, Konten wurden übernommen',
  ],
  'lost-device': [
    'Laptop left on the train to Leipzig',
    'Der USB-Stick mit den Adressen ist weg, wohl verloren',
  ],
  'web-skimming': [
    'A strange script on our checkout reads card numbers',
    'Auf der Bezahlseite liest etwas Kartendaten mit',
  ],
  'ransomware-exfiltration': [
    'All files are encrypted, they want a ransom',
    'Alles verschlüsselt, wir werden erpresst',
  ],
  'shop-plugin-injection': [
    'A hole in a plug-in, there is a back door on the server',
    'Lücke in einer Erweiterung, Hintertür gefunden',
  ],
  'exposed-storage': ['Our S3 bucket was open to the world', 'Die Datenbank stand offen im Netz'],
  'malicious-insider': [
    'A former employee took the customer list to a rival',
    'Ein Mitarbeiter hat die Kundenliste mitgenommen und verkauft',
  ],
};

describe('What the words of a first report hint at', () => {
  it('is known for every playbook of the program', () => {
    expect(Object.keys(REPORTS).sort()).to.deep.equal(playbooks.map(({ id }) => id).sort());
  });

  for (const [id, reports] of Object.entries(REPORTS)) {
    for (const report of reports) {
      it(`“${report}” suggests ${id}, and little else`, () => {
        const suggested = suggestedBy(report);
        expect(suggested).to.include(id);
        expect(suggested.length).to.be.at.most(2);
      });
    }
  }

  it('is nothing for words that say nothing, and for any length of them', () => {
    for (const text of [
      '',
      'Something is odd with the data',
      '<script>',
      'a'.repeat(20_000),
      '(('.repeat(5000),
    ])
      expect(suggestedBy(text)).to.deep.equal([]);
  });

  it('is left open where hints contradict each other: a hint is no fact', () => {
    const { facts } = hintsOf('A laptop was lost, and a phishing mail came too');
    expect(facts).not.to.have.property('cyber');
    expect(facts).to.have.property('breach.availability', true);
  });

  it('is made of facts that the law knows', () => {
    const all = hintsOf(Object.values(REPORTS).flat().join('\n'));
    expect(readFacts(all.facts, 'Europe/Berlin').ok).to.equal(true);
  });
});
