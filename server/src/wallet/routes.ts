import { fail } from '#core/errors.ts';
import type { Implement } from '../http.ts';
import { findDeposit, findWithdrawal } from './queries.ts';
import { requestDeposit, showDeposit } from './request-deposit.ts';
import { requestWithdrawal, showWithdrawal } from './request-withdrawal.ts';
import { showStatement, showWallet } from './show-wallet.ts';
import type { WalletDoorDeps } from './wallet-deps.ts';

export function registerWallet(implement: Implement, deps: WalletDoorDeps): void {
  implement('GET /wallet', ({ caller }) => showWallet(deps.db, caller));

  implement('GET /wallet/statement', ({ caller, query }) =>
    showStatement(deps.db, caller, query.before ?? null),
  );

  implement('POST /deposits', ({ caller, body }) => requestDeposit(deps, caller, body));

  implement('GET /deposits/:operationId', async ({ caller, params }) => {
    const deposit = await findDeposit(deps.db, params.operationId);
    return deposit?.playerId === caller.playerId ? showDeposit(deposit) : fail('not_found');
  });

  implement('POST /withdrawals', ({ caller, body }) => requestWithdrawal(deps, caller, body));

  implement('GET /withdrawals/:operationId', async ({ caller, params }) => {
    const withdrawal = await findWithdrawal(deps.db, params.operationId);
    return withdrawal?.playerId === caller.playerId ? showWithdrawal(withdrawal) : fail('not_found');
  });
}
