/**
 * Reads a stored callback: asks the provider about what it points at, and books the answer. What it points at may not be
 * there yet, here or in the provider's own search: then it is read again, more and more seldom, for two days.
 */
import type { DepositAnswer } from '../payments/provider.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';
import { bookStrangePayment } from './book-payment.ts';
import {
  type CallbackRow,
  findUnreadCallback,
  findWithdrawalOf,
  recordCallbackRead,
} from './callback-queries.ts';
import type { DepositDeps } from './deposit-deps.ts';
import { lookAtDeposit } from './look-at-deposit.ts';
import { findDepositOf } from './queries.ts';

const AGAIN_AFTER_MS_MIN = 2_000;
const AGAIN_AFTER_MS_MAX = 60 * 60_000;
const GIVEN_UP_AFTER_MS = 48 * 60 * 60_000;
/** Our own row may be committed a moment after the provider calls. */
const OWN_ROW_LATE_MS = 10_000;

/** Safe to run any number of times, also at once. */
export async function readCallback(deps: DepositDeps, callbackId: number): Promise<void> {
  const callback = await findUnreadCallback(deps.db, callbackId);
  if (callback === null) return;
  const outcome = await outcomeOf(deps, callback);
  if (outcome !== null) return recordCallbackRead(deps.db, callbackId, outcome);
  if (callback.ageMs > GIVEN_UP_AFTER_MS) {
    deps.log.error({ callback: callbackId, provider: callback.provider }, 'a callback leads nowhere');
    return recordCallbackRead(deps.db, callbackId, 'nothing found');
  }
  const afterMs = Math.min(Math.max(callback.ageMs, AGAIN_AFTER_MS_MIN), AGAIN_AFTER_MS_MAX);
  await deps.db.transaction((tx) => deps.jobs.send(tx, 'read-callback', { callbackId }, { afterMs }));
}

/** Null: nothing is known yet. */
async function outcomeOf(deps: DepositDeps, callback: CallbackRow): Promise<string | null> {
  switch (callback.about) {
    case 'nothing':
      return 'nothing to do';
    case 'withdrawal':
      return lookAtWithdrawal(deps, callback);
    case 'deposit':
      return lookForDeposit(deps, callback);
  }
}

/** At once and here: a job of it may wait for its next look already, and equal jobs are one. */
async function lookAtWithdrawal(deps: DepositDeps, callback: CallbackRow): Promise<string> {
  const withdrawalId = await findWithdrawalOf(deps.db, callback);
  if (withdrawalId === null) return 'no withdrawal of ours';
  await sendWithdrawal(deps, withdrawalId);
  return 'withdrawal looked up';
}

async function lookForDeposit(deps: DepositDeps, callback: CallbackRow): Promise<string | null> {
  const depositId = await findDepositOf(deps.db, callback.provider, callback);
  if (depositId !== null) {
    const { state, isAnswered } = await lookAtDeposit(deps, depositId);
    // A deposit that was given up is no answer to a call that came later.
    return isAnswered ? state : null;
  }
  if (callback.reference !== null && callback.ageMs < OWN_ROW_LATE_MS) return null;
  return bookStranger(deps, callback);
}

/** Money that no deposit of ours asked for: into suspense, once the provider confirms it. */
async function bookStranger(deps: DepositDeps, callback: CallbackRow): Promise<string | null> {
  const provider = deps.providers[callback.provider];
  if (provider === undefined) return null;
  const { reference, session, transaction, receivedAt } = callback;
  let answer: DepositAnswer;
  try {
    answer = await provider.findDeposit({ reference, session, transaction, requestedAt: receivedAt });
  } catch (error) {
    deps.log.error({ err: error, callback: callback.id }, 'the provider did not answer a look-up');
    return null;
  }
  if (answer.kind === 'refused' || answer.kind === 'expired') return answer.kind;
  if (answer.kind !== 'paid') return null;
  const { payments } = answer;
  await deps.db.transaction(async (tx) => {
    for (const payment of payments) {
      await bookStrangePayment(tx, deps, {
        provider: provider.name,
        isTest: provider.servesTest,
        payment,
      });
    }
  });
  return 'suspense';
}
