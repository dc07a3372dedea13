/** Reads a market for a batch: one round trip to `lock_and_read_market`, turned into core's view. */

import { refusalOfBarred } from '#core/barred.ts';
import type { BookSide, Command, MarketView } from '#core/book.ts';
import type { LimitEnd, Refusal } from '#core/errors.ts';
import type { MarketState, Side } from '#core/market.ts';
import { type Xof, xof, ZERO_XOF } from '#core/money.ts';
import type { Challenge, RestingOffer } from '#core/offer.ts';
import { winnerQuestion } from '#core/question.ts';
import type { Period } from '#core/responsible-play.ts';
import type { RuleCard } from '#core/rule-card.ts';
import type { StakeAllowance, TotalAllowance } from '#core/stake-allowance.ts';
import { first, type Tx } from '../db.ts';
import type { BetAnswer, BetCommand } from './bet-command.ts';

export interface MarketReading {
  readonly view: MarketView;
  readonly escrowAccountId: number;
  /** The instant of the batch, to the microsecond, as the database writes it. */
  readonly nowAt: string;
  readonly operations: ReadonlyMap<string, { readonly inputHash: string; readonly answer: BetAnswer }>;
  readonly pseudonyms: ReadonlyMap<string, string>;
  /** The bonus accounts of the players of the batch who have one. */
  readonly bonusAccounts: ReadonlyMap<string, number>;
}

type OfferRow = [
  id: string,
  playerId: string,
  pseudonym: string,
  side: Side,
  ratioStake: number,
  ratioAsk: number,
  seq: number,
  openXof: number,
  bonusXof: number,
  expiresAtMs: number | null,
  visibility: 'public' | 'phone' | 'link' | 'counter',
  invitedPlayerId: string | null,
];

export type BarredRow = [playerId: string, reason: string, untilAt: string | null];
export type StakedRow = [playerId: string, marketXof: number, dayXof: number, dayFreesAt: string | null];
export type StakedTotals = [marketXof: number, galaXof: number | null, houseXof: number | null];
export type LimitRow = [
  playerId: string,
  kind: 'stake' | 'loss',
  period: Period,
  limitXof: number,
  usedXof: number,
  freesAt: string | null,
];

/**
 * What the house lets one player stake, in one market and in any 24 hours; and all players together, in one market, in
 * its gala, and in everything that is not settled yet: 0 is no limit.
 */
export interface HouseLimits {
  readonly playerMarketMaxXof: Xof;
  readonly playerDayMaxXof: Xof;
  readonly totalMarketMaxXof: Xof;
  readonly totalGalaMaxXof: Xof;
  readonly totalHouseMaxXof: Xof;
}

interface MarketRow {
  state: MarketState;
  rule_card: RuleCard | null;
  hard_stop_ms: number;
  now_at: string;
  now_ms: number;
  last_seq: number;
  escrow_account_id: number;
  operations: [id: string, inputHash: string, answer: BetAnswer][] | null;
  book_a: OfferRow[] | null;
  book_b: OfferRow[] | null;
  named: OfferRow[] | null;
  wallets: Record<string, number> | null;
  bonuses: [playerId: string, accountId: number][] | null;
  barred: BarredRow[] | null;
  staked: StakedRow[] | null;
  limits: LimitRow[] | null;
  linked: [offerId: string, playerId: string][] | null;
  totals: StakedTotals;
}

/** Null when the market does not exist. */
export async function lockAndReadMarket(
  tx: Tx,
  marketId: number,
  commands: readonly BetCommand[],
  depth: number,
  house: HouseLimits,
): Promise<MarketReading | null> {
  const accountOf = new Map(commands.map((command) => [command.playerId, command.accountId]));
  const named = commands.flatMap(({ command }) => namedBy(command));
  const bettors = commands.flatMap(({ command, playerId }) => (command.kind === 'cancel' ? [] : [playerId]));
  // A side of the book is only read when an opposite offer may meet it.
  const depthFor = (side: Side) =>
    commands.some(
      ({ command }) => command.kind === 'place' && command.challenge === null && command.side !== side,
    )
      ? depth + 1
      : 0;
  const row = first(
    await tx.run<MarketRow>({
      name: 'lock_and_read_market',
      text: 'SELECT * FROM lock_and_read_market($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
      values: [
        marketId,
        commands.map((command) => command.operationId),
        named.map(({ offerId }) => offerId),
        named.map(({ taker }) => taker),
        [...new Set(bettors)],
        [...accountOf.keys()],
        [...accountOf.values()],
        depthFor('A'),
        depthFor('B'),
        house.totalGalaMaxXof > 0,
        house.totalHouseMaxXof > 0,
      ],
    }),
  );
  return row === null ? null : readingOf(row, accountOf, depth, house);
}

/** The offers that a command names, and who would take them. */
function namedBy(command: Command): { offerId: string; taker: string | null }[] {
  switch (command.kind) {
    case 'place':
      return [];
    case 'accept': {
      const { offerId, playerId: taker, cancelsOfferId } = command;
      const cancelled = cancelsOfferId === null ? [] : [{ offerId: cancelsOfferId, taker: null }];
      return [{ offerId, taker }, ...cancelled];
    }
    case 'cancel':
      return [{ offerId: command.offerId, taker: null }];
  }
}

function readingOf(
  row: MarketRow,
  accountOf: ReadonlyMap<string, number>,
  depth: number,
  house: HouseLimits,
): MarketReading {
  const rows = [...(row.book_a ?? []), ...(row.book_b ?? []), ...(row.named ?? [])];
  const wallets = new Map(
    [...accountOf].map(([player, account]) => [player, xof(row.wallets?.[account] ?? 0)]),
  );
  const bonusAccounts = new Map(row.bonuses ?? []);
  return {
    view: {
      state: row.state,
      ruleCard: row.rule_card ?? NO_RULE_CARD,
      hardStopMs: row.hard_stop_ms,
      nowMs: row.now_ms,
      lastSeq: row.last_seq,
      book: { A: sideOf(row.book_a, depth), B: sideOf(row.book_b, depth) },
      named: new Map((row.named ?? []).map((offer) => [offer[0], restingOf(offer)])),
      wallets,
      bonuses: new Map(
        [...bonusAccounts].map(([player, account]) => [player, xof(row.wallets?.[account] ?? 0)]),
      ),
      linked: linkedOf(row.linked ?? []),
      barred: barredOf(row.barred ?? []),
      allowances: allowancesOf(row, house),
      totals: totalsOf(row.totals, row.hard_stop_ms, house),
    },
    escrowAccountId: row.escrow_account_id,
    nowAt: row.now_at,
    operations: new Map((row.operations ?? []).map(([id, inputHash, answer]) => [id, { inputHash, answer }])),
    pseudonyms: new Map(rows.map((offer) => [offer[1], offer[2]])),
    bonusAccounts,
  };
}

/** Of several reasons the first is told. */
export function barredOf(rows: readonly BarredRow[]): Map<string, Refusal> {
  const barred = new Map<string, Refusal>();
  for (const [playerId, reason, untilAt] of rows) {
    if (!barred.has(playerId)) barred.set(playerId, refusalOfBarred({ reason, untilAt }));
  }
  return barred;
}

/** His own limits first: they speak when the house's leave no less. */
export function allowancesOf(
  row: {
    readonly limits: LimitRow[] | null;
    readonly staked: StakedRow[] | null;
    readonly hard_stop_ms: number;
  },
  house: HouseLimits,
): Map<string, StakeAllowance[]> {
  const allowances = new Map<string, StakeAllowance[]>();
  const add = (playerId: string, allowance: StakeAllowance) => {
    const known = allowances.get(playerId);
    if (known === undefined) allowances.set(playerId, [allowance]);
    else known.push(allowance);
  };
  for (const [playerId, kind, period, limitXof, usedXof, freesAt] of row.limits ?? [])
    add(playerId, { kind, period, limitXof: xof(limitXof), usedXof, until: untilOf(freesAt) });
  for (const [playerId, marketXof, dayXof, dayFreesAt] of row.staked ?? []) {
    const market = {
      limitXof: house.playerMarketMaxXof,
      usedXof: marketXof,
      until: new Date(row.hard_stop_ms).toISOString(),
    };
    const day = { limitXof: house.playerDayMaxXof, usedXof: dayXof, until: untilOf(dayFreesAt) };
    add(playerId, { kind: 'house_market', period: 'month', ...market });
    add(playerId, { kind: 'house_day', period: 'day', ...day });
  }
  return allowances;
}

function linkedOf(rows: readonly [offerId: string, playerId: string][]): Map<string, ReadonlySet<string>> {
  const linked = new Map<string, Set<string>>();
  for (const [offerId, playerId] of rows) {
    linked.set(offerId, (linked.get(offerId) ?? new Set<string>()).add(playerId));
  }
  return linked;
}

/** Of a market or a pool; what is not limited was not read. */
export function totalsOf(
  [marketXof, galaXof, houseXof]: StakedTotals,
  hardStopMs: number,
  house: HouseLimits,
): TotalAllowance[] {
  const totals: TotalAllowance[] = [];
  const add = (
    kind: TotalAllowance['kind'],
    limitXof: Xof,
    usedXof: number | null,
    until: TotalAllowance['until'],
  ) => {
    if (limitXof > ZERO_XOF && usedXof !== null) totals.push({ kind, limitXof, usedXof, until });
  };
  add('total_market', house.totalMarketMaxXof, marketXof, new Date(hardStopMs).toISOString());
  add('total_gala', house.totalGalaMaxXof, galaXof, 'gala_end' satisfies LimitEnd);
  add('total_house', house.totalHouseMaxXof, houseXof, 'next_results' satisfies LimitEnd);
  return totals;
}

function untilOf(freesAt: string | null): string | null {
  return freesAt === null ? null : new Date(freesAt).toISOString();
}

function sideOf(rows: readonly OfferRow[] | null, depth: number): BookSide {
  const offers = (rows ?? []).slice(0, depth).map(restingOf);
  return { offers, more: (rows?.length ?? 0) > depth };
}

function restingOf(row: OfferRow): RestingOffer {
  const [id, playerId, , side, stake, ask, seq, openXof, bonusXof, expiresAtMs, visibility, invited] = row;
  const challenge: Challenge | null =
    visibility === 'public'
      ? null
      : visibility === 'link'
        ? { by: 'link' }
        : { by: 'player', playerId: invited };
  const amounts = { openXof: xof(openXof), bonusXof: xof(bonusXof) };
  return { id, playerId, side, ratio: { stake, ask }, seq, ...amounts, challenge, expiresAtMs };
}

/** A market in draft has no rule card yet; it takes no bet, so nothing reads this one. */
const NO_RULE_CARD: RuleCard = {
  version: 0,
  question: winnerQuestion,
  rates: { commissionBps: 0, commissionBase: 'pot', taxBps: 0, taxBase: 'none' },
  limits: { stakeMinXof: xof(0), stakeMaxXof: xof(0), stakeUnitXof: xof(1) },
  authority: '',
  boutRules: null,
  payoutPolicy: 'verdict',
  postponementMs: 0,
  texts: { fr: { wins: [], voids: [] }, wo: { wins: [], voids: [] } },
};
