/**
 * Finds the other half of each line of a statement, books what the provider and the State kept, and opens a break where
 * the two do not agree. What is nobody's goes to suspense at once, so that the clearing account says what the provider
 * has.
 */
import {
  movementSuspended,
  providerFeeBooked,
  providerFeeReturned,
  type TransferKind,
} from '#core/ledger.ts';
import { xof } from '#core/money.ts';
import { judgeLine, type LineVerdict } from '#core/reconciliation.ts';
import type { Tx } from '../db.ts';
import { bookStrangePayment } from '../deposits/book-payment.ts';
import { openAccount, postTransfers, type Transfer } from '../ledger/post.ts';
import { hashOperation } from '../operations/operation.ts';
import { uuidV5 } from '../uuid.ts';
import { insertBreak } from './break-queries.ts';
import { lockUnmatchedLines, recordMatches, recordTurnedUp, type UnmatchedLine } from './match-queries.ts';
import type { ReconciliationDeps } from './reconciliation-deps.ts';
import type { ReconciledAccount } from './statement-queries.ts';

const LINES_AT_ONCE = 200;

/** Safe to run any number of times, also at once. */
export async function matchLines(deps: ReconciliationDeps, account: ReconciledAccount): Promise<void> {
  let after = 0;
  for (;;) {
    const last = await deps.db.transaction((tx) => matchSome(tx, deps, account, after));
    if (last === null) return;
    after = last;
  }
}

/** The place of the last line; null when there was none. */
async function matchSome(
  tx: Tx,
  deps: ReconciliationDeps,
  account: ReconciledAccount,
  after: number,
): Promise<number | null> {
  const lines = eachOnce(await lockUnmatchedLines(tx, account, { after, limit: LINES_AT_ONCE }));
  const last = lines.at(-1);
  if (last === undefined) return null;
  const clearing = await openAccount(tx, 'provider_clearing', account.account, account.isTest);
  const fees = [];
  for (const line of lines) fees.push(...(await feeOf(tx, account, clearing, line)));
  await postTransfers(tx, fees);
  const settled = [];
  for (const line of lines) settled.push(await settle(tx, deps, account, clearing, line));
  await recordMatches(tx, settled);
  return last.seq;
}

/** What is ours answers for one line: the second one that names it is nothing of ours. */
function eachOnce<Line extends UnmatchedLine>(lines: readonly Line[]): Line[] {
  const taken = new Set<string>();
  return lines.map((line) => {
    if (line.refundId !== null) {
      // Two ways back to one number may look the same: the next look finds the other one, or nothing.
      if (taken.has(line.refundId)) return { ...line, refundState: 'asked' };
      taken.add(line.refundId);
      return line;
    }
    if (line.withdrawalId === null) return line;
    const key = `${line.kind} ${line.withdrawalId}`;
    if (taken.has(key)) return { ...line, withdrawalId: null, withdrawalState: null, missedId: null };
    taken.add(key);
    return line;
  });
}

async function feeOf(
  tx: Tx,
  { provider, isTest }: ReconciledAccount,
  clearing: number,
  { id, feeXof, taxXof, isFeeBooked }: UnmatchedLine,
): Promise<Transfer[]> {
  if (isFeeBooked || (feeXof === 0 && taxXof === 0)) return [];
  const fee = await openAccount(tx, 'provider_fee', provider, isTest);
  const transferTax = await openAccount(tx, 'transfer_tax', provider, isTest);
  const sides = (sign: 1 | -1) => ({
    ...{ clearing, fee, transferTax },
    feeXof: xof(Math.max(0, sign * feeXof)),
    taxXof: xof(Math.max(0, sign * taxXof)),
  });
  const postings = [...providerFeeBooked(sides(1)), ...providerFeeReturned(sides(-1))];
  return [transferOf(id, 'fee', 'provider_fee_booked', postings)];
}

type Settled = Parameters<typeof recordMatches>[1][number];

async function settle(
  tx: Tx,
  deps: ReconciliationDeps,
  account: ReconciledAccount,
  clearing: number,
  line: UnmatchedLine,
): Promise<Settled> {
  const verdict = judgeAgain(line);
  const { id, paymentId, withdrawalId, refundId } = line;
  const nothing = { paymentId: null, withdrawalId: null, refundId: null };
  switch (verdict.kind) {
    case 'waiting':
      return { id, state: 'waiting', ...nothing };
    case 'extra':
      return suspend(tx, deps, account, clearing, line);
    case 'matched':
    case 'different':
      if (line.missedId !== null) await recordTurnedUp(tx, line.missedId, id);
      if (verdict.kind === 'different') {
        const { oursXof } = verdict;
        const amountXof = line.grossXof - oursXof;
        await insertBreak(tx, {
          ...{ ...account, id: uuidV5(`line ${id}`, 'break'), day: line.day, kind: 'different' },
          ...{ amountXof, oursXof, theirsXof: line.grossXof, lineId: id, paymentId, withdrawalId, refundId },
        });
      }
      return { id, state: verdict.kind, paymentId, withdrawalId, refundId };
  }
}

/** What people wrote off when it was missed is not ours any more. */
function judgeAgain(line: UnmatchedLine): LineVerdict {
  const { withdrawalState: state, withdrawalXof } = line;
  const withdrawal = state === null || withdrawalXof === null ? null : { state, amountXof: withdrawalXof };
  const { refundState, refundXof } = line;
  const refund =
    refundState === null || refundXof === null ? null : { state: refundState, amountXof: refundXof };
  const verdict = judgeLine({ ...line, hasDeposit: line.depositId !== null, withdrawal, refund });
  const bookedXof = line.missedBookedXof ?? 0;
  if (bookedXof === 0 || !('oursXof' in verdict)) return verdict;
  const oursXof = verdict.oursXof + bookedXof;
  return { kind: oursXof === line.grossXof ? 'matched' : 'different', oursXof };
}

async function suspend(
  tx: Tx,
  deps: ReconciliationDeps,
  account: ReconciledAccount,
  clearing: number,
  line: UnmatchedLine,
): Promise<Settled> {
  const { id, day, grossXof } = line;
  const { provider, isTest } = account;
  // A line of fees alone: they are booked.
  if (grossXof === 0) return { id, state: 'matched', paymentId: null, withdrawalId: null, refundId: null };
  const found = {
    ...account,
    id: uuidV5(`line ${id}`, 'break'),
    day,
    kind: 'extra' as const,
    amountXof: grossXof,
    oursXof: null,
    theirsXof: grossXof,
    lineId: id,
  };
  if (line.kind === 'deposit' && grossXof > 0) {
    const payment = {
      transaction: line.transaction,
      amountXof: xof(grossXof),
      payerPhone: line.counterpartyPhone,
      reference: line.reference,
      paidAt: line.at,
    };
    const isNew = await bookStrangePayment(tx, deps, { provider, isTest, payment });
    // Somebody else booked it in this instant: the next look finds it.
    if (!isNew) return { id, state: 'waiting', paymentId: null, withdrawalId: null, refundId: null };
    const paymentId = uuidV5(`payment ${provider}`, line.transaction);
    await insertBreak(tx, { ...found, paymentId });
    return { id, state: 'extra', paymentId, withdrawalId: null, refundId: null };
  }
  const suspense = await openAccount(tx, 'suspense', provider, isTest);
  const postings = movementSuspended({ clearing, suspense, amountXof: grossXof });
  await postTransfers(tx, [transferOf(id, 'suspended', 'movement_suspended', postings)]);
  // Work for two people of finance, who see it in their queue; nothing is broken.
  deps.log.warn({ ...account, transaction: line.transaction }, 'a movement that is nothing of ours');
  await insertBreak(tx, { ...found, suspenseXof: grossXof });
  return { id, state: 'extra', paymentId: null, withdrawalId: null, refundId: null };
}

function transferOf(
  lineId: string,
  what: string,
  kind: TransferKind,
  postings: Transfer['postings'],
): Transfer {
  const id = uuidV5(`statement line ${lineId}`, what);
  return { id, kind, inputHash: hashOperation({ id, kind, actorId: lineId, input: {} }), postings };
}
