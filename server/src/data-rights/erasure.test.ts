import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { accept, place } from '../testing/bets.ts';
import { newNumber, sendGoodDocument } from '../testing/documents.ts';
import { type House, openHouse } from '../testing/house.ts';
import { depositFor, newPhone, signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { locationOf, Reader } from '../testing/reader.ts';
import { type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';
import { erasePlayer } from './erase-player.ts';
import { findErasuresDue } from './queries.ts';

describe('erasure', () => {
  let house: House;
  let compliance: SeededStaff;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles() });
    const [one] = await seedStaff(house.owner, 1, 'compliance');
    assert(one !== undefined);
    compliance = one;
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const closed = async (phone = newPhone()): Promise<TestPlayer> => {
    const player = await signUpPlayer(house, { phone, pseudonym: `Parti${phone.slice(-6)}` });
    const answer = await player.post('/data/closure', { operationId: randomUUID() });
    assert.equal(answer.body.state, 'closed');
    return player;
  };
  const letTimePass = (player: TestPlayer) =>
    house.owner.query(
      `UPDATE account_closure SET erase_at = erase_at - interval '31 days' WHERE player_id = $1`,
      [player.playerId],
    );
  const isErased = async (player: TestPlayer) => {
    const [row] = await house.owner.query<{ pseudonym: string; phone: string; day: string }>(
      `SELECT pseudonym, phone, birth_date::text AS day FROM player WHERE id = $1`,
      [player.playerId],
    );
    return (
      row?.pseudonym.startsWith('Ancien-') === true &&
      row.phone.startsWith('+999') &&
      row.day === '1900-01-01'
    );
  };

  it('waits for its time', async () => {
    const player = await closed();
    assert.equal(await erasePlayer(house.db, player.playerId), false);
    assert.equal(await isErased(player), false);
    await letTimePass(player);
    assert((await findErasuresDue(house.db)).some(({ playerId }) => playerId === player.playerId));
    assert.equal(await erasePlayer(house.db, player.playerId), true);
    assert.equal(await isErased(player), true);
  });

  it('never touches an account that is not closed', async () => {
    const player = await signUpPlayer(house, { availableXof: 5_000 });
    assert.equal(await erasePlayer(house.db, player.playerId), false);
    assert.equal((await player.post('/data/closure', { operationId: randomUUID() })).body.state, 'paying');
    assert.equal(await erasePlayer(house.db, player.playerId), false);
    assert.equal(await erasePlayer(house.db, randomUUID()), false);
    assert.equal(await isErased(player), false);
  });

  it('leaves no table with the phone, the pseudonym or the document, and frees the number', async () => {
    const phone = newPhone();
    const number = newNumber();
    const player = await signUpPlayer(house, { phone, pseudonym: 'Ndeye-Partie' });
    await sendGoodDocument(house, player, { number, name: 'Ndèye Partie', birthDate: '1990-01-31' });
    await player.post('/data/exports', { operationId: randomUUID() });
    await player.post('/data/closure', { operationId: randomUUID() });
    await letTimePass(player);
    assert.equal(await erasePlayer(house.db, player.playerId), true);

    const tables = await house.owner.query<{ name: string }>(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema IN ('public', 'ledger') AND table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const rows = await house.owner.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      const all = rows.map(({ text }) => text).join('\n');
      for (const trace of [phone, 'Ndeye-Partie', 'ndeyepartie', number]) {
        assert(!all.includes(trace), `${trace} in ${name}`);
      }
    }
    const left = await house.owner.query(
      `SELECT FROM identity_picture i JOIN identity_document d ON d.id = i.document_id WHERE d.player_id = $1`,
      [player.playerId],
    );
    assert.equal(left.length, 0);

    const next = await signUpPlayer(house, { phone, pseudonym: 'Ndeye-Partie' });
    assert.notEqual(next.playerId, player.playerId);
    const again = await sendGoodDocument(house, next, { number, birthDate: '1990-01-31' });
    const approved = await house.post(`/staff/identity/documents/${again}/approve`, compliance.cookie, {
      operationId: randomUUID(),
      correctsBirthDate: false,
    });
    assert.equal(approved.body.state, 'approved');
  });

  it('takes the numbers out of payments, withdrawals and what providers sent, and keeps their amounts', async () => {
    const phone = newPhone();
    const payer = newPhone();
    const player = await signUpPlayer(house, { phone, availableXof: 5_000 });
    const operationId = randomUUID();
    await player.post('/withdrawals', { operationId, provider: 'internal', amountXof: 5_000 });
    await sendWithdrawal(house.deps, operationId);
    await house.owner.query(`UPDATE withdrawal SET composed = $2 WHERE id = $1`, [
      operationId,
      `to ${phone}`,
    ]);
    await house.owner.query('UPDATE incoming_payment SET payer_phone = $2 WHERE player_id = $1', [
      player.playerId,
      payer,
    ]);
    await house.owner.query(`INSERT INTO recipient_check (provider, phone) VALUES ('internal', $1)`, [phone]);
    await house.owner.query(
      `INSERT INTO provider_callback (provider, event_id, body, about, reference)
       SELECT 'internal', 'E1', convert_to($2, 'UTF8'), 'deposit', id::text FROM deposit WHERE player_id = $1`,
      [player.playerId, `{"sender_mobile":"${phone}"}`],
    );
    await house.owner.query(
      `INSERT INTO statement_line (id, provider, account, is_test, transaction, kind, raw_kind, net_xof, fee_xof,
         tax_xof, is_tax_paid_by_provider, counterparty_phone, at, withdrawal_id)
       VALUES (gen_random_uuid(), 'internal', 'internal', true, 'T-1', 'withdrawal', 'payout', -5000, 0, 0, false, $2,
         clock_timestamp(), $1)`,
      [operationId, phone],
    );
    assert.equal((await player.post('/data/closure', { operationId: randomUUID() })).body.state, 'closed');
    await letTimePass(player);
    assert.equal(await erasePlayer(house.db, player.playerId), true);
    for (const table of ['withdrawal', 'incoming_payment', 'recipient_check', 'statement_line']) {
      const rows = await house.owner.query<{ text: string }>(`SELECT t::text AS text FROM ${table} t`);
      const all = rows.map(({ text }) => text).join('\n');
      for (const number of [phone, payer]) assert(!all.includes(number), `${number} in ${table}`);
    }
    const bodies = await house.owner.query<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM provider_callback`,
    );
    assert.deepEqual(bodies, [{ body: '' }]);
    const [kept] = await house.owner.query<{ phone: string; amountXof: number; state: string }>(
      'SELECT phone, amount_xof AS "amountXof", state FROM withdrawal WHERE id = $1',
      [operationId],
    );
    assert.match(kept?.phone ?? '', /^\+999\d{10}$/);
    assert.deepEqual([kept?.amountXof, kept?.state], [5_000, 'paid']);
  });

  it('waits for a payment that people have not placed yet', async () => {
    const player = await closed();
    await letTimePass(player);
    await house.owner.query(
      `INSERT INTO incoming_payment (id, provider, transaction, player_id, is_test, amount_xof, state)
       VALUES (gen_random_uuid(), 'internal', $2, $1, true, 1000, 'review')`,
      [player.playerId, randomUUID()],
    );
    assert.equal(await erasePlayer(house.db, player.playerId), false);
    await house.owner.query('DELETE FROM incoming_payment WHERE player_id = $1', [player.playerId]);
  });

  it('keeps the ledger, the bets and the opponent’s receipt, under a pseudonym', async () => {
    const player = await signUpPlayer(house, { availableXof: 10_000 });
    const [other] = await seedPlayers(house.owner, { count: 1, availableXof: 20_000 });
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(other !== undefined && market !== undefined);
    const me = { ...player, accountId: 0, pseudonym: player.name };
    const { offerId } = (await place(house, me, market.marketId, { side: 'A', stakeXof: 10_000 })).body;
    await accept(house, other, market.marketId, offerId, { stakeXof: 10_000 });
    // The end of the duel and of the account, as their own tests make it.
    await house.owner.query(
      `INSERT INTO account_closure (id, player_id, state, state_before, closed_at, remainder_xof, erase_at)
       VALUES (gen_random_uuid(), $1, 'closed', 'active', clock_timestamp(), 0, clock_timestamp())`,
      [player.playerId],
    );
    assert.equal(await erasePlayer(house.db, player.playerId), true);
    const { bets } = (await house.get('/bets', other.cookie)).body;
    assert.match(bets[0].opponent, /^Ancien-\d{10}$/);
    const receipt = await house.get(`/bets/${bets[0].betId}`, other.cookie);
    assert.equal(receipt.status, 200);
    assert.match(JSON.stringify(receipt.body), /Ancien-/);
    const kept = await house.owner.query(
      `SELECT FROM ledger.posting g JOIN player p ON p.available_account_id IN (g.debit_account_id, g.credit_account_id)
       WHERE p.id = $1`,
      [player.playerId],
    );
    assert.equal(kept.length, 2);
  });

  it('is done once, and the audit log says by whom', async () => {
    const player = await closed();
    await letTimePass(player);
    const done = await Promise.all(Array.from({ length: 5 }, () => erasePlayer(house.db, player.playerId)));
    assert.equal(done.filter(Boolean).length, 1);
    assert.equal(await erasePlayer(house.db, player.playerId), false);
    const rows = await house.owner.query<{ kind: string; input: object }>(
      `SELECT actor_kind AS kind, input FROM audit_entry WHERE command = 'erase-player' AND target = $1`,
      [`player ${player.playerId}`],
    );
    assert.deepEqual(rows, [
      { kind: 'system', input: { job: 'erase-player', askedBy: `player ${player.playerId}` } },
    ]);
  });

  it('is held by compliance with a reason, and let go again', async () => {
    const player = await closed();
    await letTimePass(player);
    const path = `/staff/data-requests/${player.playerId}`;
    const hold = (reason: string) =>
      house.post(`${path}/hold`, compliance.cookie, { operationId: randomUUID(), reason });
    assert.equal((await hold('  ')).body.code, 'request_invalid');
    assert.equal((await hold('Réquisition du parquet')).body.isHeld, true);
    assert.equal(await erasePlayer(house.db, player.playerId), false);
    const { requests } = (await house.get('/staff/data-requests', compliance.cookie)).body;
    const held = requests.find((one: { playerId: string }) => one.playerId === player.playerId);
    assert.deepEqual([held.holdReason, held.closure.isHeld], ['Réquisition du parquet', true]);

    const desk = new Reader(house.app.office, compliance.cookie);
    const page = await desk.open('/donnees');
    assert.match(page.text, /Retenu par .* : Réquisition du parquet/);
    const released = await desk.submit(page, `/donnees/${player.playerId}/liberer`);
    assert.equal(locationOf(released), '/donnees?fait=rendue');
    assert.equal(await erasePlayer(house.db, player.playerId), true);
    assert.equal((await hold('Trop tard')).body.code, 'already_erased');
    const unknown = await house.post(`/staff/data-requests/${randomUUID()}/hold`, compliance.cookie, {
      operationId: randomUUID(),
      reason: 'Personne',
    });
    assert.equal(unknown.status, 404);
  });

  it('waits for money that is still on its way', async () => {
    const player = await closed();
    await letTimePass(player);
    await house.owner.query(
      `INSERT INTO deposit (id, player_id, provider, amount_xof, state, input_hash)
       VALUES (gen_random_uuid(), $1, 'internal', 1000, 'review', sha256('x'))`,
      [player.playerId],
    );
    assert.equal(await erasePlayer(house.db, player.playerId), false);
  });

  it('leaves a recycled number to who has it now', async () => {
    const phone = newPhone();
    const player = await closed(phone);
    await letTimePass(player);
    await house.owner.query(
      `UPDATE player SET payout_frozen_at = clock_timestamp(), phone_released_at = clock_timestamp() WHERE id = $1`,
      [player.playerId],
    );
    const next = await signUpPlayer(house, { phone, pseudonym: `Suivant${phone.slice(-6)}` });
    assert.equal(await erasePlayer(house.db, player.playerId), true);
    assert.equal((await next.get('/me')).status, 200);
    const [holder] = await house.owner.query<{ kind: string }>(
      'SELECT kind FROM phone_holder WHERE phone = $1',
      [phone],
    );
    assert.equal(holder?.kind, 'player');
  });

  it('waits for a case that is not decided', async () => {
    const player = await closed();
    await letTimePass(player);
    await house.owner.query(
      `INSERT INTO account_case (id, kind, state, player_id, phone, statement)
       VALUES (gen_random_uuid(), 'lost_phone', 'claimed', $1, $2, 'Perdu')`,
      [player.playerId, player.phone],
    );
    assert.equal(await erasePlayer(house.db, player.playerId), false);
  });

  it('does not make a barred person unknown: the document stays found', async () => {
    const number = newNumber();
    const player = await signUpPlayer(house);
    const id = await sendGoodDocument(house, player, { number, birthDate: '1990-01-31' });
    const approve = (documentId: string) =>
      house.post(`/staff/identity/documents/${documentId}/approve`, compliance.cookie, {
        operationId: randomUUID(),
        correctsBirthDate: false,
      });
    assert.equal((await approve(id)).body.state, 'approved');
    await house.owner.query(`UPDATE player SET state = 'barred' WHERE id = $1`, [player.playerId]);
    assert.equal((await player.post('/data/closure', { operationId: randomUUID() })).body.state, 'closed');
    await letTimePass(player);
    assert.equal(await erasePlayer(house.db, player.playerId), true);
    const next = await signUpPlayer(house);
    const again = await sendGoodDocument(house, next, { number, birthDate: '1990-01-31' });
    assert.deepEqual((await approve(again)).body, {
      documentId: again,
      state: 'refused',
      reason: 'same_document',
    });
  });

  it('can be done by the server’s role in no other way', async () => {
    const player = await closed();
    for (const statement of [
      `UPDATE player SET pseudonym = 'x' WHERE id = '${player.playerId}'`,
      `DELETE FROM session WHERE player_id = '${player.playerId}'`,
      `UPDATE account_closure SET erased_at = clock_timestamp() WHERE player_id = '${player.playerId}'`,
    ]) {
      await assert.rejects(house.db.query(statement), /permission denied/, statement);
    }
    await depositFor(await signUpPlayer(house), 1_000);
  });
});
