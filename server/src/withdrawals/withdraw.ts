/** Takes money from a balance and writes the withdrawal down, in the transaction of whoever asked for it. */
import { withdrawalRequested } from '#core/ledger.ts';
import { type Xof, xof } from '#core/money.ts';
import { approvalsRequired, type WithdrawalState } from '#core/payment.ts';
import type { Tx } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import { postTransfers } from '../ledger/post.ts';
import type { ProviderName } from '../payments/provider.ts';
import { readSettings } from '../settings/open-settings.ts';
import { pendingOf } from '../wallet/provider-accounts.ts';
import { countWithdrawnInDay } from '../wallet/withdrawn-in-day.ts';
import { insertWithdrawal } from './queries.ts';

export interface Withdraw {
  readonly id: string;
  readonly provider: ProviderName;
  readonly amountXof: Xof;
  readonly inputHash: Buffer;
  readonly isAutomatic: boolean;
}

/** The balance is locked and holds the amount; every limit has been judged. What two ask for at once counts together. */
export async function withdraw(
  tx: Tx,
  jobs: Jobs,
  player: { readonly playerId: string; readonly accountId: number; readonly isTest: boolean },
  { id, provider, amountXof, inputHash, isAutomatic }: Withdraw,
): Promise<{ readonly state: WithdrawalState; readonly requestedAt: Date }> {
  const { playerId, accountId, isTest } = player;
  const inDayXof = xof((await countWithdrawnInDay(tx, playerId)) + amountXof);
  const people = approvalsRequired(inDayXof, await readSettings(tx));
  const pending = await pendingOf(tx, { provider, isTest });
  const postings = withdrawalRequested({ player: accountId, pending, amountXof });
  await postTransfers(tx, [{ id, kind: 'withdrawal_requested', inputHash, postings }]);
  const made = await insertWithdrawal(tx, {
    id,
    playerId,
    provider,
    amountXof,
    isAutomatic,
    approvalsRequired: people,
  });
  if (people === 0) await jobs.send(tx, 'send-withdrawal', { withdrawalId: id });
  return made;
}
