import type { Implement } from '../http.ts';
import { showStatement, showStatementTotals } from './show-statement.ts';
import { showWallet } from './show-wallet.ts';
import type { WalletDeps } from './wallet-deps.ts';

export function registerWallet(implement: Implement, deps: Pick<WalletDeps, 'db'>): void {
  implement('GET /wallet', ({ caller }) => showWallet(deps.db, caller));

  implement('GET /wallet/statement', ({ caller, query }) => showStatement(deps.db, caller, query));

  implement('GET /wallet/statement/totals', ({ caller, query }) =>
    showStatementTotals(deps.db, caller, query),
  );
}
