/**
 * What a duel and a pool would pay under rates that are only thought of: for operators who weigh them. The sums are those
 * of a settlement; where a bet begins to pay is exact, before the floors, which only ever favour the winner.
 */
import type { Rates } from './market.ts';
import type { Xof } from './money.ts';
import { type NetSlip, winnerSlip } from './settlement.ts';

export interface FeesAsked {
  readonly stakeXof: Xof;
  readonly askXof: Xof;
  readonly commissionBps: number;
  readonly commissionBase: Rates['commissionBase'];
  readonly taxBps: number;
  readonly poolTakeOutBps: number;
}

export const simulatedTaxBases = ['payout', 'winnings'] as const;
export type SimulatedTaxBase = (typeof simulatedTaxBases)[number];

export interface SimulatedBase {
  readonly taxBase: SimulatedTaxBase;
  /** If the one who stakes wins, and if the other does. */
  readonly own: NetSlip;
  readonly other: NetSlip;
  /** The least that the other must put so that the one who stakes holds as much as he put when he wins. */
  readonly breakEvenAskXof: number;
  /** The same for 1 F staked, in ten-thousandths, rounded up. */
  readonly breakEvenRatioBps: number;
  /** The least dividend before tax that gives a ticket back what it cost, in ten-thousandths, rounded up. */
  readonly breakEvenDividendBps: number;
  /** The largest part of all stakes that may be right before a right ticket loses, rounded down. */
  readonly rightShareMaxBps: number;
}

const WHOLE = 10_000n;

export function simulateFees(asked: FeesAsked): readonly SimulatedBase[] {
  return simulatedTaxBases.map((taxBase) => simulateBase(asked, taxBase));
}

function simulateBase(asked: FeesAsked, taxBase: SimulatedTaxBase): SimulatedBase {
  const { stakeXof, askXof, commissionBps, commissionBase, taxBps } = asked;
  const rates: Rates = { commissionBps, commissionBase, taxBps, taxBase };
  const [needed, of] = leastAsk(rates);
  const [dividend, ofDividend] = leastDividend(rates);
  return {
    taxBase,
    own: winnerSlip(stakeXof, askXof, rates),
    other: winnerSlip(askXof, stakeXof, rates),
    breakEvenAskXof: divideUp(BigInt(stakeXof) * needed, of),
    breakEvenRatioBps: divideUp(WHOLE * needed, of),
    breakEvenDividendBps: divideUp(WHOLE * dividend, ofDividend),
    rightShareMaxBps: Number(((WHOLE - BigInt(asked.poolTakeOutBps)) * ofDividend) / dividend),
  };
}

/** What the other must put for each franc, as a fraction: from `net = stake`, solved for the other's stake. */
function leastAsk({ commissionBps, commissionBase, taxBps, taxBase }: Rates): readonly [bigint, bigint] {
  const keptOfPot = WHOLE - BigInt(commissionBps);
  const keptOfPayout = WHOLE - BigInt(taxBps);
  if (taxBase === 'payout') {
    const kept = keptOfPot * keptOfPayout;
    return commissionBase === 'pot' ? [WHOLE * WHOLE - kept, kept] : [WHOLE * BigInt(taxBps), kept];
  }
  // A tax on the gain alone takes nothing of who holds no more than he put.
  return commissionBase === 'pot' ? [BigInt(commissionBps), keptOfPot] : [0n, 1n];
}

function leastDividend({ taxBps, taxBase }: Rates): readonly [bigint, bigint] {
  return taxBase === 'payout' ? [WHOLE, WHOLE - BigInt(taxBps)] : [1n, 1n];
}

function divideUp(amount: bigint, by: bigint): number {
  return Number((amount + by - 1n) / by);
}
