/** A player has his winnings paid out by themselves from now on, or stops it. */
import { RefusalError } from '#core/errors.ts';
import type { PlayerIdentity } from '../http.ts';
import { runOperation } from '../operations/operation.ts';
import type { ProviderName } from '../payments/provider.ts';
import { refuseProvider } from '../wallet/refuse-provider.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { recordPaysOutTo } from './automatic-queries.ts';

export function chooseAutomaticPayout(
  deps: WalletDeps,
  player: PlayerIdentity,
  { operationId, provider }: { readonly operationId: string; readonly provider: ProviderName | null },
): Promise<{ provider: ProviderName | null }> {
  const operation = {
    id: operationId,
    kind: 'choose-automatic-payout',
    actorId: player.playerId,
    input: { provider },
  };
  return runOperation(deps.db, operation, async (tx) => {
    const refused = provider === null ? null : refuseProvider(deps.providers[provider], player);
    if (refused !== null) throw new RefusalError(refused);
    await recordPaysOutTo(tx, player.playerId, provider);
    return { provider };
  });
}
