/**
 * Matching by example: what a few people do in a market, one line a command, and what each is answered.
 * Each story is decided in one batch and again one command at a time: the answers are the same.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BookTooShort, decideBatch } from './batch.ts';
import type { AcceptCommand, CancelCommand, Command, Decision, MarketView, PlaceCommand } from './book.ts';
import { refusal } from './errors.ts';
import type { MarketState, Side } from './market.ts';
import { xof } from './money.ts';
import type { RestingOffer } from './offer.ts';
import type { Circumstances } from './testing/naive-market.ts';
import { testRuleCard } from './testing/rule-card.ts';
import { storeBatch, storedMarket } from './testing/stored-market.ts';

const ruleCard = testRuleCard();
const open: Circumstances = {
  state: 'open',
  nowMs: 1_000,
  hardStopMs: 9_000,
  barred: new Set(),
  caps: new Map(),
  linked: new Set(),
  totalCap: null,
};
const players = ['awa', 'binta', 'cheikh', 'dame'];

function place(playerId: string, offerId: string, side: Side, stake: number, ask: number): PlaceCommand {
  const amounts = { stakeXof: xof(stake), askXof: xof(ask) };
  return {
    kind: 'place',
    playerId,
    offerId,
    side,
    ...amounts,
    validUntilMs: null,
    challenge: null,
    expiresAtMs: null,
  };
}

function accept(playerId: string, offerId: string, stake: number, more?: 'or less'): AcceptCommand {
  const partial = more === 'or less';
  const plain = { validUntilMs: null, hasLink: false, cancelsOfferId: null };
  return { kind: 'accept', playerId, offerId, stakeXof: xof(stake), partial, ...plain };
}

function cancel(playerId: string, offerId: string): CancelCommand {
  return { kind: 'cancel', playerId, offerId };
}

type Story = readonly (readonly [command: Command, answer: string])[];

const stories: Readonly<Record<string, Story>> = {
  'two equal offers meet': [
    [place('awa', 'o1', 'A', 5_000, 5_000), 'open 5000'],
    [place('binta', 'o2', 'B', 5_000, 5_000), 'o1 5000:5000'],
  ],
  'offers of one side do not meet': [
    [place('awa', 'o1', 'A', 5_000, 5_000), 'open 5000'],
    [place('binta', 'o2', 'A', 5_000, 5_000), 'open 5000'],
  ],
  'the resting ratio holds: the newcomer gets more than he asked': [
    [place('awa', 'o1', 'A', 20_000, 10_000), 'open 20000'],
    [place('binta', 'o2', 'B', 10_000, 10_000), 'o1 20000:10000'],
  ],
  'a newcomer who asks too much rests': [
    [place('awa', 'o1', 'A', 10_000, 10_000), 'open 10000'],
    [place('binta', 'o2', 'B', 9_000, 10_000), 'open 9000'],
  ],
  'the best ratio for the newcomer first, whatever the order of arrival': [
    [place('awa', 'o1', 'A', 5_000, 5_000), 'open 5000'],
    [place('binta', 'o2', 'A', 6_000, 4_000), 'open 6000'],
    [place('dame', 'o3', 'A', 5_000, 4_000), 'open 5000'],
    [place('cheikh', 'o4', 'B', 13_000, 13_000), 'o2 6000:4000, o3 5000:4000, o1 5000:5000'],
  ],
  'at one ratio the oldest first': [
    [place('awa', 'o1', 'A', 2_000, 2_000), 'open 2000'],
    [place('binta', 'o2', 'A', 9_000, 9_000), 'open 9000'],
    [place('cheikh', 'o3', 'B', 3_000, 3_000), 'o1 2000:2000, o2 1000:1000'],
  ],
  'an offer keeps its place while it is filled by parts': [
    [place('awa', 'o1', 'A', 4_000, 4_000), 'open 4000'],
    [place('binta', 'o2', 'A', 4_000, 4_000), 'open 4000'],
    [place('cheikh', 'o3', 'B', 1_000, 1_000), 'o1 1000:1000'],
    [place('dame', 'o4', 'B', 4_000, 4_000), 'o1 3000:3000, o2 1000:1000'],
  ],
  'his own offer is skipped, not the one behind it': [
    [place('awa', 'o1', 'A', 6_000, 4_000), 'open 6000'],
    [place('binta', 'o2', 'A', 5_000, 5_000), 'open 5000'],
    [place('awa', 'o3', 'B', 5_000, 5_000), 'o2 5000:5000'],
    [place('awa', 'o4', 'B', 5_000, 5_000), 'open 5000'],
  ],
  'an offer of which no unit fits is skipped, not the one behind it': [
    [place('awa', 'o1', 'A', 20_000, 19_000), 'open 20000'],
    [place('binta', 'o2', 'A', 3_000, 3_000), 'open 3000'],
    [place('cheikh', 'o3', 'B', 3_000, 3_000), 'o1 2000:1900, o2 1100:1100'],
    [place('dame', 'o4', 'B', 1_000, 1_000), 'o2 1000:1000'],
  ],
  'what is left stays open at the newcomer’s own ratio': [
    [place('awa', 'o1', 'A', 6_000, 4_000), 'open 6000'],
    [place('binta', 'o2', 'B', 10_000, 10_000), 'o1 6000:4000, open 6000'],
    [place('cheikh', 'o3', 'A', 6_000, 6_000), 'o2 6000:6000'],
  ],
  'dust that is no whole unit comes back, the rest stays': [
    [place('awa', 'o1', 'A', 6_000, 4_000), 'open 6000'],
    [place('binta', 'o2', 'B', 9_000, 10_000), 'o1 6000:4000, open 4500, back 500'],
    [accept('cheikh', 'o2', 5_000), 'o2 4500:5000'],
  ],
  'a rest below the minimum comes back at once': [
    [place('awa', 'o1', 'A', 5_000, 5_000), 'open 5000'],
    [place('binta', 'o2', 'B', 5_900, 5_900), 'o1 5000:5000, back 900'],
    [place('dame', 'o3', 'A', 6_000, 6_000), 'open 6000'],
  ],
  'a rest whose ask is below the minimum comes back too': [
    [place('awa', 'o1', 'A', 2_000, 4_000), 'open 2000'],
    [place('binta', 'o2', 'B', 5_800, 2_900), 'o1 2000:4000, back 1800'],
  ],
  'an acceptance takes part of an offer, and the offer stays for others': [
    [place('awa', 'o1', 'A', 6_000, 3_000), 'open 6000'],
    [accept('binta', 'o1', 1_000), 'o1 2000:1000'],
    [accept('cheikh', 'o1', 2_500), 'offer_taken leftXof=2000'],
    [accept('cheikh', 'o1', 2_500, 'or less'), 'o1 4000:2000'],
    [accept('dame', 'o1', 1_000), 'offer_gone'],
  ],
  'an acceptance may choose a worse offer than the best': [
    [place('awa', 'o1', 'A', 6_000, 4_000), 'open 6000'],
    [place('binta', 'o2', 'A', 5_000, 5_000), 'open 5000'],
    [accept('cheikh', 'o2', 5_000), 'o2 5000:5000'],
  ],
  'nobody accepts his own offer, or one that does not exist': [
    [place('awa', 'o1', 'A', 6_000, 4_000), 'open 6000'],
    [accept('awa', 'o1', 4_000), 'offer_own'],
    [accept('binta', 'o9', 4_000), 'offer_not_found'],
  ],
  'an offer that met someone at once is known by its name': [
    [place('awa', 'o1', 'A', 5_000, 5_000), 'open 5000'],
    [place('binta', 'o2', 'B', 5_000, 5_000), 'o1 5000:5000'],
    [accept('cheikh', 'o2', 5_000), 'offer_gone'],
    [cancel('binta', 'o2'), 'offer_nothing_open'],
    [cancel('awa', 'o1'), 'offer_nothing_open'],
  ],
  'the open part is cancelled, the duel stands': [
    [place('awa', 'o1', 'A', 5_000, 5_000), 'open 5000'],
    [accept('binta', 'o1', 2_000), 'o1 2000:2000'],
    [cancel('binta', 'o1'), 'offer_not_found'],
    [cancel('awa', 'o1'), 'back 3000'],
    [cancel('awa', 'o1'), 'offer_nothing_open'],
    [place('binta', 'o2', 'B', 5_000, 5_000), 'open 5000'],
  ],
  'money is spent in order of arrival; what comes back can be staked again': [
    [place('awa', 'o1', 'A', 99_000, 99_000), 'open 99000'],
    [place('awa', 'o2', 'A', 2_000, 2_000), 'insufficient_funds missingXof=1000'],
    [place('awa', 'o3', 'A', 1_000, 1_000), 'open 1000'],
    [cancel('awa', 'o1'), 'back 99000'],
    [place('binta', 'o4', 'B', 100_000, 100_000), 'o3 1000:1000, open 99000'],
    [accept('binta', 'o3', 1_000), 'offer_gone'],
    [accept('awa', 'o4', 99_000), 'o4 99000:99000'],
    [place('awa', 'o5', 'A', 1_000, 1_000), 'insufficient_funds missingXof=1000'],
  ],
  'a refused offer leaves nothing behind': [
    [place('awa', 'o1', 'A', 1_050, 1_050), 'amount_off_ladder stakeXof=1000 askXof=1000'],
    [place('awa', 'o2', 'A', 8_000, 1_000), 'net_below_stake netXof=6840 stakeXof=8000'],
    [accept('binta', 'o1', 1_050), 'offer_not_found'],
    [place('binta', 'o3', 'B', 1_000, 1_000), 'open 1000'],
  ],
};

for (const [name, story] of Object.entries(stories)) {
  const commands = story.map(([command]) => command);
  const answers = story.map(([, answer]) => answer);
  const wallets = new Map(players.map((player) => [player, xof(100_000)]));

  test(`${name}, in one batch`, () => {
    const market = storedMarket(ruleCard, wallets, new Map());
    assert.deepEqual(storeBatch(market, commands, open, 10).map(written), answers);
  });

  test(`${name}, one at a time with the shortest book`, () => {
    const market = storedMarket(ruleCard, wallets, new Map());
    const decisions = commands.flatMap((command) => storeBatch(market, [command], open, 0));
    assert.deepEqual(decisions.map(written), answers);
  });
}

for (const [state, atMs, newBet, cancelling] of [
  ['draft', 1_000, 'market_not_open', 'back 1000'],
  ['open', 1_000, 'open 1000', 'back 1000'],
  ['open', 8_999, 'open 1000', 'back 1000'],
  ['open', 9_000, 'market_closed', 'market_closed'],
  ['suspended', 1_000, 'market_suspended', 'back 1000'],
  ['suspended', 9_001, 'market_closed', 'market_closed'],
  ['closed', 1_000, 'market_closed', 'market_closed'],
  ['settling', 1_000, 'market_closed', 'market_closed'],
  ['settled', 1_000, 'market_closed', 'market_closed'],
] as const satisfies readonly (readonly [MarketState, number, string, string])[]) {
  test(`a market that is ${state} at ${atMs} of 9000: new bets ${newBet}, cancelling ${cancelling}`, () => {
    const view = viewOf({ state, nowMs: atMs });
    const acceptance = newBet === 'open 1000' ? 'o1 1000:1000' : newBet;
    assert.equal(decided(view, place('binta', 'o2', 'A', 1_000, 1_000)), newBet);
    assert.equal(decided(view, accept('binta', 'o1', 1_000)), acceptance);
    assert.equal(decided(view, cancel('awa', 'o1')), cancelling);
  });
}

test('a stake needs every franc of it, and no franc more', () => {
  for (const [availableXof, answer] of [
    [1_000, 'open 1000'],
    [999, 'insufficient_funds missingXof=1'],
    [0, 'insufficient_funds missingXof=1000'],
  ] as const) {
    const view = viewOf({ wallets: new Map([['binta', xof(availableXof)]]) });
    assert.equal(decided(view, place('binta', 'o2', 'A', 1_000, 1_000)), answer);
    const acceptance = answer === 'open 1000' ? 'o1 1000:1000' : answer;
    assert.equal(decided(view, accept('binta', 'o1', 1_000)), acceptance);
  }
});

test('a slip is good until its last millisecond', () => {
  const view = viewOf({});
  for (const [validUntilMs, answer] of [
    [1_000, 'open 1000'],
    [999, 'slip_expired'],
  ] as const) {
    assert.equal(decided(view, { ...place('binta', 'o2', 'A', 1_000, 1_000), validUntilMs }), answer);
  }
  assert.equal(decided(view, { ...accept('binta', 'o1', 1_000), validUntilMs: 999 }), 'slip_expired');
});

test('a barred player places and accepts nothing, and may still cancel', () => {
  const barred = new Map([
    ['awa', refusal('player_self_excluded')],
    ['binta', refusal('player_may_not_bet')],
  ]);
  const view = viewOf({ barred });
  assert.equal(decided(view, place('binta', 'o2', 'A', 1_000, 1_000)), 'player_may_not_bet');
  assert.equal(decided(view, accept('binta', 'o1', 1_000)), 'player_may_not_bet');
  assert.equal(decided(view, place('awa', 'o2', 'A', 1_000, 1_000)), 'player_self_excluded');
  assert.equal(decided(view, cancel('awa', 'o1')), 'back 1000');
});

test('within a batch each stake counts against what the one before has left, and a return gives it back', () => {
  const stake = { kind: 'stake', period: 'day', limitXof: xof(10_000), usedXof: 7_000, until: null } as const;
  const view = viewOf({ allowances: new Map([['binta', [stake]]]) });
  const refused = 'limit_stake period=day limitXof=10000';
  const commands: [Command, string][] = [
    [place('binta', 'o2', 'A', 2_000, 2_000), 'open 2000'],
    [place('binta', 'o3', 'A', 2_000, 2_000), `${refused} leftXof=1000 until=offer_end`],
    [place('awa', 'o4', 'B', 2_000, 2_000), 'o2 2000:2000'],
    [place('binta', 'o5', 'A', 1_000, 1_000), 'open 1000'],
    [accept('binta', 'o4', 1_000), 'offer_gone'],
    [place('binta', 'o6', 'A', 1_000, 1_000), `${refused} leftXof=0 until=offer_end`],
    [cancel('binta', 'o5'), 'back 1000'],
    [place('binta', 'o7', 'A', 1_000, 1_000), 'open 1000'],
  ];
  const { decisions } = decideBatch(
    view,
    commands.map(([command]) => command),
  );
  assert.deepEqual(
    decisions.map(written),
    commands.map(([, answer]) => answer),
  );
});

test('the engine says that the book is too short only when a decision needs more of it', () => {
  const taker = place('binta', 'o2', 'B', 1_000, 1_000);
  const read = (offers: readonly RestingOffer[], more: boolean): MarketView =>
    viewOf({ book: { A: { offers, more }, B: { offers: [], more: false } } });
  assert.equal(decided(read([resting], true), taker), 'o1 1000:1000');
  assert.throws(() => decided(read([], true), taker), BookTooShort);
  assert.throws(() => decided(read([resting], true), { ...taker, playerId: 'awa' }), BookTooShort);
  assert.throws(() => decided(read([resting], true), place('binta', 'o2', 'B', 2_000, 2_000)), BookTooShort);
  assert.equal(decided(read([resting], true), place('binta', 'o2', 'B', 1_000, 1_500)), 'open 1000');
});

test('a batch tells the server what changes: offers from before, offers of its own, the last number given', () => {
  const { changes, finals, lastSeq } = decideBatch(viewOf({}), [
    place('binta', 'o2', 'B', 3_000, 3_000),
    accept('awa', 'o2', 1_000),
    cancel('binta', 'o2'),
  ]);
  assert.deepEqual([...changes], [['o1', { filledXof: 1_000, returnedXof: 0, bonusXof: 0 }]]);
  assert.deepEqual([...finals], [['o2', { openXof: 0, filledXof: 2_000, returnedXof: 1_000, bonusXof: 0 }]]);
  // After 7: o2, its duel with o1, awa's duel with o2.
  assert.equal(lastSeq, 10);
});

const resting: RestingOffer = {
  id: 'o1',
  playerId: 'awa',
  side: 'A',
  ratio: { stake: 1, ask: 1 },
  seq: 7,
  openXof: xof(1_000),
  bonusXof: xof(0),
  challenge: null,
  expiresAtMs: null,
};

/** A market with one open offer, o1 of awa, and whatever is said to be different. */
function viewOf(different: Partial<MarketView>): MarketView {
  return {
    state: 'open',
    ruleCard,
    hardStopMs: 9_000,
    nowMs: 1_000,
    lastSeq: 7,
    book: { A: { offers: [resting], more: false }, B: { offers: [], more: false } },
    named: new Map([['o1', resting]]),
    wallets: new Map(players.map((player) => [player, xof(100_000)])),
    bonuses: new Map(),
    linked: new Map(),
    barred: new Map(),
    allowances: new Map(),
    totals: [],
    ...different,
  };
}

function decided(view: MarketView, command: Command): string {
  const [decision] = decideBatch(view, [command]).decisions;
  assert.ok(decision !== undefined);
  return written(decision);
}

/** An answer as a person writes it: the duels as maker:taker francs, what stays open, what comes back. */
function written(decision: Decision): string {
  if ('code' in decision) {
    const params = Object.entries(decision.params).map(([name, value]) => `${name}=${value}`);
    return [decision.code, ...params].join(' ');
  }
  const duels =
    decision.kind === 'placed' ? decision.duels : decision.kind === 'accepted' ? [decision.duel] : [];
  const parts = duels.map((duel) => `${duel.makerOfferId} ${duel.makerXof}:${duel.takerXof}`);
  if (decision.kind === 'placed' && decision.openXof > 0) parts.push(`open ${decision.openXof}`);
  if (decision.kind !== 'accepted' && decision.returnedXof > 0) parts.push(`back ${decision.returnedXof}`);
  return parts.join(', ');
}
