import { expect } from 'chai';
import { ROUTES } from '../../../src/interfaces/api/routes/index.ts';
import { withServedHouse } from '../web/served-house.ts';
import { BREACH, openOffice } from './client.ts';

interface Register {
  readonly matching: number;
  readonly all: number;
  readonly entries: readonly { readonly reference: string; readonly state: string }[];
}

describe('The breach register and forgetting, by the API', function () {
  this.timeout(30_000);
  const served = withServedHouse();

  it('answers in the shape that it describes, filtered as it is asked; what is no filter is refused', async () => {
    const { ada } = await openOffice(served);
    const logged: { id: string } = (await ada.send('POST', '/incidents', BREACH)).json;
    await ada.send('POST', '/incidents', { ...BREACH, state: 'near-miss', title: 'A near miss' });
    const shape = ROUTES.find(({ id }) => id === 'viewBreachRegister')?.shape;
    const all = await ada.get('/breach-register');
    expect(shape?.validate(all.json).error).to.equal(undefined);
    expect((all.json as Register).entries).to.have.length(2);
    const some: Register = (await ada.get('/breach-register?state=near-miss&year=2026')).json;
    expect([some.matching, some.all]).to.deep.equal([1, 2]);
    expect(some.entries.map(({ state }) => state)).to.deep.equal(['near-miss']);
    expect((await ada.get('/breach-register?risk=terrible')).status).to.equal(422);
    const held = await ada.get(`/incidents/${logged.id}/forgetting`);
    const shapeOfHeld = ROUTES.find(({ id }) => id === 'viewForgetting')?.shape;
    expect(shapeOfHeld?.validate(held.json).error).to.equal(undefined);
    const body = {
      reference: 'INC-2026-0001',
      reason: 'No claim is open.',
      password: 'three quiet words here',
    };
    const refused = await ada.send('POST', `/incidents/${logged.id}/forgetting`, body);
    expect(refused.status, 'there is nobody').to.equal(409);
    const wrong = await ada.send('POST', `/incidents/${logged.id}/forgetting`, { ...body, password: 'x' });
    expect(wrong.status).to.equal(422);
  });
});
