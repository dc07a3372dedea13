/** A withdrawal: the money leaves the balance now, and a job carries it to the provider. */
import { fail, RefusalError } from '#core/errors.ts';
import { withdrawalRequested } from '#core/ledger.ts';
import type { Xof } from '#core/money.ts';
import { refuseWithdrawalAmount, type WithdrawalState } from '#core/payment.ts';
import type { Tx } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { lockBalances, openAccount, postTransfers } from '../ledger/post.ts';
import { hashOperation, runOperation } from '../operations/operation.ts';
import type { ProviderName } from '../payments/provider.ts';
import { refuseHeldPayout } from '../players/payout-hold.ts';
import { refuseWithdrawal } from '../wallet/judge-movements.ts';
import { refuseProvider } from '../wallet/refuse-provider.ts';
import type { WalletDoorDeps } from '../wallet/wallet-deps.ts';
import { insertWithdrawal, type WithdrawalRow } from './queries.ts';

export interface WithdrawalRequest {
  readonly operationId: string;
  readonly provider: ProviderName;
  readonly amountXof: Xof;
}

export interface WithdrawalShown {
  readonly operationId: string;
  readonly provider: ProviderName;
  readonly amountXof: Xof;
  readonly state: WithdrawalState;
  readonly requestedAt: string;
}

export async function requestWithdrawal(
  deps: WalletDoorDeps,
  player: PlayerIdentity,
  { operationId, ...input }: WithdrawalRequest,
): Promise<WithdrawalShown> {
  await deps.limiter.take('withdrawals', player.playerId);
  const operation = { id: operationId, kind: 'request-withdrawal', actorId: player.playerId, input };
  const refused =
    refuseProvider(deps.providers[input.provider], player) ??
    refuseWithdrawalAmount(input.amountXof, deps.settings.current());
  return runOperation(deps.db, operation, async (tx) => {
    if (refused !== null) throw new RefusalError(refused);
    await refuseHeldPayout(tx, player.playerId);
    await takeFromBalance(tx, player, { ...input, id: operationId, inputHash: hashOperation(operation) });
    const { requestedAt } = await insertWithdrawal(tx, {
      ...input,
      id: operationId,
      playerId: player.playerId,
    });
    await deps.jobs.send(tx, 'send-withdrawal', { withdrawalId: operationId });
    return { operationId, ...input, state: 'requested' as const, requestedAt: requestedAt.toISOString() };
  });
}

async function takeFromBalance(
  tx: Tx,
  player: PlayerIdentity,
  asked: {
    readonly id: string;
    readonly provider: ProviderName;
    readonly amountXof: Xof;
    readonly inputHash: Buffer;
  },
): Promise<void> {
  const { id, provider, amountXof, inputHash } = asked;
  const availableXof = (await lockBalances(tx, [player.accountId])).get(player.accountId) ?? 0;
  if (availableXof < amountXof) fail('withdrawal_insufficient_funds', { availableXof });
  const refused = await refuseWithdrawal(tx, player, amountXof);
  if (refused !== null) throw new RefusalError(refused);
  const pending = await openAccount(tx, 'withdrawal_pending', provider, player.isTest);
  const postings = withdrawalRequested({ player: player.accountId, pending, amountXof });
  await postTransfers(tx, [{ id, kind: 'withdrawal_requested', inputHash, postings }]);
}

export function showWithdrawal(withdrawal: WithdrawalRow): WithdrawalShown {
  const { id, provider, amountXof, state, requestedAt } = withdrawal;
  return { operationId: id, provider, amountXof, state, requestedAt: requestedAt.toISOString() };
}
