import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isRefusal, refusal } from './errors.ts';
import type { MarketState } from './market.ts';
import { xof } from './money.ts';
import { makePoolCard } from './pool-card.ts';
import type { Leg } from './pool-leg.ts';
import { type BuyCommand, decideTickets, type PoolView } from './ticket-batch.ts';

const legs: Leg[] = [
  { boutId: 1, nameA: 'Modou', nameB: 'Balla', question: { kind: 'winner' } },
  { boutId: 2, nameA: 'Siteu', nameB: 'Lac', question: { kind: 'over_under', lineSeconds: 600 } },
];
const card = makePoolCard({
  legs,
  rates: { takeOutBps: 1_000, taxBps: 2_000, taxBase: 'payout' },
  limits: { stakeMinXof: xof(1_000), stakeMaxXof: xof(500_000) },
  authority: 'FSL',
  decidedBy: '2026-11-30T06:00:00Z',
});

function pool(given: Partial<PoolView> = {}): PoolView {
  return {
    state: 'open',
    card,
    hardStopMs: 10_000,
    nowMs: 5_000,
    lastSeq: 7,
    stakedXof: xof(0),
    totals: new Map(),
    wallets: new Map([
      ['awa', xof(10_000)],
      ['binta', xof(3_000)],
    ]),
    bonuses: new Map(),
    barred: new Map(),
    allowances: new Map(),
    stakedTotals: [],
    ...given,
  };
}

const buy = (given: Partial<BuyCommand> = {}): BuyCommand => ({
  playerId: 'awa',
  picks: ['A', 'over'],
  stakeXof: xof(1_000),
  validUntilMs: null,
  ...given,
});

/** The code of the refusal of one ticket, or null. */
function refused(view: PoolView, command = buy()): string | null {
  const [decision] = decideTickets(view, [command]).decisions;
  assert(decision !== undefined);
  return isRefusal(decision) ? decision.code : null;
}

test('tickets are numbered in order, and each is quoted with those before it', () => {
  const { decisions, lastSeq, stakedXof } = decideTickets(pool(), [
    buy(),
    buy({ playerId: 'binta', picks: ['B', 'over'], stakeXof: xof(3_000) }),
    buy(),
  ]);
  const seen = decisions.map((one) =>
    isRefusal(one) ? one.code : [one.seq, one.picks, one.quote.poolXof, one.quote.netXof, one.quote.isRefund],
  );
  assert.deepEqual(seen, [
    [8, 'A-over', 1_000, 1_000, true],
    // 4 000, of which 3 000 are his: 3 600 shared among 3 000, less 20 %.
    [9, 'B-over', 4_000, 2_880, false],
    // 5 000, of which 2 000 are Awa's: 4 500 for 2 000.
    [10, 'A-over', 5_000, 1_800, false],
  ]);
  assert.deepEqual([lastSeq, stakedXof], [10, 5_000]);
});

test('a pool takes tickets while it is open and its hard stop has not passed', () => {
  for (const [state, code] of [
    ['draft', 'pool_not_open'],
    ['open', null],
    ['suspended', 'pool_suspended'],
    ['closed', 'pool_closed'],
    ['settling', 'pool_closed'],
    ['settled', 'pool_closed'],
  ] as const satisfies readonly (readonly [MarketState, string | null])[]) {
    assert.equal(refused(pool({ state })), code, state);
  }
  assert.equal(refused(pool({ nowMs: 9_999 })), null);
  assert.equal(refused(pool({ nowMs: 10_000 })), 'pool_closed');
  assert.equal(refused(pool({ state: 'suspended', nowMs: 10_000 })), 'pool_closed');
});

test('picks are one known outcome for each leg', () => {
  for (const picks of [
    [],
    ['A'],
    ['A', 'over', 'A'],
    ['over', 'A'],
    ['A', 'void'],
    ['A', ''],
    ['a', 'over'],
    ['A-over'],
  ]) {
    assert.equal(refused(pool(), buy({ picks })), 'picks_invalid', picks.join());
  }
});

test('a stake is within the limits of the rule card, the player’s own and his balance, in this order', () => {
  for (const [stakeXof, code] of [
    [999, 'stake_below_min'],
    [1_000, null],
    [1_001, null],
    [10_000, null],
    [10_001, 'insufficient_funds'],
    [500_001, 'stake_above_max'],
  ] as const) {
    assert.equal(refused(pool(), buy({ stakeXof: xof(stakeXof) })), code, String(stakeXof));
  }
  const day = {
    kind: 'house_day',
    period: 'day',
    limitXof: xof(5_000),
    usedXof: 3_000,
    until: null,
  } as const;
  const limited = pool({ allowances: new Map([['awa', [day]]]) });
  const [one, two, three] = decideTickets(limited, [
    buy({ stakeXof: xof(1_500) }),
    buy(),
    buy({ playerId: 'binta' }),
  ]).decisions;
  assert(one !== undefined && two !== undefined && three !== undefined);
  assert.equal(isRefusal(one), false);
  assert.deepEqual(isRefusal(two) && [two.code, two.params['leftXof']], ['limit_house_day', 500]);
  assert.equal(isRefusal(three), false);
});

test('bonus money is spent first, and counts for what a ticket may cost', () => {
  const view = pool({ bonuses: new Map([['binta', xof(1_500)]]) });
  const { decisions } = decideTickets(view, [
    buy({ playerId: 'binta' }),
    buy({ playerId: 'binta', stakeXof: xof(3_000) }),
    buy({ playerId: 'binta', stakeXof: xof(1_000) }),
    buy({ playerId: 'awa' }),
  ]);
  const seen = decisions.map((one) => (isRefusal(one) ? [one.code, one.params['missingXof']] : one.bonusXof));
  assert.deepEqual(seen, [1_000, 500, ['insufficient_funds', 500], 0]);
});

test('a limit on everybody together counts every ticket of the batch', () => {
  const view = pool({
    stakedTotals: [{ kind: 'total_gala', limitXof: xof(9_500), usedXof: 7_000, until: 'gala_end' }],
  });
  const { decisions } = decideTickets(view, [buy(), buy({ playerId: 'binta' }), buy()]);
  const seen = decisions.map((one) => (isRefusal(one) ? [one.code, one.params['leftXof']] : 'bought'));
  assert.deepEqual(seen, ['bought', 'bought', ['limit_total_gala', 500]]);
});

test('who may not bet and a slip that has expired are refused, and change nothing for the others', () => {
  const barred = new Map([['awa', refusal('player_self_excluded')]]);
  assert.equal(refused(pool({ barred })), 'player_self_excluded');
  assert.equal(refused(pool(), buy({ validUntilMs: 5_000 })), null);
  assert.equal(refused(pool(), buy({ validUntilMs: 4_999 })), 'slip_expired');
  const { decisions, lastSeq } = decideTickets(pool({ barred }), [buy(), buy({ playerId: 'binta' })]);
  const second = decisions[1];
  assert(second !== undefined && !isRefusal(second));
  assert.deepEqual([second.seq, second.quote.poolXof, lastSeq], [8, 1_000, 8]);
});

test('property: nobody spends more than he has, and the pool holds what was bought', () => {
  const command = fc.record({
    playerId: fc.constantFrom('awa', 'binta'),
    picks: fc.constantFrom(['A', 'over'], ['B', 'under'], ['A', 'none']),
    stakeXof: fc.integer({ min: 1, max: 6_000 }).map(xof),
    validUntilMs: fc.constantFrom(null, 4_000, 6_000),
  });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const view = pool();
      const { decisions, lastSeq, stakedXof } = decideTickets(view, commands);
      const spent = new Map<string, number>();
      let [count, total] = [0, 0];
      for (const [index, { playerId, stakeXof }] of commands.entries()) {
        const decision = decisions[index];
        assert(decision !== undefined);
        if (isRefusal(decision)) continue;
        count += 1;
        total += stakeXof;
        assert.equal(decision.seq, 7 + count);
        assert.equal(decision.quote.poolXof, total);
        spent.set(playerId, (spent.get(playerId) ?? 0) + stakeXof);
      }
      for (const [playerId, amount] of spent) assert.ok(amount <= (view.wallets.get(playerId) ?? 0));
      assert.deepEqual([lastSeq, stakedXof], [7 + count, total]);
    }),
  );
});
