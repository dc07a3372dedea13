/** What a player reads before he asks for a withdrawal: how much can go out, where to, or why nothing can now. */
import type { WithdrawalFormView } from '#core/api/withdrawal-pages.ts';
import { type Refusal, refusal, sentenceOf } from '#core/errors.ts';
import { xof } from '#core/money.ts';
import type { PlayerIdentity } from '../http.ts';
import { findAvailable } from '../ledger/find-available.ts';
import { whyPayoutsHeld } from '../players/payout-hold.ts';
import { showProfile } from '../players/show-profile.ts';
import { showRoom, whyNoWithdrawal } from '../wallet/judge-movements.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { listPayoutProviders, preferredProvider } from './list-payout-providers.ts';

export async function showWithdrawalForm(
  deps: Pick<WalletDeps, 'db' | 'providers' | 'settings'>,
  player: PlayerIdentity,
  asked: { readonly amountXof: number | null; readonly provider: string | null; readonly slip: string },
): Promise<WithdrawalFormView> {
  const { db, settings } = deps;
  const { withdrawalMinXof: minXof, withdrawalMultipleXof: multipleXof } = settings.current();
  const { approvalFinanceXof, approvalTwoPeopleXof } = settings.current();
  const availableXof = await findAvailable(db, player.accountId);
  const leftXof = (await showRoom(db, player)).withdrawalLeftXof;
  const roomXof = Math.min(availableXof, leftXof ?? availableXof);
  const providers = await listPayoutProviders(deps, player);
  const preferred = await preferredProvider(deps, player, providers);
  const closed = await whyNothing(deps, player, { availableXof, minXof, hasProvider: preferred !== null });
  return {
    amountXof: asked.amountXof,
    availableXof,
    leftXof,
    minXof,
    multipleXof,
    mostXof: roomXof - (roomXof % multipleXof),
    approvalFinanceXof,
    approvalTwoPeopleXof,
    isTest: player.isTest,
    maskedPhone: (await showProfile(db, player)).maskedPhone,
    closedBecause: closed === null ? null : sentenceOf(closed, 'fr'),
    providers,
    provider: providers.find(({ name }) => name === asked.provider)?.name ?? preferred ?? '',
    slip: asked.slip,
  };
}

/** What would refuse even the smallest withdrawal. */
async function whyNothing(
  { db }: Pick<WalletDeps, 'db'>,
  player: PlayerIdentity,
  of: { readonly availableXof: number; readonly minXof: number; readonly hasProvider: boolean },
): Promise<Refusal | null> {
  const held = await whyPayoutsHeld(db, player.playerId);
  if (held !== null) return held;
  if (!of.hasProvider) return refusal('provider_not_for_you');
  const beyond = await whyNoWithdrawal(db, player, xof(of.minXof));
  if (beyond !== null) return beyond;
  return of.availableXof < of.minXof ? refusal('withdrawal_below_min', { minXof: of.minXof }) : null;
}
