/** Another person of finance confirms that a month was paid, and it is closed; or refuses, and it stays open. */
import { fail } from '#core/errors.ts';
import { taxRemitted } from '#core/ledger.ts';
import { xof } from '#core/money.ts';
import { monthAfter } from '#core/tax-return.ts';
import type { Db, Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { openAccount, postTransfers } from '../ledger/post.ts';
import { taxRemittedId } from '../ledger/transfer-ids.ts';
import { hashOperation } from '../operations/operation.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { judgeMonth } from './judge-month.ts';
import {
  findAdvance,
  findRemittance,
  findTaxSince,
  lockRemittances,
  type RemittanceRow,
  recordDecision,
} from './remittance-queries.ts';

export interface DecideRemittance {
  readonly operationId: string;
  readonly remittanceId: string;
}

export function confirmRemittance(
  deps: { readonly db: Db },
  staff: StaffIdentity,
  asked: DecideRemittance,
): Promise<{ readonly month: string }> {
  return decide(deps.db, staff, asked, 'confirmed');
}

export function refuseRemittance(
  deps: { readonly db: Db },
  staff: StaffIdentity,
  asked: DecideRemittance,
): Promise<{ readonly month: string }> {
  return decide(deps.db, staff, asked, 'refused');
}

async function decide(
  db: Db,
  staff: StaffIdentity,
  { operationId, remittanceId }: DecideRemittance,
  decision: 'confirmed' | 'refused',
): Promise<{ readonly month: string }> {
  // What a proposal says never changes: the audit row says it in full.
  const { month, amountXof } = (await findRemittance(db, remittanceId)) ?? fail('not_found');
  const command = {
    operationId,
    command: decision === 'confirmed' ? 'confirm-remittance' : 'refuse-remittance',
    target: `tax ${month}`,
    input: { remittanceId, amountXof },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    await lockRemittances(tx);
    const remittance = (await findRemittance(tx, remittanceId)) ?? fail('not_found');
    if (remittance.decision !== null) fail('tax_remittance_decided');
    // Who proposed it may take it back, not confirm it.
    if (decision === 'confirmed' && remittance.proposerId === staff.staffId) fail('same_person');
    const advanceXof = decision === 'confirmed' ? await payOver(tx, remittance) : null;
    await recordDecision(tx, remittanceId, { decision, staffId: staff.staffId, advanceXof });
    return { month };
  });
}

/**
 * Books the payment. Corrections of the month's bets that were booked since its end, before anybody knew that it was
 * paid, have already taken out of the tax account what the State now holds: so much goes through the claim, and comes
 * back with the month in which they were booked. Returns what lies there from now on.
 */
async function payOver(tx: Tx, { month, amountXof, reportHash }: RemittanceRow): Promise<number> {
  const { dueXof, written } = await judgeMonth(tx, month);
  if (dueXof !== amountXof || written.hash.toString('hex') !== reportHash) fail('tax_return_changed');
  const sinceXof = await findTaxSince(tx, `${monthAfter(month)}-01`);
  const advanceXof = Math.max(0, -sinceXof);
  const grownXof = advanceXof - (await findAdvance(tx));
  const taxPayable = await openAccount(tx, 'tax_payable', 'house', false);
  const treasury = await openAccount(tx, 'treasury', 'house', false);
  const taxClaim = grownXof === 0 ? treasury : await openAccount(tx, 'tax_claim', 'house', false);
  const id = taxRemittedId(month);
  const postings = taxRemitted({
    taxPayable,
    taxClaim,
    treasury,
    amountXof: xof(amountXof),
    advanceXof: grownXof,
  });
  const inputHash = hashOperation({
    id,
    kind: 'tax_remitted',
    actorId: id,
    input: { month, amountXof, grownXof },
  });
  await postTransfers(tx, [{ id, kind: 'tax_remitted', inputHash, postings }]);
  return advanceXof;
}
