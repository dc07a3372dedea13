import { fail } from '#core/errors.ts';
import type { Implement } from '../http.ts';
import type { WalletDoorDeps } from '../wallet/wallet-deps.ts';
import { findDeposit } from './queries.ts';
import { requestDeposit, showDeposit } from './request-deposit.ts';

export function registerDeposits(implement: Implement, deps: WalletDoorDeps): void {
  implement('POST /deposits', ({ caller, body }) => requestDeposit(deps, caller, body));

  implement('GET /deposits/:operationId', async ({ caller, params }) => {
    const deposit = await findDeposit(deps.db, params.operationId);
    return deposit?.playerId === caller.playerId ? showDeposit(deposit) : fail('not_found');
  });
}
