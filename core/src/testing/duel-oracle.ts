/**
 * What a duel pays, written a second time from the published rule alone, in BigInt: nothing of the product's own
 * arithmetic. Amounts in francs, rates in ten-thousandths.
 */
export interface OracleBet {
  readonly stake: bigint;
  readonly against: bigint;
  readonly commissionRate: bigint;
  readonly commissionOf: 'pot' | 'winnings';
  readonly taxRate: bigint;
  readonly taxOf: 'payout' | 'winnings' | 'none';
}

export interface OraclePaid {
  readonly commission: bigint;
  readonly tax: bigint;
  readonly net: bigint;
}

export function payByTheRule(bet: OracleBet): OraclePaid {
  const pot = bet.stake + bet.against;
  const commission = wholeFrancs(bet.commissionRate * (bet.commissionOf === 'pot' ? pot : bet.against));
  const payout = pot - commission;
  const taxed = { payout, winnings: payout - bet.stake, none: 0n }[bet.taxOf];
  const tax = taxed < 0n ? 0n : wholeFrancs(bet.taxRate * taxed);
  return { commission, tax, net: payout - tax };
}

/** The whole francs in so many ten-thousandths, by taking away what is left over. */
function wholeFrancs(tenThousandths: bigint): bigint {
  return (tenThousandths - (tenThousandths % 10_000n)) / 10_000n;
}
