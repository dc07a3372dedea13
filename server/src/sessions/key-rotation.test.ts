import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { termsVersion } from '#core/settings.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import { openNode, type TestNode } from '../testing/nodes.ts';
import { askCode, newPhone, signUpPlayer, testPin } from '../testing/people.ts';
import { formOf, locationOf, Reader } from '../testing/reader.ts';

describe('T06: keys rotate and nobody is logged out', () => {
  let house: House;
  /** A node that has the new keys and the old ones, and one that has the new ones alone. */
  let both: TestNode;
  let fresh: TestNode;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles() });
    const draw = () => randomBytes(32).toString('hex');
    const { secrets } = house.deps;
    const [formKey, codeKey] = [draw(), draw()];
    both = await openNode(house, {
      secrets: {
        ...secrets,
        formKeys: [formKey, ...secrets.formKeys],
        codeKeys: [codeKey, ...secrets.codeKeys],
      },
    });
    fresh = await openNode(house, { secrets: { ...secrets, formKeys: [formKey], codeKeys: [codeKey] } });
  });
  after(async () => {
    await both.close();
    await fresh.close();
    await house.close();
  });

  /** The answer of another node to the form of an old page, with the same session. */
  const sendAt = (node: TestNode, cookie: string, fields: Record<string, string>) =>
    new Reader(node.app.player, cookie).post('/portefeuille/depot', new URLSearchParams(fields).toString());

  it('takes forms and slips of the old key while both are there; with the new one alone they have expired', async () => {
    const player = await signUpPlayer(house);
    const page = await new Reader(house.app.player, player.cookie).open('/portefeuille/depot');
    const fields = { ...formOf(page, '/portefeuille/depot'), amountXof: '1000' };
    const expired = await sendAt(fresh, player.cookie, fields);
    assert.deepEqual([expired.status, /expiré/.test(expired.text)], [403, true]);
    const taken = await sendAt(both, player.cookie, fields);
    assert.deepEqual([taken.status, locationOf(taken)], [303, '/portefeuille?fait=depot'], taken.text);
    for (const node of [both, fresh]) assert.equal((await node.get('/me', player.cookie)).status, 200);

    const renewed = await new Reader(both.app.player, player.cookie).open('/portefeuille/depot');
    const fieldsOfNew = { ...formOf(renewed, '/portefeuille/depot'), amountXof: '1000' };
    assert.equal((await sendAt(fresh, player.cookie, fieldsOfNew)).status, 303, 'the new key signs');
    await house.assertSound();
  });

  it('takes codes and sign-up tokens of the old key while both are there', async () => {
    const [one, other] = [newPhone(), newPhone()];
    const code = await askCode(house, one);
    const refused = await fresh.post('/sessions', '', { phone: one, code });
    assert.equal(refused.body.code, 'code_wrong');
    const checked = await both.post('/sessions', '', { phone: one, code });
    assert.equal(checked.body.kind, 'sign_up', JSON.stringify(checked.body));

    const old = await house.post('/sessions', undefined, { phone: other, code: await askCode(house, other) });
    const form = { pseudonym: 'Rotation', birthDate: '1990-01-31', pin: testPin, termsVersion };
    const { signUpToken } = old.body as { signUpToken: string };
    assert.equal((await fresh.post('/players', '', { ...form, signUpToken })).body.code, 'sign_up_expired');
    assert.equal((await both.post('/players', '', { ...form, signUpToken })).status, 201);
  });
});
