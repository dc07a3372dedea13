/** Reads a market for a batch: one round trip to `lock_and_read_market`, turned into core's view. */

import { refusalOfBarred } from '#core/barred.ts';
import type { BookSide, MarketView } from '#core/book.ts';
import type { Refusal } from '#core/errors.ts';
import type { MarketState, RuleCard, Side } from '#core/market.ts';
import { type Xof, xof } from '#core/money.ts';
import type { RestingOffer } from '#core/offer.ts';
import type { Period } from '#core/responsible-play.ts';
import type { StakeAllowance } from '#core/stake-allowance.ts';
import { first, type Tx } from '../db.ts';
import type { BetAnswer, BetCommand } from './bet-command.ts';

export interface MarketReading {
  readonly view: MarketView;
  readonly escrowAccountId: number;
  /** The instant of the batch, to the microsecond, as the database writes it. */
  readonly nowAt: string;
  readonly operations: ReadonlyMap<string, { readonly inputHash: string; readonly answer: BetAnswer }>;
  readonly pseudonyms: ReadonlyMap<string, string>;
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
];

type BarredRow = [playerId: string, reason: string, untilAt: string | null];
type StakedRow = [playerId: string, marketXof: number, dayXof: number, dayFreesAt: string | null];
type LimitRow = [
  playerId: string,
  kind: 'stake' | 'loss',
  period: Period,
  limitXof: number,
  usedXof: number,
  freesAt: string | null,
];

/** What the house lets one player stake: in one market, and in any 24 hours. */
export interface HouseLimits {
  readonly playerMarketMaxXof: Xof;
  readonly playerDayMaxXof: Xof;
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
  barred: BarredRow[] | null;
  staked: StakedRow[] | null;
  limits: LimitRow[] | null;
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
  const named = commands.flatMap(({ command }) => (command.kind === 'place' ? [] : [command.offerId]));
  const bettors = commands.flatMap(({ command, playerId }) => (command.kind === 'cancel' ? [] : [playerId]));
  // A side of the book is only read when an opposite offer may meet it.
  const depthFor = (side: Side) =>
    commands.some(({ command }) => command.kind === 'place' && command.side !== side) ? depth + 1 : 0;
  const row = first(
    await tx.run<MarketRow>({
      name: 'lock_and_read_market',
      text: 'SELECT * FROM lock_and_read_market($1, $2, $3, $4, $5, $6, $7)',
      values: [
        marketId,
        commands.map((command) => command.operationId),
        named,
        [...new Set(bettors)],
        [...accountOf.values()],
        depthFor('A'),
        depthFor('B'),
      ],
    }),
  );
  return row === null ? null : readingOf(row, accountOf, depth, house);
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
      barred: barredOf(row.barred ?? []),
      allowances: allowancesOf(row, house),
    },
    escrowAccountId: row.escrow_account_id,
    nowAt: row.now_at,
    operations: new Map((row.operations ?? []).map(([id, inputHash, answer]) => [id, { inputHash, answer }])),
    pseudonyms: new Map(rows.map((offer) => [offer[1], offer[2]])),
  };
}

/** Of several reasons the first is told. */
function barredOf(rows: readonly BarredRow[]): Map<string, Refusal> {
  const barred = new Map<string, Refusal>();
  for (const [playerId, reason, untilAt] of rows) {
    if (!barred.has(playerId)) barred.set(playerId, refusalOfBarred({ reason, untilAt }));
  }
  return barred;
}

/** His own limits first: they speak when the house's leave no less. */
function allowancesOf(row: MarketRow, house: HouseLimits): Map<string, StakeAllowance[]> {
  const allowances = new Map<string, StakeAllowance[]>();
  const add = (playerId: string, allowance: StakeAllowance) => {
    const known = allowances.get(playerId);
    if (known === undefined) allowances.set(playerId, [allowance]);
    else known.push(allowance);
  };
  for (const [playerId, kind, period, limitXof, usedXof, freesAt] of row.limits ?? [])
    add(playerId, { kind, period, limitXof: xof(limitXof), usedXof, until: untilOf(freesAt) });
  for (const [playerId, marketXof, dayXof, dayFreesAt] of row.staked ?? []) {
    const market = { limitXof: house.playerMarketMaxXof, usedXof: marketXof, until: '' };
    const day = { limitXof: house.playerDayMaxXof, usedXof: dayXof, until: untilOf(dayFreesAt) };
    add(playerId, { kind: 'house_market', period: 'month', ...market });
    add(playerId, { kind: 'house_day', period: 'day', ...day });
  }
  return allowances;
}

function untilOf(freesAt: string | null): string {
  return freesAt === null ? '' : new Date(freesAt).toISOString();
}

function sideOf(rows: readonly OfferRow[] | null, depth: number): BookSide {
  const offers = (rows ?? []).slice(0, depth).map(restingOf);
  return { offers, more: (rows?.length ?? 0) > depth };
}

function restingOf([id, playerId, , side, stake, ask, seq, openXof]: OfferRow): RestingOffer {
  return { id, playerId, side, ratio: { stake, ask }, seq, openXof: xof(openXof) };
}

/** A market in draft has no rule card yet; it takes no bet, so nothing reads this one. */
const NO_RULE_CARD: RuleCard = {
  version: 0,
  kind: 'winner',
  rates: { commissionBps: 0, commissionBase: 'pot', taxBps: 0, taxBase: 'none' },
  limits: { stakeMinXof: xof(0), stakeMaxXof: xof(0), stakeUnitXof: xof(1) },
  authority: '',
  wins: [],
  voids: [],
};
