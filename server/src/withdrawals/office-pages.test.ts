/** Money out in the office, as a browser without JavaScript sees it. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type MoneyDesk, openMoneyDesk } from '../testing/money-desk.ts';
import type { Reader } from '../testing/reader.ts';
import { sendWithdrawal } from './send-withdrawal.ts';

describe('the office’s pages of money out', () => {
  let desk: MoneyDesk;
  before(async () => {
    desk = await openMoneyDesk();
    const { playerId } = desk.player;
    await desk.house.owner.query(`UPDATE player SET tier = 'identified' WHERE id = $1`, [playerId]);
    for (const amountXof of [500_000, 200_000]) await desk.deposit(amountXof);
    await desk.house.owner.query('UPDATE session SET stepped_up_at = clock_timestamp()');
  });
  after(async () => {
    await desk.house.assertSound();
    await desk.close();
  });

  const ask = async (amountXof: number): Promise<string> => {
    const operationId = randomUUID();
    const answer = await desk.player.post('/withdrawals', { operationId, provider: 'internal', amountXof });
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    return operationId;
  };
  const press = async (by: Reader, path: string, action: string, fields: Record<string, string> = {}) =>
    by.submit(await by.ask(path), action, fields);

  it('a withdrawal without an answer: one says what happened, another confirms', async () => {
    const id = await ask(10_000);
    await desk.house.owner.query(`UPDATE withdrawal SET state = 'unknown' WHERE id = $1`, [id]);
    const path = `/retraits/${id}`;
    assert.match((await desk.khady.ask('/retraits?liste=inconnus')).text, /Sans réponse/);
    const evidence = 'Relevé du jour, ligne 12';
    await press(desk.khady, path, `${path}/constat`, { verdict: 'refused', evidence });
    const own = await desk.khady.ask(path);
    assert.match(own.text, /Vous l’avez proposé/);
    assert.doesNotMatch(own.html, /confirmer"/);
    const page = await desk.moussa.ask(path);
    const confirm = /action="([^"]+\/confirmer)"/.exec(page.html)?.[1] ?? assert.fail('no button');
    assert.equal((await desk.moussa.submit(page, confirm)).status, 303);
    assert.equal((await desk.player.get(`/withdrawals/${id}`)).body.state, 'refused');
    assert.equal((await desk.moussa.submit(page, confirm)).status, 303, 'pressed twice, done once');
  });

  it('stops a provider and lets it go on, with the reason', async () => {
    const stop = '/operateurs/internal/arreter';
    const fields = { side: 'payouts', note: 'Panne annoncée' };
    assert.equal((await press(desk.khady, '/operateurs', stop, fields)).status, 303);
    const page = await desk.moussa.ask('/operateurs');
    assert.match(
      page.text,
      /Retraits : arrêtés depuis .*Panne annoncée|Panne annoncée.*Retraits : arrêtés depuis/,
    );
    const id = await ask(5_000);
    await sendWithdrawal(desk.house.deps, id);
    assert.equal((await desk.player.get(`/withdrawals/${id}`)).body.reason, 'provider_stopped');
    await press(desk.moussa, '/operateurs', '/operateurs/internal/reprendre', { ...fields, note: 'Fini' });
    await sendWithdrawal(desk.house.deps, id);
    assert.equal((await desk.player.get(`/withdrawals/${id}`)).body.state, 'paid');
  });

  it('shows what waits for people, and two of them agree', async () => {
    const id = await ask(500_000);
    const queue = await desk.khady.ask('/retraits');
    assert.match(queue.text, /À décider · 1/);
    assert.match(queue.text, /0 accord sur 2/);
    assert.doesNotMatch(queue.html, /\+221/);
    const note = 'Pièce et relevé vus';
    const path = `/retraits/${id}`;
    assert.equal((await press(desk.khady, path, `${path}/accepter`, { note })).status, 303);
    const said = await desk.khady.ask(path);
    assert.match(said.text, /Vous avez donné votre avis/);
    assert.match(said.text, /1 accord sur 2/);
    assert.equal((await press(desk.moussa, path, `${path}/accepter`, { note })).status, 303);
    assert.match((await desk.moussa.ask(path)).text, /À envoyer/);
    await sendWithdrawal(desk.house.deps, id);
    assert.match((await desk.moussa.ask('/retraits?liste=finis')).text, /Payé/);
    assert.equal((await desk.player.get(`/withdrawals/${id}`)).body.state, 'paid');
  });

  it('wants a note, and brings the form back with what is missing', async () => {
    const id = await ask(100_000);
    const path = `/retraits/${id}`;
    const bare = await press(desk.khady, path, `${path}/refuser`, { note: '' });
    assert.equal(bare.status, 400);
    assert.equal((await desk.player.get(`/withdrawals/${id}`)).body.state, 'approval');
    await press(desk.khady, path, `${path}/refuser`, { note: 'Compte à vérifier' });
    const shown = (await desk.player.get(`/withdrawals/${id}`)).body;
    assert.deepEqual([shown.state, shown.reason], ['refused', 'refused_by_house']);
  });
});
