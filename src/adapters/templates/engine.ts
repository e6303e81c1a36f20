import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import Handlebars from 'handlebars';
import { BUILT_IN_BLOCKS, lint, type TemplateFormat } from './lint.ts';

/**
 * A helper: called with the arguments as written and, last, Handlebars' options (`hash`, `fn`, `inverse`). What it
 * returns is escaped like any value; only {@link safe} says otherwise.
 */
type Helper = (this: unknown, ...args: never[]) => unknown;

export interface FolderOptions {
  /** Helpers beside those of the engine (`eq`, `not`, `and`, `or`, `href`, and the blocks if, unless, each, with). */
  readonly helpers?: Readonly<Record<string, Helper>>;
  /** More folders whose files that begin with `_` are partials here too. */
  readonly partials?: readonly string[];
}

export interface Templates {
  /** `<path below the folder>.<html|txt>`, sorted; partials left out. */
  readonly names: readonly string[];
  has(name: string): boolean;
  /**
   * Prints a template. Values are plain data: what a class inherits, functions and Maps print nothing; a string
   * that looks like a template is printed as it is.
   *
   * @throws Error if there is no such template, or it prints a name that was not given.
   */
  render(name: string, values: Readonly<Record<string, unknown>>): string;
  /** The names that a template reads, as written; those of its partials left out. */
  reads(name: string): readonly string[];
}

/**
 * Reads every `*.html.hbs` and `*.txt.hbs` below a folder, checks each (see `lint`) and compiles it. HTML escapes
 * what it prints; text prints it as it is. A file whose name begins with `_` is a partial of the same format, by
 * its bare name: `_layout.html.hbs` is `{{> layout}}` or `{{#> layout}}…{{/layout}}`. Nothing is read from disk
 * afterwards. Handlebars is strict: a name that was not given throws where it is printed, and is false in `if`.
 *
 * @throws Error that lists every fault of every file, with file and line.
 */
export function compileFolder(folder: string, options: FolderOptions = {}): Templates {
  const faults: string[] = [];
  const files = filesOf(folder);
  const partials = [...(options.partials ?? []).flatMap(filesOf), ...files].filter((file) => file.partial);
  const houses = {
    html: new House('html', partials, options.helpers ?? {}, faults),
    text: new House('text', partials, options.helpers ?? {}, faults),
  };
  const templates = new Map(
    files
      .filter((file) => !file.partial)
      .map((file) => [file.name, houses[file.format].compile(file, faults)] as const),
  );
  if (faults.length > 0) throw new Error(`templates that cannot be used:\n${faults.join('\n')}`);
  const named = (name: string): Compiled => {
    const template = templates.get(name);
    if (!template) throw new Error(`no template ${name} in ${folder}`);
    return template;
  };
  return {
    names: [...templates.keys()].sort(),
    has: (name) => templates.has(name),
    render: (name, values) => named(name).print(values),
    reads: (name) => named(name).reads,
  };
}

/** Marks a helper's result as finished HTML. The helper escapes every value that it puts in, by {@link escape}. */
export function safe(html: string): unknown {
  return new Handlebars.SafeString(html);
}

/** Escapes text for HTML, content and quoted attributes alike. */
export function escape(text: string): string {
  return Handlebars.escapeExpression(text);
}

/** An address that cannot run anything: https, http, mailto, or within this site; anything else becomes `#`. */
export function harmlessAddress(address: unknown): string {
  const text = typeof address === 'string' ? address.trim() : '';
  if (/^(?:https?:\/\/|mailto:)[^\s]/i.test(text)) return text;
  return /^(?:\/(?![/\\])|[#?])[^\\]*$/.test(text) || text === '/' ? text : '#';
}

const OWN_HELPERS: Readonly<Record<string, Helper>> = {
  eq: (a: unknown, b: unknown) => a === b,
  not: (a: unknown) => !truth(a),
  and: (...args: never[]) => args.slice(0, -1).every(truth),
  or: (...args: never[]) => args.slice(0, -1).some(truth),
  href: (address: unknown) => harmlessAddress(address),
};

function truth(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

interface TemplateFile {
  readonly path: string;
  readonly name: string;
  readonly format: TemplateFormat;
  readonly partial: boolean;
}

function filesOf(folder: string): TemplateFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .sort()
    .flatMap((file) => {
      const parts = /^(.*?)([^/]+)\.(html|txt)\.hbs$/.exec(file);
      if (!parts) return [];
      const [, under = '', base = '', extension = ''] = parts;
      const partial = base.startsWith('_');
      return [
        {
          path: join(folder, file),
          name: partial ? base.slice(1) : `${under}${base}.${extension}`,
          format: extension === 'html' ? ('html' as const) : ('text' as const),
          partial,
        },
      ];
    });
}

interface Compiled {
  readonly reads: readonly string[];
  print(values: Readonly<Record<string, unknown>>): string;
}

/** One Handlebars for each format, that knows our helpers and partials and nothing else. */
class House {
  private readonly handlebars = Handlebars.create();
  private readonly format: TemplateFormat;
  private readonly helpers: ReadonlySet<string>;
  private readonly partials: ReadonlySet<string>;

  constructor(
    format: TemplateFormat,
    partials: readonly TemplateFile[],
    helpers: Readonly<Record<string, Helper>>,
    faults: string[],
  ) {
    this.format = format;
    for (const name of Object.keys(this.handlebars.helpers)) {
      if (!(BUILT_IN_BLOCKS as readonly string[]).includes(name)) this.handlebars.unregisterHelper(name);
    }
    const own = { ...OWN_HELPERS, ...helpers };
    for (const [name, helper] of Object.entries(own)) {
      this.handlebars.registerHelper(name, helper as Handlebars.HelperDelegate);
    }
    this.helpers = new Set(Object.keys(own));
    const ours = partials.filter((file) => file.format === format);
    this.partials = new Set(ours.map((file) => file.name));
    for (const file of ours) this.handlebars.registerPartial(file.name, this.checked(file, faults).template);
  }

  compile(file: TemplateFile, faults: string[]): Compiled {
    const { template, reads } = this.checked(file, faults);
    // Handlebars warns once for each inherited name that it refuses; refusing is enough.
    const closed = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };
    return { reads, print: (values) => template(values, closed) };
  }

  private checked(
    file: TemplateFile,
    faults: string[],
  ): { readonly template: Handlebars.TemplateDelegate; readonly reads: readonly string[] } {
    const source = readFileSync(file.path, 'utf8');
    const options = {
      strict: true,
      knownHelpersOnly: true,
      knownHelpers: Object.fromEntries([...this.helpers, ...BUILT_IN_BLOCKS].map((name) => [name, true])),
      noEscape: this.format === 'text',
      explicitPartialContext: false,
    };
    try {
      const found = lint(source, {
        format: this.format,
        helpers: this.helpers,
        partials: this.partials,
      });
      faults.push(...found.faults.map((fault) => `${relative('.', file.path)}: ${fault}`));
      // Compiling is lazy in Handlebars; this shows at start what would fail at the first use.
      if (found.faults.length === 0) this.handlebars.precompile(source, options);
      return { template: this.handlebars.compile(source, options), reads: found.names };
    } catch (error) {
      faults.push(`${relative('.', file.path)}: ${error instanceof Error ? error.message : String(error)}`);
      return { template: () => '', reads: [] };
    }
  }
}
