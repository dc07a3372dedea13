import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import { logInNewStaff, readTotp, signUpPlayer } from '../testing/people.ts';
import { formOf, locationOf, Reader } from '../testing/reader.ts';

describe('the second factor shown again, on pages', () => {
  let house: House;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles() });
  });
  after(() => house.close());

  /** As if the minutes since the second factor had passed. */
  const letStepUpPass = (personId: string) =>
    house.owner.query(
      `UPDATE session SET stepped_up_at = stepped_up_at - interval '1 hour', rotated_at = rotated_at - interval '1 hour'
       WHERE $1 IN (player_id, staff_id)`,
      [personId],
    );

  it('sends staff to confirm before money, and back to the desk', async () => {
    const again = await logInNewStaff(house);
    await letStepUpPass(again.staffId);
    const desk = new Reader(house.app.office, again.cookie);
    const away = await desk.post('/combats/7/resultat/confirmer', 'jeton=x');
    assert.equal(locationOf(away), '/confirmer?suite=%2Fcombats%2F7');
    const page = await desk.ask('/confirmer?suite=%2Fsessions');
    assert.equal(page.status, 200);
    const totp = await readTotp(house, again.phone);
    const wrong = totp === '000000' ? '000001' : '000000';
    const refused = await desk.submit(page, '/confirmer', { totp: wrong });
    assert.deepEqual([refused.status, /n’est pas le bon/.test(refused.text)], [401, true]);
    assert.equal(formOf(refused, '/confirmer')['suite'], '/sessions', 'the way back is not lost');
    const done = await desk.submit(refused, '/confirmer', { totp });
    assert.equal(locationOf(done), '/sessions');
    assert.equal((await desk.follow(done)).status, 200);
    assert.equal(locationOf(await desk.ask('/confirmer?suite=%2Fsessions')), '/sessions', 'once is enough');
  });

  it('keeps forms that are open: they belong to the session, not to its cookie', async () => {
    const staff = await logInNewStaff(house);
    const office = new Reader(house.app.office, staff.cookie);
    const open = await office.open('/sessions');
    const { jeton = '' } = formOf(open, '/deconnexion');
    const body = new URLSearchParams({ jeton, totp: await readTotp(house, staff.phone) });
    assert.equal((await office.post('/confirmer', body.toString())).status, 303);
    const out = await office.submit(open, '/deconnexion');
    assert.equal(locationOf(out), '/connexion', out.text);
  });

  it('does not lead to other sites', async () => {
    const player = await signUpPlayer(house);
    await letStepUpPass(player.playerId);
    const reader = new Reader(house.app.player, player.cookie);
    for (const suite of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const page = await reader.ask(`/confirmer?suite=${encodeURIComponent(suite)}`);
      assert(!page.html.includes('data-next="//') && !page.html.includes('value="https:'), suite);
    }
  });
});
