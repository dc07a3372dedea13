import { fail } from '#core/errors.ts';
import type { Implement } from '../http.ts';
import type { WalletDoorDeps } from '../wallet/wallet-deps.ts';
import { findWithdrawal } from './queries.ts';
import { requestWithdrawal, showWithdrawal } from './request-withdrawal.ts';

export function registerWithdrawals(implement: Implement, deps: WalletDoorDeps): void {
  implement('POST /withdrawals', ({ caller, body }) => requestWithdrawal(deps, caller, body));

  implement('GET /withdrawals/:operationId', async ({ caller, params }) => {
    const withdrawal = await findWithdrawal(deps.db, params.operationId);
    return withdrawal?.playerId === caller.playerId ? showWithdrawal(withdrawal) : fail('not_found');
  });
}
