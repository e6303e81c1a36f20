import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { createSmtpStaffPost } from '../../../src/adapters/mail/smtp.ts';
import { mara, ole, reminder, staffOptions } from './fixture.ts';

interface Taken {
  readonly to: readonly string[];
  readonly mail: ParsedMail;
}

describe('Mail to staff by SMTP', () => {
  const taken: Taken[] = [];
  let refused = '';
  let server: SMTPServer;
  let post: ReturnType<typeof createSmtpStaffPost>;

  beforeEach(async () => {
    taken.length = 0;
    refused = '';
    server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password }, _session, done) => {
        if (username === 'tocsin' && password === 'p@ss') done(null, { user: username });
        else done(new Error('no'));
      },
      onRcptTo: ({ address }, _session, done) => done(address === refused ? new Error('unknown') : null),
      onData: (stream, { envelope }, done) => {
        void simpleParser(stream).then((mail) => {
          taken.push({ to: envelope.rcptTo.map(({ address }) => address), mail });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    post = createSmtpStaffPost({ url: url('p%40ss'), ...staffOptions() });
  });
  afterEach(async () => {
    post.close();
    await new Promise<void>((resolve) => server.close(resolve));
  });

  function url(password: string): string {
    const { port } = server.server.address() as AddressInfo;
    return `smtp://tocsin:${password}@127.0.0.1:${port}`;
  }

  async function failure(): Promise<AggregateError> {
    try {
      await post.send(reminder);
    } catch (error) {
      return error as AggregateError;
    }
    throw new Error('it did not fail');
  }

  it('reaches each of the staff alone, in the language of each', async () => {
    expect(post.reaches).to.equal(true);
    await post.send(reminder);
    expect(taken.map(({ to }) => to)).to.deep.equal([[mara.email], [ole.email]]);
    expect(taken[1]?.mail.subject).to.match(/^INC-2026-0001: noch 1 Tag 2 Stunden/);
    expect(taken[1]?.mail.html).to.contain('lang="de"');
    expect(taken[1]?.mail.text).to.contain('Guten Tag Ole Ahorn,');
    expect(taken[0]?.mail.headers.get('auto-submitted')).to.equal('auto-generated');
    expect(taken[0]?.mail.messageId).to.match(/@linden\.example>$/);
  });

  it('does not wake anybody twice with the same mail', async () => {
    await post.send(reminder);
    await post.send(reminder);
    expect(taken).to.have.lengthOf(2);
    await post.send({ ...reminder, name: 'reminder-i1-gdpr-art33-authority-1-PT6H' });
    expect(taken).to.have.lengthOf(4);
  });

  it('tells of a refused reader, wakes the others, and later the refused one alone', async () => {
    refused = mara.email;
    const error = await failure();
    expect(error).to.be.instanceOf(AggregateError);
    expect(error.errors).to.have.lengthOf(1);
    expect(taken.map(({ to }) => to)).to.deep.equal([[ole.email]]);
    refused = '';
    await post.send(reminder);
    expect(taken.map(({ to }) => to)).to.deep.equal([[ole.email], [mara.email]]);
  });

  it('fails when the server does not let us in', async () => {
    post.close();
    post = createSmtpStaffPost({ url: url('wrong'), ...staffOptions() });
    expect((await failure()).errors).to.have.lengthOf(2);
    expect(taken).to.deep.equal([]);
  });
});
