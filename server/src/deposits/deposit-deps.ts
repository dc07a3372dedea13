import type { Origins } from '../http.ts';
import type { Limiter } from '../limiter/limiter.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';

export interface DepositDeps extends WalletDeps {
  /** Where a provider sends its payer back to. */
  readonly origins: Origins;
}

/** What people ask for is limited; what jobs do is not. */
export interface DepositDoorDeps extends DepositDeps {
  readonly limiter: Limiter;
}
