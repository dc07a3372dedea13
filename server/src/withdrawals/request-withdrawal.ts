/** A withdrawal: the money leaves the balance now, and a job carries it to the provider, or people look at it first. */
import { RefusalError } from '#core/errors.ts';
import { type Xof, xof } from '#core/money.ts';
import { refuseWithdrawalAmount } from '#core/payment.ts';
import type { PlayerIdentity } from '../http.ts';
import { lockBalances } from '../ledger/post.ts';
import { hashOperation, runOperation } from '../operations/operation.ts';
import type { ProviderName } from '../payments/provider.ts';
import { refuseHeldPayout } from '../players/payout-hold.ts';
import { readSettings } from '../settings/open-settings.ts';
import { refuseWithdrawal } from '../wallet/judge-movements.ts';
import { refuseProvider } from '../wallet/refuse-provider.ts';
import type { WalletDoorDeps } from '../wallet/wallet-deps.ts';
import type { WithdrawalShown } from './show-withdrawal.ts';
import { withdraw } from './withdraw.ts';

export interface WithdrawalRequest {
  readonly operationId: string;
  readonly provider: ProviderName;
  readonly amountXof: Xof;
}

export async function requestWithdrawal(
  deps: WalletDoorDeps,
  player: PlayerIdentity,
  { operationId, ...input }: WithdrawalRequest,
): Promise<WithdrawalShown> {
  await deps.limiter.take('withdrawals', player.playerId);
  const operation = { id: operationId, kind: 'request-withdrawal', actorId: player.playerId, input };
  const refused = refuseProvider(deps.providers[input.provider], player);
  return runOperation(deps.db, operation, async (tx) => {
    if (refused !== null) throw new RefusalError(refused);
    await refuseHeldPayout(tx, player.playerId);
    const availableXof = xof((await lockBalances(tx, [player.accountId])).get(player.accountId) ?? 0);
    const noAmount =
      refuseWithdrawalAmount(input.amountXof, availableXof, await readSettings(tx)) ??
      (await refuseWithdrawal(tx, player, input.amountXof));
    if (noAmount !== null) throw new RefusalError(noAmount);
    const asked = { ...input, id: operationId, inputHash: hashOperation(operation), isAutomatic: false };
    const { state, requestedAt } = await withdraw(tx, deps.jobs, player, asked);
    return { operationId, ...input, state, requestedAt: requestedAt.toISOString() };
  });
}
