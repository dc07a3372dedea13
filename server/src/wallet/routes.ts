import type { Implement } from '../http.ts';
import { showStatement, showWallet } from './show-wallet.ts';
import type { WalletDeps } from './wallet-deps.ts';

export function registerWallet(implement: Implement, deps: Pick<WalletDeps, 'db'>): void {
  implement('GET /wallet', ({ caller }) => showWallet(deps.db, caller));

  implement('GET /wallet/statement', ({ caller, query }) =>
    showStatement(deps.db, caller, query.before ?? null),
  );
}
