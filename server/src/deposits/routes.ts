import { fail } from '#core/errors.ts';
import type { Implement, PlayerIdentity } from '../http.ts';
import type { DepositDoorDeps } from './deposit-deps.ts';
import { findMyPayment } from './find-my-payment.ts';
import { lookAtDeposit } from './look-at-deposit.ts';
import { openAttempt } from './open-attempt.ts';
import { type DepositRow, findDeposit } from './queries.ts';
import { requestDeposit } from './request-deposit.ts';
import { showDepositNow } from './show-deposit.ts';

export function registerDeposits(implement: Implement, deps: DepositDoorDeps): void {
  const { db, limiter } = deps;
  const findOwn = async (caller: PlayerIdentity, id: string): Promise<DepositRow> => {
    const deposit = await findDeposit(db, id);
    return deposit?.playerId === caller.playerId ? deposit : fail('not_found');
  };
  const showOwn = async (caller: PlayerIdentity, id: string) => showDepositNow(db, await findOwn(caller, id));

  implement('POST /deposits', ({ caller, body }) => requestDeposit(deps, caller, body));

  implement('POST /deposits/find', async ({ caller, body }) => {
    const { id } = await findMyPayment(deps, caller, body);
    return showOwn(caller, id);
  });

  implement('GET /deposits/:operationId', ({ caller, params }) => showOwn(caller, params.operationId));

  implement('POST /deposits/:operationId/look', async ({ caller, params }) => {
    const { id } = await findOwn(caller, params.operationId);
    await limiter.take('depositLooks', caller.playerId);
    await lookAtDeposit(deps, id);
    return showOwn(caller, id);
  });

  implement('POST /deposits/:operationId/attempts', async ({ caller, params }) => {
    const { id } = await findOwn(caller, params.operationId);
    await limiter.take('depositLooks', caller.playerId);
    await openAttempt(deps, id);
    return showOwn(caller, id);
  });
}
