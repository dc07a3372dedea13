import type { Tx } from '../db.ts';
import type { ProviderName, Providers } from '../payments/provider.ts';
import { findLastProviders } from './queries.ts';

/** Where money goes that nobody named a provider for: the one he used last, else the first that serves him. */
export async function choosePayoutProvider(
  tx: Tx,
  providers: Providers,
  { playerId, isTest }: { readonly playerId: string; readonly isTest: boolean },
): Promise<ProviderName | null> {
  const used = await findLastProviders(tx, playerId);
  const known = used.find((name) => providers[name]?.servesTest === isTest);
  const serving = Object.values(providers).filter(({ servesTest }) => servesTest === isTest);
  return known ?? (serving.find(({ isOffered }) => isOffered) ?? serving[0])?.name ?? null;
}
