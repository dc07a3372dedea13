import { depositCredited } from '#core/ledger.ts';
import type { DepositState } from '#core/payment.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import { openAccount, postTransfers } from '../ledger/post.ts';
import type { Log } from '../log.ts';
import type { DepositAnswer } from '../payments/provider.ts';
import { uuidV5 } from '../uuid.ts';
import { type DepositRow, lockDeposit, recordDepositState } from './queries.ts';

/**
 * Books what the provider said of a deposit, under the deposit's lock: credits it at most once, whoever comes first.
 * Money that is not what was asked, or a transaction that has credited another deposit, waits for a person.
 */
export async function bookDeposit(tx: Tx, log: Log, id: string, answer: DepositAnswer): Promise<DepositRow> {
  const deposit = await lockDeposit(tx, id);
  if (deposit.state !== 'requested') return deposit;
  const state = await stateAfter(tx, deposit, answer);
  if (state === null) return deposit;
  if (state === 'review') log.error({ deposit: id, answer }, 'a deposit is not what was asked for');
  if (state !== 'credited') await recordDepositState(tx, id, state, null);
  return { ...deposit, state };
}

async function stateAfter(tx: Tx, deposit: DepositRow, answer: DepositAnswer): Promise<DepositState | null> {
  switch (answer.kind) {
    case 'waiting':
    case 'absent':
    case 'unknown':
      return null;
    case 'refused':
      return 'refused';
    case 'paid':
      if (answer.amountXof !== deposit.amountXof) return 'review';
      return (await credit(tx, deposit, answer.transaction)) ? 'credited' : 'review';
  }
}

/** False when this transaction of the provider's has credited another deposit before. */
async function credit(tx: Tx, deposit: DepositRow, transaction: string): Promise<boolean> {
  try {
    await tx.attempt(() => recordDepositState(tx, deposit.id, 'credited', transaction));
  } catch (error) {
    if (violatedConstraint(error) === 'deposit_provider_transaction_once') return false;
    throw error;
  }
  const clearing = await openAccount(tx, 'provider_clearing', deposit.provider, deposit.isTest);
  const postings = depositCredited({ clearing, player: deposit.accountId, amountXof: deposit.amountXof });
  const transferId = uuidV5(`deposit ${deposit.id}`, 'credited');
  await postTransfers(tx, [
    { id: transferId, kind: 'deposit_credited', inputHash: deposit.inputHash, postings },
  ]);
  return true;
}
