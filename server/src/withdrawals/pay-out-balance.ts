/**
 * Pays a whole balance out to its player's own number, for an account that ends: no ceiling holds money back that has
 * to leave. What no provider can pay (less than its minimum, or no whole multiple) stays on the account.
 */
import { createHash } from 'node:crypto';
import { type Xof, xof, ZERO_XOF } from '#core/money.ts';
import type { SettingValues } from '#core/settings.ts';
import type { Tx } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import { lockBalances } from '../ledger/post.ts';
import type { Providers } from '../payments/provider.ts';
import { choosePayoutProvider } from './choose-payout-provider.ts';
import { withdraw } from './withdraw.ts';

export interface Payout {
  /** Nothing when it is below what a provider pays. */
  readonly amountXof: Xof;
  readonly remainderXof: Xof;
}

export function payoutOf(availableXof: Xof, values: SettingValues): Payout {
  const amountXof = xof(availableXof - (availableXof % values.withdrawalMultipleXof));
  return amountXof < values.withdrawalMinXof || amountXof <= 0
    ? { amountXof: ZERO_XOF, remainderXof: availableXof }
    : { amountXof, remainderXof: xof(availableXof - amountXof) };
}

export async function payOutBalance(
  tx: Tx,
  deps: { readonly jobs: Jobs; readonly providers: Providers },
  owner: { readonly playerId: string; readonly accountId: number; readonly isTest: boolean },
  asked: { readonly withdrawalId: string; readonly values: SettingValues },
): Promise<Payout> {
  const { accountId } = owner;
  const { withdrawalId: id, values } = asked;
  const availableXof = xof((await lockBalances(tx, [accountId])).get(accountId) ?? 0);
  const payout = payoutOf(availableXof, values);
  const provider = await choosePayoutProvider(tx, deps.providers, owner);
  if (payout.amountXof === 0 || provider === null) return { amountXof: ZERO_XOF, remainderXof: availableXof };
  const { amountXof } = payout;
  const inputHash = createHash('sha256').update(`payout ${id} ${amountXof}`).digest();
  await withdraw(tx, deps.jobs, owner, { id, provider, amountXof, inputHash, isAutomatic: false });
  return payout;
}
