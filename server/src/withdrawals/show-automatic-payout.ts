/** Where a player's winnings go by themselves, for the page on which he chooses. */
import type { AutomaticPayoutView } from '#core/api/withdrawal-pages.ts';
import type { PlayerIdentity } from '../http.ts';
import { showProfile } from '../players/show-profile.ts';
import { showAutomaticPayout as showLast } from '../wallet/show-wallet.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { findPaysOutTo } from './automatic-queries.ts';
import { listPayoutProviders } from './list-payout-providers.ts';

export async function showAutomaticPayout(
  deps: Pick<WalletDeps, 'db' | 'providers' | 'settings'>,
  player: PlayerIdentity,
  asked: { readonly isDone: boolean; readonly slip: string },
): Promise<AutomaticPayoutView> {
  const { db, settings } = deps;
  return {
    ...asked,
    ...(await showLast(db, player)),
    providers: await listPayoutProviders(deps, player),
    provider: await findPaysOutTo(db, player.playerId),
    maskedPhone: (await showProfile(db, player)).maskedPhone,
    minXof: settings.current().withdrawalMinXof,
  };
}
