/** Another person of finance confirms where suspended money goes, and it goes; or refuses, and it stays. */
import { fail } from '#core/errors.ts';
import { suspenseCredited, suspenseSettled } from '#core/ledger.ts';
import { xof } from '#core/money.ts';
import type { Tx } from '../db.ts';
import { endReview } from '../deposits/end-review.ts';
import type { StaffIdentity } from '../http.ts';
import { lockBalances, openAccount, postTransfers } from '../ledger/post.ts';
import { suspenseSettledId } from '../ledger/transfer-ids.ts';
import { hashOperation } from '../operations/operation.ts';
import { lockOpenBreak, settleBreak, settleBreakOfPayment } from '../reconciliation/settle-break.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { pendingOf } from '../wallet/provider-accounts.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { returnPayment } from '../withdrawals/return-payment.ts';
import { bookRefund } from './book-refund.ts';
import { judgeAllocation } from './judge-allocation.ts';
import { lockItem } from './lock-item.ts';
import {
  type AllocationRow,
  findAllocation,
  findItem,
  findPlayer,
  recordDecision,
  recordPaymentEnd,
  type SuspenseRow,
} from './queries.ts';
import { findOutgoingLine, insertRefund, insertRefundByHand } from './refund-queries.ts';

export type DecideDeps = Pick<WalletDeps, 'db' | 'jobs' | 'providers'>;

export interface DecideAllocation {
  readonly operationId: string;
  readonly allocationId: string;
}

export function confirmAllocation(
  deps: DecideDeps,
  staff: StaffIdentity,
  asked: DecideAllocation,
): Promise<{ readonly itemId: string }> {
  return decide(deps, staff, asked, 'confirmed', (tx, allocation) => carryOut(tx, deps, staff, allocation));
}

export function refuseAllocation(
  deps: DecideDeps,
  staff: StaffIdentity,
  asked: DecideAllocation,
): Promise<{ readonly itemId: string }> {
  return decide(deps, staff, asked, 'refused', async () => undefined);
}

async function decide(
  { db }: DecideDeps,
  staff: StaffIdentity,
  { operationId, allocationId }: DecideAllocation,
  decision: 'confirmed' | 'refused',
  carry: (tx: Tx, allocation: AllocationRow) => Promise<void>,
): Promise<{ readonly itemId: string }> {
  // What a proposal says never changes: the audit row says it in full.
  const { itemId, choice, amountXof } = (await findAllocation(db, allocationId)) ?? fail('not_found');
  const command = {
    operationId,
    command: decision === 'confirmed' ? 'confirm-allocation' : 'refuse-allocation',
    target: `suspense ${itemId}`,
    input: { allocationId, choice, amountXof },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    await lockItem(tx, itemId);
    const allocation = (await findAllocation(tx, allocationId)) ?? fail('not_found');
    if (allocation.decision !== null) fail('allocation_decided');
    // Who proposed it may take it back, not confirm it.
    if (decision === 'confirmed' && allocation.proposerId === staff.staffId) fail('same_person');
    await carry(tx, allocation);
    await recordDecision(tx, allocationId, { decision, staffId: staff.staffId });
    return { itemId };
  });
}

async function carryOut(
  tx: Tx,
  deps: DecideDeps,
  staff: StaffIdentity,
  allocation: AllocationRow,
): Promise<void> {
  const item = (await findItem(tx, allocation.itemId)) ?? fail('not_found');
  if (item.amountXof !== allocation.amountXof && item.isOpen) fail('suspense_changed');
  const player = allocation.playerId === null ? null : await findPlayer(tx, allocation.playerId);
  // Who excludes himself takes this lock: he has done it before, or does it after.
  if (player !== null) await lockBalances(tx, [player.accountId]);
  await judgeAllocation(tx, deps, staff, item, allocation);
  if (allocation.choice === 'refund') {
    await insertRefund(tx, allocation.id, item.id);
    await deps.jobs.send(tx, 'refund-payment', { refundId: allocation.id });
  } else if (allocation.choice === 'by_hand') await settleByHand(tx, deps, item, allocation);
  else if (item.kind === 'payment') await settlePayment(tx, deps, item, allocation);
  else await settleOpenBreak(tx, item, allocation);
}

/** People gave it back in the provider's portal. Its statement may have told of it before they do. */
async function settleByHand(
  tx: Tx,
  deps: DecideDeps,
  item: SuspenseRow,
  { id, transaction }: AllocationRow,
): Promise<void> {
  const { provider, isTest } = item;
  const line = await findOutgoingLine(tx, { provider, isTest, transaction: transaction ?? '' });
  const isTold = line !== null && !line.isUnmatched;
  // A line that is something else's, or of another amount.
  if (isTold && (line.breakId === null || line.grossXof !== -item.amountXof)) fail('allocation_does_not_fit');
  const lineId = isTold ? line.lineId : null;
  await insertRefundByHand(tx, { id, paymentId: item.id, transaction, lineId });
  await bookRefund(tx, deps, item, isTold ? line.breakId : null);
}

async function settlePayment(
  tx: Tx,
  deps: DecideDeps,
  item: SuspenseRow,
  { choice, playerId }: AllocationRow,
): Promise<void> {
  const from = await openAccount(tx, 'suspense', item.provider, item.isTest);
  const isPlayers = choice === 'player';
  await post(tx, item, {
    from,
    choice,
    playerId,
    kind: isPlayers ? 'suspense_credited' : 'suspense_settled',
  });
  const state = isPlayers ? 'allocated' : choice === 'payer' ? 'returned' : 'settled';
  await recordPaymentEnd(tx, item.id, { state, playerId });
  await settleBreakOfPayment(tx, item.id);
  if (item.depositId !== null)
    await endDeposit(tx, { ...item, depositId: item.depositId }, { choice, playerId });
  if (choice === 'payer') await returnPayment(tx, deps, item.id);
}

async function endDeposit(
  tx: Tx,
  item: SuspenseRow & { readonly depositId: string },
  { choice, playerId }: Pick<AllocationRow, 'choice' | 'playerId'>,
): Promise<void> {
  if (choice === 'player' && playerId === item.playerId) {
    await endReview(tx, item.depositId, { state: 'credited', reason: null });
  } else if (choice === 'payer') {
    await endReview(tx, item.depositId, { state: 'returned', reason: 'sent_back' });
  } else {
    await endReview(tx, item.depositId, { state: 'refused', reason: 'allocated_elsewhere' });
  }
}

async function settleOpenBreak(tx: Tx, item: SuspenseRow, { choice }: AllocationRow): Promise<void> {
  const found = (await lockOpenBreak(tx, item.id)) ?? fail('not_found');
  // Our books are right: nothing moves.
  if (choice === 'omitted') return settleBreak(tx, item.id, 0);
  const isSuspended = found.suspenseXof !== 0;
  const from = isSuspended
    ? await openAccount(tx, 'suspense', item.provider, item.isTest)
    : await openAccount(tx, 'provider_clearing', found.account, item.isTest);
  const kind = isSuspended ? 'suspense_settled' : 'difference_settled';
  await post(tx, item, { from, choice, playerId: null, kind });
  await settleBreak(tx, item.id, isSuspended ? 0 : found.amountXof);
}

/** One transfer for each item, ever: its id follows from the item. */
async function post(
  tx: Tx,
  item: SuspenseRow,
  of: Pick<AllocationRow, 'choice' | 'playerId'> & {
    readonly from: number;
    readonly kind: 'suspense_credited' | 'suspense_settled' | 'difference_settled';
  },
): Promise<void> {
  const to = await accountOf(tx, item, of);
  const id = suspenseSettledId(item.id);
  const { amountXof } = item;
  const inputHash = hashOperation({ id, kind: of.kind, actorId: item.id, input: { amountXof } });
  const postings =
    of.kind === 'suspense_credited'
      ? suspenseCredited({ suspense: of.from, player: to, amountXof: xof(amountXof) })
      : suspenseSettled({ from: of.from, to, amountXof });
  await postTransfers(tx, [{ id, kind: of.kind, inputHash, postings }]);
}

async function accountOf(
  tx: Tx,
  { provider, isTest }: SuspenseRow,
  { choice, playerId }: Pick<AllocationRow, 'choice' | 'playerId'>,
): Promise<number> {
  switch (choice) {
    case 'player': {
      const player = playerId === null ? null : await findPlayer(tx, playerId);
      return player?.accountId ?? fail('allocation_player_unknown');
    }
    case 'payer':
      return pendingOf(tx, { provider, isTest });
    case 'treasury':
      return openAccount(tx, 'treasury', 'house', isTest);
    case 'fee':
      return openAccount(tx, 'provider_fee', provider, isTest);
    case 'house':
      return openAccount(tx, 'commission', 'house', isTest);
    case 'refund':
    case 'by_hand':
    case 'omitted':
      throw new Error(`${choice} has a way of its own`);
  }
}
