/** Money out in the office, as a browser without JavaScript sees it. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { staffRoles } from '#core/api/contract.ts';
import { type MoneyDesk, openMoneyDesk } from '../testing/money-desk.ts';
import { formOf, locationOf, Reader } from '../testing/reader.ts';
import { seedStaff } from '../testing/seed.ts';
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
    const ended = await desk.moussa.ask('/retraits?liste=finis');
    assert.match(ended.text, /Les plus récents d’abord/);
    assert.doesNotMatch(ended.text, /Les plus anciens d’abord/);
    assert.equal((await desk.moussa.submit(page, confirm)).status, 303, 'pressed twice, done once');
  });

  it('stops a provider and lets it go on, with the reason', async () => {
    const stop = '/operateurs/internal/arreter';
    const fields = { side: 'payouts', note: 'Panne annoncée' };
    assert.equal((await press(desk.khady, '/operateurs', stop, fields)).status, 303);
    const page = await desk.moussa.ask('/operateurs');
    assert.match(page.text, /en partie arrêté/);
    assert.doesNotMatch(page.text, / répond /, 'no green badge on what is stopped');
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

  it('says what to do when the provider refuses our access, also when it does so again', async () => {
    const refuse = () => ({
      kind: 'closed' as const,
      reason: 'provider_stopped' as const,
      detail: 'PIN 2011',
    });
    desk.fake.behaviour.withdrawalAnswer = refuse;
    const resume = { side: 'payouts', note: 'On réessaie' };
    for (let i = 0; i < 2; i++) {
      await sendWithdrawal(desk.house.deps, await ask(5_000));
      const page = await desk.khady.ask('/operateurs');
      assert.match(page.text, /L’opérateur refuse notre accès.*Elle redémarre le serveur/);
      assert.equal((await desk.khady.submit(page, '/operateurs/internal/reprendre', resume)).status, 303);
    }
    assert.doesNotMatch((await desk.khady.ask('/operateurs')).text, /redémarre le serveur/);
    desk.fake.reset();
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
    const ended = await desk.moussa.ask(path);
    const names = desk.staff.map(({ name }) => name);
    for (const name of names) {
      assert.match(ended.text, new RegExp(`${name} accepte .* ${note}`), 'the decisions stay to be read');
    }
    const journal = await desk.khady.ask('/journal');
    assert.match(journal.text, /Avis sur un retrait : oui/);
  });

  it('says how old the account and the number are, and what the money comes from', async () => {
    const id = await ask(5_000);
    const { playerId } = desk.player;
    await desk.house.owner.query(`UPDATE player SET joined_at = '2026-01-02T03:04:05Z' WHERE id = $1`, [
      playerId,
    ]);
    const page = await desk.khady.ask(`/retraits/${id}`);
    assert.match(page.text, /Compte ouvert vendredi 2 janvier/);
    assert.match(page.text, /Ce numéro est le sien depuis vendredi 2 janvier/);
    assert.match(page.text, /Déposé en 30 jours 700 000 F Misé en 30 jours 0 F Gagné en 30 jours 0 F/);
    assert.match(page.text, /Aucun pari gagné en 30 jours/);
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

  it('is finance’s alone; decisions want the second factor again, and without it nothing is decided', async () => {
    const id = await ask(100_000);
    const path = `/retraits/${id}`;
    const decisions = ['accepter', 'refuser', 'constat'].map((action) => `${path}/${action}`);
    const providers = ['arreter', 'reprendre'].map((action) => `/operateurs/internal/${action}`);
    const owner = desk.house.owner;
    for (const role of staffRoles.filter((role) => role !== 'finance')) {
      const [colleague] = await seedStaff(owner, 1, role);
      await owner.query('UPDATE session SET stepped_up_at = clock_timestamp()');
      const other = new Reader(desk.house.app.office, colleague?.cookie);
      for (const page of ['/retraits', path, '/operateurs']) {
        assert.equal((await other.ask(page)).status, 403, `${role} ${page}`);
      }
      // His own form's token: what is wrong is who he is, not the form.
      const { jeton = '' } = formOf(await other.ask('/sessions'), '/deconnexion');
      for (const action of [...decisions, ...providers]) {
        assert.equal((await other.post(action, `jeton=${jeton}`)).status, 403, `${role} ${action}`);
      }
    }
    const [member] = await seedStaff(owner, 1, 'finance');
    await owner.query(
      `UPDATE session SET stepped_up_at = clock_timestamp() - interval '1 day' WHERE staff_id = $1`,
      [member?.staffId],
    );
    const late = new Reader(desk.house.app.office, member?.cookie);
    for (const action of [...decisions, ...providers]) {
      assert.match(locationOf(await late.post(action, '')), /^\/confirmer\?suite=/, action);
    }
    assert.equal((await desk.player.get(`/withdrawals/${id}`)).body.state, 'approval');
  });
});
