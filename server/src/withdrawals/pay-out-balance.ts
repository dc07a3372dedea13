/**
 * Pays a whole balance out to its player's own number, for an account that ends: no ceiling holds money back that has
 * to leave. What no provider can pay (less than its minimum, or no whole multiple) stays on the account.
 */
import { createHash } from 'node:crypto';
import { withdrawalRequested } from '#core/ledger.ts';
import { type Xof, xof, ZERO_XOF } from '#core/money.ts';
import type { SettingValues } from '#core/settings.ts';
import type { Tx } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import { lockBalances, openAccount, postTransfers } from '../ledger/post.ts';
import type { ProviderName, Providers } from '../payments/provider.ts';
import { insertWithdrawal } from './queries.ts';

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
  const { playerId, accountId, isTest } = owner;
  const { withdrawalId: id, values } = asked;
  const availableXof = xof((await lockBalances(tx, [accountId])).get(accountId) ?? 0);
  const payout = payoutOf(availableXof, values);
  const provider = providerFor(deps.providers, isTest);
  if (payout.amountXof === 0 || provider === null) return { amountXof: ZERO_XOF, remainderXof: availableXof };
  const { amountXof } = payout;
  const pending = await openAccount(tx, 'withdrawal_pending', provider, isTest);
  const postings = withdrawalRequested({ player: accountId, pending, amountXof });
  const inputHash = createHash('sha256').update(`payout ${id} ${amountXof}`).digest();
  await postTransfers(tx, [{ id, kind: 'withdrawal_requested', inputHash, postings }]);
  await insertWithdrawal(tx, { id, playerId, provider, amountXof });
  await deps.jobs.send(tx, 'send-withdrawal', { withdrawalId: id });
  return payout;
}

function providerFor(providers: Providers, isTest: boolean): ProviderName | null {
  return Object.values(providers).find((provider) => provider.servesTest === isTest)?.name ?? null;
}
