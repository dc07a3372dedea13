/**
 * Carries a withdrawal to its provider. It is marked as sent before the provider hears of it: whoever finds that mark
 * looks the withdrawal up and does not send it again, unless the provider does not know it and pays a reference once.
 */
import { withdrawalPaid, withdrawalRefused } from '#core/ledger.ts';
import { mayWithdrawalBecome, type WithdrawalState } from '#core/payment.ts';
import type { Tx } from '../db.ts';
import { openAccount, postTransfers } from '../ledger/post.ts';
import { hashOperation } from '../operations/operation.ts';
import type { PaymentProvider, WithdrawalAnswer, WithdrawalOrder } from '../payments/provider.ts';
import { arePayoutsHeld } from '../players/payout-hold.ts';
import { uuidV5 } from '../uuid.ts';
import { lockWithdrawal, recordWithdrawalState, type WithdrawalRow } from './queries.ts';
import type { WalletDeps } from './wallet-deps.ts';

const LOOK_UP_AFTER_MS_MIN = 1_000;
const LOOK_UP_AFTER_MS_MAX = 10 * 60_000;

/** Takes the withdrawal as far as the provider lets it go. Safe to run any number of times, also at once. */
export async function sendWithdrawal(deps: WalletDeps, withdrawalId: string): Promise<void> {
  const claimed = await deps.db.transaction((tx) => claim(tx, withdrawalId));
  if (claimed === null) return;
  const answer = await askProvider(deps, claimed);
  await deps.db.transaction((tx) => book(tx, deps, withdrawalId, answer));
}

/** Marks a new withdrawal as sent. Null when it has ended, or may not go out yet: `resumePayments` comes back to it. */
async function claim(tx: Tx, id: string): Promise<(WithdrawalRow & { readonly isNew: boolean }) | null> {
  const withdrawal = await lockWithdrawal(tx, id);
  if (withdrawal === null || withdrawal.state === 'paid' || withdrawal.state === 'refused') return null;
  const isNew = withdrawal.state === 'requested';
  // Asked for before something happened to the account: it goes out when its time has come.
  if (isNew && (await arePayoutsHeld(tx, withdrawal.playerId))) return null;
  if (isNew) await recordWithdrawalState(tx, id, 'sent', null);
  return { ...withdrawal, isNew };
}

async function askProvider(
  deps: WalletDeps,
  withdrawal: WithdrawalRow & { readonly isNew: boolean },
): Promise<WithdrawalAnswer> {
  const { id: reference, amountXof, phone } = withdrawal;
  const provider = deps.providers[withdrawal.provider];
  const order = { reference, amountXof, phone };
  try {
    return withdrawal.isNew ? await provider.sendWithdrawal(order) : await lookUp(provider, order);
  } catch (error) {
    deps.log.error({ err: error, withdrawal: reference }, 'the provider did not answer a withdrawal');
    return { kind: 'unknown', reason: 'no answer' };
  }
}

async function lookUp(provider: PaymentProvider, order: WithdrawalOrder): Promise<WithdrawalAnswer> {
  const found = await provider.findWithdrawal(order.reference);
  return found.kind === 'absent' && provider.repeatsWithdrawalsSafely
    ? provider.sendWithdrawal(order)
    : found;
}

async function book(tx: Tx, deps: WalletDeps, id: string, answer: WithdrawalAnswer): Promise<void> {
  const withdrawal = await lockWithdrawal(tx, id);
  if (withdrawal === null) throw new Error(`withdrawal ${id} has vanished`);
  const state = stateAfter(answer);
  // Somebody else may have heard the provider's word first.
  if (state !== null && mayWithdrawalBecome(withdrawal.state, state)) {
    await recordWithdrawalState(tx, id, state, answer.kind === 'paid' ? answer.transaction : null);
    await post(tx, withdrawal, state);
  }
  if (state === 'paid' || state === 'refused') return;
  const afterMs = Math.min(Math.max(withdrawal.ageMs / 2, LOOK_UP_AFTER_MS_MIN), LOOK_UP_AFTER_MS_MAX);
  await deps.jobs.send(tx, 'send-withdrawal', { withdrawalId: id }, { afterMs });
}

/** Null when nothing is known yet and nothing has gone wrong. */
function stateAfter(answer: WithdrawalAnswer): WithdrawalState | null {
  switch (answer.kind) {
    case 'paid':
      return 'paid';
    case 'refused':
      return 'refused';
    case 'absent':
    case 'unknown':
      return 'unknown';
    case 'waiting':
      return null;
  }
}

async function post(tx: Tx, withdrawal: WithdrawalRow, state: WithdrawalState): Promise<void> {
  if (state !== 'paid' && state !== 'refused') return;
  const { id, playerId, provider, isTest, accountId, amountXof } = withdrawal;
  const pending = await openAccount(tx, 'withdrawal_pending', provider, isTest);
  const kind = state === 'paid' ? 'withdrawal_paid' : 'withdrawal_refused';
  const postings =
    state === 'paid'
      ? withdrawalPaid({
          pending,
          clearing: await openAccount(tx, 'provider_clearing', provider, isTest),
          amountXof,
        })
      : withdrawalRefused({ pending, player: accountId, amountXof });
  // One end for both fates: the id keeps a withdrawal from being paid and given back.
  const transferId = uuidV5(`withdrawal ${id}`, 'ended');
  const inputHash = hashOperation({ id: transferId, kind, actorId: playerId, input: { amountXof } });
  await postTransfers(tx, [{ id: transferId, kind, inputHash, postings }]);
}
