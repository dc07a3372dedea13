import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { openLog } from '../log.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { settleMarket } from '../settlement/settle-market.ts';
import { accept, place, whistle } from '../testing/bets.ts';
import { sendGoodDocument } from '../testing/documents.ts';
import { type FakeProvider, openFakeProvider } from '../testing/fake-provider.ts';
import { type House, openHouse } from '../testing/house.ts';
import { locationOf, Reader } from '../testing/reader.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';
import { advanceClosures } from './advance-closure.ts';
import type { ClosureDeps } from './data-deps.ts';

describe('closing an account', () => {
  let house: House;
  let fake: FakeProvider;
  before(async () => {
    fake = openFakeProvider();
    house = await openHouse({ pages: await loadPageBundles(), providers: { internal: fake } });
  });
  beforeEach(() => fake.reset());
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const deps = (): ClosureDeps => ({
    db: house.db,
    log: openLog('silent'),
    jobs: house.jobs,
    providers: { internal: fake },
    onBoutChanged: () => undefined,
    sessions: house.app.sessions,
  });
  const player = async (availableXof: number): Promise<SeededPlayer> => {
    const [one] = await seedPlayers(house.owner, { count: 1, availableXof });
    assert(one !== undefined);
    return one;
  };
  const closeIt = (one: SeededPlayer, operationId: string = randomUUID()) =>
    house.post('/data/closure', one.cookie, { operationId });
  const closureOf = async (one: SeededPlayer) =>
    (await house.get('/data', one.cookie)).body.closure ?? undefined;
  const stateOf = async (one: SeededPlayer) => {
    const [row] = await house.owner.query<{ player: string; closure: string; remainderXof: number | null }>(
      `SELECT p.state AS player, c.state AS closure, c.remainder_xof AS "remainderXof"
       FROM player p JOIN account_closure c ON c.player_id = p.id WHERE p.id = $1`,
      [one.playerId],
    );
    return row;
  };
  /** Does what the job of each withdrawal does. */
  const pay = async (one: SeededPlayer) => {
    const rows = await house.owner.query<{ id: string; amountXof: number }>(
      'SELECT id, amount_xof AS "amountXof" FROM withdrawal WHERE player_id = $1 AND ended_at IS NULL',
      [one.playerId],
    );
    for (const { id } of rows) await sendWithdrawal({ ...house.deps, ...deps() }, id);
    return rows.map(({ amountXof }) => amountXof);
  };
  const duel = async (a: SeededPlayer, b: SeededPlayer): Promise<SeededMarket> => {
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(market !== undefined);
    const { offerId } = (await place(house, a, market.marketId, { side: 'A', stakeXof: 10_000 })).body;
    assert.equal((await accept(house, b, market.marketId, offerId, { stakeXof: 10_000 })).status, 201);
    return market;
  };
  const decide = async ({ marketId, boutId }: SeededMarket) => {
    const [one, two] = await seedStaff(house.owner, 2);
    assert(one !== undefined && two !== undefined);
    await whistle(house, one, marketId);
    await sealMarket(house.db, marketId);
    const proposed = await house.post(`/staff/bouts/${boutId}/result`, one.cookie, {
      operationId: randomUUID(),
      ending: 'fall',
      winnerSide: 'A',
      source: 'essai',
    });
    const { resultId } = proposed.body;
    const body = { operationId: randomUUID(), resultId };
    assert.equal((await house.post(`/staff/bouts/${boutId}/result/confirm`, two.cookie, body)).status, 200);
    await settleMarket({ db: house.db, jobs: house.jobs, onProgress: () => undefined }, marketId);
  };

  it('pays the whole balance out above the ceiling, then ends, with the sessions', async () => {
    const one = await player(90_000);
    const answer = await closeIt(one);
    assert.equal(answer.status, 202);
    assert.deepEqual([answer.body.state, answer.body.withdrawingXof], ['paying', 90_000]);
    assert.deepEqual(await pay(one), [90_000]);
    assert.equal((await house.get('/me', one.cookie)).status, 200, 'until it is done');
    await advanceClosures(deps());
    assert.deepEqual(await stateOf(one), { player: 'closed', closure: 'closed', remainderXof: 0 });
    assert.equal((await house.get('/me', one.cookie)).status, 401);
    const [audit] = await house.owner.query<{ kinds: string[] }>(
      `SELECT array_agg(actor_kind || ' ' || command ORDER BY id) AS kinds FROM audit_entry WHERE target = $1`,
      [`player ${one.playerId}`],
    );
    assert.deepEqual(audit?.kinds, ['player close-account', 'system end-account']);
  });

  it('of an empty account ends at once', async () => {
    const one = await player(0);
    assert.equal((await closeIt(one)).body.state, 'closed');
    assert.equal((await house.get('/me', one.cookie)).status, 401);
  });

  it('gives open offers back first, and takes no bet or deposit from then on', async () => {
    const one = await player(50_000);
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(market !== undefined);
    await place(house, one, market.marketId, { side: 'A', stakeXof: 20_000 });
    assert.equal((await closeIt(one)).body.withdrawingXof, 50_000);
    const bet = await place(house, one, market.marketId, { side: 'A', stakeXof: 1_000 });
    assert.equal(bet.body.code, 'player_may_not_bet');
    const deposit = await house.post('/deposits', one.cookie, {
      operationId: randomUUID(),
      provider: 'internal',
      amountXof: 1_000,
    });
    assert.equal(deposit.body.code, 'deposit_not_for_you');
    await pay(one);
    await advanceClosures(deps());
    assert.equal((await stateOf(one))?.player, 'closed');
  });

  it('waits for duels, says so, and pays what they bring', async () => {
    const [one, other] = [await player(20_000), await player(20_000)];
    const market = await duel(one, other);
    const asked = await closeIt(one);
    assert.deepEqual([asked.body.state, asked.body.waitsForDuels], ['waiting', 1]);
    await advanceClosures(deps());
    assert.equal((await closureOf(one)).state, 'waiting');
    const reader = new Reader(house.app.player, one.cookie);
    assert.match((await reader.open('/moi/donnees')).text, /1 pari attend son verdict/);
    await decide(market);
    await advanceClosures(deps());
    // 10 000 that were left, and 15 200 of the duel.
    assert.deepEqual(await pay(one), [25_200]);
    await advanceClosures(deps());
    assert.equal((await stateOf(one))?.player, 'closed');
    const { bets } = (await house.get('/bets', other.cookie)).body;
    assert.equal(bets[0].opponent, one.pseudonym);
  });

  it('keeps owed what no provider can pay: 3 F stay his, and are told before the tap', async () => {
    const one = await player(10_003);
    const reader = new Reader(house.app.player, one.cookie);
    const page = await reader.open('/moi/donnees/fermer');
    assert.match(page.text, /10 000 F partent vers votre numéro.*3 F ne peuvent pas partir/);
    const done = await reader.submit(page, '/moi/donnees/fermer');
    assert.equal(locationOf(done), '/moi/donnees?fait=fermeture');
    assert.match((await reader.follow(done)).text, /10 000 F sont en route/);
    await pay(one);
    await advanceClosures(deps());
    assert.deepEqual(await stateOf(one), { player: 'closed', closure: 'closed', remainderXof: 3 });
    const [balance] = await house.owner.query<{ amountXof: number }>(
      'SELECT amount_xof AS "amountXof" FROM ledger.balance WHERE account_id = $1',
      [one.accountId],
    );
    assert.equal(balance?.amountXof, 3, 'in the ledger, under his account');
  });

  it('is two taps from the page, and one effect when the second is tapped twice', async () => {
    const one = await player(0);
    const reader = new Reader(house.app.player, one.cookie);
    const first = await reader.open('/moi/donnees');
    assert.match(first.html, /href="\/moi\/donnees\/fermer"/);
    const second = await reader.open('/moi/donnees/fermer');
    const [a, b] = await Promise.all([
      reader.submit(second, '/moi/donnees/fermer'),
      reader.submit(second, '/moi/donnees/fermer'),
    ]);
    assert([a, b].some((answer) => answer.status === 303 && locationOf(answer) === '/compte-ferme'));
    assert.match((await reader.open('/compte-ferme')).text, /Votre compte est fermé/);
    const rows = await house.owner.query('SELECT FROM account_closure WHERE player_id = $1', [one.playerId]);
    assert.equal(rows.length, 1);
  });

  it('happens once, whoever asks again and however many take it up', async () => {
    const one = await player(30_000);
    const operationId = randomUUID();
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => closeIt(one, operationId)),
      ...Array.from({ length: 5 }, () => closeIt(one)),
    ]);
    assert.equal(answers.filter(({ status }) => status >= 500).length, 0);
    assert(answers.filter(({ body }) => body.code === 'closure_already_asked').length >= 5);
    await Promise.all(Array.from({ length: 5 }, () => advanceClosures(deps())));
    assert.deepEqual(await pay(one), [30_000]);
    await Promise.all(Array.from({ length: 5 }, () => advanceClosures(deps())));
    const paid = await house.owner.query('SELECT FROM withdrawal WHERE player_id = $1', [one.playerId]);
    assert.equal(paid.length, 1);
    assert.equal((await stateOf(one))?.closure, 'closed');
  });

  it('lets no bet in flight slip past: closed while fifty bets arrive', async () => {
    const one = await player(100_000);
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(market !== undefined);
    const bets = Array.from({ length: 50 }, () =>
      place(house, one, market.marketId, { side: 'A', stakeXof: 1_000 }),
    );
    const [closed] = await Promise.all([closeIt(one), ...bets]);
    assert.equal(closed.status, 202);
    await advanceClosures(deps());
    const [open] = await house.owner.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM offer WHERE player_id = $1 AND is_open',
      [one.playerId],
    );
    assert.equal(open?.n, 0);
    assert.deepEqual(await pay(one), [100_000]);
  });

  it('tries a payout that the provider refuses again, an hour later', async () => {
    const one = await player(5_000);
    fake.behaviour.withdrawalAnswer = () => ({ kind: 'refused', reason: 'recipient_limit' });
    await closeIt(one);
    await pay(one);
    await advanceClosures(deps());
    assert.deepEqual(await pay(one), [], 'not at once');
    assert.equal((await closureOf(one)).state, 'paying');
    await house.owner.query(
      `UPDATE withdrawal SET ended_at = ended_at - interval '61 minutes' WHERE player_id = $1`,
      [one.playerId],
    );
    fake.reset();
    await advanceClosures(deps());
    assert.deepEqual(await pay(one), [5_000]);
    await advanceClosures(deps());
    assert.equal((await stateOf(one))?.closure, 'closed');
  });

  it('waits while money may not go out: an open case, a new device', async () => {
    const one = await player(5_000);
    await house.owner.query('UPDATE player SET payout_frozen_at = clock_timestamp() WHERE id = $1', [
      one.playerId,
    ]);
    assert.equal((await closeIt(one)).body.state, 'waiting');
    await advanceClosures(deps());
    assert.deepEqual(await pay(one), []);
    await house.owner.query('UPDATE player SET payout_frozen_at = NULL WHERE id = $1', [one.playerId]);
    await advanceClosures(deps());
    assert.deepEqual(await pay(one), [5_000]);
  });

  it('needs a fresh second factor, and takes the documents out of the queue', async () => {
    const [one, stale] = [await player(0), await player(0)];
    const documentId = await sendGoodDocument(house, one);
    await house.owner.query(
      `UPDATE session SET stepped_up_at = stepped_up_at - interval '1 hour' WHERE player_id = $1`,
      [stale.playerId],
    );
    assert.equal((await closeIt(stale)).body.code, 'step_up_required');
    assert.equal((await closeIt(one)).body.state, 'closed');
    const [row] = await house.owner.query<{ state: string }>(
      'SELECT state FROM identity_document WHERE id = $1',
      [documentId],
    );
    assert.equal(row?.state, 'withdrawn');
  });
});
