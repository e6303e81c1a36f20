import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createSendGridStaffPost } from '../../../src/adapters/mail/sendgrid.ts';
import type { StaffPost } from '../../../src/application/ports/post.ts';
import { mara, ole, reminder, staffOptions } from './fixture.ts';

interface MailSend {
  readonly personalizations: readonly { readonly to: readonly { email: string; name?: string }[] }[];
  readonly from: { readonly email: string };
  readonly subject: string;
  readonly content: readonly { readonly type: string; readonly value: string }[];
  readonly headers: Readonly<Record<string, string>>;
  readonly tracking_settings: Readonly<Record<string, { readonly enable: boolean }>>;
  readonly custom_args?: unknown;
  readonly categories?: unknown;
}

interface Call {
  readonly path: string;
  readonly key: string | undefined;
  readonly body: MailSend;
}

describe('Mail to staff by SendGrid', () => {
  const calls: Call[] = [];
  let answer: (call: Call) => readonly [number, unknown];
  let server: Server;
  let post: StaffPost;
  let baseUrl = '';

  beforeEach(async () => {
    calls.length = 0;
    answer = () => [202, undefined];
    // As the public API description answers: 202 with an empty body and X-Message-Id, or a list of errors.
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as MailSend;
        const call = { path: `${request.method} ${request.url}`, key: request.headers.authorization, body };
        calls.push(call);
        const [status, error] = answer(call);
        response.writeHead(status, { 'X-Message-Id': 'm1', 'Content-Type': 'application/json' });
        response.end(error === undefined ? '' : JSON.stringify(error));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    baseUrl = `http://127.0.0.1:${port}/`;
    post = createSendGridStaffPost({ apiKey: 'SG.test', baseUrl, ...staffOptions() });
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('queues one mail for each of the staff, without any tracking', async () => {
    expect(post.reaches).to.equal(true);
    await post.send(reminder);
    expect(calls.map(({ path, key }) => [path, key])).to.deep.equal([
      ['POST /v3/mail/send', 'Bearer SG.test'],
      ['POST /v3/mail/send', 'Bearer SG.test'],
    ]);
    const [first, second] = calls.map(({ body }) => body);
    expect(first?.personalizations.map(({ to }) => to)).to.deep.equal([
      [{ email: mara.email, name: mara.name }],
    ]);
    expect(second?.subject).to.match(/^INC-2026-0001: noch 1 Tag/);
    expect(first?.content.map(({ type }) => type)).to.deep.equal(['text/plain', 'text/html']);
    expect(first?.headers['Auto-Submitted']).to.equal('auto-generated');
    const tracking = Object.entries(first?.tracking_settings ?? {}).map(([name, { enable }]) => [
      name,
      enable,
    ]);
    expect(Object.fromEntries(tracking)).to.deep.equal({
      click_tracking: false,
      open_tracking: false,
      subscription_tracking: false,
      ganalytics: false,
    });
  });

  it('leaves nothing with SendGrid that cannot be deleted there', async () => {
    await post.send(reminder);
    expect(calls[0]?.body.custom_args).to.equal(undefined);
    expect(calls[0]?.body.categories).to.equal(undefined);
  });

  it('sends a name that the API would refuse without the signs that it minds', async () => {
    await post.send({ ...reminder, to: [{ ...mara, name: 'Linde; Mara, Dr.' }] });
    expect(calls[0]?.body.personalizations[0]?.to[0]?.name).to.match(/^[^;,]+$/);
  });

  it('signs with a sender that the API takes', async () => {
    const from = { name: 'Übersicht Müller', email: 'alarm@müller.example' };
    post = createSendGridStaffPost({ apiKey: 'SG.test', baseUrl, ...staffOptions(), from });
    await post.send(reminder);
    expect(calls[0]?.body.from).to.deep.equal({
      name: 'Ubersicht Muller',
      email: 'alarm@xn--mller-kva.example',
    });
  });

  it('fails by the API’s answer, wakes the others, and later only those who were not', async () => {
    const refuse = { errors: [{ message: 'too many requests', field: null }] };
    answer = ({ body }) =>
      body.personalizations[0]?.to[0]?.email === mara.email ? [429, refuse] : [202, undefined];
    let failed: unknown;
    await post.send(reminder).catch((error: unknown) => (failed = error));
    expect(failed).to.be.instanceOf(AggregateError);
    expect((failed as AggregateError).errors).to.have.lengthOf(1);
    answer = () => [202, undefined];
    await post.send(reminder);
    const reached = calls.map(({ body }) => body.personalizations[0]?.to[0]?.email);
    expect(reached).to.deep.equal([mara.email, ole.email, mara.email]);
  });
});
