import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sealMarket } from '../settlement/seal-market.ts';
import { settleMarket } from '../settlement/settle-market.ts';
import { accept, cancel, command, place, whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { fallOfB } from '../testing/office.ts';
import { depositFor, signUpPlayer } from '../testing/people.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';

interface Movement {
  readonly transferId: string;
  readonly kind: string;
  readonly amountXof: number;
  readonly balanceAfterXof: number;
  readonly at: string;
  readonly group: string;
  readonly commissionXof: number;
  readonly taxXof: number;
  readonly bout: {
    readonly boutId: number;
    readonly offerId: string | null;
    readonly betId: string | null;
  } | null;
  readonly payment: { readonly provider: string; readonly withdrawalId: string | null } | null;
}

describe('the statement', () => {
  let house: House;
  let clearing: number;
  before(async () => {
    house = await openHouse({ settings: unlimitedRates });
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
      bonusXof: 0,
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

  it('says what each movement belongs to: the offer, the bet, the bout, what was kept', async () => {
    const [one, two] = (await seedPlayers(house.owner, { count: 2, availableXof: 50_000 })) as [
      SeededPlayer,
      SeededPlayer,
    ];
    const [staff, other] = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
    const [market] = (await seedMarkets(house.owner, { count: 1 })) as [SeededMarket];
    const { offerId } = (await place(house, one, market.marketId, { side: 'A', stakeXof: 15_000 })).body;
    const { betId } = (await accept(house, two, market.marketId, offerId, { stakeXof: 10_000 })).body.bet;
    const taken = (await place(house, one, market.marketId, { side: 'A', stakeXof: 2_000 })).body.offerId;
    await cancel(house, one, market.marketId, taken);
    await whistle(house, staff, market.marketId);
    await sealMarket(house.db, market.marketId);
    const { resultId } = (await command(house, staff, `/bouts/${market.boutId}/result`, fallOfB)).body;
    await command(house, other, `/bouts/${market.boutId}/result/confirm`, { resultId });
    await settleMarket({ db: house.db, jobs: house.jobs, onProgress: () => undefined }, market.marketId);

    const belongs = async (player: SeededPlayer) =>
      (await readAll(player)).movements.map(({ kind, group, bout, commissionXof, taxXof }) => [
        kind,
        group,
        bout?.offerId ?? null,
        bout?.betId ?? null,
        commissionXof,
        taxXof,
      ]);
    assert.deepEqual(await belongs(one), [
      ['duel_settled', 'gains', null, betId, 1_000, 3_800],
      ['offer_returned', 'returns', offerId, null, 0, 0],
      ['offer_cancelled', 'returns', taken, null, 0, 0],
      ['offer_placed', 'stakes', taken, null, 0, 0],
      ['offer_placed', 'stakes', offerId, null, 0, 0],
      ['deposit_credited', 'deposits', null, null, 0, 0],
    ]);
    assert.deepEqual(await belongs(two), [
      ['offer_accepted', 'stakes', null, betId, 0, 0],
      ['deposit_credited', 'deposits', null, null, 0, 0],
    ]);
    const { body: totals } = await house.get('/wallet/statement/totals', one.cookie);
    const { years, ...whole } = totals;
    assert.deepEqual(whole, {
      openingXof: 0,
      closingXof: 55_200,
      movementCount: 6,
      depositsXof: 50_000,
      withdrawalsXof: 0,
      netDepositsXof: 50_000,
      stakesXof: 17_000,
      gainsXof: 15_200,
      returnsXof: 7_000,
      commissionXof: 1_000,
      taxXof: 3_800,
    });
    assert.deepEqual(
      years.map(({ taxXof }: { taxXof: number }) => taxXof),
      [3_800, 0],
    );
    const [movement] = (await readAll(one)).movements;
    assert.equal(movement?.bout?.boutId, market.boutId);
  });

  it('calls a void a return, of which nothing was kept', async () => {
    const [one, two] = (await seedPlayers(house.owner, { count: 2, availableXof: 50_000 })) as [
      SeededPlayer,
      SeededPlayer,
    ];
    const [staff, other] = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
    const [market] = (await seedMarkets(house.owner, { count: 1 })) as [SeededMarket];
    const { offerId } = (await place(house, one, market.marketId, { side: 'A', stakeXof: 10_000 })).body;
    await accept(house, two, market.marketId, offerId, { stakeXof: 10_000 });
    await whistle(house, staff, market.marketId);
    await sealMarket(house.db, market.marketId);
    const draw = { ending: 'draw', source: 'Feuille officielle' };
    const { resultId } = (await command(house, staff, `/bouts/${market.boutId}/result`, draw)).body;
    await command(house, other, `/bouts/${market.boutId}/result/confirm`, { resultId });
    await settleMarket({ db: house.db, jobs: house.jobs, onProgress: () => undefined }, market.marketId);
    for (const player of [one, two]) {
      const [movement] = (await readAll(player)).movements;
      assert.deepEqual(
        [movement?.kind, movement?.group, movement?.amountXof, movement?.taxXof],
        ['duel_settled', 'returns', 10_000, 0],
      );
      const { body: gains } = await house.get('/wallet/statement?kind=gains', player.cookie);
      assert.deepEqual(gains, { movements: [], next: null });
    }
  });

  it('names the deposit and the withdrawal that a movement belongs to', async () => {
    const player = await signUpPlayer(house);
    await depositFor(player, 20_000);
    const withdrawalId = randomUUID();
    const asked = await house.post('/withdrawals', player.cookie, {
      operationId: withdrawalId,
      provider: 'internal',
      amountXof: 5_000,
    });
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    const { body } = await house.get('/wallet/statement', player.cookie);
    assert.deepEqual(
      body.movements.map(({ kind, payment }: Movement) => [
        kind,
        payment?.provider,
        payment?.withdrawalId ?? null,
      ]),
      [
        ['withdrawal_requested', 'internal', withdrawalId],
        ['deposit_credited', 'internal', null],
      ],
    );
    assert.match(body.movements[1].payment.depositId, /^[0-9a-f-]{36}$/);
  });

  it('refuses a period whose days are none, or the wrong way round', async () => {
    const player = await newPlayer();
    const codes = [
      ['from=2026-02-31', 'request_invalid'],
      ['to=26-02-01', 'request_invalid'],
      ['from=demain', 'request_invalid'],
      ['from=0001-01-01', 'request_invalid'],
      ['from=2026-02-01T00:00:00Z', 'request_invalid'],
      ['kind=everything', 'request_invalid'],
      ['from=2026-03-01&to=2026-02-28', 'period_reversed'],
    ] as const;
    for (const path of ['/wallet/statement', '/wallet/statement/totals']) {
      for (const [query, code] of codes) {
        const { status, body } = await house.get(`${path}?${query}`, player.cookie);
        assert.deepEqual([status, body.code], [400, code], `${path}?${query}`);
      }
    }
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
