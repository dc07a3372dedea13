/**
 * Carries a withdrawal to its provider. It is marked as sent, with the exact text that goes out, before the provider
 * hears of it: whoever finds that mark looks the withdrawal up and does not send it again, unless the provider does not
 * know it and pays a reference once.
 */
import { isWithdrawalOpen, mayWithdrawalBecome } from '#core/payment.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import type { Tx } from '../db.ts';
import type { PaymentProvider, WithdrawalAnswer, WithdrawalOrder } from '../payments/provider.ts';
import { arePayoutsHeld } from '../players/payout-hold.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { checkRecipient, type RecipientVerdict } from './check-recipient.ts';
import { endWithdrawal } from './end-withdrawal.ts';
import { recordPayoutsStopped, whyPayoutsWait } from './provider-state.ts';
import {
  findWithdrawal,
  hasWaitedFor,
  lockWithdrawal,
  recordApprovalsRequired,
  recordComposed,
  recordWithdrawalState,
  type WithdrawalRow,
} from './queries.ts';

const AGAIN_AFTER_MS_MIN = 1_000;
const AGAIN_AFTER_MS_MAX = 10 * 60_000;
/** More than a provider is given to answer. */
const SENDING_TAKES_MS_MAX = 15_000;

/** Takes the withdrawal as far as the provider lets it go. Safe to run any number of times, also at once. */
export async function sendWithdrawal(deps: WalletDeps, withdrawalId: string): Promise<void> {
  const withdrawal = await findWithdrawal(deps.db, withdrawalId);
  const provider = withdrawal === null ? undefined : deps.providers[withdrawal.provider];
  if (withdrawal === null || provider === undefined || !isWithdrawalOpen(withdrawal.state)) return;
  const recipient =
    withdrawal.state === 'requested' ? await checkRecipient(deps, provider, withdrawal) : null;
  const claimed = await deps.db.transaction((tx) => claim(tx, deps, withdrawalId, { provider, recipient }));
  if (claimed === null) return;
  const answer = await askProvider(deps, claimed);
  await deps.db.transaction((tx) => book(tx, deps, claimed, answer));
}

interface Claim {
  readonly withdrawal: WithdrawalRow;
  readonly provider: PaymentProvider;
  readonly isNew: boolean;
  readonly composed: string;
}

/** Marks a new withdrawal as sent. Null when it has ended, or may not go out yet: `resumeWithdrawals` comes back to it. */
async function claim(
  tx: Tx,
  deps: WalletDeps,
  id: string,
  {
    provider,
    recipient,
  }: { readonly provider: PaymentProvider; readonly recipient: RecipientVerdict | null },
): Promise<Claim | null> {
  const withdrawal = await lockWithdrawal(tx, id);
  if (withdrawal === null || !isWithdrawalOpen(withdrawal.state) || withdrawal.state === 'approval')
    return null;
  const composed = withdrawal.composed ?? provider.composeWithdrawal(orderOf(withdrawal));
  // Somebody is sending it at this moment.
  if (withdrawal.state === 'sent' && withdrawal.sentAgeMs < SENDING_TAKES_MS_MAX) return null;
  if (withdrawal.state !== 'requested') return { withdrawal, provider, isNew: false, composed };
  const reason = whyItEnds(withdrawal, recipient);
  if (reason !== null) {
    await endWithdrawal(tx, deps.providers, withdrawal, { state: 'refused', reason });
    return null;
  }
  if (recipient === 'name_differs' && (await askAboutName(tx, withdrawal))) return null;
  const waitsFor = await whyItWaits(tx, withdrawal, provider);
  if (waitsFor !== null) {
    await recordWithdrawalState(tx, id, 'requested', { reason: waitsFor });
    return null;
  }
  await recordWithdrawalState(tx, id, 'sent');
  await recordComposed(tx, id, composed);
  return { withdrawal, provider, isNew: true, composed };
}

/**
 * One more person agrees to another name, and knows of it: who agreed to the amount did not. False when he has, or when
 * two have looked at the withdrawal already.
 */
async function askAboutName(tx: Tx, { id, approvalsRequired }: WithdrawalRow): Promise<boolean> {
  if (approvalsRequired === 2 || (await hasWaitedFor(tx, id, 'recipient_name_differs'))) return false;
  await recordApprovalsRequired(tx, id, approvalsRequired + 1);
  await recordWithdrawalState(tx, id, 'approval', { reason: 'recipient_name_differs' });
  return true;
}

/**
 * Why what has not gone out never will. A number that the player has changed may be a stranger's by now; what had gone
 * out before keeps the recipient that it went out with.
 */
function whyItEnds(
  { isToFormerNumber }: WithdrawalRow,
  recipient: RecipientVerdict | null,
): PaymentReason | null {
  if (isToFormerNumber) return 'number_changed';
  return recipient === 'over_limit' ? 'recipient_limit' : null;
}

async function whyItWaits(
  tx: Tx,
  { playerId, amountXof }: WithdrawalRow,
  provider: PaymentProvider,
): Promise<PaymentReason | null> {
  // Asked for before something happened to the account: it goes out when its time has come.
  if (await arePayoutsHeld(tx, playerId)) return 'payouts_held';
  return whyPayoutsWait(tx, provider, amountXof);
}

function orderOf({ id, amountXof, phone, requestedAt }: WithdrawalRow): WithdrawalOrder {
  return { reference: id, amountXof, phone, requestedAt };
}

async function askProvider(
  deps: WalletDeps,
  { withdrawal, provider, isNew, composed }: Claim,
): Promise<WithdrawalAnswer> {
  const order = orderOf(withdrawal);
  const { reference, requestedAt } = order;
  const { session } = withdrawal;
  try {
    if (isNew) return await provider.sendWithdrawal(order, composed);
    const found = await provider.findWithdrawal({ reference, session, requestedAt });
    return found.kind === 'absent' && provider.repeatsWithdrawalsSafely
      ? await provider.sendWithdrawal(order, composed)
      : found;
  } catch (error) {
    deps.log.error({ err: error, withdrawal: reference }, 'the provider did not answer a withdrawal');
    return { kind: 'unknown', detail: 'no answer' };
  }
}

async function book(tx: Tx, deps: WalletDeps, claimed: Claim, answer: WithdrawalAnswer): Promise<void> {
  const { id } = claimed.withdrawal;
  const withdrawal = await lockWithdrawal(tx, id);
  if (withdrawal === null) throw new Error(`withdrawal ${id} has vanished`);
  if (await record(tx, deps, withdrawal, { answer, isNew: claimed.isNew })) return;
  const afterMs = Math.min(Math.max(withdrawal.ageMs / 2, AGAIN_AFTER_MS_MIN), AGAIN_AFTER_MS_MAX);
  await deps.jobs.send(tx, 'send-withdrawal', { withdrawalId: id }, { afterMs });
}

/** True when it has ended, now or before. */
async function record(
  tx: Tx,
  deps: WalletDeps,
  withdrawal: WithdrawalRow,
  { answer, isNew }: { readonly answer: WithdrawalAnswer; readonly isNew: boolean },
): Promise<boolean> {
  const { id, state } = withdrawal;
  if (!isWithdrawalOpen(state)) return true;
  switch (answer.kind) {
    case 'paid':
      return endWithdrawal(tx, deps.providers, withdrawal, {
        state: 'paid',
        transaction: answer.transaction,
      });
    case 'refused':
      return endWithdrawal(tx, deps.providers, withdrawal, { state: 'refused', reason: answer.reason });
    case 'reversed':
      return endWithdrawal(tx, deps.providers, withdrawal, {
        state: 'reversed',
        transaction: answer.transaction,
        reason: 'reversed',
      });
    case 'waiting':
      if (state !== 'processing' && !mayWithdrawalBecome(state, 'processing')) return false;
      await recordWithdrawalState(tx, id, 'processing', { session: answer.session });
      return false;
    case 'later':
      await postpone(tx, withdrawal, { ...answer, isNew });
      return false;
    case 'closed':
      await recordPayoutsStopped(tx, withdrawal.provider, answer);
      deps.log.error({ provider: withdrawal.provider, detail: answer.detail }, 'withdrawals are stopped');
      await postpone(tx, withdrawal, { reason: 'provider_stopped', detail: answer.detail, isNew });
      return false;
    case 'absent':
    case 'unknown':
      await recordWithdrawalState(tx, id, 'unknown', {
        reason: 'being_looked_up',
        detail: answer.kind === 'unknown' ? answer.detail : 'the provider does not know it',
      });
      return false;
  }
}

/**
 * What was just sent was surely not executed: it goes back to be sent. A look-up that could not be made says nothing
 * about what was sent before: it stays unknown.
 */
async function postpone(
  tx: Tx,
  { id, state }: WithdrawalRow,
  {
    reason,
    detail,
    isNew,
  }: { readonly reason: PaymentReason; readonly detail: string; readonly isNew: boolean },
): Promise<void> {
  if (state !== 'sent') return;
  if (isNew) await recordWithdrawalState(tx, id, 'requested', { reason, detail });
  else await recordWithdrawalState(tx, id, 'unknown', { reason: 'being_looked_up', detail });
}
