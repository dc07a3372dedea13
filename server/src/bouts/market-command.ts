/** What the simple commands on a market take and answer. */
import type { MarketState } from '#core/market.ts';

export interface MarketCommand {
  readonly operationId: string;
  readonly marketId: number;
}

export interface MarketChanged {
  readonly operationId: string;
  readonly state: MarketState;
  /** ISO 8601: the database's clock, read under the market's lock. */
  readonly at: string;
}
