/**
 * What people of the house found out about a withdrawal that its provider does not explain: it was paid, it was never
 * paid, or it is to be taken back. One person says so with his evidence, another one confirms; only then does it count.
 */
import { fail } from '#core/errors.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import {
  findVerdict,
  insertVerdict,
  recordVerdictDecided,
  type Verdict,
  type VerdictRow,
} from './decision-queries.ts';
import { endWithdrawal } from './end-withdrawal.ts';
import { lockWithdrawal, type WithdrawalRow } from './queries.ts';

export interface ProposeVerdict {
  readonly operationId: string;
  readonly withdrawalId: string;
  readonly verdict: Verdict;
  readonly evidence: string;
}

export interface VerdictShown {
  readonly verdictId: string;
  readonly verdict: Verdict;
  readonly state: VerdictRow['state'];
}

export function proposeVerdict(
  deps: WalletDeps,
  staff: StaffIdentity,
  { operationId, withdrawalId, verdict, evidence }: ProposeVerdict,
): Promise<VerdictShown> {
  const { staffId } = staff;
  const target = `withdrawal ${withdrawalId}`;
  const command = { operationId, command: 'propose-verdict', target, input: { verdict, evidence } };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const withdrawal = (await lockWithdrawal(tx, withdrawalId)) ?? fail('not_found');
    refuseVerdict(deps, withdrawal, verdict);
    const row = { id: operationId, withdrawalId, verdict, evidence, proposedBy: staffId };
    try {
      await tx.attempt(() => insertVerdict(tx, row));
    } catch (error) {
      if (violatedConstraint(error) === 'withdrawal_verdict_one_open') fail('verdict_waits');
      throw error;
    }
    return { verdictId: operationId, verdict, state: 'proposed' as const };
  });
}

export interface DecideVerdict {
  readonly operationId: string;
  readonly verdictId: string;
  readonly confirms: boolean;
}

export function decideVerdict(
  deps: WalletDeps,
  staff: StaffIdentity,
  { operationId, verdictId, confirms }: DecideVerdict,
): Promise<VerdictShown> {
  const { staffId } = staff;
  const command = {
    operationId,
    command: 'decide-verdict',
    target: `verdict ${verdictId}`,
    input: { confirms },
  };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const known = (await findVerdict(tx, verdictId)) ?? fail('not_found');
    const withdrawal = (await lockWithdrawal(tx, known.withdrawalId)) ?? fail('not_found');
    // Read again under the lock.
    const { verdict, state, proposedBy } = (await findVerdict(tx, verdictId)) ?? fail('not_found');
    if (state !== 'proposed') fail('withdrawal_decided');
    if (confirms && proposedBy === staffId) fail('same_person');
    const decided = confirms ? 'confirmed' : 'dropped';
    await recordVerdictDecided(tx, verdictId, { state: decided, by: staffId });
    if (confirms) await carryOut(tx, deps, withdrawal, verdict);
    return { verdictId, verdict, state: decided };
  });
}

function refuseVerdict(deps: WalletDeps, { provider, state }: WithdrawalRow, verdict: Verdict): void {
  if (verdict === 'reverse') {
    if (state !== 'paid' || deps.providers[provider]?.reverseWithdrawal === undefined)
      fail('verdict_not_now');
  } else if (state !== 'unknown' && state !== 'processing') {
    fail('verdict_not_now');
  }
}

async function carryOut(
  tx: Tx,
  deps: WalletDeps,
  withdrawal: WithdrawalRow,
  verdict: Verdict,
): Promise<void> {
  refuseVerdict(deps, withdrawal, verdict);
  if (verdict === 'reverse') {
    await deps.jobs.send(tx, 'reverse-withdrawal', { withdrawalId: withdrawal.id });
    return;
  }
  const reason = verdict === 'refused' ? 'order_refused' : null;
  await endWithdrawal(tx, deps.providers, withdrawal, { state: verdict, reason });
}
