/**
 * Finance says yes or no to a withdrawal that waits for people. Each person once; the first no
 * ends it and the money is back; with enough of yes it goes out. Nobody decides on his own
 * account: a phone is a player's or a member's, never both (migration 0003). Source: the specification's section 6.
 */
import { fail } from '#core/errors.ts';
import { violatedConstraint } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { findDecisions, insertDecision } from './decision-queries.ts';
import { endWithdrawal } from './end-withdrawal.ts';
import { lockWithdrawal, recordWithdrawalState } from './queries.ts';
import { showWithdrawal, type WithdrawalShown } from './show-withdrawal.ts';

export interface DecideWithdrawal {
  readonly operationId: string;
  readonly withdrawalId: string;
  readonly approves: boolean;
  readonly note: string;
}

export function decideWithdrawal(
  deps: WalletDeps,
  staff: StaffIdentity,
  { operationId, withdrawalId, approves, note }: DecideWithdrawal,
): Promise<WithdrawalShown> {
  const { staffId } = staff;
  const target = `withdrawal ${withdrawalId}`;
  const command = { operationId, command: 'decide-withdrawal', target, input: { approves, note } };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const withdrawal = (await lockWithdrawal(tx, withdrawalId)) ?? fail('not_found');
    if (withdrawal.state !== 'approval') fail('withdrawal_not_waiting');
    try {
      await tx.attempt(() => insertDecision(tx, { withdrawalId, staffId, approves, note }));
    } catch (error) {
      if (violatedConstraint(error) === 'withdrawal_decision_pkey') fail('withdrawal_decided');
      throw error;
    }
    if (!approves) {
      const end = { state: 'refused', reason: 'refused_by_house' } as const;
      await endWithdrawal(tx, deps.providers, withdrawal, end);
      return { ...showWithdrawal(withdrawal), state: 'refused' as const };
    }
    const agreeing = (await findDecisions(tx, withdrawalId)).filter((decision) => decision.approves);
    if (agreeing.length < withdrawal.approvalsRequired) return showWithdrawal(withdrawal);
    await recordWithdrawalState(tx, withdrawalId, 'requested');
    await deps.jobs.send(tx, 'send-withdrawal', { withdrawalId });
    return { ...showWithdrawal(withdrawal), state: 'requested' as const };
  });
}
