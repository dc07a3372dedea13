/**
 * Settlement: from the rule card and the result to what each duel pays.
 *
 * Invariants: payouts + commission + tax = both stakes, to the franc; a void gives back every stake in full.
 */
import type { Rates } from './market.ts';
import { shareOf, type Xof, xof, ZERO_XOF } from './money.ts';
import type { MarketOutcome } from './outcome.ts';

export interface DuelStakes {
  readonly stakeAXof: Xof;
  readonly stakeBXof: Xof;
}

export interface DuelPayment {
  readonly payoutAXof: Xof;
  readonly payoutBXof: Xof;
  readonly commissionXof: Xof;
  readonly taxXof: Xof;
}

/** The slip of one side: what it holds if it wins. All in francs. */
export interface NetSlip {
  readonly stakeXof: Xof;
  readonly potXof: Xof;
  readonly commissionXof: Xof;
  readonly taxXof: Xof;
  /** What is paid into the winner's hand. */
  readonly netXof: Xof;
}

/**
 * What a winner receives for `stakeXof` against `opponentStakeXof`.
 * commission = floor(rate × base), tax = floor(rate × base); the specification's section 5, Arithmetic.
 */
export function winnerSlip(stakeXof: Xof, opponentStakeXof: Xof, rates: Rates): NetSlip {
  const potXof = xof(stakeXof + opponentStakeXof);
  const commissionXof = shareOf(
    rates.commissionBase === 'pot' ? potXof : opponentStakeXof,
    rates.commissionBps,
  );
  const payoutXof = xof(potXof - commissionXof);
  const taxXof = taxOn(payoutXof, stakeXof, rates);
  return { stakeXof, potXof, commissionXof, taxXof, netXof: xof(payoutXof - taxXof) };
}

function taxOn(payoutXof: Xof, stakeXof: Xof, rates: Rates): Xof {
  switch (rates.taxBase) {
    case 'none':
      return ZERO_XOF;
    case 'payout':
      return shareOf(payoutXof, rates.taxBps);
    case 'winnings':
      return shareOf(xof(Math.max(0, payoutXof - stakeXof)), rates.taxBps);
  }
}

/**
 * Whether a winner at these stakes holds more than he put, whatever part of the offer is filled.
 * Compared without the floors, which only ever favour the winner: true here means true for every whole unit.
 */
export function winnerGains(stakeXof: Xof, opponentStakeXof: Xof, rates: Rates): boolean {
  const whole = 10_000n;
  const stake = BigInt(stakeXof);
  const pot = stake + BigInt(opponentStakeXof);
  const commissioned = rates.commissionBase === 'pot' ? pot : BigInt(opponentStakeXof);
  // In ten-thousandths of a franc, then in their ten-thousandths.
  const payout = pot * whole - commissioned * BigInt(rates.commissionBps);
  const winnings = payout - stake * whole;
  const taxed =
    rates.taxBase === 'none' ? 0n : rates.taxBase === 'payout' ? payout : winnings > 0n ? winnings : 0n;
  const net = payout * whole - taxed * BigInt(rates.taxBps);
  return net > stake * whole * whole;
}

/** What one duel pays when its market ends with `outcome`. */
export function payDuel(duel: DuelStakes, outcome: MarketOutcome, rates: Rates): DuelPayment {
  if (outcome === 'void') {
    return {
      payoutAXof: duel.stakeAXof,
      payoutBXof: duel.stakeBXof,
      commissionXof: ZERO_XOF,
      taxXof: ZERO_XOF,
    };
  }
  const [winnerStake, loserStake] =
    outcome === 'A' ? [duel.stakeAXof, duel.stakeBXof] : [duel.stakeBXof, duel.stakeAXof];
  const slip = winnerSlip(winnerStake, loserStake, rates);
  return {
    payoutAXof: outcome === 'A' ? slip.netXof : ZERO_XOF,
    payoutBXof: outcome === 'B' ? slip.netXof : ZERO_XOF,
    commissionXof: slip.commissionXof,
    taxXof: slip.taxXof,
  };
}
