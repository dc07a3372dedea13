import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { startSession } from '../sessions/start-session.ts';
import { type House, openHouse } from '../testing/house.ts';
import { openNode } from '../testing/nodes.ts';
import { logInNewStaff, readTotp, signUpPlayer, testPin } from '../testing/people.ts';
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

  it('sends a player to confirm before money leaves, and back to the amount he had typed', async () => {
    const player = await signUpPlayer(house, { availableXof: 5_000 });
    await letStepUpPass(player.playerId);
    const reader = new Reader(house.app.player, player.cookie);
    await house.deps.memory.publish('sessions-changed', { playerId: player.playerId });
    const first = await reader.ask('/portefeuille/retrait');
    assert.equal(locationOf(first), '/confirmer?suite=%2Fportefeuille%2Fretrait');
    const away = await reader.post('/portefeuille/retrait', 'amountXof=2+000&slip=x');
    const back = '/portefeuille/retrait?amountXof=2000';
    assert.equal(locationOf(away), `/confirmer?suite=${encodeURIComponent(back)}`);

    const page = await reader.follow(away);
    const refused = await reader.submit(page, '/confirmer', { pin: '8361' });
    assert.deepEqual([refused.status, formOf(refused, '/confirmer')['suite']], [401, back]);
    assert(!refused.html.includes('8361'), 'a PIN is not shown again');
    const done = await reader.submit(refused, '/confirmer', { pin: testPin });
    assert.equal(locationOf(done), back);
    const form = await reader.follow(done);
    assert.equal(formOf(form, '/portefeuille/retrait')['amountXof'], '2000');
    const paid = await reader.submit(form, '/portefeuille/retrait');
    assert.match(locationOf(paid), /^\/portefeuille\/retraits\/[0-9a-f-]{36}\?nouveau=1$/, paid.text);
    const audit = await house.owner.query<{ outcome: string; input: object }>(
      `SELECT outcome, input FROM audit_entry WHERE actor_id = $1 AND command = 'step-up' ORDER BY id`,
      [player.playerId],
    );
    assert.deepEqual(audit, [
      { outcome: 'pin_wrong', input: { factor: 'pin' } },
      { outcome: 'done', input: { factor: 'pin' } },
    ]);
    await house.assertSound();
  });

  it('counts wrong PINs like those of a log-in, on the JSON interface too', async () => {
    const player = await signUpPlayer(house, { availableXof: 5_000 });
    await letStepUpPass(player.playerId);
    const withdrawal = { operationId: randomUUID(), provider: 'internal', amountXof: 1_000 };
    await house.deps.memory.publish('sessions-changed', { playerId: player.playerId });
    assert.equal((await player.post('/withdrawals', withdrawal)).body.code, 'step_up_required');
    for (let i = 0; i < 4; i++) {
      assert.equal((await player.post('/sessions/step-up', { pin: '8361' })).body.code, 'pin_wrong');
    }
    for (const pin of ['8361', testPin]) {
      assert.equal((await player.post('/sessions/step-up', { pin })).body.code, 'pin_too_many_failures');
    }
    assert.equal((await player.post('/withdrawals', withdrawal)).body.code, 'step_up_required');
  });

  it('S11: another PIN ends the other sessions on every node', async () => {
    const player = await signUpPlayer(house);
    const other = await signUpPlayer(house);
    const { playerId } = player;
    const elsewhere = await house.db.transaction((tx) =>
      startSession(tx, { kind: 'player', personId: playerId, replaces: null }),
    );
    const node = await openNode(house);
    const cookie = `mb_player=${elsewhere.token}`;
    assert.equal((await node.get('/me', cookie)).status, 200);
    const reader = new Reader(house.app.player, player.cookie);
    const change = { pin: testPin, newPin: '5083', pinAgain: '5083' };
    const changed = await reader.submit(await reader.open('/moi/pin'), '/moi/pin', change);
    assert.equal(locationOf(changed), '/moi/pin?fait=change', changed.text);
    node.letSecondPass();
    assert.equal((await node.get('/me', cookie)).status, 401);
    assert.equal((await player.get('/me')).status, 200, 'the one it was done from goes on');
    assert.equal((await other.get('/me')).status, 200);
    await node.close();
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
