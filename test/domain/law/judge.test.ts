import { expect } from 'chai';
import { zonedText, type FactsInput } from '../../../src/domain/law/index.ts';
import { applying, judged, of, only } from './book.ts';

const breach: FactsInput = {
  zone: 'Europe/Berlin',
  awareAt: '2026-12-01T18:40',
  role: 'controller',
  sectors: [],
  data: { categories: ['name', 'email'], encrypted: false },
  breach: { confidentiality: true, integrity: false, availability: false },
  risk: 'high',
};

const german: FactsInput = { ...breach, establishments: ['DE-BY'], subjects: [{ place: 'DE', count: 3 }] };

/** The same facts with one of them not known. */
function without(facts: FactsInput, name: string): FactsInput {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => key !== name));
}

describe('Judging by the law', () => {
  describe('of a zone without a code of its own', () => {
    const gulf = { ...breach, zone: 'Asia/Qatar', cyber: true, subjects: [{ place: 'QA', count: 5 }] };

    it('puts the zone’s law in place of the country’s where we are established in the zone', () => {
      const obligations = judged({ ...gulf, establishments: ['QA-QFC'], mainEstablishment: 'QA-QFC' });
      expect(applying(obligations)).to.include('qa-qfc-authority').and.to.not.include('qa-pdppl');
    });

    it('takes the country’s law, without a question, where the country alone is named', () => {
      const obligations = judged({ ...gulf, establishments: ['QA'], mainEstablishment: 'QA' });
      expect(applying(obligations)).to.include('qa-pdppl').and.to.include('qa-pdppl-subjects');
      expect(obligations.some((one) => one.missing.includes('establishments'))).to.equal(false);
    });
  });

  describe('of the GDPR', () => {
    it('tells the authority within 72 hours, with the working', () => {
      const obligation = only(judged(german), 'gdpr-art33-authority');
      expect(obligation.decision).to.equal('applies');
      expect(obligation.key).to.equal('gdpr-art33-authority@DE-BY');
      expect(obligation.authority).to.equal('de-by-baylda');
      expect(obligation.dueAt && zonedText(obligation.dueAt, 'Europe/Berlin')).to.equal(
        '2026-12-04T18:40:00+01:00',
      );
      expect(obligation.trace[0]?.key).to.equal('clock-started');
      expect(obligation.trace.map((step) => step.cite ?? '').join()).to.include('1182/71');
    });

    it('tells a public body of Bavaria another authority than a private one', () => {
      const obligation = only(judged({ ...german, sectors: ['public-body'] }), 'gdpr-art33-authority');
      expect(obligation.authority).to.equal('de-by-baylfd');
    });

    it('has no number for the people, which is another thing than a clock that has not started', () => {
      const told = only(judged(german), 'gdpr-art34-subjects');
      expect([told.decision, told.noNumber, told.waitsFor]).to.deep.equal(['applies', true, undefined]);
      const unaware = without(german, 'awareAt');
      const waiting = only(judged(unaware), 'gdpr-art33-authority');
      expect([waiting.decision, waiting.noNumber, waiting.waitsFor]).to.deep.equal([
        'applies',
        false,
        'aware',
      ]);
    });

    it('is undecided while risk is unknown, names it alone, and gives the date to work to', () => {
      const open = without(german, 'risk');
      const obligation = only(judged(open), 'gdpr-art33-authority');
      expect(obligation.decision).to.equal('undecided');
      expect(obligation.missing).to.deep.equal(['risk']);
      expect(obligation.dueAt).to.not.equal(null);
    });

    it('needs no message where the data are unintelligible and the key is safe', () => {
      const data = { categories: ['name', 'email'], encrypted: true, keyCompromised: false };
      const told = only(judged({ ...german, data }), 'gdpr-art34-subjects');
      expect(told.decision).to.equal('does-not-apply');
      expect(told.because[0]?.values['id']).to.equal('unintelligible');
      expect(told.because[0]?.cite).to.equal('GDPR art. 34(3)(a)');
    });

    it('asks for the key where the data were encrypted and nothing more is known', () => {
      const data = { categories: ['name', 'email'], encrypted: true };
      expect(only(judged({ ...german, data }), 'gdpr-art34-subjects').missing).to.deep.equal([
        'data.keyCompromised',
      ]);
    });

    it('goes to the lead authority alone, across borders', () => {
      const facts = { ...german, establishments: ['DE-BY', 'FR', 'NO'], mainEstablishment: 'FR' };
      expect(of(judged(facts), 'gdpr-art33-authority').map((one) => one.authority)).to.deep.equal([
        'fr-cnil',
      ]);
      expect(only(judged(facts), 'eea-gdpr-art33-authority').decision).to.equal('does-not-apply');
    });

    it('goes to Datatilsynet by the EEA form alone where that leads', () => {
      const facts = { ...german, establishments: ['NO'], mainEstablishment: 'NO' };
      expect(only(judged(facts), 'gdpr-art33-authority').decision).to.equal('does-not-apply');
      expect(only(judged(facts), 'eea-gdpr-art33-authority').authority).to.equal('no-datatilsynet');
    });

    it('asks for the main establishment where two states may lead', () => {
      const obligation = only(judged({ ...german, establishments: ['DE-BY', 'FR'] }), 'gdpr-art33-authority');
      expect(obligation.decision).to.equal('applies');
      expect(obligation.recipientMissing).to.deep.equal(['mainEstablishment']);
    });

    it('goes to each authority concerned from outside the EEA, one obligation each', () => {
      const subjects = [
        { place: 'FR', count: 1 },
        { place: 'DE-BY', count: 1 },
        { place: 'NO', count: 1 },
        { place: 'US-CA', count: 1 },
      ];
      const found = judged({ ...breach, establishments: ['US-NY'], mainEstablishment: 'US-NY', subjects });
      expect(of(found, 'gdpr-art33-authority').map((one) => one.recipient)).to.deep.equal(['FR', 'DE']);
      expect(of(found, 'eea-gdpr-art33-authority').map((one) => one.recipient)).to.deep.equal(['NO']);
    });

    it('takes a German establishment without its Land for German: never for one of the EEA form', () => {
      for (const more of [{ establishments: ['DE'] }, { establishments: ['DE'], mainEstablishment: 'DE' }]) {
        const found = judged({ ...breach, ...more });
        expect(only(found, 'eea-gdpr-art33-authority').decision).to.equal('does-not-apply');
        const row = only(found, 'gdpr-art33-authority');
        expect([row.key, row.recipientMissing]).to.deep.equal([
          'gdpr-art33-authority@DE',
          ['mainEstablishment'],
        ]);
      }
    });

    it('names the authority of the one Land that is known where the main establishment is said to be Germany', () => {
      const one = { ...breach, establishments: ['DE-BY'], mainEstablishment: 'DE' };
      expect(only(judged(one), 'gdpr-art33-authority').authority).to.equal('de-by-baylda');
      const across = { ...breach, establishments: ['DE-BY', 'FR'], mainEstablishment: 'DE' };
      expect(only(judged(across), 'gdpr-art33-authority').authority).to.equal('de-by-baylda');
    });

    it('leaves open by which of the two rows an authority is told while no establishment is known', () => {
      const subjects = [{ place: 'DE', count: 5 }];
      const found = judged({ ...without(breach, 'establishments'), subjects });
      for (const duty of ['gdpr-art33-authority', 'eea-gdpr-art33-authority'])
        expect([only(found, duty).decision, only(found, duty).missing], duty).to.deep.equal([
          'undecided',
          ['establishments'],
        ]);
    });

    it('makes an agency tell its clients as processor and the authority as controller', () => {
      const keys = applying(judged({ ...german, role: ['processor', 'controller'] }));
      expect(keys).to.include.members(['gdpr-art33-2-controller', 'gdpr-art33-authority@DE-BY']);
      const asProcessor = applying(judged({ ...german, role: 'processor' }));
      expect(asProcessor).to.include('gdpr-art33-2-controller');
      expect(asProcessor).to.not.include('gdpr-art33-authority@DE-BY');
    });

    it('starts the clock of the missing items at the first filing, which is the anchor', () => {
      const filed = { 'gdpr-art33-authority': { at: '2026-12-03T10:00', complete: false } };
      const found = judged({ ...german, filed });
      expect(only(found, 'gdpr-art33-4-phases').decision).to.equal('applies');
      expect(only(found, 'gdpr-art33-authority').met?.complete).to.equal(false);
      expect(only(judged(german), 'gdpr-art33-4-phases').decision).to.equal('does-not-apply');
    });

    it('follows an authority’s order to its date', () => {
      const orders = [{ duty: 'gdpr-art34-4-order', at: '2026-12-10T10:00', dueAt: '2026-12-15T12:00' }];
      const ordered = only(judged({ ...german, orders }), 'gdpr-art34-4-order');
      expect(ordered.dueAt?.toString()).to.equal('2026-12-15T11:00:00Z');
    });

    it('shows a national limit as a flag on the duty that it limits, never as an obligation', () => {
      const found = judged(german);
      expect(only(found, 'gdpr-art34-subjects').limits).to.deep.equal([
        'de-bdsg-29-limit',
        'de-bdsg-42-4-use',
      ]);
      expect(of(found, 'de-bdsg-29-limit')).to.deep.equal([]);
    });
  });

  describe('of lex specialis and national forms', () => {
    const essential = { ...german, sectors: ['nis2-essential'], significant: true, ongoing: false };

    it('takes the German form in Germany and the European row in Belgium', () => {
      const found = judged({ ...essential, establishments: ['DE-BY', 'BE'], mainEstablishment: 'BE' });
      expect(only(found, 'de-bsig-32-early-warning').decision).to.equal('applies');
      expect(of(found, 'nis2-art23-early-warning').map((one) => one.key)).to.deep.equal([
        'nis2-art23-early-warning@BE',
      ]);
    });

    it('takes only the German form where there is no other establishment', () => {
      const row = only(judged(essential), 'nis2-art23-early-warning');
      expect(row.decision).to.equal('does-not-apply');
      expect(row.because[0]?.key).to.equal('replaced-by-form');
    });

    it('has no NIS2 duty in France, where no act is in force, but the older one', () => {
      const sectors = ['nis2-essential', 'nis1-operator'];
      const found = judged({ ...essential, establishments: ['FR'], sectors });
      expect(applying(found).filter((key) => key.startsWith('nis2-'))).to.deep.equal([]);
      expect(applying(found)).to.include('fr-nis1-anssi');
    });

    it('judges an act whose day of force is not known as in force, unverified', () => {
      const found = of(judged({ ...essential, establishments: ['LU'] }), 'nis2-art23-early-warning');
      expect(found.map((one) => [one.key, one.confidence])).to.deep.equal([
        ['nis2-art23-early-warning@LU', 'unverified'],
      ]);
    });

    it('begins NIS2 state by state, in Croatia before the others', () => {
      const on = (place: string, awareAt: string): readonly string[] =>
        applying(judged({ ...essential, establishments: [place], awareAt })).filter((key) =>
          key.startsWith('nis2-art23-early-warning'),
        );
      expect(on('HR', '2024-06-05T10:00')).to.deep.equal(['nis2-art23-early-warning@HR']);
      expect(on('BE', '2024-06-05T10:00')).to.deep.equal([]);
      expect(on('BE', '2024-10-18T10:00')).to.deep.equal(['nis2-art23-early-warning@BE']);
    });

    it('counts the days off where the authority sits, not where we are', () => {
      // 27 May 2027 is Corpus Christi: off in Bavaria, where BayLDA sits, and not at the BSI.
      const found = judged({ ...essential, mainEstablishment: 'DE-BY', awareAt: '2027-05-26T23:10' });
      const latest = (duty: string): string => {
        const { latestAt } = only(found, duty);
        return latestAt ? zonedText(latestAt, 'Europe/Berlin') : '';
      };
      expect(latest('gdpr-art33-authority')).to.equal('2027-05-31T23:59:59+02:00');
      expect(latest('de-bsig-32-notification')).to.equal('2027-05-30T00:00:00+02:00');
      // 11 September is off in Catalonia, and not in Madrid, where the AEPD sits.
      const catalan = { ...breach, establishments: ['ES-CT'], awareAt: '2026-09-10T23:10' };
      const { latestAt } = only(judged(catalan), 'gdpr-art33-authority');
      expect(latestAt?.toString()).to.equal('2026-09-14T21:59:59Z');
    });

    it('counts for a body of the Union by the days off of the main establishment', () => {
      const facts = {
        ...breach,
        sectors: ['eu-institution'],
        establishments: ['BE'],
        mainEstablishment: 'BE',
      };
      const { authority, place } = only(judged(facts), 'eudpr-art34-edps');
      expect([authority, place]).to.deep.equal(['eu-edps', 'BE']);
    });

    it('gives DORA’s noon after a day off only to who is not excepted, one judgement after the other', () => {
      const irish = {
        zone: 'Europe/Dublin',
        establishments: ['IE'],
        sectors: ['financial-entity'],
        significant: true,
        awareAt: '2026-12-04T20:00',
      };
      const latest = [{}, { doraExcepted: false }, {}].map((more) =>
        String(only(judged({ ...irish, ...more }), 'dora-art19-initial').latestAt),
      );
      expect(latest).to.deep.equal(['2026-12-05T20:00:00Z', '2026-12-07T12:00:00Z', '2026-12-05T20:00:00Z']);
    });

    it('judges by the law in force when the clock started', () => {
      const facts = { ...essential, establishments: ['NL'], sectors: ['nis2-essential', 'nis1-operator'] };
      const before = applying(judged({ ...facts, awareAt: '2026-08-14T12:00' }));
      const after = applying(judged({ ...facts, awareAt: '2026-08-15T12:00' }));
      expect(before).to.include('nl-wbni-ncsc');
      expect(before).to.not.include('nl-cbw-early-warning');
      expect(after).to.include('nl-cbw-early-warning');
      expect(after).to.not.include('nl-wbni-ncsc');
    });

    it('never gives a trust service provider a 72-hour form', () => {
      const sectors = ['nis2-essential', 'trust-service-provider'];
      const found = judged({ ...essential, sectors });
      expect(only(found, 'de-bsig-32-notification').decision).to.equal('does-not-apply');
      expect(applying(found)).to.include('nis2-art23-trust-notification@DE');
      const filed = { 'nis2-art23-trust-notification': { at: '2026-12-02T10:00' } };
      const final = only(judged({ ...essential, sectors, filed }), 'de-bsig-32-final');
      expect(final.waitsFor).to.equal(undefined);
      expect(final.dueAt && zonedText(final.dueAt, 'Europe/Berlin')).to.equal('2027-01-02T23:59:59+01:00');
    });

    it('puts the GDPR aside for a telecom provider, and NIS2 for a financial entity even under the threshold', () => {
      const telecom = judged({ ...german, sectors: ['eu-telecom-provider'] });
      const refused = only(telecom, 'gdpr-art33-authority');
      expect(refused.decision).to.equal('does-not-apply');
      expect(refused.because[0]?.key).to.equal('excluded-by');
      expect(of(telecom, 'de-tkg-169-authority').map((one) => one.recipient)).to.deep.equal([
        'de-bnetza',
        'de-bfdi',
      ]);
      const bank = judged({
        ...essential,
        sectors: ['nis2-essential', 'financial-entity'],
        significantBy: { dora: false },
      });
      expect(only(bank, 'de-bsig-32-early-warning').decision).to.equal('does-not-apply');
    });

    it('counts the second notice of 611/2013 from the first to either body of a national form', () => {
      const telecom = { ...german, sectors: ['eu-telecom-provider'] as FactsInput['sectors'] };
      const filed = { 'de-tkg-169-authority@de-bfdi': { at: '2026-12-18T10:00', complete: false } };
      const full = only(judged({ ...telecom, filed }), 'eu-611-authority-full');
      expect(full.dueAt && zonedText(full.dueAt, 'Europe/Berlin')).to.equal('2026-12-21T23:59:59+01:00');
    });

    it('asks a person whether we serve another provider (611/2013 art. 5)', () => {
      const telecom = { ...german, sectors: ['eu-telecom-provider'] as FactsInput['sectors'] };
      expect(only(judged(telecom), 'eu-611-art5-provider').missing).to.deep.equal([
        'answered.eu-611-art5-provider',
      ]);
      const answered = { 'eu-611-art5-provider': true };
      expect(applying(judged({ ...telecom, answered }))).to.include('eu-611-art5-provider');
    });

    it('asks a person for the limbs of the Swiss report that are no facts: undetected for long, blackmail (CSO 14)', () => {
      const swiss = {
        ...breach,
        establishments: ['CH'],
        sectors: ['critical-infrastructure'],
        cyber: true,
        ransomware: false,
        risk: 'risk',
        significantBy: { cer: false },
        breach: { confidentiality: false, integrity: false, availability: true },
      } as FactsInput;
      expect(only(judged(swiss), 'ch-isg-74a-bacs').missing).to.deep.equal(['answered.ch-isg-74a-bacs']);
      const no = { ...swiss, answered: { 'ch-isg-74a-bacs': false } } as FactsInput;
      expect(only(judged(no), 'ch-isg-74a-bacs').decision).to.equal('does-not-apply');
    });

    it('is undecided where it is not known whether the special law covers us', () => {
      const open = without(german, 'sectors');
      const obligation = only(judged(open), 'gdpr-art33-authority');
      expect([obligation.decision, obligation.missing]).to.deep.equal(['undecided', ['sectors']]);
    });

    it('counts DORA’s first notice from awareness while nothing is classified', () => {
      const facts = {
        ...german,
        establishments: ['IE'],
        zone: 'Europe/Dublin',
        sectors: ['financial-entity'],
        significant: true,
      };
      const initial = only(judged(facts), 'dora-art19-initial');
      expect(initial.dueAt?.toString()).to.equal('2026-12-02T18:40:00Z');
      expect(only(judged(facts), 'dora-art19-intermediate').waitsFor).to.equal('notified:dora-art19-initial');
    });
  });

  describe('of the United States', () => {
    const american: FactsInput = {
      zone: 'America/New_York',
      awareAt: '2026-12-04T18:40',
      role: 'controller',
      sectors: [],
      establishments: ['US-NY'],
      mainEstablishment: 'US-NY',
      data: { categories: ['name', 'ssn'], encrypted: false },
      breach: { confidentiality: true, integrity: false, availability: false },
      risk: 'high',
      listed: false,
    };

    it('counts residents of the state, not all', () => {
      const subjects = [
        { place: 'US-CA', count: 480 },
        { place: 'US-TX', count: 600 },
      ];
      const keys = applying(judged({ ...american, subjects }));
      expect(keys).to.include.members(['us-ca-residents', 'us-tx-residents', 'us-tx-ag']);
      expect(keys).to.not.include('us-ca-ag');
    });

    it('leaves the agency undecided where the number is not known', () => {
      const found = only(judged({ ...american, subjects: [{ place: 'US-CA' }] }), 'us-ca-ag');
      expect([found.decision, found.missing]).to.deep.equal(['undecided', ['subjects[US-CA].count']]);
    });

    it('needs the access code where an account number alone is not enough', () => {
      const card = { ...american, data: { categories: ['name', 'payment-card'], encrypted: false } };
      const ask = (state: string): readonly unknown[] => {
        const found = only(
          judged({ ...card, subjects: [{ place: `US-${state}`, count: 5 }] }),
          `us-${state.toLowerCase()}-residents`,
        );
        return [found.decision, found.missing];
      };
      expect(ask('MA')).to.deep.equal(['applies', []]);
      expect(ask('CT')).to.deep.equal(['applies', []]);
      expect(ask('TX')).to.deep.equal(['undecided', ['data.accessCode']]);
      expect(ask('NY')).to.deep.equal(['undecided', ['data.accessCode']]);
    });

    it('lets a decision of no harm end the duty where the state knows a harm test, and only there', () => {
      const subjects = [
        { place: 'US-FL', count: 5 },
        { place: 'US-CA', count: 5 },
      ];
      const keys = applying(judged({ ...american, risk: 'unlikely', subjects }));
      expect(keys).to.include('us-ca-residents');
      expect(keys).to.not.include('us-fl-residents');
      expect(keys).to.include('us-fl-ag-noharm');
    });

    it('tells nobody where the data were encrypted and the key is safe', () => {
      const data = { categories: ['name', 'ssn'], encrypted: true, keyCompromised: false };
      const subjects = [
        { place: 'US-CA', count: 900 },
        { place: 'US-IL', count: 900 },
      ];
      expect(
        applying(judged({ ...american, data, subjects })).filter((key) => key.startsWith('us-')),
      ).to.deep.equal([]);
    });

    it('sorts agency and residents as the state says', () => {
      const subjects = [
        { place: 'US-MD', count: 5 },
        { place: 'US-CT', count: 5 },
        { place: 'US-OK', count: 500 },
      ];
      const found = judged({ ...american, subjects });
      expect(only(found, 'us-md-ag').dueAt?.equals(only(found, 'us-md-residents').dueAt!)).to.equal(true);
      expect(only(found, 'us-ct-ag').dueAt?.equals(only(found, 'us-ct-residents').dueAt!)).to.equal(true);
      expect(only(found, 'us-ok-ag').waitsFor).to.equal('notified:us-ok-residents');
    });

    it('makes Vermont’s agency due with the residents’ letter if that is earlier', () => {
      const subjects = [{ place: 'US-VT', count: 5 }];
      const filed = { 'us-vt-residents': { at: '2026-12-07T09:00' } };
      expect(only(judged({ ...american, subjects, filed }), 'us-vt-ag').dueAt?.toString()).to.equal(
        '2026-12-07T14:00:00Z',
      );
      expect(only(judged({ ...american, subjects }), 'us-vt-ag').dueAt?.toString()).to.equal(
        '2026-12-25T04:59:59Z',
      );
    });

    it('waits while law enforcement asked to, and counts anew afterwards where the state says so', () => {
      const subjects = [
        { place: 'US-TN', count: 5 },
        { place: 'US-CA', count: 5 },
      ];
      const asked = { from: '2026-12-05T10:00' };
      const waiting = only(judged({ ...american, subjects, lawEnforcementHold: asked }), 'us-tn-residents');
      expect([waiting.dueAt, waiting.waitsFor]).to.deep.equal([null, 'lawEnforcementHold']);
      const over = { ...asked, until: '2027-03-01T10:00' };
      const found = judged({ ...american, subjects, lawEnforcementHold: over });
      expect(only(found, 'us-tn-residents').dueAt?.toString()).to.equal('2027-04-16T03:59:59Z');
      expect(only(found, 'us-ca-residents').noNumber, 'as soon as it ends, without a number').to.equal(true);
    });

    it('makes a processor tell the owner, and nobody else', () => {
      const keys = applying(
        judged({ ...american, role: 'processor', subjects: [{ place: 'US-NM', count: 5 }] }),
      );
      expect(keys.filter((key) => key.startsWith('us-'))).to.deep.equal(['us-nm-owner']);
    });

    it('makes everyone who holds the data tell in Rhode Island, and asks in Puerto Rico', () => {
      const subjects = [
        { place: 'US-RI', count: 5 },
        { place: 'PR', count: 5 },
      ];
      const found = judged({ ...american, role: 'processor', subjects });
      expect(only(found, 'us-ri-residents').decision).to.equal('applies');
      const custodian = only(found, 'us-pr-residents');
      expect([custodian.decision, custodian.missing]).to.deep.equal([
        'undecided',
        ['answered.us-pr-residents'],
      ]);
    });

    it('exempts by sector where the state does', () => {
      const subjects = [
        { place: 'US-AZ', count: 5 },
        { place: 'US-CA', count: 5 },
      ];
      const keys = applying(judged({ ...american, sectors: ['hipaa-covered-entity'], subjects }));
      expect(keys).to.include('us-ca-residents');
      expect(keys).to.not.include('us-az-residents');
    });

    it('applies the earlier wording to a clock that started under it', () => {
      const subjects = [{ place: 'US-CA', count: 5 }];
      const old = only(judged({ ...american, awareAt: '2025-12-31T12:00', subjects }), 'us-ca-residents');
      expect([old.dueAt, old.noNumber]).to.deep.equal([null, true]);
      expect(only(judged({ ...american, subjects }), 'us-ca-residents').dueAt).to.not.equal(null);
    });

    it('says that discovery was taken to be awareness', () => {
      const found = only(
        judged({ ...american, subjects: [{ place: 'US-CA', count: 5 }] }),
        'us-ca-residents',
      );
      expect(found.trace.map((step) => step.key)).to.include('taken-from-aware');
    });

    it('tells the media in each state above 500, one obligation each', () => {
      const subjects = [
        { place: 'US-CA', count: 501 },
        { place: 'US-NV', count: 900 },
        { place: 'US-OR', count: 500 },
      ];
      const data = { categories: ['name', 'health'], encrypted: false };
      const found = judged({ ...american, sectors: ['hipaa-covered-entity'], data, subjects });
      expect(of(found, 'hipaa-406-media').map((one) => one.recipient)).to.deep.equal(['US-CA', 'US-NV']);
      expect(only(found, 'hipaa-408-hhs-500').decision).to.equal('applies');
      expect(only(found, 'hipaa-408-hhs-annual').decision).to.equal('does-not-apply');
    });

    it('waits for the determination of materiality as a condition', () => {
      const listed = { ...american, listed: true, subjects: [] };
      const open = only(judged(listed), 'sec-8k-105');
      expect([open.decision, open.missing]).to.deep.equal(['undecided', ['materialAt']]);
      const told = only(judged({ ...listed, materialAt: '2026-12-18T16:00' }), 'sec-8k-105');
      expect(told.dueAt?.toString()).to.equal('2026-12-24T22:30:00Z');
    });

    it('takes the shorter period while what decides is unknown', () => {
      const facts = { ...american, establishments: ['US-FL'], sectors: ['public-body'], cyber: true };
      const found = only(judged(facts), 'us-fl-282-3185');
      expect(found.dueAt?.toString(), 'twelve hours, until ransomware is ruled out').to.equal(
        '2026-12-05T11:40:00Z',
      );
      const ruledOut = only(judged({ ...facts, ransomware: false }), 'us-fl-282-3185');
      expect(ruledOut.dueAt?.toString()).to.equal('2026-12-06T23:40:00Z');
    });

    it('never applies what is pending or only a model', () => {
      const facts = {
        ...american,
        sectors: ['critical-infrastructure', 'insurer'],
        cyber: true,
        significant: true,
        paid: true,
      };
      for (const id of [
        'circia-72h',
        'circia-payment-24h',
        'fcc-cpni-2024-customers',
        'naic-668-commissioner',
      ]) {
        expect(only(judged(facts), id).decision, id).to.equal('does-not-apply');
      }
    });
  });
});

describe('Rule 3: two ways of having no date', () => {
  it('keeps apart a law without a number and a clock that has not started', () => {
    const found = judged({
      ...german,
      filed: {},
      sectors: ['nis2-essential'],
      significant: true,
      ongoing: false,
    });
    const noNumber = only(found, 'gdpr-art34-subjects');
    const waiting = only(found, 'de-bsig-32-final');
    expect([noNumber.dueAt, noNumber.noNumber, noNumber.waitsFor]).to.deep.equal([null, true, undefined]);
    expect([waiting.dueAt, waiting.noNumber, waiting.waitsFor]).to.deep.equal([
      null,
      false,
      'notified:de-bsig-32-notification',
    ]);
  });
});

describe('Rule 6: what is unknown suppresses nothing', () => {
  it('leaves every duty open of which nothing known says that it does not apply', () => {
    const closed = judged({}).filter((one) => one.decision === 'does-not-apply');
    const reasons = new Set(closed.map((one) => one.because[0]?.key));
    // What remains are facts that the contract closes when missing (filed, orders), and what is no obligation.
    expect([...reasons].sort()).to.deep.equal(['condition', 'model', 'not-in-force', 'pending', 'voluntary']);
    for (const one of closed.filter((each) => each.because[0]?.key === 'condition')) {
      expect(String(one.because[0]?.values['condition']), one.key).to.match(
        /filed|incomplete|ordered|inadvertent/,
      );
    }
  });

  it('makes ten laws that wait for one fact one question', () => {
    const unassessed = without(german, 'risk');
    const open = { ...unassessed, subjects: ['DE', 'GB', 'CH'].map((place) => ({ place, count: 1 })) };
    const waiting = judged(open).filter(
      (one) => one.decision === 'undecided' && one.missing.includes('risk'),
    );
    expect(waiting.length).to.be.greaterThan(3);
    expect(waiting.filter((one) => one.missing.length === 1).length).to.be.greaterThan(3);
  });
});

describe('Rule 7: judged by the text of the day', () => {
  it('gives each obligation the hash of the law text by which it was judged', () => {
    const obligation = only(judged(german), 'gdpr-art33-authority');
    expect(obligation.regime.id).to.equal('gdpr');
    expect(obligation.regime.hash).to.match(/^[0-9a-f]{64}$/);
  });
});

describe('Rule 12: every reading, and the earliest', () => {
  it('plans on the strict reading, shows the later one with its dispute, and says which holidays were used', () => {
    const obligation = only(judged({ ...german, awareAt: '2026-12-24T17:30' }), 'gdpr-art33-authority');
    expect(obligation.dueAt && zonedText(obligation.dueAt, 'Europe/Berlin')).to.equal(
      '2026-12-27T17:30:00+01:00',
    );
    expect(obligation.latestAt && zonedText(obligation.latestAt, 'Europe/Berlin')).to.equal(
      '2026-12-28T23:59:59+01:00',
    );
    const keys = obligation.trace.map((step) => step.key);
    expect(keys).to.include.members(['two-working-days-disputed', 'holidays-used']);
  });

  it('says so where the holidays of that year were not checked', () => {
    const obligation = only(judged({ ...german, awareAt: '2040-03-24T17:30' }), 'gdpr-art33-authority');
    expect(obligation.trace.map((step) => step.key)).to.include('holidays-unchecked');
  });
});
