/**
 * "Pay me automatically when I win": after a settlement, each winner who wants it gets a withdrawal of what he won, by the
 * same limits, holds and approvals as one he asks for himself. Once for each settlement and player; what is refused
 * moves nothing, and he reads why.
 */
import { createHash } from 'node:crypto';
import { fail, RefusalError } from '#core/errors.ts';
import { type Xof, xof } from '#core/money.ts';
import type { Tx } from '../db.ts';
import { lockBalances } from '../ledger/post.ts';
import { refuseHeldPayout } from '../players/payout-hold.ts';
import { readSettings } from '../settings/open-settings.ts';
import { uuidV5 } from '../uuid.ts';
import { refuseWithdrawal } from '../wallet/judge-movements.ts';
import { refuseProvider } from '../wallet/refuse-provider.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { findWinnersToPayOut, recordAutomaticPayout, type Winner } from './automatic-queries.ts';
import { payoutOf } from './pay-out-balance.ts';
import { withdraw } from './withdraw.ts';

const WINNERS_A_ROUND = 200;

export async function payOutWinners(deps: WalletDeps, settlementId: string): Promise<void> {
  for (;;) {
    const winners = await findWinnersToPayOut(deps.db, settlementId, WINNERS_A_ROUND);
    for (const winner of winners) {
      await deps.db.transaction((tx) => payOutWinner(tx, deps, settlementId, winner));
    }
    if (winners.length < WINNERS_A_ROUND) return;
  }
}

async function payOutWinner(tx: Tx, deps: WalletDeps, settlementId: string, winner: Winner): Promise<void> {
  const withdrawalId = uuidV5(`automatic payout ${settlementId}`, winner.playerId);
  try {
    await tx.attempt(() => request(tx, deps, winner, withdrawalId));
    await recordAutomaticPayout(tx, { settlementId, playerId: winner.playerId, withdrawalId, refusal: null });
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    const refusal = error.refusal.code;
    await recordAutomaticPayout(tx, { settlementId, playerId: winner.playerId, withdrawalId: null, refusal });
  }
}

async function request(tx: Tx, deps: WalletDeps, winner: Winner, withdrawalId: string): Promise<void> {
  const refused = refuseProvider(deps.providers[winner.provider], winner);
  if (refused !== null) throw new RefusalError(refused);
  await refuseHeldPayout(tx, winner.playerId);
  const availableXof = (await lockBalances(tx, [winner.accountId])).get(winner.accountId) ?? 0;
  const values = await readSettings(tx);
  const wonXof: Xof = xof(Math.min(winner.payoutXof, availableXof));
  const { amountXof } = payoutOf(wonXof, values);
  if (amountXof === 0) fail('withdrawal_below_min', { minXof: values.withdrawalMinXof });
  const tooMuch = await refuseWithdrawal(tx, winner, amountXof);
  if (tooMuch !== null) throw new RefusalError(tooMuch);
  const inputHash = createHash('sha256').update(`automatic ${withdrawalId} ${amountXof}`).digest();
  const { provider } = winner;
  await withdraw(tx, deps.jobs, winner, {
    id: withdrawalId,
    provider,
    amountXof,
    inputHash,
    isAutomatic: true,
  });
}
