import { createServer, type AddressInfo, type Server } from 'node:net';
import { expect } from 'chai';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { createSmtpLetterPost } from '../../../src/adapters/mail/letters-by-smtp.ts';
import { clock, letter } from './letter.ts';

/** An error with the answer that the server shall give. */
function answering(responseCode: number): Error {
  return Object.assign(new Error('as the test wants it'), { responseCode });
}

describe('Letters by SMTP', () => {
  let taken: ParsedMail[] = [];
  let atRecipient: Error | null = null;
  let atData: Error | null = null;
  let server: SMTPServer;
  let post: ReturnType<typeof createSmtpLetterPost>;

  beforeEach(async () => {
    taken = [];
    atRecipient = null;
    atData = null;
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: (_address, _session, done) => done(atRecipient),
      onData: (stream, _session, done) => {
        void simpleParser(stream).then((mail) => {
          if (!atData) taken.push(mail);
          done(atData);
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    post = createSmtpLetterPost({ url: `smtp://127.0.0.1:${port}`, clock });
  });
  afterEach(async () => {
    post.close();
    await new Promise<void>((resolve) => server.close(resolve));
  });

  it('are accepted when the server answers 250 after the whole mail', async () => {
    expect(await post.deliver(letter)).to.equal('accepted');
    expect(taken[0]?.subject).to.equal(letter.subject);
    expect(taken[0]?.text).to.contain('Łucja Zażółć');
  });

  it('have the same Message-ID however often they are handed over, so that readers can tell', async () => {
    await post.deliver(letter);
    await post.deliver(letter);
    expect(new Set(taken.map(({ messageId }) => messageId)).size).to.equal(1);
  });

  for (const [code, handed] of [
    [550, 'refused'],
    [553, 'refused'],
    [450, 'later'],
    [421, 'later'],
  ] as const) {
    it(`are ${handed} when the recipient is answered with ${code}`, async () => {
      atRecipient = answering(code);
      expect(await post.deliver(letter)).to.equal(handed);
      expect(taken).to.have.length(0);
    });
  }

  for (const [code, handed] of [
    [554, 'refused'],
    [452, 'later'],
  ] as const) {
    it(`are ${handed} when the whole mail is answered with ${code}`, async () => {
      atData = answering(code);
      expect(await post.deliver(letter)).to.equal(handed);
    });
  }

  it('are tried later where nobody listens', async () => {
    const { port } = server.server.address() as AddressInfo;
    await new Promise<void>((resolve) => server.close(resolve));
    const lonely = createSmtpLetterPost({ url: `smtp://127.0.0.1:${port}`, clock });
    const handed = await lonely.deliver(letter);
    lonely.close();
    expect(handed).to.equal('later');
  });

  it('are tried later where no such server has a name', async () => {
    const lost = createSmtpLetterPost({ url: 'smtp://mail.linden.invalid:25', clock });
    const handed = await lost.deliver(letter);
    lost.close();
    expect(handed).to.equal('later');
  });

  it('are uncertain when the line is cut after the mail, before the answer', async () => {
    const cutting: Server = createServer((socket) => {
      let inData = false;
      socket.write('220 ready\r\n');
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        const said = chunk.toString('latin1');
        if (inData) {
          if (said.includes('\r\n.\r\n')) socket.destroy();
        } else if (said.startsWith('DATA')) {
          inData = true;
          socket.write('354 go on\r\n');
        } else socket.write('250 ok\r\n');
      });
    });
    await new Promise<void>((resolve) => cutting.listen(0, '127.0.0.1', resolve));
    const { port } = cutting.address() as AddressInfo;
    const cut = createSmtpLetterPost({ url: `smtp://127.0.0.1:${port}`, clock });
    const handed = await cut.deliver(letter);
    cut.close();
    await new Promise((resolve) => cutting.close(resolve));
    expect(handed).to.equal('uncertain');
  });
});
