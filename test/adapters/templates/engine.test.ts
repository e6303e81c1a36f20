import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compileFolder, escape, safe, type FolderOptions } from '../../../src/adapters/templates/engine.ts';

describe('The template engine', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-templates-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }

  function print(source: string, values: Record<string, unknown>, options?: FolderOptions): string {
    write({ 'page.html.hbs': source });
    return compileFolder(folder, options).render('page.html', values);
  }

  function refuses(source: string, why: RegExp): void {
    write({ 'page.html.hbs': source });
    expect(() => compileFolder(folder), source).to.throw(why);
  }

  it('escapes what it prints in HTML, and prints text as it is', () => {
    write({ 'a.html.hbs': '<p>{{it}}</p>', 'a.txt.hbs': '{{it}}' });
    const templates = compileFolder(folder);
    const it = `<b>"Tom" & 'Jerry'</b>`;
    expect(templates.names).to.deep.equal(['a.html', 'a.txt']);
    expect(templates.render('a.html', { it })).to.equal(
      '<p>&lt;b&gt;&quot;Tom&quot; &amp; &#x27;Jerry&#x27;&lt;/b&gt;</p>',
    );
    expect(templates.render('a.txt', { it })).to.equal(it);
  });

  it('leaves Handlebars in a value as text', () => {
    const it = '{{#each people}}{{{password}}}{{/each}}';
    expect(print('{{it}}', { it })).to.equal(it);
  });

  it('throws on a name that was not given, and takes it as false in a condition', () => {
    expect(() => print('{{missing}}', {})).to.throw('missing');
    expect(print('{{#if missing}}yes{{else}}no{{/if}}', {})).to.equal('no');
  });

  it('prints nothing that an object inherits', () => {
    class Person {
      get secret(): string {
        return 'inherited';
      }
    }
    for (const name of ['secret', 'toString', 'hasOwnProperty']) {
      expect(
        print(`{{#with it}}{{#if ${name}}}leaked{{/if}}{{/with}}`, { it: new Person() }),
        name,
      ).to.equal('');
    }
  });

  it('refuses what would print raw, reach a prototype or call what is not ours', () => {
    refuses('{{{it}}}', /line 1: prints without escaping/);
    refuses('\n{{&it}}', /line 2: prints without escaping/);
    refuses('{{it.constructor}}', /every object inherits/);
    refuses('{{it.__proto__.polluted}}', /every object inherits/);
    refuses('{{lookup it "constructor"}}', /a helper that we do not have: lookup/);
    refuses('{{log it}}', /log/);
    refuses('{{#people}}x{{/people}}', /block without a helper: people/);
    refuses('{{> elsewhere}}', /a partial that we do not have: elsewhere/);
    refuses('{{> (lookup it "x")}}', /at run time/);
    refuses('{{#*shout "x"}}a{{/shout}}', /decorator/);
    refuses('{{#if it}}', /Parse error on line 1/);
  });

  it('tells every fault of every file at once', () => {
    write({ 'a.html.hbs': '{{{x}}}', 'deep/b.html.hbs': '{{{y}}}', '_c.html.hbs': '{{nope z}}' });
    expect(() => compileFolder(folder)).to.throw(/_c\.html\.hbs[^]*a\.html\.hbs[^]*deep\/b\.html\.hbs/);
  });

  it('lets no address run anything', () => {
    refuses('<a href="{{it}}">', /begins an address; write \{\{href it\}\}/);
    refuses('<form action={{it}}>', /begins an address/);
    refuses('<p class={{it}}>', /without quotes/);
    const link = '<a href="{{href it}}">';
    for (const it of ['javascript:alert(1)', ' JaVaScRiPt:x', '//evil.example', '/\\evil.example', 'data:x']) {
      expect(print(link, { it }), it).to.equal('<a href="#">');
    }
    expect(print(link, { it: 'https://shop.example/?a=1' })).to.contain('https://shop.example/?a&#x3D;1');
    expect(print(link, { it: '/incidents/1' })).to.contain('/incidents/1');
    expect(print('<a href="/incidents/{{it}}">', { it: '1' })).to.contain('/incidents/1');
  });

  it('knows layouts and partials of its own folder, each in its format', () => {
    write({
      '_layout.html.hbs': '<html><title>{{title}}</title>{{> @partial-block}}</html>',
      '_name.html.hbs': '<b>{{name}}</b>',
      '_name.txt.hbs': '*{{name}}*',
      'list.html.hbs': '{{#> layout title="T"}}{{#each people}}{{> name}}{{/each}}{{/layout}}',
      'list.txt.hbs': '{{#each people}}{{> name}}{{/each}}',
    });
    const templates = compileFolder(folder);
    const people = [{ name: '<A>' }, { name: 'B' }];
    expect(templates.render('list.html', { people })).to.equal(
      '<html><title>T</title><b>&lt;A&gt;</b><b>B</b></html>',
    );
    expect(templates.render('list.txt', { people })).to.equal('*<A>**B*');
  });

  it('escapes what a helper returns unless the helper vouches for it', () => {
    const helpers = {
      loud: (text: string) => `<b>${text}</b>`,
      bold: (text: string) => safe(`<b>${escape(text)}</b>`),
    };
    expect(print('{{loud it}}', { it: 'x' }, { helpers })).to.equal('&lt;b&gt;x&lt;/b&gt;');
    expect(print('{{bold it}}', { it: '<x>' }, { helpers })).to.equal('<b>&lt;x&gt;</b>');
  });

  it('lists the names that a template reads', () => {
    write({
      'a.html.hbs': '{{#each people}}{{name}} {{../shop.name}}{{/each}}{{#if (eq state "open")}}x{{/if}}',
    });
    expect(compileFolder(folder).reads('a.html')).to.deep.equal([
      '../shop.name',
      'name',
      'people',
      'state',
    ]);
  });
});
