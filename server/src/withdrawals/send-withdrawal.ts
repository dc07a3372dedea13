/**
 * Carries a withdrawal to its provider. It is marked as sent before the provider hears of it: whoever finds that mark
 * looks the withdrawal up and does not send it again, unless the provider does not know it and pays a reference once.
 */
import { withdrawalPaid, withdrawalRefused } from '#core/ledger.ts';
import { isWithdrawalOpen, mayWithdrawalBecome, type WithdrawalState } from '#core/payment.ts';
import type { Tx } from '../db.ts';
import { postTransfers } from '../ledger/post.ts';
import { hashOperation } from '../operations/operation.ts';
import type { PaymentProvider, WithdrawalAnswer, WithdrawalOrder } from '../payments/provider.ts';
import { arePayoutsHeld } from '../players/payout-hold.ts';
import { uuidV5 } from '../uuid.ts';
import { clearingOf, pendingOf } from '../wallet/provider-accounts.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { lockWithdrawal, recordComposed, recordWithdrawalState, type WithdrawalRow } from './queries.ts';

const LOOK_UP_AFTER_MS_MIN = 1_000;
const LOOK_UP_AFTER_MS_MAX = 10 * 60_000;

/** Takes the withdrawal as far as the provider lets it go. Safe to run any number of times, also at once. */
export async function sendWithdrawal(deps: WalletDeps, withdrawalId: string): Promise<void> {
  const claimed = await deps.db.transaction((tx) => claim(tx, deps, withdrawalId));
  if (claimed === null) return;
  const answer = await askProvider(deps, claimed);
  await deps.db.transaction((tx) => book(tx, deps, withdrawalId, answer));
}

/** Marks a new withdrawal as sent. Null when it has ended, or may not go out yet: `resumeWithdrawals` comes back to it. */
async function claim(tx: Tx, deps: WalletDeps, id: string): Promise<Claim | null> {
  const withdrawal = await lockWithdrawal(tx, id);
  const provider = withdrawal === null ? undefined : deps.providers[withdrawal.provider];
  if (withdrawal === null || provider === undefined) return null;
  if (!isWithdrawalOpen(withdrawal.state)) return null;
  if (withdrawal.state === 'approval') return null;
  const isNew = withdrawal.state === 'requested';
  // Asked for before something happened to the account: it goes out when its time has come.
  if (isNew && (await arePayoutsHeld(tx, withdrawal.playerId))) return null;
  const composed = withdrawal.composed ?? provider.composeWithdrawal(orderOf(withdrawal));
  if (isNew) {
    await recordWithdrawalState(tx, id, 'sent');
    await recordComposed(tx, id, composed);
  }
  return { ...withdrawal, isNew, provider, composed };
}

type Claim = Omit<WithdrawalRow, 'provider'> & {
  readonly isNew: boolean;
  readonly provider: PaymentProvider;
  readonly composed: string;
};

function orderOf({ id, amountXof, phone, requestedAt }: Omit<WithdrawalRow, 'provider'>): WithdrawalOrder {
  return { reference: id, amountXof, phone, requestedAt };
}

async function askProvider(deps: WalletDeps, claimed: Claim): Promise<WithdrawalAnswer> {
  const { provider, composed } = claimed;
  const order = orderOf(claimed);
  try {
    return claimed.isNew
      ? await provider.sendWithdrawal(order, composed)
      : await lookUp(provider, order, claimed);
  } catch (error) {
    deps.log.error({ err: error, withdrawal: claimed.id }, 'the provider did not answer a withdrawal');
    return { kind: 'unknown', detail: 'no answer' };
  }
}

async function lookUp(
  provider: PaymentProvider,
  order: WithdrawalOrder,
  { session, composed }: Claim,
): Promise<WithdrawalAnswer> {
  const { reference, requestedAt } = order;
  const found = await provider.findWithdrawal({ reference, session, requestedAt });
  return found.kind === 'absent' && provider.repeatsWithdrawalsSafely
    ? provider.sendWithdrawal(order, composed)
    : found;
}

async function book(tx: Tx, deps: WalletDeps, id: string, answer: WithdrawalAnswer): Promise<void> {
  const withdrawal = await lockWithdrawal(tx, id);
  if (withdrawal === null) throw new Error(`withdrawal ${id} has vanished`);
  const state = stateAfter(answer);
  // Somebody else may have heard the provider's word first.
  if (state !== null && mayWithdrawalBecome(withdrawal.state, state)) {
    await recordWithdrawalState(tx, id, state, {
      transaction: answer.kind === 'paid' ? answer.transaction : null,
      session: answer.kind === 'waiting' ? answer.session : null,
      reason: 'reason' in answer ? answer.reason : state === 'unknown' ? 'being_looked_up' : null,
      detail: 'detail' in answer ? answer.detail : null,
    });
    await post(tx, deps, withdrawal, state);
  }
  if (state !== null && !isWithdrawalOpen(state)) return;
  const afterMs = Math.min(Math.max(withdrawal.ageMs / 2, LOOK_UP_AFTER_MS_MIN), LOOK_UP_AFTER_MS_MAX);
  await deps.jobs.send(tx, 'send-withdrawal', { withdrawalId: id }, { afterMs });
}

function stateAfter(answer: WithdrawalAnswer): WithdrawalState | null {
  switch (answer.kind) {
    case 'paid':
    case 'refused':
    case 'reversed':
      return answer.kind;
    case 'waiting':
      return 'processing';
    case 'absent':
    case 'unknown':
      return 'unknown';
    case 'later':
    case 'closed':
      return 'requested';
  }
}

async function post(
  tx: Tx,
  deps: WalletDeps,
  withdrawal: WithdrawalRow,
  state: WithdrawalState,
): Promise<void> {
  if (state !== 'paid' && state !== 'refused') return;
  const { id, playerId, provider, isTest, accountId, amountXof } = withdrawal;
  const pending = await pendingOf(tx, { provider, isTest });
  const kind = state === 'paid' ? 'withdrawal_paid' : 'withdrawal_refused';
  const postings =
    state === 'paid'
      ? withdrawalPaid({
          pending,
          clearing: await clearingOf(tx, deps.providers, { provider, isTest, side: 'withdrawals' }),
          amountXof,
        })
      : withdrawalRefused({ pending, player: accountId, amountXof });
  // One end for both fates: the id keeps a withdrawal from being paid and given back.
  const transferId = uuidV5(`withdrawal ${id}`, 'ended');
  const inputHash = hashOperation({ id: transferId, kind, actorId: playerId, input: { amountXof } });
  await postTransfers(tx, [{ id: transferId, kind, inputHash, postings }]);
}
