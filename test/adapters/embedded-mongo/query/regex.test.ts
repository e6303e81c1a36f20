import { expect } from 'chai';
import { MongoFault } from '../../../../src/adapters/embedded-mongo/errors.ts';
import { compileRegex } from '../../../../src/adapters/embedded-mongo/query/regex.ts';

type Row = readonly [pattern: string, options: string, yes: readonly string[], no: readonly string[]];

/** Where PCRE, which MongoDB uses, and JavaScript differ. (pcre2pattern(3)) */
const ROWS: readonly Row[] = [
  ['^.$', '', ['a', '😀', '\r'], ['\n', 'ab']],
  ['^.$', 's', ['\n'], ['ab']],
  ['a$', '', ['a', 'ba', 'a\n'], ['a\n\n', 'ab']],
  ['^b$', 'm', ['a\nb\nc'], ['a\rb\rc', 'ab']],
  ['^a b # comment\nc$', 'x', ['abc'], ['a b c']],
  ['\\Aab\\z', '', ['ab'], ['ab\n', 'xab']],
  ['\\Aab\\Z', '', ['ab', 'ab\n'], ['ab\n\n']],
  ['^\\s$', '', [' ', '\v', '\t'], ['\u00a0']],
  ['^[\\s]$', '', [' '], ['\u00a0']],
  ['^[^\\S]$', '', [' '], ['\u00a0', 'a']],
  ['^\\h\\R$', '', ['\t\r\n', '\u00a0\n'], ['\n\n']],
  ['^[[:alpha:][:digit:]_-]+$', '', ['aB3_-'], ['é', ' ']],
  ['^[\\w-.]+$', '', ['a-.b'], ['a,b']],
  ['^[a\\-z]+$', '', ['a-z'], ['b']],
  ['^[]a]+$', '', [']a'], ['b']],
  ['^[[]$', '', ['['], ['a']],
  ['^a{,2}$', '', ['a{,2}'], ['aa']],
  ['^a{2,3}$', '', ['aa', 'aaa'], ['a', 'aaaa']],
  ['^}]{$', '', ['}]{'], ['}']],
  ['^\\Qa.b\\E+$', '', ['a.b', 'a.bb'], ['axb']],
  ['^\\x41\\x{1F600}\\e$', '', ['A😀\x1b'], ['A']],
  ['(?i)^ab$', '', ['AB'], ['AC']],
  ['^(?P<x>a+)b(?P=x)$', '', ['aabaa'], ['aaba']],
  ['^(a)\\1\\g{1}$', '', ['aaa'], ['aa']],
  ['^a(?#note)b$', '', ['ab'], ['anoteb']],
  ['^\\p{L}\\pL\\p{Greek}$', '', ['éxω'], ['1xω']],
  ['\\bcat\\b', 'i', ['the Cat sat'], ['concatenate']],
  ['(?<=a)b(?!c)', '', ['ab'], ['bb', 'abc']],
  ['^\\/\\@\\-\\"$', '', ['/@-"'], ['/']],
  ['^\\07$', '', ['\x07'], ['7']],
  ['É', 'i', ['é'], ['e']],
];

describe('Regular expressions', () => {
  for (const [pattern, options, yes, no] of ROWS) {
    it(`/${pattern.replace('\n', '\\n')}/${options} matches as in MongoDB`, () => {
      const regex = compileRegex(pattern, options);
      for (const text of yes) expect(regex.test(text), JSON.stringify(text)).to.equal(true);
      for (const text of no) expect(regex.test(text), JSON.stringify(text)).to.equal(false);
    });
  }

  for (const pattern of [
    '(',
    '[a',
    'a++',
    '(?>a)',
    '\\K',
    '(*ACCEPT)',
    '[[:^alpha:]]',
    '\\y',
    'a**',

    'b(?i)a',
  ]) {
    it(`/${pattern}/ is refused and never taken for something else`, () => {
      expect(() => compileRegex(pattern, ''))
        .to.throw(MongoFault)
        .with.property('code', 51091);
    });
  }
});
