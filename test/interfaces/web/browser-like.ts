import { load } from './html.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Where it sends the browser, or null. */
  readonly location: string | null;
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A person with a browser: keeps cookies, presses buttons of forms as they stand in the page. */
export class Person {
  private readonly url: () => string;
  private readonly cookies = new Map<string, string>();

  constructor(url: () => string) {
    this.url = url;
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.request(path, { headers });
  }

  /** Follows redirects to the page where they end. */
  async open(path: string): Promise<Answer> {
    let answer = await this.get(path);
    for (let hops = 0; answer.location !== null && hops < 5; hops += 1)
      answer = await this.get(answer.location);
    return answer;
  }

  /**
   * Fills in the form of a page that posts to `action` (or the first one) and sends it, hidden fields included.
   * @throws Error if the page has no such form: what may not be done is not offered
   */
  async submit(page: Answer, action: string, fields: Fields, pageUrl = '/'): Promise<Answer> {
    const form = load(page.body).form(action);
    if (!form) throw new Error(`the page has no form to ${action}`);
    return this.post(form.action === '' ? pageUrl : form.action, { ...form.fields, ...fields });
  }

  async post(path: string, fields: Fields, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
    }
    return this.request(path, {
      method: 'POST',
      body: body.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  }

  async request(path: string, init: RequestInit): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', ...(init.headers as Record<string, string>), cookie };
    const response = await fetch(new URL(path, this.url()), { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = response.headers.get('location');
    return { status: response.status, headers: response.headers, body: await response.text(), location };
  }

  cookieNames(): readonly string[] {
    return [...this.cookies.keys()];
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }
}
