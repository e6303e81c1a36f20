/** The words of the HTML's body, in order, without reading it as the twin's maker does. */
export function wordsOfHtml(html: string): readonly string[] {
  const body = html.slice(html.indexOf('<body'));
  const text = body
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#x([0-9A-F]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  return text.match(/\S+/g) ?? [];
}

/** The words of the text twin, without what it draws lists and rules with. */
export function wordsOfText(text: string): readonly string[] {
  return (
    text
      .replace(/^ *(?:-|\d+\.) /gm, '')
      .replace(/^-{10,}$/gm, '')
      .match(/\S+/g) ?? []
  );
}
