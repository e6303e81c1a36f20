import { compile } from 'html-to-text';

const convert = compile({
  // A mail program wraps better than we can; a hard wrap breaks telephone numbers.
  wordwrap: false,
  selectors: [
    ...['h1', 'h2', 'h3'].map((selector) => ({
      selector,
      options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 },
    })),
    // The text of a link is its address.
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    { selector: 'hr', options: { length: 40 } },
  ],
});

/** The plain-text twin of a letter or notice: every word of its HTML, in the same order. Ends in a line break. */
export function textTwin(html: string): string {
  return `${convert(html).trim()}\n`;
}
