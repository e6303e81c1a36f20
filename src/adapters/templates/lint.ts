import Handlebars from 'handlebars';

/** What a template is written in: HTML escapes what it prints, text does not. */
export type TemplateFormat = 'html' | 'text';

interface LintRules {
  readonly format: TemplateFormat;
  readonly helpers: ReadonlySet<string>;
  readonly partials: ReadonlySet<string>;
}

interface Linted {
  /** Every name that the template reads, as written (`organisation.name`, `@index`), each once, sorted. */
  readonly names: readonly string[];
  /** What is wrong, each with its line. */
  readonly faults: readonly string[];
}

/** Blocks that Handlebars compiles inline; all other helpers must be ours. */
export const BUILT_IN_BLOCKS = ['if', 'unless', 'each', 'with'] as const;

const PROTOTYPE = /^(?:__\w+__|constructor|prototype)$/;
// `javascript:` survives HTML escaping, so what begins an address must go through the helper that checks it.
const BEGINS_ADDRESS = /(?:^|[\s<])(?:href|src|action|formaction|poster|hx-(?:get|post|put|patch|delete)) *= *["']?$/i;
const UNQUOTED = /<[a-z][^<>]*\s[\w:-]+ *=$/i;

/**
 * Reads a template without running it. Refused: `{{{raw}}}` and `{{&raw}}`, decorators, partials and helpers that
 * are not ours, prototype names, and in HTML a value that is an unquoted attribute or begins an address.
 *
 * @throws Error with the line, if Handlebars cannot parse the source.
 */
export function lint(source: string, rules: LintRules): Linted {
  const names = new Set<string>();
  const faults: string[] = [];
  const visitor = new Walker(rules, names, faults);
  visitor.accept(Handlebars.parse(source));
  return { names: [...names].sort(), faults };
}

class Walker extends Handlebars.Visitor {
  private readonly rules: LintRules;
  private readonly names: Set<string>;
  private readonly faults: string[];
  private before = '';

  constructor(rules: LintRules, names: Set<string>, faults: string[]) {
    super();
    this.rules = rules;
    this.names = names;
    this.faults = faults;
  }

  override ContentStatement(content: hbs.AST.ContentStatement): void {
    this.before = content.value;
  }

  override CommentStatement(): void {
    // A comment prints nothing, so what stood before it still does.
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    if (!mustache.escaped) this.fault(mustache, 'prints without escaping');
    const name = nameOf(mustache.path);
    const called = isCall(mustache) || this.rules.helpers.has(name);
    if (called) this.checkHelper(mustache, name);
    if (this.rules.format === 'html') this.checkAttribute(mustache, name);
    if (!called) this.accept(mustache.path);
    this.arguments(mustache);
    this.before = '';
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const name = nameOf(block.path);
    const inline = (BUILT_IN_BLOCKS as readonly string[]).includes(name);
    if (!inline && (isCall(block) || this.rules.helpers.has(name))) this.checkHelper(block, name);
    else if (!inline) this.fault(block, `is a block without a helper: ${name}`);
    this.arguments(block);
    this.accept(block.program);
    if (block.inverse) this.accept(block.inverse);
  }

  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.checkHelper(expression, nameOf(expression.path));
    this.arguments(expression);
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    const name = path.original;
    const parts = path.parts as readonly unknown[];
    if (parts.some((part) => typeof part !== 'string' || PROTOTYPE.test(part))) {
      this.fault(path, `names what every object inherits: ${name}`);
    }
    this.names.add(name);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    this.checkPartial(partial);
    this.arguments(partial);
    this.before = '';
  }

  override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
    this.checkPartial(partial);
    this.arguments(partial);
    this.accept(partial.program);
  }

  override DecoratorBlock(block: hbs.AST.DecoratorBlock): void {
    // `{{#*inline "name"}}` fills a slot of a layout; its body is checked like the rest.
    if (nameOf(block.path) !== 'inline') this.fault(block, 'is a decorator');
    this.accept(block.program);
  }

  override Decorator(decorator: hbs.AST.Decorator): void {
    this.fault(decorator, 'is a decorator');
  }

  private arguments(node: {
    readonly params: readonly hbs.AST.Expression[];
    readonly hash?: hbs.AST.Hash | undefined;
  }): void {
    for (const param of node.params) this.accept(param);
    for (const pair of node.hash?.pairs ?? []) this.accept(pair.value);
  }

  private checkHelper(node: hbs.AST.Node, name: string): void {
    if (!this.rules.helpers.has(name)) this.fault(node, `calls a helper that we do not have: ${name}`);
  }

  private checkPartial(node: hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement): void {
    if (node.name.type !== 'PathExpression') {
      this.fault(node, 'chooses its partial at run time');
      return;
    }
    const name = nameOf(node.name);
    const slot = name === '@partial-block' || node.type === 'PartialBlockStatement';
    if (!slot && !this.rules.partials.has(name)) this.fault(node, `wants a partial that we do not have: ${name}`);
  }

  private checkAttribute(mustache: hbs.AST.MustacheStatement, name: string): void {
    if (BEGINS_ADDRESS.test(this.before) && name !== 'href') {
      this.fault(mustache, `begins an address; write {{href ${name}}}`);
    }
    if (UNQUOTED.test(this.before)) this.fault(mustache, 'is an attribute without quotes');
  }

  private fault(node: hbs.AST.Node, what: string): void {
    this.faults.push(`line ${node.loc.start.line}: ${what}`);
  }
}

function isCall(node: {
  readonly params: readonly unknown[];
  readonly hash?: { readonly pairs: readonly unknown[] } | undefined;
}): boolean {
  return node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0;
}

function nameOf(path: hbs.AST.Node): string {
  return (path as Partial<hbs.AST.PathExpression>).original ?? '';
}
