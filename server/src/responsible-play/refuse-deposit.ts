import { refusalOfBarred } from '#core/barred.ts';
import type { Allowance } from '#core/ceilings.ts';
import { type LimitEnd, type Refusal, refusal } from '#core/errors.ts';
import { xof, ZERO_XOF } from '#core/money.ts';
import type { Db, Tx } from '../db.ts';
import { findDepositLimits, findWhyBarred } from './queries.ts';

/** Why this player may not bring money at all: excluded, too young, barred. Null when he may. */
export async function refuseDepositor(db: Db | Tx, playerId: string): Promise<Refusal | null> {
  const barred = await findWhyBarred(db, playerId);
  if (barred === null) return null;
  const refused = refusalOfBarred(barred);
  return refused.code === 'player_may_not_bet' ? refusal('deposit_not_for_you') : refused;
}

/** What his own limits leave him to deposit. */
export async function ownDepositAllowances(db: Db | Tx, playerId: string): Promise<Allowance[]> {
  const limits = await findDepositLimits(db, playerId);
  return limits.map(({ period, limitXof, usedXof, untilAt }) => {
    const leftXof = usedXof >= limitXof ? ZERO_XOF : xof(limitXof - usedXof);
    const until = untilAt?.toISOString() ?? ('limit_change' satisfies LimitEnd);
    return { leftXof, refusal: refusal('limit_deposit', { period, limitXof, leftXof, until }) };
  });
}
