/**
 * What a settlement pays in all: for those who check a result before it is confirmed. The same arithmetic as each
 * duel's own payment, so that the total shown is the total paid, to the franc.
 */
import type { Rates } from './market.ts';
import { type Xof, xof } from './money.ts';
import type { MarketOutcome } from './outcome.ts';
import { type DuelStakes, payDuel } from './settlement.ts';

/** Duels of equal stakes, and how many there are of them. */
export interface DuelStack extends DuelStakes {
  readonly count: number;
  /** Made after the true whistle: stakes go back, whatever the result. */
  readonly isLate: boolean;
}

export interface SettlementTotals {
  readonly outcome: MarketOutcome;
  /** Duels with a winner, and what the winners hold in hand. */
  readonly wonCount: number;
  readonly wonXof: Xof;
  /** Duels whose stakes go back, and both stakes of them. */
  readonly voidCount: number;
  readonly voidXof: Xof;
  readonly commissionXof: Xof;
  readonly taxXof: Xof;
}

/** Invariant: wonXof + voidXof + commissionXof + taxXof = all the stakes. */
export function totalSettlement(
  stacks: readonly DuelStack[],
  outcome: MarketOutcome,
  rates: Rates,
): SettlementTotals {
  let [wonCount, wonXof, voidCount, voidXof, commissionXof, taxXof] = [0, 0, 0, 0, 0, 0];
  for (const { count, isLate, ...stakes } of stacks) {
    const ends = isLate ? 'void' : outcome;
    const payment = payDuel(stakes, ends, rates);
    const inHandXof = count * (payment.payoutAXof + payment.payoutBXof);
    if (ends === 'void') {
      voidCount += count;
      voidXof += inHandXof;
    } else {
      wonCount += count;
      wonXof += inHandXof;
    }
    commissionXof += count * payment.commissionXof;
    taxXof += count * payment.taxXof;
  }
  return {
    outcome,
    wonCount,
    wonXof: xof(wonXof),
    voidCount,
    voidXof: xof(voidXof),
    commissionXof: xof(commissionXof),
    taxXof: xof(taxXof),
  };
}
