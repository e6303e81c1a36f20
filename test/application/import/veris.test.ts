import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import { importVeris } from '../../../src/application/import/import-veris.ts';
import { readVeris, type MappedVeris } from '../../../src/application/import/veris.ts';
import { viewIncident } from '../../../src/application/incident/view-incident.ts';
import { isAskable } from '../../../src/domain/law/places.ts';
import { good, refused } from '../../support/breach.ts';
import { openShop, withShopHouse, type Shop } from '../../support/shop.ts';

const OPTIONS = { zone: 'Europe/Berlin', hasPlaybook: () => true, isPlace: isAskable };

/** A web skimmer as VERIS 1.3.7 writes it; our own words, no real incident. */
const SKIMMER = {
  action: {
    hacking: { variety: ['Exploit vuln'], vector: ['Web application'] },
    malware: { variety: ['Capture app data'], vector: ['Direct install'] },
  },
  actor: { external: { motive: ['Financial'], variety: ['Unknown'] } },
  asset: { assets: [{ variety: 'S - Web application' }] },
  attribute: {
    confidentiality: {
      data: [{ variety: 'Payment', amount: 120 }],
      data_disclosure: 'Yes',
      data_total: 150,
      data_victim: ['Customer'],
      state: ['Stored unencrypted'],
    },
  },
  discovery_method: { external: { variety: ['Customer'] } },
  incident_id: 'skim-1',
  schema_version: '1.3.7',
  security_incident: 'Confirmed',
  summary: 'A script in the checkout copied cards.',
  timeline: { discovery: { unit: 'Weeks', value: 3 }, incident: { year: 2026, month: 3, day: 14 } },
  victim: { country: ['US'], state: 'MO', victim_id: 'Linden', industry: '4541' },
};

const mapped = (record: unknown): MappedVeris => good(readVeris(record, OPTIONS));

describe('Reading a VERIS record', () => {
  it('gives facts, a playbook and people as far as the record says them', () => {
    const { form } = mapped(SKIMMER);
    expect(form).to.deep.include({
      state: 'breach',
      kind: 'web-skimming',
      title: 'Linden: A script in the checkout copied cards.',
      reporter: 'external, Customer',
      categories: ['name', 'payment-card'],
      subjects: [{ min: 120, max: 150, groups: ['customers'] }],
    });
    expect(form.facts).to.deep.equal({
      'breach.confidentiality': true,
      malicious: true,
      cyber: true,
      ransomware: false,
      'data.encrypted': false,
      establishments: ['US-MO'],
      occurredAt: '2026-03-13T23:00:00Z',
      occurredTo: '2026-03-14T22:59:59Z',
    });
  });

  it('invents no moment: neither discovery nor awareness is known, and why', () => {
    const { form } = mapped(SKIMMER);
    expect(form.detectedAt).to.equal('');
    expect(form.awareAt).to.equal(undefined);
    expect(form.unknown?.['detectedAt']).to.equal(
      'VERIS gives no day of discovery, only that it took 3 weeks.',
    );
    expect(form.unknown).to.have.property('awareAt');
    const month = { ...SKIMMER, timeline: { incident: { year: 2026, month: 3 } } };
    expect(mapped(month).form.facts).not.to.have.property('occurredAt');
    expect(mapped(month).unmapped.map(({ path }) => path)).to.include.members([
      'timeline.incident.year',
      'timeline.incident.month',
    ]);
    const noDay = { ...SKIMMER, timeline: { incident: { year: 2026, month: 2, day: 30 } } };
    expect(mapped(noDay).form.facts).not.to.have.property('occurredAt');
  });

  it('says what found no place, what was taken for granted, and nothing of what says nothing', () => {
    const { unmapped, assumed } = mapped(SKIMMER);
    expect(unmapped).to.deep.include({ path: 'victim.industry', value: '4541' });
    expect(unmapped).to.deep.include({ path: 'action.hacking.variety[0]', value: 'Exploit vuln' });
    const paths = unmapped.map(({ path }) => path);
    for (const read of ['summary', 'victim.country[0]', 'attribute.confidentiality.data_total'])
      expect(paths).not.to.include(read);
    expect(unmapped.some(({ value }) => value === 'Unknown')).to.equal(false);
    expect(assumed.map(({ key }) => key)).to.have.members([
      'name-with-data',
      'records-as-people',
      'victim-as-us',
    ]);
  });

  it('leaves the whole list of data open where the record says no more than “Personal”', () => {
    const attribute = {
      confidentiality: { data: [{ variety: 'Medical' }, { variety: 'Personal' }], data_disclosure: 'Yes' },
    };
    const { form } = mapped({ ...SKIMMER, attribute });
    expect(form.categories).to.deep.equal([]);
    expect(form.unknown?.['data.categories']).to.contain('Medical, Personal');
  });

  it('tells suspicions and near misses from breaches, and takes no false alarm', () => {
    const state = (changes: object): string => mapped({ ...SKIMMER, ...changes }).form.state;
    expect(state({ security_incident: 'Suspected' })).to.equal('suspicion');
    expect(state({ security_incident: 'Near miss' })).to.equal('near-miss');
    expect(state({ attribute: { confidentiality: { data_disclosure: 'Potentially' } } })).to.equal(
      'suspicion',
    );
    const false_ = { ...SKIMMER, security_incident: 'False positive' };
    expect(refused(readVeris(false_, OPTIONS)).problems[0]?.key).to.equal('veris.false-positive');
    for (const nothing of [null, 7, 'x', [], {}, { a: 1 }])
      expect(refused(readVeris(nothing, OPTIONS)).problems[0]?.key).to.equal('veris.not-a-record');
  });

  it('crashes on no shape whatever', () => {
    const names = fc.constantFrom(
      ...['action', 'attribute', 'confidentiality', 'data', 'variety', 'timeline', 'incident', 'year'],
      ...['month', 'day', 'victim', 'country', 'state', 'discovery_method', 'external', 'amount', 'malware'],
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('Unknown', 'Payment', 'Yes', 'US', '', 2026, -1, 1e300, null, true),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(names, tie('tree'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(names, tree, { maxKeys: 6 }), (record) => {
        readVeris({ ...record, incident_id: 'x' }, OPTIONS);
      }),
      { numRuns: 500 },
    );
  });
});

const FOLDER = fileURLToPath(new URL('../../../../shared/data/vcdb', import.meta.url));

describe('Importing VERIS records', function () {
  this.timeout(120_000);
  const at = withShopHouse();
  let shop: Shop;
  before(async () => {
    shop = await openShop(at.house);
  });

  it('makes one incident of one record, however often and in which version it comes', async () => {
    const first = good(await importVeris(at.house, shop.owner, SKIMMER));
    const again = good(await importVeris(at.house, shop.owner, { ...SKIMMER, schema_version: '1.4.0' }));
    expect(again).to.include({ id: first.id, repeated: true });
    const { incident, words } = good(await viewIncident(at.house, shop.owner, first.id));
    expect(incident.reference).to.match(/^INC-2026-\d{4}$/);
    const detected = incident.facts['detectedAt'];
    expect(detected && 'unknown' in detected && words.get(detected.unknown.id)).to.contain('3 weeks');
    expect(incident.facts['awareAt']).to.have.property('unknown');
  });

  it('takes every file of the VERIS community database, or says why not', async function () {
    if (!existsSync(FOLDER)) {
      this.test!.title += ' (the files are not here)';
      this.skip();
    }
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
    expect(files).to.have.length.greaterThan(20);
    const references = new Set<string>();
    for (const file of files) {
      const record: unknown = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
      const outcome = await importVeris(at.house, shop.owner, record);
      if (!outcome.ok) {
        expect(JSON.stringify(outcome.error), file).to.contain('"key"');
        continue;
      }
      references.add(outcome.value.reference);
      const { incident } = good(await viewIncident(at.house, shop.owner, outcome.value.id));
      expect(incident.facts['awareAt'], file).not.to.have.property('value');
    }
    // Two of the files are one incident.
    expect(references.size).to.equal(files.length - 1);
  });
});
