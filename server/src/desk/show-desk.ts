/** What the gala desk sees: every bout it may run, with what is proposed and how far its payment is. */
import type { Static } from 'typebox';
import type { DeskBoutView } from '#core/api/bouts.ts';
import { fail } from '#core/errors.ts';
import { ZERO_XOF } from '#core/money.ts';
import { type GalaAccess, mayRead, requireMayRead } from '../bouts/access.ts';
import { type Gala, readAllGalas, readBout } from '../bouts/show-bouts.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { readSettlement } from '../settlement/show-settlement.ts';
import { countStakes, findProposal, findTrueWhistleSeen } from './queries.ts';

export type DeskBout = Static<typeof DeskBoutView>;

export async function listDeskGalas(db: Db, staff: StaffIdentity): Promise<(Gala & GalaAccess)[]> {
  const galas = await readAllGalas(db);
  return galas.filter((gala) => mayRead(staff, gala));
}

export async function showDeskBout(db: Db, staff: StaffIdentity, boutId: number): Promise<DeskBout> {
  const bout = (await readBout(db, boutId)) ?? fail('not_found');
  requireMayRead(staff, bout.access);
  const marketId = bout.market?.id ?? null;
  const proposal = await findProposal(db, boutId);
  return {
    ...bout,
    trueWhistle: await findTrueWhistleSeen(db, boutId),
    proposal: proposal === null ? null : { ...proposal, confirmedAt: null },
    settlement: marketId === null ? null : await readSettlement(db, marketId),
    ...(marketId === null ? { openXof: ZERO_XOF, duelCount: 0 } : await countStakes(db, marketId)),
  };
}
