import { depositCredited, depositReturned } from '#core/ledger.ts';
import type { DepositState } from '#core/payment.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import { lockBalances, openAccount, postTransfers } from '../ledger/post.ts';
import type { DepositAnswer } from '../payments/provider.ts';
import { refuseDepositor } from '../responsible-play/refuse-deposit.ts';
import { uuidV5 } from '../uuid.ts';
import { type DepositRow, insertReturn, lockDeposit, recordDepositState } from './queries.ts';
import type { WalletDeps } from './wallet-deps.ts';

/**
 * Books what the provider said of a deposit, under the deposit's lock: credits it at most once, whoever comes first.
 * Money that is not what was asked, or a transaction that has credited another deposit, waits for a person. Money for
 * who may not play goes back to its payer.
 */
export async function bookDeposit(
  tx: Tx,
  deps: Pick<WalletDeps, 'log' | 'jobs'>,
  id: string,
  answer: DepositAnswer,
): Promise<DepositRow> {
  const deposit = await lockDeposit(tx, id);
  if (deposit.state !== 'requested') return deposit;
  const state = await stateAfter(tx, deps, deposit, answer);
  if (state === null) return deposit;
  if (state === 'review') deps.log.error({ deposit: id, answer }, 'a deposit is not what was asked for');
  if (state === 'review' || state === 'refused') await recordDepositState(tx, id, state, null);
  return { ...deposit, state };
}

async function stateAfter(
  tx: Tx,
  deps: Pick<WalletDeps, 'jobs'>,
  deposit: DepositRow,
  answer: DepositAnswer,
): Promise<DepositState | null> {
  switch (answer.kind) {
    case 'waiting':
    case 'absent':
    case 'unknown':
      return null;
    case 'refused':
      return 'refused';
    case 'paid':
      if (answer.amountXof !== deposit.amountXof) return 'review';
      return creditOrReturn(tx, deps, deposit, answer.transaction);
  }
}

/** `review` when this transaction of the provider's has credited another deposit before. */
async function creditOrReturn(
  tx: Tx,
  deps: Pick<WalletDeps, 'jobs'>,
  deposit: DepositRow,
  transaction: string,
): Promise<DepositState> {
  // Who excludes himself takes this lock: he has done it before, or does it after.
  await lockBalances(tx, [deposit.accountId]);
  const state = (await refuseDepositor(tx, deposit.playerId)) === null ? 'credited' : 'returned';
  try {
    await tx.attempt(() => recordDepositState(tx, deposit.id, state, transaction));
  } catch (error) {
    if (violatedConstraint(error) === 'deposit_provider_transaction_once') return 'review';
    throw error;
  }
  await (state === 'credited' ? credit(tx, deposit) : giveBack(tx, deps, deposit));
  return state;
}

async function credit(tx: Tx, deposit: DepositRow): Promise<void> {
  const clearing = await openAccount(tx, 'provider_clearing', deposit.provider, deposit.isTest);
  const postings = depositCredited({ clearing, player: deposit.accountId, amountXof: deposit.amountXof });
  const id = uuidV5(`deposit ${deposit.id}`, 'credited');
  await postTransfers(tx, [{ id, kind: 'deposit_credited', inputHash: deposit.inputHash, postings }]);
}

/** The way back is a withdrawal to the number that paid: looked up, sent once, and resumed like any other. */
async function giveBack(tx: Tx, { jobs }: Pick<WalletDeps, 'jobs'>, deposit: DepositRow): Promise<void> {
  const clearing = await openAccount(tx, 'provider_clearing', deposit.provider, deposit.isTest);
  const pending = await openAccount(tx, 'withdrawal_pending', deposit.provider, deposit.isTest);
  const postings = depositReturned({ clearing, pending, amountXof: deposit.amountXof });
  // The credit's own id: one fate for each deposit.
  const id = uuidV5(`deposit ${deposit.id}`, 'credited');
  await postTransfers(tx, [{ id, kind: 'deposit_returned', inputHash: deposit.inputHash, postings }]);
  const withdrawalId = uuidV5(`deposit ${deposit.id}`, 'returned');
  await insertReturn(tx, withdrawalId, deposit.id);
  await jobs.send(tx, 'send-withdrawal', { withdrawalId });
}
