import { once } from 'node:events';
import { expect } from 'chai';
import { listen } from '../../src/main/listen.ts';

describe('A server that is still starting', () => {
  it('answers at once that it is not ready, and hands over when it is', async () => {
    const { server, port, takeOver } = await listen('127.0.0.1', 0);
    try {
      const url = `http://127.0.0.1:${port}/incidents`;
      const early = await fetch(url);
      expect(early.status).to.equal(503);
      expect(Number(early.headers.get('retry-after'))).to.be.greaterThan(0);
      expect(Number(early.headers.get('refresh'))).to.be.greaterThan(0);
      expect(await early.text()).to.contain('Tocsin is starting.');
      takeOver((_request, response) => response.end('here'));
      const later = await fetch(url);
      expect([later.status, await later.text()]).to.deep.equal([200, 'here']);
    } finally {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  });
});
