import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfiguration } from '../../src/main/configuration.ts';
import { serve } from '../../src/main/serve.ts';
import type { Running } from '../../src/main/work.ts';

/** The whole program in this process, listening on any free port. */
function withServer(environment: Readonly<Record<string, string>>): () => string {
  let folder = '';
  let running: Running | undefined;
  before(async function () {
    this.timeout(60_000);
    folder = await mkdtemp(join(tmpdir(), 'tocsin-https-'));
    const configuration = readConfiguration({ PORT: '0', TOCSIN_DATA: folder, ...environment });
    running = await serve(configuration, () => undefined);
  });
  after(async () => {
    await running?.close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => running?.url ?? '';
}

async function signInPage(
  url: string,
): Promise<{ readonly policy: string; readonly hsts: string | null; readonly cookie: string }> {
  const { headers } = await fetch(new URL('/sign-in', url));
  return {
    policy: headers.get('content-security-policy') ?? '',
    hsts: headers.get('strict-transport-security'),
    cookie: headers.getSetCookie().join('; '),
  };
}

describe('An installation whose address is https', () => {
  const url = withServer({ TOCSIN_URL: 'https://tocsin.example' });

  it('sends Secure cookies bound to its host, HSTS, and upgrade-insecure-requests', async () => {
    const { policy, hsts, cookie } = await signInPage(url());
    expect(cookie).to.match(/^__Host-tocsin=.*; Secure/);
    expect(cookie).to.match(/HttpOnly/);
    expect(hsts).to.match(/^max-age=\d{7,}/);
    expect(policy).to.contain('upgrade-insecure-requests');
  });
});

describe('An installation whose address is http', () => {
  const url = withServer({});

  it('sends none of these: they would lock people out', async () => {
    const { policy, hsts, cookie } = await signInPage(url());
    expect(cookie).to.match(/^tocsin=/);
    expect(cookie).not.to.match(/Secure/);
    expect(cookie).to.match(/HttpOnly/);
    expect(hsts).to.equal(null);
    expect(policy).not.to.contain('upgrade-insecure-requests');
    expect(policy).not.to.contain('unsafe');
  });
});
