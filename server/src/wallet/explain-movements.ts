/**
 * What each movement of a statement belongs to: its bout with the own offer or bet, or the payment in or out. The ids
 * of transfers follow from what they are about (`ledger/transfer-ids.ts`): what a player has is named the same way, and
 * the names compared.
 */
import type { Movement } from '#core/api/player-pages.ts';
import type { Db, Tx } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import {
  depositBookedId,
  duelSettledId,
  offerReturnedId,
  suspenseSettledId,
  withdrawalEndedId,
  withdrawalReversedId,
} from '../ledger/transfer-ids.ts';
import {
  findCancelledOffers,
  findStatementBouts,
  findStatementPayments,
  type MovementRow,
  type StatementBoutRow,
} from './queries.ts';

export interface Explained {
  readonly bout: Movement['bout'];
  readonly payment: Movement['payment'];
}

export async function explainMovements(
  db: Db | Tx,
  player: PlayerIdentity,
  rows: readonly MovementRow[],
): Promise<(row: MovementRow) => Explained> {
  const bouts = await readBouts(db, player, rows);
  const payments = await readPayments(db, player, rows);
  return ({ transferId, marketId }) => {
    const bout = marketId === null ? undefined : bouts.byMarket.get(marketId);
    const own = bouts.byTransfer.get(transferId) ?? { offerId: null, betId: null };
    return {
      bout: bout === undefined ? null : { ...bout, ...own },
      payment: payments.get(transferId) ?? null,
    };
  };
}

type Own = Pick<NonNullable<Movement['bout']>, 'offerId' | 'betId'>;

async function readBouts(db: Db | Tx, { playerId }: PlayerIdentity, rows: readonly MovementRow[]) {
  const byMarket = new Map<number, { boutId: number; boutName: string }>();
  const byTransfer = new Map<string, Own>();
  const marketIds = [...new Set(rows.flatMap(({ marketId }) => marketId ?? []))];
  if (marketIds.length === 0) return { byMarket, byTransfer };
  for (const { marketId, boutId, boutName, ...has } of await findStatementBouts(db, playerId, marketIds)) {
    byMarket.set(marketId, { boutId, boutName });
    for (const [transferId, own] of ownIn(has)) byTransfer.set(transferId, own);
  }
  const cancels = rows.filter(({ kind }) => kind === 'offer_cancelled').map(({ transferId }) => transferId);
  for (const { operationId, offerId } of await findCancelledOffers(db, playerId, cancels))
    byTransfer.set(operationId, { offerId, betId: null });
  return { byMarket, byTransfer };
}

/** Transfer → the offer or the bet that caused it. */
function* ownIn({
  offerIds,
  duels,
}: Pick<StatementBoutRow, 'offerIds' | 'duels'>): Generator<readonly [string, Own]> {
  for (const { duelId, takerOperationId, version } of duels) {
    const own = { offerId: null, betId: duelId };
    yield [takerOperationId, own];
    if (version !== null) yield [duelSettledId(duelId, version), own];
  }
  // After the duels: an offer that met others as it was placed is the offer, not the first of its bets.
  for (const offerId of offerIds) {
    const own = { offerId, betId: null };
    yield [offerId, own];
    yield [offerReturnedId(offerId), own];
  }
}

async function readPayments(db: Db | Tx, { playerId }: PlayerIdentity, rows: readonly MovementRow[]) {
  const byTransfer = new Map<string, Movement['payment']>();
  if (rows.every(({ marketId }) => marketId !== null)) return byTransfer;
  for (const { id, ...payment } of await findStatementPayments(db, playerId)) {
    if (payment.withdrawalId === null) {
      byTransfer.set(depositBookedId(id), payment);
      byTransfer.set(suspenseSettledId(id), payment);
    } else {
      byTransfer.set(id, payment);
      byTransfer.set(withdrawalEndedId(id), payment);
      byTransfer.set(withdrawalReversedId(id), payment);
    }
  }
  return byTransfer;
}
