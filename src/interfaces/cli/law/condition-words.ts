/** Says a message of the law by its key. */
type Say = (key: string, values: Readonly<Record<string, unknown>>) => string;

/** What a condition is made of, as law files write it; what is none of these stands for itself. */
const PARTS = new RegExp(
  [
    String.raw`(?<call>\w+\([^()]*\))`,
    String.raw`(?<listed>[\w.]+ in \[[^\]]*\])`,
    String.raw`(?<compared>[\w.]+ (?:==|!=|>=|<=|>|<) (?:"[^"]*"|[\d.]+))`,
    String.raw`(?<sign>&&|\|\||!|\?|:)`,
  ].join('|'),
  'g',
);

const SIGNS: Readonly<Record<string, string>> = {
  '&&': 'and',
  '||': 'or',
  '!': 'not',
  '?': 'then',
  ':': 'else',
};

const COMPARISONS: Readonly<Record<string, string>> = {
  '==': 'is',
  '!=': 'is-not',
  '>=': 'at-least',
  '>': 'above',
  '<=': 'at-most',
  '<': 'below',
};

/**
 * A condition of a law file in English, for who does not read CEL: `owed("us-tx-residents") && atLeast("US-TX", 250)`
 * is 'us-tx-residents is owed, and there are at least 250 people in US-TX'.
 */
export function conditionWords(condition: string, say: Say): string {
  return condition.replace(PARTS, (part: string, ...rest: readonly unknown[]) => {
    const found = rest.at(-1) as Readonly<Partial<Record<string, string>>>;
    if (found['sign'] !== undefined) return say(`condition.${SIGNS[part] ?? part}`, {});
    if (found['call'] !== undefined) return called(part, say);
    return found['listed'] === undefined ? compared(part, say) : listed(part, say);
  });
}

/** A question of the domain: `sector("bank")`, `moreThan("US-CA", 500)`. */
function called(part: string, say: Say): string {
  const [, name = '', given = ''] = /^(\w+)\(([^()]*)\)$/.exec(part) ?? [];
  const [first = '', n = ''] = given.split(', ').map(unquoted);
  const word = name === 'term' ? first.replaceAll('-', ' ') : first;
  const where = first === '*' ? '-anywhere' : '';
  return say(`condition.${name}${where}`, { word, n: Number(n === '' ? first : n) || 0 });
}

function listed(part: string, say: Say): string {
  const [fact = '', list = ''] = part.split(' in ');
  const [last = '', ...others] = list.slice(1, -1).split(', ').map(unquoted).reverse();
  return say('condition.one-of', { fact, others: others.reverse().join(', '), last });
}

function compared(part: string, say: Say): string {
  const [fact = '', sign = '', value = ''] = part.split(' ');
  return say(`condition.${COMPARISONS[sign] ?? sign}`, { fact, value: unquoted(value).replace(/\.0$/, '') });
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, '$1');
}
