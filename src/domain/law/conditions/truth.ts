/** Unknown, with the facts that would decide. */
export interface Unknown {
  readonly missing: readonly string[];
}

/** Yes, no, or unknown. */
export type Truth = true | false | Unknown;

export function isUnknown(truth: Truth): truth is Unknown {
  return typeof truth === 'object';
}

export function unknown(missing: readonly string[]): Unknown {
  return { missing };
}

/** One unknown for the reasons of several, each reason once. */
export function union(unknowns: readonly Unknown[]): Unknown {
  const [first, ...rest] = unknowns;
  if (!first) return { missing: [] };
  // The same answer comes up again and again: most unions add nothing.
  let missing = first.missing;
  for (const one of rest) {
    const added = one.missing.filter((name) => !missing.includes(name));
    if (added.length > 0) missing = [...missing, ...added];
  }
  return missing === first.missing ? first : { missing };
}

/** Yes as soon as one is yes; no when all are no; else unknown, for the reasons of those that are. */
export function anyOf(truths: Iterable<Truth>): Truth {
  const open: Unknown[] = [];
  for (const truth of truths) {
    if (truth === true) return true;
    if (truth !== false) open.push(truth);
  }
  return open.length === 0 ? false : union(open);
}

/** {@link anyOf} two. */
export function or(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true;
  if (a === false) return b;
  return b === false ? a : union([a, b]);
}

export function not(truth: Truth): Truth {
  return typeof truth === 'object' ? truth : !truth;
}

/**
 * `condition ? yes : no`: with the condition open, still known where both branches agree; else it is the condition
 * that is missing, and what a branch lacks is asked once it is known that the branch matters.
 */
export function choose(condition: Truth, yes: () => Truth, no: () => Truth): Truth {
  if (condition === true) return yes();
  if (condition === false) return no();
  const a = yes();
  return typeof a === 'boolean' && a === no() ? a : condition;
}
