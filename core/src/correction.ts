/**
 * Corrections: a later version of a result pays the difference to what was paid, once for each player and market.
 *
 * Invariants: nobody falls below nothing and nobody owes; what cannot be taken back is the house's loss; a player never
 * holds less than he is due. Source: the specification's section 5, Correction.
 */
import { type Xof, xof } from './money.ts';

/** What a player has received in all in a market (paid, less what was taken back), and what he is due now. */
export interface CorrectionLine {
  readonly receivedXof: Xof;
  readonly dueXof: Xof;
}

export interface CorrectedLine {
  readonly takenXof: Xof;
  readonly givenXof: Xof;
  /** What he keeps beyond his due, borne by the house until a later version gives it back. */
  readonly lossXof: Xof;
}

/** `availableXof`: what he could stake or withdraw now; nothing else of his is touched. */
export function correctLine({ receivedXof, dueXof }: CorrectionLine, availableXof: Xof): CorrectedLine {
  const owedXof = Math.max(receivedXof - dueXof, 0);
  const takenXof = Math.min(owedXof, availableXof);
  return {
    takenXof: xof(takenXof),
    givenXof: xof(Math.max(dueXof - receivedXof, 0)),
    lossXof: xof(owedXof - takenXof),
  };
}

/** Where the tax of a market lies before a correction. */
export interface TaxLying {
  /** Booked in months that are not paid over yet: less what was taken out of them. */
  readonly openXof: number;
  /** Claimed back from the State by earlier corrections. */
  readonly claimedXof: number;
}

/**
 * A change of tax, split: what is given back comes out of the months that are not paid over, the rest is a claim on the
 * State; more tax takes an earlier claim back first. Both answers have signs; payable less claim is the change.
 */
export function splitTax(
  changeXof: number,
  { openXof, claimedXof }: TaxLying,
): { readonly taxPayableXof: number; readonly taxClaimXof: number } {
  if (changeXof < 0) {
    const fromOpenXof = Math.min(-changeXof, Math.max(openXof, 0));
    return { taxPayableXof: 0 - fromOpenXof, taxClaimXof: -changeXof - fromOpenXof };
  }
  const unclaimedXof = Math.min(changeXof, Math.max(claimedXof, 0));
  return { taxPayableXof: changeXof - unclaimedXof, taxClaimXof: 0 - unclaimedXof };
}
