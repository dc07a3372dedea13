/** One history: its people, what they asked for, and what happened, line by line. */
import type { Random } from './random.ts';
import type { Till } from './till.ts';
import type { SimulatedPlayer, World } from './world.ts';

export interface AskedDeposit {
  readonly id: string;
  readonly player: SimulatedPlayer;
  readonly till: Till;
  readonly amountXof: number;
}

export interface AskedWithdrawal {
  readonly id: string;
  readonly player: SimulatedPlayer;
  readonly till: Till;
  readonly amountXof: number;
}

export interface History {
  readonly seed: number;
  readonly random: Random;
  readonly world: World;
  readonly players: readonly SimulatedPlayer[];
  readonly deposits: AskedDeposit[];
  readonly withdrawals: AskedWithdrawal[];
  /** Callbacks stored before it began. */
  readonly lastCallbackId: number;
  forgedCount: number;
  /** Money came that only a statement may tell of. */
  hasUnasked: boolean;
  readonly lines: string[];
}

/** What is not as it must be. The history says how it came to that. */
export class Broken extends Error {}

export function must(isRight: boolean, what: string): asserts isRight {
  if (!isRight) throw new Broken(what);
}
