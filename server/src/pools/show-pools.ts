/** What visitors, players and staff see of pools. What is not for them is not there. */
import type { Static } from 'typebox';
import type { PicksTotalView, PoolLegView, PoolView } from '#core/api/pools.ts';
import { fail } from '#core/errors.ts';
import { xof } from '#core/money.ts';
import { indicativeNet, type PoolRates } from '#core/pool.ts';
import {
  combinationCount,
  type Leg,
  legOutcome,
  legText,
  outcomesOf,
  outcomeText,
  picksInWords,
} from '#core/pool-leg.ts';
import { maySee, requireMayRead } from '../bouts/access.ts';
import { readGala, showGala } from '../bouts/show-bouts.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity, StaffIdentity } from '../http.ts';
import {
  type Brief,
  findLegResults,
  findLegs,
  findPool,
  findPoolFile,
  findPoolSettlement,
  findPoolsOfGala,
  findTopTotals,
  type PicksTotal,
  type PoolRow,
  type Settlement,
} from './queries.ts';

export type Pool = Static<typeof PoolView>;
type PoolLeg = Static<typeof PoolLegView>;
type Total = Static<typeof PicksTotalView>;

/** What indicative amounts are told for. */
export const EXAMPLE_STAKE = xof(1_000);
const TOTALS_SHOWN = 20;

/** The pools of a gala that this visitor may see, opened ones only. */
export async function listPools(db: Db, player: PlayerIdentity | null, galaId: number): Promise<Brief[]> {
  await showGala(db, player, galaId);
  return findPoolsOfGala(db, galaId, false);
}

/** All pools of a gala, for the desk. */
export async function readPoolsOfGala(db: Db, staff: StaffIdentity, galaId: number): Promise<Brief[]> {
  requireMayRead(staff, (await readGala(db, galaId)) ?? fail('not_found'));
  return findPoolsOfGala(db, galaId, true);
}

export async function showPool(db: Db, player: PlayerIdentity | null, poolId: number): Promise<Pool> {
  return viewOf(db, await visiblePool(db, player, poolId));
}

export async function readPool(
  db: Db,
  staff: StaffIdentity,
  poolId: number,
): Promise<{ pool: Pool; settlement: Settlement | null }> {
  const row = (await findPool(db, poolId)) ?? fail('not_found');
  requireMayRead(staff, row);
  return { pool: await viewOf(db, row), settlement: await findPoolSettlement(db, poolId) };
}

export async function showSettlement(
  db: Db,
  player: PlayerIdentity | null,
  poolId: number,
): Promise<Settlement> {
  await visiblePool(db, player, poolId);
  return (await findPoolSettlement(db, poolId)) ?? fail('not_found');
}

/** What anybody can recompute the newest settlement from. */
export async function showPoolFile(db: Db, player: PlayerIdentity | null, poolId: number): Promise<string> {
  await visiblePool(db, player, poolId);
  return (await findPoolFile(db, poolId)) ?? fail('not_found');
}

async function visiblePool(db: Db, player: PlayerIdentity | null, poolId: number): Promise<PoolRow> {
  const row = await findPool(db, poolId);
  return row !== null && row.state !== 'draft' && maySee(player, row) ? row : fail('not_found');
}

async function viewOf(db: Db, row: PoolRow): Promise<Pool> {
  const legs = row.card?.legs ?? (await findLegs(db, row.id));
  const { card, cardHash, decidedBy, visibility, ...pool } = row;
  const totals = await findTopTotals(db, row.id, TOTALS_SHOWN);
  return {
    ...pool,
    legCount: legs.length,
    ruleCard: card,
    ruleCardHash: cardHash,
    legs: await legsOf(db, row.id, legs),
    combinationCount: combinationCount(legs),
    totals: card === null ? [] : totals.map((total) => totalOf(total, row.stakedXof, legs, card.rates)),
    hardStopAt: row.hardStopAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    readAt: row.readAt.toISOString(),
  };
}

function totalOf(
  { picks, stakedXof }: PicksTotal,
  poolXof: PoolRow['stakedXof'],
  legs: readonly Leg[],
  rates: PoolRates,
): Total {
  const netXof = indicativeNet(EXAMPLE_STAKE, { poolXof, samePicksXof: stakedXof }, rates) ?? EXAMPLE_STAKE;
  return {
    picks,
    text: picksInWords(legs, picks),
    stakedXof,
    indicativeNetXof: netXof,
    isBelowStake: netXof < EXAMPLE_STAKE,
  };
}

/** The legs in words; what is right as it was settled, or as far as results are confirmed. */
async function legsOf(db: Db, poolId: number, legs: readonly Leg[]): Promise<PoolLeg[]> {
  const settled = (await findPoolSettlement(db, poolId))?.outcomes ?? null;
  const results = settled === null ? await findLegResults(db, poolId) : [];
  return legs.map((leg, index) => {
    const result = results[index]?.result ?? null;
    return {
      boutId: leg.boutId,
      boutName: `${leg.nameA} – ${leg.nameB}`,
      nameA: leg.nameA,
      nameB: leg.nameB,
      question: leg.question,
      text: legText(leg.question),
      outcomes: outcomesOf(leg.question).map((outcome) => ({ outcome, text: outcomeText(leg, outcome) })),
      right: settled?.[index] ?? (result === null ? null : legOutcome(leg.question, result)),
    };
  });
}
