/** Every version of a bout's result, its markets, and what a proposed one would change; what corrections have cost. */
import type {
  HomologationShown,
  LossLine,
  MarketPreview,
  ResultMarket,
  ResultVersion,
} from '#core/api/result-pages.ts';
import type { Db } from '../db.ts';
import { previewResult } from './preview-result.ts';
import {
  findHomologation,
  findLosses,
  findLossSums,
  findMarketsSeen,
  findVersions,
  isHeld,
  type MarketSeen,
} from './version-queries.ts';

export interface BoutResults {
  readonly markets: readonly ResultMarket[];
  readonly versions: readonly ResultVersion[];
  /** The newest version that two people agreed on. */
  readonly standing: ResultVersion | null;
  readonly preview: readonly MarketPreview[];
  readonly homologation: HomologationShown | null;
}

export async function showResults(db: Db, boutId: number): Promise<BoutResults> {
  const versions = await findVersions(db, boutId);
  const seen = await findMarketsSeen(db, boutId);
  const standing = versions.find(({ confirmedAt }) => confirmedAt !== null) ?? null;
  const [newest] = versions;
  const isProposed = newest !== undefined && newest.confirmedAt === null;
  return {
    markets: seen.map((market) => shown(market, standing)),
    versions,
    standing,
    preview: isProposed ? await previewResult(db, seen, newest) : [],
    homologation: standing === null ? null : await findHomologation(db, standing.resultId),
  };
}

function shown(market: MarketSeen, standing: ResultVersion | null): ResultMarket {
  const { marketId, asks, question, sideA, sideB, duelCount, stakedXof, outcome, isPaying } = market;
  return {
    marketId,
    asks,
    question,
    sideA,
    sideB,
    duelCount,
    stakedXof,
    outcome,
    isPaying,
    isHeld: isHeld(market, standing),
  };
}

export interface Losses {
  readonly lossXof: number;
  readonly claimXof: number;
  readonly lines: readonly LossLine[];
  readonly isTest: boolean;
}

/** What corrections have cost the house, the newest first. */
export async function listLosses(db: Db, isTest: boolean): Promise<Losses> {
  const { lossXof, claimXof } = (await findLossSums(db, isTest)) ?? { lossXof: 0, claimXof: 0 };
  return { lossXof, claimXof, lines: await findLosses(db, isTest), isTest };
}
