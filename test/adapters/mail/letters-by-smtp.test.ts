import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Handed } from '../../../src/application/ports/post.ts';
import { createSmtpLetterPost } from '../../../src/adapters/mail/letters-by-smtp.ts';
import { clock, letter } from './letter.ts';
import { CUT, withScripted, type Script } from './scripted-smtp.ts';

const PIPELINED = { EHLO: '250-hello\r\n250 PIPELINING' };

const BROKEN_BEFORE: Readonly<Record<string, Script>> = {
  'the line is cut before the greeting': { greeting: CUT },
  'the server greets with 554': { greeting: '554 no service for you' },
  'the line is cut after EHLO': { EHLO: CUT },
  'EHLO and HELO are refused': { EHLO: '502 no', HELO: '502 no' },
  'the sender is answered with 451': { MAIL: '451 not now' },
  'the sender is answered with 550, which is about us': { MAIL: '550 who are you' },
  'the line is cut after the sender': { MAIL: CUT },
  'the line is cut after the recipient': { RCPT: CUT },
  'the line is cut after DATA': { DATA: CUT },
  'the line is cut after all of it was said in one go': { ...PIPELINED, DATA: CUT },
  'a login is wanted at the recipient': { RCPT: '530 5.7.0 log in first' },
};

const ANSWERS: readonly (readonly [string, Script, Handed])[] = [
  ['550 to the recipient', { RCPT: '550 no such box' }, 'refused'],
  [
    '550 to the recipient, all of it said in one go',
    { ...PIPELINED, RCPT: '550 no', DATA: '554 no' },
    'refused',
  ],
  ['550 to the recipient, and 354 to DATA nevertheless', { ...PIPELINED, RCPT: '550 no' }, 'refused'],
  ['452 to the recipient', { RCPT: '452 the box is full' }, 'later'],
  ['421 to the recipient', { RCPT: '421 closing' }, 'later'],
  ['554 to DATA', { DATA: '554 no' }, 'refused'],
  ['451 to DATA', { DATA: '451 not now' }, 'later'],
  ['554 to the whole letter', { body: '554 it is spam' }, 'refused'],
  ['452 to the whole letter', { body: '452 no room' }, 'later'],
  ['421 to the whole letter', { body: '421 closing' }, 'later'],
];

const BROKEN_AFTER: Readonly<Record<string, Script>> = {
  'the line is cut in the letter': { bodyBegins: CUT },
  'the line is cut after the letter, before the answer': { body: CUT },
  'the line is cut after all of it was said in one go': { ...PIPELINED, body: CUT },
  'the server that answers DATA with 250 hangs up': { DATA: '250 go on', body: CUT },
  'the answer makes no sense': { body: 'hello' },
};

/** How the letter ends with whoever listens there. */
async function handedTo(port: number, login = ''): Promise<Handed> {
  return createSmtpLetterPost({ url: `smtp://${login}127.0.0.1:${port}`, clock }).deliver(letter);
}

const handedBy = (script: Script, login = ''): Promise<Handed> =>
  withScripted(script, (port) => handedTo(port, login));

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
    post.close?.();
    await new Promise<void>((resolve) => server.close(resolve));
  });

  it('are accepted when the server answers 250 after the whole mail', async () => {
    expect(await post.deliver(letter)).to.equal('accepted');
    expect(taken[0]?.subject).to.equal(letter.subject);
    expect(taken[0]?.text).to.contain('Łucja Zażółć');
  });

  it('go over few connections, each used again, and each mail arrives once', async () => {
    let connections = 0;
    server.on('connect', () => void (connections += 1));
    const all = Array.from({ length: 30 }, (_, position) => ({ ...letter, position }));
    const lanes = Array.from({ length: 3 }, async () => {
      for (let next = all.shift(); next; next = all.shift())
        expect(await post.deliver(next)).to.equal('accepted');
    });
    await Promise.all(lanes);
    expect(taken).to.have.length(30);
    expect(new Set(taken.map(({ messageId }) => messageId)).size).to.equal(30);
    expect(connections).to.be.at.most(3);
  });

  it('open a new connection after one that broke, and the mail that broke is not sent again by itself', async () => {
    expect(await post.deliver(letter)).to.equal('accepted');
    atData = answering(452);
    expect(await post.deliver({ ...letter, position: 3 })).to.equal('later');
    atData = null;
    expect(await post.deliver({ ...letter, position: 4 })).to.equal('accepted');
    expect(taken).to.have.length(2);
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

  describe('before the letter itself was begun, whatever breaks leaves it to be tried again:', () => {
    it('nobody listens', async () => {
      const { port } = server.server.address() as AddressInfo;
      await new Promise<void>((resolve) => server.close(resolve));
      expect(await handedTo(port)).to.equal('later');
    });

    it('no such server has a name', async () => {
      const lost = createSmtpLetterPost({ url: 'smtp://mail.linden.invalid:25', clock });
      expect(await lost.deliver(letter)).to.equal('later');
    });

    for (const [when, script] of Object.entries(BROKEN_BEFORE)) {
      it(when, async () => {
        expect(await handedBy(script)).to.equal('later');
      });
    }

    it('the login is wrong', async () => {
      const script = { EHLO: '250-hello\r\n250 AUTH PLAIN', AUTH: '535 5.7.8 wrong' };
      expect(await handedBy(script, 'shop:wrong@')).to.equal('later');
    });
  });

  describe('of this letter alone the server says', () => {
    for (const [said, script, handed] of ANSWERS) {
      it(`${said}: ${handed}`, async () => {
        expect(await handedBy(script)).to.equal(handed);
      });
    }
  });

  describe('once the letter itself was begun, nobody knows:', () => {
    for (const [when, script] of Object.entries(BROKEN_AFTER)) {
      it(when, async () => {
        expect(await handedBy(script)).to.equal('uncertain');
      });
    }
  });
});
