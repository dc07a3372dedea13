/**
 * What meets, what stays open, what goes back, and the bonus money in each: the examples of docs/settlement-rules.md.
 * Two people in an empty market, each with a purse that is large enough.
 */
import assert from 'node:assert/strict';
import type { AcceptCommand, Command, Decision, NewDuel, PlaceCommand } from '../book.ts';
import { duelSettled } from '../ledger.ts';
import type { Side } from '../market.ts';
import { xof } from '../money.ts';
import { defaultRates } from '../settings.ts';
import { payDuel } from '../settlement.ts';
import type { Circumstances } from './naive-market.ts';
import { testRuleCard } from './rule-card.ts';
import { groupsOf, type RuleExample, type RuleRow } from './rule-tables.ts';
import { type StoredMarket, storeBatch, storedMarket } from './stored-market.ts';

const open: Circumstances = {
  state: 'open',
  nowMs: 1_000,
  hardStopMs: 9_000,
  barred: new Set(),
  caps: new Map(),
  linked: new Set(),
  totalCap: null,
};

function place(playerId: 'A' | 'B', side: Side, row: RuleRow): PlaceCommand {
  return {
    kind: 'place',
    playerId,
    offerId: `offer of ${playerId}`,
    side,
    stakeXof: xof(row.number(`${playerId} puts`)),
    askXof: xof(row.number(`${playerId} asks`)),
    validUntilMs: null,
    challenge: null,
    expiresAtMs: null,
  };
}

function marketWith(bonuses: Readonly<Record<string, number>>): StoredMarket {
  const wallets = new Map(['A', 'B'].map((player) => [player, xof(1_000_000)]));
  return storedMarket(
    testRuleCard(),
    wallets,
    new Map(Object.entries(bonuses).map(([player, amount]) => [player, xof(amount)])),
  );
}

function decide(market: StoredMarket, command: Command): Decision {
  const [decision] = storeBatch(market, [command], open, 10);
  assert.ok(decision !== undefined);
  return decision;
}

/** "4 000 : 2 000", the part of side A first. */
function duelText(duel: NewDuel | undefined, part: 'stake' | 'bonus'): string {
  if (duel === undefined) return 'none';
  const [maker, taker] =
    part === 'stake' ? [duel.makerXof, duel.takerXof] : [duel.makerBonusXof, duel.takerBonusXof];
  const [a, b] = duel.makerSide === 'A' ? [maker, taker] : [taker, maker];
  return `${groupsOf(a)} : ${groupsOf(b)}`;
}

const offersMatched: RuleExample = {
  given: ['A puts', 'A asks', 'B puts', 'B asks'],
  answer: (row) => {
    const market = marketWith({});
    decide(market, place('A', 'A', row));
    const second = decide(market, place('B', 'B', row));
    assert.ok(!('code' in second) && second.kind === 'placed', 'such an offer is refused');
    const [a, b] = [market.offers.get('offer of A'), market.offers.get('offer of B')];
    return {
      duel: duelText(market.duels[0], 'stake'),
      'A still open': a?.openXof ?? 0,
      'B still open': b?.openXof ?? 0,
      'back to B at once': b?.returnedXof ?? 0,
    };
  },
};

function accept(row: RuleRow): AcceptCommand {
  const how = row.text('how');
  assert.ok(how === 'all or nothing' || how === 'or less', `nobody accepts "${how}"`);
  return {
    kind: 'accept',
    playerId: 'B',
    offerId: 'offer of A',
    stakeXof: xof(row.number('B takes with')),
    partial: how === 'or less',
    validUntilMs: null,
    hasLink: false,
    cancelsOfferId: null,
  };
}

const offersAccepted: RuleExample = {
  given: ['A puts', 'A asks', 'B takes with', 'how'],
  answer: (row) => {
    const market = marketWith({});
    decide(market, place('A', 'A', row));
    const answer = decide(market, accept(row));
    return {
      answer: 'code' in answer ? answer.code : 'a duel',
      duel: duelText(market.duels[0], 'stake'),
      'A still open': market.offers.get('offer of A')?.openXof ?? 0,
    };
  },
};

/** A offers, B takes a part, and A takes the rest back. */
const bonusParts: RuleExample = {
  given: ["A's bonus", 'A puts', 'A asks', "B's bonus", 'B takes with'],
  answer: (row) => {
    const market = marketWith({ A: row.number("A's bonus"), B: row.number("B's bonus") });
    decide(market, place('A', 'A', row));
    const stakeXof = xof(row.number('B takes with'));
    const plain = { partial: false, validUntilMs: null, hasLink: false, cancelsOfferId: null };
    decide(market, { kind: 'accept', playerId: 'B', offerId: 'offer of A', stakeXof, ...plain });
    const back = decide(market, { kind: 'cancel', playerId: 'A', offerId: 'offer of A' });
    assert.ok(!('code' in back) && back.kind === 'cancelled', 'nothing was left to take back');
    return {
      duel: duelText(market.duels[0], 'stake'),
      'bonus in it': duelText(market.duels[0], 'bonus'),
      'A takes back': back.returnedXof,
      'of it bonus': back.bonusXof,
    };
  },
};

/** Accounts of the example by number. */
const accounts = { escrow: 0, commission: 1, taxPayable: 2 };
const [a, b] = [
  { player: 3, bonus: 4 },
  { player: 5, bonus: 6 },
];

const bonusSettled: RuleExample = {
  given: ['stake A', 'bonus in A', 'stake B', 'bonus in B', 'ends'],
  answer: (row) => {
    const outcome = row.text('ends');
    assert.ok(
      outcome === 'A' || outcome === 'B' || outcome === 'void',
      `a duel does not end with ${outcome}`,
    );
    const stakes = { stakeAXof: xof(row.number('stake A')), stakeBXof: xof(row.number('stake B')) };
    const payment = payDuel(stakes, outcome, defaultRates);
    const bonus = { bonusAXof: xof(row.number('bonus in A')), bonusBXof: xof(row.number('bonus in B')) };
    const postings = duelSettled({ ...accounts, a, b, outcome, payment, ...bonus });
    const to = (account: number) =>
      postings.filter(({ credit }) => credit === account).reduce((sum, { amountXof }) => sum + amountXof, 0);
    return {
      'A real': to(a.player),
      'A bonus': to(a.bonus),
      'B real': to(b.player),
      'B bonus': to(b.bonus),
    };
  },
};

export const offerExamples = {
  'offers-matched': offersMatched,
  'offers-accepted': offersAccepted,
  'bonus-parts': bonusParts,
  'bonus-settled': bonusSettled,
};
