/** Which accounts of the ledger stand for our money at a provider. */
import type { Tx } from '../db.ts';
import { openAccount } from '../ledger/post.ts';
import type { ProviderName, Providers } from '../payments/provider.ts';

interface OfProvider {
  readonly provider: ProviderName;
  readonly isTest: boolean;
}

/** What the provider holds for us, on the side where deposits arrive or the one where withdrawals leave from. */
export async function clearingOf(
  tx: Tx,
  providers: Providers,
  { provider, isTest, side }: OfProvider & { readonly side: 'deposits' | 'withdrawals' },
): Promise<number> {
  // A provider that is no longer configured keeps its one name.
  const account = providers[provider]?.accounts[side] ?? provider;
  return openAccount(tx, 'provider_clearing', account, isTest);
}

/** Asked for, and not paid out yet. */
export async function pendingOf(tx: Tx, { provider, isTest }: OfProvider): Promise<number> {
  return openAccount(tx, 'withdrawal_pending', provider, isTest);
}
