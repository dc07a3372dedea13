/**
 * What the house holds for bets that are not settled, market by market: from the bets themselves, beside what our books
 * say is in escrow for them.
 */
export interface Engagement {
  readonly kind: 'market' | 'pool';
  /** Of the market or the pool. */
  readonly id: number;
  readonly name: string;
  readonly question: string;
  /** Null for a pool. */
  readonly boutId: number | null;
  readonly state: 'draft' | 'open' | 'suspended' | 'closed' | 'settling' | 'settled';
  /** Open offers, or tickets. */
  readonly openCount: number;
  readonly openXof: number;
  readonly duelCount: number;
  readonly engagedAXof: number;
  readonly engagedBXof: number;
  /** By the ledger. */
  readonly escrowXof: number;
}

export interface GalaEngagements {
  readonly galaId: number;
  readonly gala: string;
  readonly isTest: boolean;
  readonly lines: readonly Engagement[];
}

/** What the bets say is held. */
export function heldBy({ openXof, engagedAXof, engagedBXof }: Engagement): number {
  return openXof + engagedAXof + engagedBXof;
}

/** The ledger less the bets: 0 when all is well. */
export function gapOf(engagement: Engagement): number {
  return engagement.escrowXof - heldBy(engagement);
}

export function totalHeld(galas: readonly GalaEngagements[], isTest: boolean): number {
  return galas
    .filter((gala) => gala.isTest === isTest)
    .flatMap(({ lines }) => lines)
    .reduce((sum, line) => sum + heldBy(line), 0);
}
