import { fail } from '#core/errors.ts';
import type { Db, Tx } from '../db.ts';
import type { ProviderName } from '../payments/provider.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { areDepositsStopped } from './queries.ts';

/** Refuses while a provider takes no deposits: stopped by the house, or silent. Never stored with an operation. */
export async function refuseClosedProvider(
  { db, providers }: Pick<WalletDeps, 'providers'> & { readonly db: Db | Tx },
  name: ProviderName,
): Promise<void> {
  const provider = providers[name];
  if (provider === undefined) return;
  if (await areDepositsStopped(db, name)) fail('provider_stopped', { provider: provider.label });
  if (provider.isSilent?.() === true) fail('provider_unavailable', { provider: provider.label });
}
