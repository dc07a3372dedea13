import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type House, openHouse } from '../testing/house.ts';
import { type SeededPlayer, seedMarkets, seedPlayers } from '../testing/seed.ts';

interface Movement {
  readonly transferId: string;
  readonly kind: string;
  readonly amountXof: number;
  readonly balanceAfterXof: number;
  readonly at: string;
}

describe('the statement', () => {
  let house: House;
  let clearing: number;
  before(async () => {
    house = await openHouse();
    const [row] = await house.owner.query<{ id: number }>(
      `SELECT ledger.open_account('provider_clearing', 'internal', true) AS id`,
    );
    clearing = row?.id ?? 0;
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  /** Books these amounts (money in when positive), each with its own transfer, all at one instant. */
  async function book(player: SeededPlayer, amounts: readonly number[]): Promise<void> {
    const ids = amounts.map(() => randomUUID());
    await house.owner.query(`SELECT ledger.post($1, $2, $3, $1, $4, $5, $6, $7)`, [
      ids,
      amounts.map((amount) => (amount > 0 ? 'deposit_credited' : 'withdrawal_requested')),
      amounts.map(() => randomBytes(32)),
      amounts.map(() => 0),
      amounts.map((amount) => (amount > 0 ? clearing : player.accountId)),
      amounts.map((amount) => (amount > 0 ? player.accountId : clearing)),
      amounts.map(Math.abs),
    ]);
  }

  async function newPlayer(): Promise<SeededPlayer> {
    const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 0 });
    assert(player !== undefined);
    return player;
  }

  async function readAll(player: SeededPlayer): Promise<{ movements: Movement[]; pages: number[] }> {
    const movements: Movement[] = [];
    const pages: number[] = [];
    for (let next: string | null | undefined; next !== null; ) {
      const path = next === undefined ? '/wallet/statement' : `/wallet/statement?before=${next}`;
      const { status, body } = await house.get(path, player.cookie);
      assert.equal(status, 200);
      movements.push(...body.movements);
      pages.push(body.movements.length);
      next = body.next;
    }
    return { movements, pages };
  }

  /** Each balance follows from the one before it in time, from zero up to the balance of now. */
  async function assertAddsUp(player: SeededPlayer, movements: readonly Movement[]): Promise<void> {
    const { body: wallet } = await house.get('/wallet', player.cookie);
    let balance = wallet.availableXof;
    for (const movement of movements) {
      assert.equal(movement.balanceAfterXof, balance);
      assert(balance >= 0, `a balance of ${balance} F`);
      balance -= movement.amountXof;
    }
    assert.equal(balance, 0);
    assert.equal(new Set(movements.map(({ transferId }) => transferId)).size, movements.length);
  }

  it('adds up over several movements of one instant, money in before money out', async () => {
    const player = await newPlayer();
    await book(player, [-700, 500, -300, 1_000]);
    const { movements } = await readAll(player);
    await assertAddsUp(player, movements);
    assert.deepEqual(
      movements.map(({ amountXof }) => amountXof > 0),
      [false, false, true, true],
    );
  });

  it('adds up over pages, cuts no instant, and leaves nothing out', async () => {
    const player = await newPlayer();
    let expected = 0;
    for (let i = 0; i < 120; i++) {
      const amounts = i % 10 === 0 ? [1_000, -200, 50, -50, 3] : i % 3 === 0 ? [100] : [-10];
      await book(player, amounts);
      expected += amounts.length;
    }
    const { movements, pages } = await readAll(player);
    assert.equal(movements.length, expected);
    assert(pages.length > 3 && Math.max(...pages) < 55, `pages of ${pages.join(', ')}`);
    await assertAddsUp(player, movements);
  });

  it('shows three hundred movements of one instant together', async () => {
    const player = await newPlayer();
    await book(player, [5_000]);
    await book(
      player,
      Array.from({ length: 300 }, () => 7),
    );
    await book(player, [-100]);
    const { movements } = await readAll(player);
    assert.equal(movements.length, 302);
    await assertAddsUp(player, movements);
  });

  it('tells instants apart to the microsecond', async () => {
    const player = await newPlayer();
    for (let i = 0; i < 200; i++) await book(player, [10]);
    const { movements, pages } = await readAll(player);
    assert.equal(movements.length, 200);
    assert.deepEqual(pages, [50, 50, 50, 50]);
    await assertAddsUp(player, movements);
  });

  it('shows a stake and its cancel as movements, and the wallet what is held', async () => {
    const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 20_000 });
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(player !== undefined && market !== undefined);
    const operationId = randomUUID();
    const terms = { operationId, side: 'A', stakeXof: 5_000, askXof: 5_000 };
    await house.post(`/markets/${market.marketId}/offers`, player.cookie, terms);
    assert.deepEqual((await house.get('/wallet', player.cookie)).body, {
      availableXof: 15_000,
      openXof: 5_000,
      engagedXof: 0,
      withdrawingXof: 0,
      isTest: true,
      room: {
        tier: 'phone',
        mayDeposit: true,
        balanceMaxXof: 200_000,
        depositLeftXof: 100_000,
        withdrawalLeftXof: 50_000,
      },
    });
    await house.post(`/markets/${market.marketId}/offers/${operationId}/cancel`, player.cookie, {
      operationId: randomUUID(),
    });
    const { movements } = await readAll(player);
    assert.deepEqual(
      movements.map(({ kind, amountXof }) => [kind, amountXof]),
      [
        ['offer_cancelled', 5_000],
        ['offer_placed', -5_000],
        ['deposit_credited', 20_000],
      ],
    );
    await assertAddsUp(player, movements);
  });

  it('refuses a page that is no instant', async () => {
    const player = await newPlayer();
    for (const before of ['', 'yesterday', '2026-13-01T00:00:00Z', "' OR 1=1"]) {
      const path = `/wallet/statement?before=${encodeURIComponent(before)}`;
      assert.equal((await house.get(path, player.cookie)).status, 400, before);
    }
    assert.equal((await house.get('/wallet/statement?limit=1000000', player.cookie)).status, 400);
  });
});
