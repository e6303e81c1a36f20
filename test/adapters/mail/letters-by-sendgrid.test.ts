import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createSendGridLetterPost } from '../../../src/adapters/mail/letters-by-sendgrid.ts';
import { clock, letter } from './letter.ts';

const ERRORS = { errors: [{ message: 'as documented', field: null }] };

describe('Letters by SendGrid', () => {
  let answer: { readonly status: number; readonly body?: unknown } | 'cut' = { status: 202 };
  let calls = 0;
  let server: Server;
  let baseUrl = '';

  before(async () => {
    server = createServer((request, response) => {
      request.resume().on('end', () => {
        calls += 1;
        if (answer === 'cut') {
          response.destroy();
          return;
        }
        const { status, body } = answer;
        const json = typeof body === 'object';
        response.writeHead(status, { 'content-type': json ? 'application/json' : 'text/html' });
        response.end(json ? JSON.stringify(body) : body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  after(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    calls = 0;
  });

  const deliver = () => createSendGridLetterPost({ apiKey: 'SG.test', baseUrl, clock }).deliver(letter);

  for (const [what, given, handed] of [
    ['202', { status: 202 }, 'accepted'],
    ['400, a bad address', { status: 400, body: ERRORS }, 'refused'],
    ['413, too large', { status: 413, body: ERRORS }, 'refused'],
    ['401, a wrong key', { status: 401, body: ERRORS }, 'later'],
    ['429, too many calls', { status: 429, body: ERRORS }, 'later'],
    ['500 with errors of its own', { status: 500, body: ERRORS }, 'later'],
    ['503 with errors of its own', { status: 503, body: ERRORS }, 'later'],
    ['500 of something in between', { status: 500, body: '<h1>Oops</h1>' }, 'uncertain'],
    ['502', { status: 502, body: ERRORS }, 'uncertain'],
    ['504', { status: 504, body: '' }, 'uncertain'],
    ['a cut line', 'cut', 'uncertain'],
  ] as const) {
    it(`are ${handed} after ${what}, and the call is made once`, async () => {
      answer = given;
      expect(await deliver()).to.equal(handed);
      expect(calls).to.equal(1);
    });
  }

  it('are tried later where nobody listens', async () => {
    const lonely = createSendGridLetterPost({ apiKey: 'SG.test', baseUrl: 'http://127.0.0.1:9/', clock });
    expect(await lonely.deliver(letter)).to.equal('later');
  });
});
