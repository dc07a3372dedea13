/** Where a player's money can go: the providers that serve him, those for everybody first. */
import type { PayoutProvider } from '#core/api/withdrawal-pages.ts';
import type { PlayerIdentity } from '../http.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { findStoppedPayouts } from './page-queries.ts';
import { findLastProviders } from './queries.ts';

export async function listPayoutProviders(
  { db, providers }: Pick<WalletDeps, 'db' | 'providers'>,
  player: Pick<PlayerIdentity, 'isTest'>,
): Promise<PayoutProvider[]> {
  const stopped = await findStoppedPayouts(db);
  return Object.values(providers)
    .filter(({ servesTest }) => servesTest === player.isTest)
    .sort((a, b) => Number(b.isOffered) - Number(a.isOffered))
    .map((provider) => ({
      name: provider.name,
      label: provider.label,
      trouble: stopped.includes(provider.name)
        ? ('stopped' as const)
        : provider.isSilent?.() === true
          ? ('silent' as const)
          : null,
    }));
}

/** The one he chose last, as long as it is there; else the first. Null: none serves him. */
export async function preferredProvider(
  { db }: Pick<WalletDeps, 'db'>,
  player: Pick<PlayerIdentity, 'playerId'>,
  listed: readonly PayoutProvider[],
): Promise<string | null> {
  const used = await findLastProviders(db, player.playerId);
  const known = used.find((name) => listed.some((one) => one.name === name));
  return known ?? listed[0]?.name ?? null;
}
