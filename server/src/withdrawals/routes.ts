import { fail } from '#core/errors.ts';
import type { Implement } from '../http.ts';
import type { WalletDoorDeps } from '../wallet/wallet-deps.ts';
import { chooseAutomaticPayout } from './choose-automatic-payout.ts';
import { decideWithdrawal } from './decide-withdrawal.ts';
import { decideVerdict, proposeVerdict } from './give-verdict.ts';
import { findWithdrawal } from './queries.ts';
import { requestWithdrawal } from './request-withdrawal.ts';
import { showWithdrawalNow } from './show-withdrawal.ts';
import { stopProvider } from './stop-provider.ts';

export function registerWithdrawals(implement: Implement, deps: WalletDoorDeps): void {
  implement('POST /withdrawals', ({ caller, body }) => requestWithdrawal(deps, caller, body));

  implement('GET /withdrawals/:operationId', async ({ caller, params }) => {
    const withdrawal = await findWithdrawal(deps.db, params.operationId);
    if (withdrawal?.playerId !== caller.playerId) return fail('not_found');
    return showWithdrawalNow(deps.db, withdrawal);
  });

  implement('POST /wallet/automatic-payout', ({ caller, body }) => chooseAutomaticPayout(deps, caller, body));

  implement('POST /staff/withdrawals/:withdrawalId/decide', ({ caller, params, body }) =>
    decideWithdrawal(deps, caller, { ...params, ...body }),
  );
  implement('POST /staff/withdrawals/:withdrawalId/verdicts', ({ caller, params, body }) =>
    proposeVerdict(deps, caller, { ...params, ...body }),
  );
  implement('POST /staff/verdicts/:verdictId/decide', ({ caller, params, body }) =>
    decideVerdict(deps, caller, { ...params, ...body }),
  );
  implement('POST /staff/providers/:provider/stop', ({ caller, params, body }) =>
    stopProvider(deps, caller, { ...params, ...body, isStopped: true }),
  );
  implement('POST /staff/providers/:provider/resume', ({ caller, params, body }) =>
    stopProvider(deps, caller, { ...params, ...body, isStopped: false }),
  );
}
