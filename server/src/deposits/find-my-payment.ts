/**
 * "I paid and see nothing": a player names the provider's transaction, as his phone shows it. The provider is asked, and
 * what it says is booked only when it belongs to a deposit of his own. Everything else gets one answer, whatever is
 * behind it: nobody learns whether somebody else's payment exists.
 */
import { fail } from '#core/errors.ts';
import type { PlayerIdentity } from '../http.ts';
import type { DepositAnswer, PaymentProvider } from '../payments/provider.ts';
import { refuseProvider } from '../wallet/refuse-provider.ts';
import { bookDeposit } from './book-deposit.ts';
import type { DepositDoorDeps } from './deposit-deps.ts';
import { type DepositRow, findDeposit, findDepositOf } from './queries.ts';

export async function findMyPayment(
  deps: DepositDoorDeps,
  player: PlayerIdentity,
  asked: { readonly provider: string; readonly transaction: string },
): Promise<DepositRow> {
  const provider = deps.providers[asked.provider];
  if (provider === undefined || refuseProvider(provider, player) !== null)
    return fail('provider_not_for_you');
  await deps.limiter.take('depositLooks', player.playerId);
  const answer = await askFor(deps, provider, asked.transaction);
  if (answer.kind !== 'paid') return fail('payment_not_found');
  for (const payment of answer.payments) {
    if (payment.transaction !== asked.transaction) continue;
    const depositId = await findDepositOf(deps.db, provider.name, { ...payment, session: null });
    const deposit = depositId === null ? null : await findDeposit(deps.db, depositId);
    if (deposit?.playerId !== player.playerId) continue;
    const { id } = deposit;
    return deps.db.transaction((tx) => bookDeposit(tx, deps, id, { kind: 'paid', payments: [payment] }));
  }
  return fail('payment_not_found');
}

async function askFor(
  deps: DepositDoorDeps,
  provider: PaymentProvider,
  transaction: string,
): Promise<DepositAnswer> {
  try {
    return await provider.findDeposit({
      reference: null,
      session: null,
      transaction,
      requestedAt: new Date(),
    });
  } catch (error) {
    deps.log.error({ err: error, provider: provider.name }, 'the provider did not answer a look-up');
    return { kind: 'unknown', detail: 'no answer' };
  }
}
