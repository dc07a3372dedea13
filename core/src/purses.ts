/**
 * Purses: what the players of a batch have left to stake while it is decided. Bonus money is spent before available
 * money, and only on what everybody can take. Source: the specification's section 6, Bonus.
 */
import { type Xof, xof, ZERO_XOF } from './money.ts';

interface Purse {
  availableXof: Xof;
  bonusXof: Xof;
  /** Taken from it so far, less what went back. */
  spentXof: number;
}

/** Invariant: neither part of a purse falls below zero. */
export class Purses {
  readonly #purses: ReadonlyMap<string, Purse>;
  /** Taken from all of them so far, less what went back. */
  spentXof = 0;

  constructor(wallets: ReadonlyMap<string, Xof>, bonuses: ReadonlyMap<string, Xof>) {
    this.#purses = new Map(
      [...wallets].map(([playerId, availableXof]) => [
        playerId,
        { availableXof, bonusXof: bonuses.get(playerId) ?? ZERO_XOF, spentXof: 0 },
      ]),
    );
  }

  /** What he could stake now. */
  usable(playerId: string, withBonus: boolean): number {
    const { availableXof, bonusXof } = this.#of(playerId);
    return withBonus ? availableXof + bonusXof : availableXof;
  }

  /** The bonus money in a stake of his. */
  bonusFor(playerId: string, stakeXof: Xof): Xof {
    return xof(Math.min(this.#of(playerId).bonusXof, stakeXof));
  }

  spentBy(playerId: string): number {
    return this.#of(playerId).spentXof;
  }

  /** Takes a stake of which `bonusXof` is bonus money. */
  take(playerId: string, amountXof: Xof, bonusXof: Xof): void {
    const purse = this.#of(playerId);
    purse.availableXof = xof(purse.availableXof - (amountXof - bonusXof));
    purse.bonusXof = xof(purse.bonusXof - bonusXof);
    if (purse.availableXof < 0 || purse.bonusXof < 0) {
      throw new Error(`the purse of ${playerId} would fall to ${purse.availableXof} and ${purse.bonusXof}`);
    }
    purse.spentXof += amountXof;
    this.spentXof += amountXof;
  }

  giveBack(playerId: string, amountXof: Xof, bonusXof: Xof): void {
    const purse = this.#of(playerId);
    purse.availableXof = xof(purse.availableXof + amountXof - bonusXof);
    purse.bonusXof = xof(purse.bonusXof + bonusXof);
    purse.spentXof -= amountXof;
    this.spentXof -= amountXof;
  }

  #of(playerId: string): Purse {
    const purse = this.#purses.get(playerId);
    if (purse === undefined) throw new Error(`no wallet was read for ${playerId}`);
    return purse;
  }
}
