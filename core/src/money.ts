/**
 * Money: whole XOF francs. Never a float, never a fraction.
 *
 * An amount is a safe integer (|n| < 2^53); every sum the house can ever hold fits. Rates are basis points
 * (1 bps = 1/10 000). Multiply first, divide once, floor.
 */

declare const unit: unique symbol;

/** Whole francs. Made by `xof`, by the API schemas and by the database driver, nowhere else. */
export type Xof = number & { readonly [unit]: 'xof' };

/** Basis points: 500 is 5 %. */
export type Bps = number;

const BPS_WHOLE = 10_000;

export const ZERO_XOF = 0 as Xof;

/** Asserts that `amount` is whole francs. A failure is a bug, so it throws. */
export function xof(amount: number): Xof {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not whole francs: ${amount}`);
  return amount as Xof;
}

/** floor(rate × amount). `amount` in francs, not negative; exact for every amount the house accepts. */
export function shareOf(amount: Xof, rateBps: Bps): Xof {
  const product = amount * rateBps;
  if (!Number.isSafeInteger(product) || amount < 0)
    throw new RangeError(`share of ${amount} at ${rateBps} bps`);
  return xof((product - (product % BPS_WHOLE)) / BPS_WHOLE);
}

/** Sum of amounts, in francs. */
export function sumXof(amounts: Iterable<Xof>): Xof {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return xof(sum);
}

/** "10 000 F": groups with a narrow no-break space, the unit with a no-break space. The same in every language. */
export function formatXof(amount: number): string {
  return `${String(amount).replace(/\B(?=(\d{3})+$)/g, '\u202f')}\u00a0F`;
}
