/** Just enough reading of our own pages: forms with their fields, and text. */
export interface PageForm {
  readonly action: string;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
}

export interface Page {
  /** The first form whose action ends in `action`; '' finds a form without one. */
  form(action: string): PageForm | undefined;
  readonly actions: readonly string[];
  /** What a person reads, white space folded. */
  readonly text: string;
  readonly links: readonly string[];
}

export function load(html: string): Page {
  const forms = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inner = '']) => ({
    action: attribute(head, 'action'),
    method: attribute(head, 'method'),
    fields: fieldsOf(inner),
  }));
  const posts = forms.filter(({ method }) => method === 'post');
  return {
    form: (action) =>
      posts.find((form) => form.action === action || (action !== '' && form.action.endsWith(action))),
    actions: posts.map(({ action }) => action),
    text: textOf(html),
    links: [...html.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)].map(([, href = '']) => unescaped(href)),
  };
}

/** The fields that a browser would send without anybody pressing or typing anything. */
function fieldsOf(inner: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  const add = (name: string, value: string): void => {
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat();
  };
  for (const [, head = ''] of inner.matchAll(/<input\b([^>]*)>/g)) {
    const type = attribute(head, 'type');
    if (/^(checkbox|radio)$/.test(type) && !/\bchecked\b/.test(head)) continue;
    add(attribute(head, 'name'), attribute(head, 'value'));
  }
  for (const [, head = '', text = ''] of inner.matchAll(/<textarea\b([^>]*)>\n?([\s\S]*?)<\/textarea>/g))
    add(attribute(head, 'name'), unescaped(text));
  for (const [, head = '', options = ''] of inner.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const chosen =
      /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
    add(attribute(head, 'name'), unescaped(chosen?.[1] ?? ''));
  }
  return fields;
}

function attribute(head: string, name: string): string {
  return unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(head)?.[1] ?? '');
}

function textOf(html: string): string {
  const body = html.replace(/<(script|style|svg|head)\b[\s\S]*?<\/\1>/g, ' ');
  return unescaped(body.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
  '&#x60;': '`',
  '&#x3D;': '=',
};

function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27|#x60|#x3D);/g, (entity) => ENTITIES[entity] ?? entity);
}
