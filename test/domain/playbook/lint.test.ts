import { expect } from 'chai';
import { parsePlaybook } from '../../../src/domain/playbook/index.ts';
import { faultLines, placeOf, shippedText, shopBook, task } from './books.ts';

/** The one fault of a text must stand at `piece` and say `words`. */
function expectFault(text: string, piece: string, words: string): void {
  const found = faultLines(text);
  expect(found).to.have.length(1);
  expect(found[0]).to.equal(`${placeOf(text, piece)} ${words}`);
}

describe('The playbook linter', () => {
  it('finds nothing wrong with a plain playbook of a shop', () => {
    expect(
      faultLines(shopBook({ contain: task('fetch-the-till', { refines: 'stop-the-leak' }) })),
    ).to.deep.equal([]);
  });

  describe('reads YAML strictly', () => {
    it('says line and column of broken YAML', () => {
      const { problems } = parsePlaybook('id: a\ntitle: "b\nversion: [1\n', 'shop.yaml');
      expect(problems[0]).to.include({ file: 'shop.yaml', column: 1 });
      expect(problems[0]?.line).to.be.greaterThan(1);
    });

    it('refuses a key that stands twice', () => {
      const text = shopBook({ head: 'version: 2' });
      expectFault(text, 'version: 2', 'map keys must be unique');
    });

    it('refuses anchors and aliases', () => {
      const text = shopBook({ head: 'kind: &k till\nleavesOut: [*k]' });
      const found = faultLines(text);
      expect(found).to.deep.equal([
        `${placeOf(text, '&k till')} anchors (&k) are not allowed`,
        `${placeOf(text, '*k')} aliases are not allowed: write the value out`,
      ]);
    });

    it('refuses merge keys', () => {
      const text = shopBook({ detect: `${task('look')}\n        <<: { owner: dpo }` });
      expectFault(text, '<<', 'merge keys (<<) are not allowed: write the keys out');
    });

    it('refuses tags', () => {
      const text = shopBook({ head: 'kind: !thing till' });
      expect(faultLines(text).join()).to.contain('!thing');
    });

    it('refuses a second document', () => {
      expect(faultLines(`${shopBook()}---\nid: another\n`)).to.have.length(1);
    });

    it('reports an empty file, a list and a bare word as what they are not', () => {
      for (const text of ['', '- a\n', 'hello\n']) {
        expect(parsePlaybook(text, 'shop.yaml').playbook, JSON.stringify(text)).to.equal(undefined);
        expect(parsePlaybook(text, 'shop.yaml').problems, JSON.stringify(text)).not.to.be.empty;
      }
    });

    it('refuses a file that is far too long without reading it', () => {
      const { problems } = parsePlaybook(`# ${'x'.repeat(1_000_001)}`, 'shop.yaml');
      expect(problems).to.have.length(1);
    });
  });

  describe('knows the keys and their values', () => {
    it('names the nearest right key', () => {
      const text = shopBook({ detect: task('look', { requierd: 'false' }) });
      expectFault(text, 'requierd', 'unknown key "requierd" (did you mean "required"?)');
    });

    it('names the nearest right value', () => {
      const text = shopBook({ detect: task('look', { owner: 'administator' }) });
      expectFault(
        text,
        'administator',
        '"owner" cannot be "administator" (did you mean "administrator"?): it is one of staff, responder, legal, dpo, administrator',
      );
    });

    it('says which key is missing, at the task that lacks it', () => {
      const text = shopBook({ detect: task('look').replace('        keep: A note.', '') });
      expectFault(text, 'id: look', '"keep" is missing');
    });

    it('does not take a word for a yes or no', () => {
      const text = shopBook({ detect: task('look', { required: 'yes' }) });
      expectFault(text, 'yes', '"required" must be true or false');
    });

    it('finds every fault of a file at once', () => {
      const text = shopBook({
        head: 'titel: x',
        detect: [task('look', { ownr: 'dpo' }), task('Look Twice')].join('\n'),
      });
      expect(faultLines(text)).to.have.length(3);
    });

    it('refuses an id that stands twice', () => {
      const text = shopBook({ detect: task('look'), contain: task('look', { keep: 'Again.' }) });
      const found = faultLines(text);
      expect(found).to.have.length(1);
      expect(found[0]).to.match(/two tasks have the id "look"/);
    });

    it('knows the categories of data', () => {
      const text = shopBook().replace('[name, order-history]', '[name, order-histry]');
      expectFault(
        text,
        'order-histry',
        'there is no data category "order-histry" (did you mean "order-history"?)',
      );
    });
  });

  describe('reads due moments', () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['before:authority', 'before:authority needs a period, such as before:authority PT6H'],
      ['before:letters PT6H', 'before:letters takes no period'],
      ['before:letter', 'nothing is due "before:letter" (did you mean "letters"?)'],
      ['awre+PT1H', 'there is no clock "awre" (did you mean "aware"?)'],
      ['aware+1H', '"1H" is no period of days, hours and minutes: write P2D, PT6H or PT30M'],
      ['aware+P', '"P" is no period of days, hours and minutes: write P2D, PT6H or PT30M'],
      ['aware+P1M', '"P1M" is no period of days, hours and minutes: write P2D, PT6H or PT30M'],
      ['aware+P1W', '"P1W" is no period of days, hours and minutes: write P2D, PT6H or PT30M'],
      ['after:notfy P1D', 'there is no stage "notfy" (did you mean "notify"?)'],
      ['after:detect', 'after:detect needs a period, such as after:detect P14D'],
    ];
    for (const [due, words] of wrong) {
      it(`refuses "${due}"`, () => {
        const text = shopBook({ assess: task('look', { due }) });
        expectFault(text, `${due}\n`, words);
      });
    }

    it('refuses to wait for the close of a later stage', () => {
      const text = shopBook({ contain: task('look', { due: 'after:contain P1D' }) });
      expectFault(text, 'after:contain', 'a task of "contain" cannot wait for the close of "contain"');
    });
  });

  describe('types conditions against the facts and the questions', () => {
    const wrong: readonly (readonly [string, string, string])[] = [
      ['answers.tilSeen', 'tilSeen', 'there is no "tilSeen" (did you mean "tillSeen"?)'],
      ['answer.tillSeen', 'answer.', 'there is no "answer" (did you mean "answers"?)'],
      ['data.categoris', 'categoris', 'there is no "categoris" (did you mean "categories"?)'],
      ['answers.tillSeen == "yes"', 'answers.tillSeen ==', 'no such overload: bool == string'],
      ['risk == "hihg"', '"hihg"', 'there is no value "hihg" here (did you mean "high"?)'],
      ['data("healt")', '"healt"', 'there is no value "healt" here (did you mean "health"?)'],
      ['"healt" in data.categories', '"healt"', 'there is no value "healt" here (did you mean "health"?)'],
      ['roleIs("procesor")', '"procesor"', 'there is no value "procesor" here (did you mean "processor"?)'],
      ['risk.matches("h.*")', 'risk.matches', 'matches() is not allowed: name the values'],
      ['risk', 'risk', 'it gives a value of type string; it must give yes or no'],
      ['owed("gdpr-art33-authority")', 'owed', "owed(…) belongs to the law's own conditions"],
      ['filed("gdpr-art33-authority")', '"gdpr', 'filed(…) names a duty; a playbook asks duties.*'],
      [
        '(cyber && malicious) == true',
        'cyber && mal',
        'join with && and || only on the outside, not within a comparison',
      ],
    ];
    for (const [when, piece, words] of wrong) {
      it(`refuses ${when}`, () => {
        const text = shopBook({ detect: task('look', { when: `'${when}'` }) });
        const found = faultLines(text);
        expect(found).to.have.length(1);
        expect(found[0]).to.contain(`in the condition: ${words}`);
        const line = placeOf(text, `'${when}'`).split(':')[0];
        expect(found[0]).to.match(new RegExp(`^${line}:`));
        expect(text.split('\n')[Number(line) - 1]).to.contain(piece);
      });
    }

    it('points at the word within the condition', () => {
      const text = shopBook({ detect: task('look', { when: 'cyber && answers.tilSeen' }) });
      expect(faultLines(text)[0]).to.match(new RegExp(`^${placeOf(text, 'tilSeen')} `));
    });

    it('refuses a condition that is cut off', () => {
      const text = shopBook({ detect: task('look', { when: 'cyber &&' }) });
      expect(faultLines(text)).to.have.length(1);
    });

    it('compares a choice only with its values', () => {
      const text = shopBook({
        asks: '  place: { ask: Where?, type: choice, values: { shop: A shop, fair: A fair } }',
        detect: task('look', { when: 'answers.place == "fare"' }),
      });
      expect(faultLines(text)[0]).to.contain('there is no value "fare" here (did you mean "fair"?)');
    });

    it('asks only the trunk’s questions before a playbook is chosen', () => {
      const text = shopBook().replace('suggestedWhen: inadvertent', 'suggestedWhen: answers.tillSeen');
      expectFault(text, 'tillSeen\n', 'in the condition: there is no "tillSeen"');
    });
  });

  describe('holds a playbook to the trunk', () => {
    it('knows the trunk’s tasks', () => {
      const text = shopBook({ contain: task('fetch', { refines: 'stop-the-leek' }) });
      expectFault(
        text,
        'stop-the-leek',
        'the trunk has no task "stop-the-leek" (did you mean "stop-the-leak"?)',
      );
    });

    it('lets nobody leave out what no breach can do without', () => {
      for (const id of [
        'note-first-sight',
        'call-decider',
        'fix-awareness',
        'stop-the-leak',
        'list-data',
        'count-people',
        'decide-risk',
        'close-record',
      ]) {
        const text = shopBook({ head: `leavesOut: [one-voice, ${id}]` });
        expectFault(text, `${id}]`, `"${id}" may not be left out of any playbook`);
      }
    });

    it('does not let it be left out by the back door', () => {
      const optional = shopBook({ contain: task('fetch', { refines: 'stop-the-leak', required: 'false' }) });
      expectFault(optional, 'stop-the-leak', '"stop-the-leak" cannot be made optional');
      const hidden = shopBook({ contain: task('fetch', { refines: 'stop-the-leak', when: 'cyber' }) });
      expectFault(hidden, 'stop-the-leak', '"stop-the-leak" cannot be hidden behind a condition');
    });

    it('refuses to refine a task in a later stage than its own', () => {
      const text = shopBook({ assess: task('fetch', { refines: 'stop-the-leak' }) });
      expectFault(
        text,
        'stop-the-leak',
        '"stop-the-leak" belongs to "contain": it may be refined there or earlier, not in "assess"',
      );
    });

    it('refuses to refine one task twice', () => {
      const text = shopBook({
        contain: [
          task('a', { refines: 'stop-the-leak' }),
          task('b', { refines: 'stop-the-leak', keep: 'B.' }),
        ].join('\n'),
      });
      expect(faultLines(text)).to.have.length(1);
      expect(faultLines(text)[0]).to.contain('refined twice');
    });

    it('refuses to refine and leave out the same task', () => {
      const text = shopBook({ head: 'leavesOut: [one-voice]', notify: task('a', { refines: 'one-voice' }) });
      expect(faultLines(text)[0]).to.contain('both refined and left out');
    });

    it('keeps a shop from taking a trunk task’s name without saying so', () => {
      const text = shopBook({ contain: task('one-voice') });
      expect(faultLines(text)[0]).to.contain('"one-voice" is a task of the trunk');
    });

    it('asks nothing that the trunk asks', () => {
      const text = shopBook({ asks: '  crime: { ask: Crime?, type: bool }' });
      expectFault(text, 'crime:', 'the trunk asks "crime" already: leave it out here');
    });

    it('must include the trunk', () => {
      const text = shopBook().replace('include: trunk\n', '');
      expectFault(text, 'id:', '"include: trunk" is missing');
    });

    it('keeps a trunk of a shop’s own whole', () => {
      const text = shippedText('trunk.yaml').replace('id: close-record', 'id: shut-the-file');
      expect(faultLines(text).join()).to.contain('the trunk must have the task "close-record"');
    });
  });

  describe('checks questions, gates and notices', () => {
    it('wants values for a choice, and for a choice only', () => {
      const none = shopBook({ asks: '  place: { ask: Where?, type: choice }' });
      expectFault(none, 'choice }', 'a choice needs its "values"');
      const many = shopBook({ asks: '  place: { ask: Where?, type: bool, values: { a: A, b: B } }' });
      expectFault(many, 'values', 'only a choice has "values"');
    });

    it('lets an answer settle only a fact that there is, with a value that it can have', () => {
      const ask = (sets: string) =>
        shopBook({ asks: `  wiped: { ask: Was it wiped?, type: bool, sets: ${sets} }` });
      expect(faultLines(ask("{ fact: data.encrypted, by: { 'true': true } }"))).to.deep.equal([]);
      expect(faultLines(ask("{ fact: data.encripted, by: { 'true': true } }"))[0]).to.contain(
        '"data.encrypted"',
      );
      expect(faultLines(ask("{ fact: data.encrypted, by: { 'yes': true } }"))[0]).to.contain(
        '"yes" is no answer',
      );
      expect(faultLines(ask("{ fact: data.encrypted, by: { 'true': high } }"))[0]).to.contain(
        'cannot be "high"',
      );
    });

    const withGate = (gate: string) => shopBook({ contain: `${task('fetch')}\n    gate: ${gate}` });

    it('knows the facts that a gate may ask for', () => {
      expect(faultLines(withGate('{ facts: [risk, answers.tillSeen, incident.leader] }'))).to.deep.equal([]);
      const text = withGate('{ facts: [data.categorys] }');
      expectFault(
        text,
        'data.categorys',
        'a gate cannot ask for "data.categorys": there is no such fact (did you mean "data.categories"?)',
      );
    });

    it('lets no gate wait for what does not exist, comes later, or may stay open until the end', () => {
      expect(faultLines(withGate('{ tasks: [fetsh] }'))[0]).to.contain('(did you mean "fetch"?)');
      expect(faultLines(withGate('{ tasks: [one-voice] }'))[0]).to.contain('belongs to "notify"');
      expect(faultLines(withGate('{ tasks: [log-each-step] }'))[0]).to.contain('may stay open until the end');
    });

    it('prepares notices only by tasks that there are', () => {
      const text = `${shopBook()}notices:\n  - { to: police, task: report-polise }\n`;
      expectFault(text, 'report-polise', 'there is no task "report-polise" (did you mean "report-police"?)');
    });
  });
});
