/**
 * The money of a correction, whatever it corrects: its lines say what each player has received and is due, and this
 * takes back, books the house's part and gives, in that order, so that the escrow never falls below zero.
 *
 * Each step is one chunk of one phase, in a transaction that holds the lock of the market or pool; the phase and the
 * lines say how far it is. A killed worker leaves nothing half done. Ids of transfers follow from the correction and
 * the account: nothing is taken or given twice.
 */
import { correctLine, splitTax } from '#core/correction.ts';
import {
  correctionBooked,
  correctionGiven,
  correctionTaken,
  type HouseDeltas,
  type TransferKind,
} from '#core/ledger.ts';
import { type Xof, xof } from '#core/money.ts';
import { first, one, type Tx } from '../db.ts';
import { lockBalances, openAccount, postTransfers, type Transfer } from '../ledger/post.ts';
import {
  correctionBookedId,
  correctionGivenId,
  correctionTakenId,
  inputHashOf,
} from '../ledger/transfer-ids.ts';
import { isTaxRemitted } from '../tax/is-tax-remitted.ts';

export type CorrectionState = 'computing' | 'collecting' | 'house' | 'paying' | 'done';

export interface Correction {
  readonly id: string;
  readonly state: CorrectionState;
  readonly escrow: number;
  readonly isTest: boolean;
}

/** What changes for the house between the replaced payments and those that stand now. */
export interface HouseChange {
  readonly commissionXof: number;
  readonly taxXof: number;
  /** The tax of the first payment, and when it was booked. */
  readonly firstTaxXof: number;
  readonly firstTaxAt: Date;
  /** Of a pool: the francs that its floors leave. */
  readonly remainderXof: number;
}

const LINES_PER_TRANSACTION = 2_000;

export async function findCorrection(tx: Tx, id: string): Promise<Correction | null> {
  return first(
    await tx.query<Correction>(
      `SELECT id, state, escrow_account_id AS escrow, is_test AS "isTest" FROM correction WHERE id = $1`,
      [id],
    ),
  );
}

/** One chunk of the phase that the correction is in, once its lines are computed; the phase it is in afterwards. */
export async function stepCorrection(
  tx: Tx,
  correction: Correction,
  readChange: () => Promise<HouseChange>,
): Promise<CorrectionState> {
  switch (correction.state) {
    case 'computing':
      throw new Error(`correction ${correction.id} has no lines yet`);
    case 'collecting':
      return (await collect(tx, correction)) ? 'collecting' : enter(tx, correction, 'house');
    case 'house':
      await bookHouse(tx, correction, await readChange());
      return 'paying';
    case 'paying':
      return (await give(tx, correction)) ? 'paying' : enter(tx, correction, 'done');
    case 'done':
      return 'done';
  }
}

async function enter(tx: Tx, { id }: Correction, state: CorrectionState): Promise<CorrectionState> {
  await tx.query(
    `UPDATE correction SET state = $2, finished_at = CASE WHEN $2 = 'done' THEN clock_timestamp() END WHERE id = $1`,
    [id, state],
  );
  return state;
}

interface Line {
  readonly account: number;
  readonly receivedXof: Xof;
  readonly dueXof: Xof;
}

/** Takes back from some of those who received more than they are due, what is available. False: nobody was left. */
async function collect(tx: Tx, correction: Correction): Promise<boolean> {
  const lines = await tx.query<Line>(
    `SELECT account_id AS account, received_xof AS "receivedXof", due_xof AS "dueXof" FROM correction_line
     WHERE correction_id = $1 AND taken_xof IS NULL ORDER BY account_id LIMIT ${LINES_PER_TRANSACTION}`,
    [correction.id],
  );
  if (lines.length === 0) return false;
  const accounts = lines.map(({ account }) => account);
  const available = await lockBalances(tx, accounts);
  const taken = lines.map((line) => correctLine(line, xof(available.get(line.account) ?? 0)).takenXof);
  await tx.query(
    `UPDATE correction_line l SET taken_xof = t.taken FROM unnest($2::bigint[], $3::bigint[]) AS t (account, taken)
     WHERE l.correction_id = $1 AND l.account_id = t.account`,
    [correction.id, accounts, taken],
  );
  await move(tx, 'correction_taken', accounts, taken, (player, takenXof) => ({
    id: correctionTakenId(correction.id, player),
    postings: correctionTaken({ player, escrow: correction.escrow, takenXof }),
  }));
  return true;
}

/** Gives some of those who received less the rest. False: nobody was left. */
async function give(tx: Tx, correction: Correction): Promise<boolean> {
  const lines = await tx.query<{ account: number; givenXof: Xof }>(
    `SELECT account_id AS account, given_xof AS "givenXof" FROM correction_line
     WHERE correction_id = $1 AND NOT is_given ORDER BY account_id LIMIT ${LINES_PER_TRANSACTION}`,
    [correction.id],
  );
  if (lines.length === 0) return false;
  const accounts = lines.map(({ account }) => account);
  await tx.query(
    'UPDATE correction_line SET is_given = true WHERE correction_id = $1 AND account_id = ANY ($2)',
    [correction.id, accounts],
  );
  const given = lines.map(({ givenXof }) => xof(givenXof));
  await move(tx, 'correction_given', accounts, given, (player, givenXof) => ({
    id: correctionGivenId(correction.id, player),
    postings: correctionGiven({ player, escrow: correction.escrow, givenXof }),
  }));
  return true;
}

async function move(
  tx: Tx,
  kind: TransferKind,
  accounts: readonly number[],
  amounts: readonly Xof[],
  transferOf: (account: number, amountXof: Xof) => Pick<Transfer, 'id' | 'postings'>,
): Promise<void> {
  const transfers = accounts.flatMap((account, index): Transfer[] => {
    const amountXof = amounts[index] ?? xof(0);
    if (amountXof === 0) return [];
    const { id, postings } = transferOf(account, amountXof);
    return [{ id, kind, inputHash: inputHashOf(id, amountXof), postings }];
  });
  await postTransfers(tx, transfers);
}

/** Commission and tax by difference, and what could not be taken back: with it the escrow holds what is to be given. */
async function bookHouse(tx: Tx, correction: Correction, change: HouseChange): Promise<void> {
  const loss = one(
    await tx.query<{ nowXof: number; beforeXof: number }>(
      `SELECT (SELECT coalesce(sum(owed_xof - taken_xof), 0)::bigint FROM correction_line WHERE correction_id = $1) AS "nowXof",
         coalesce((SELECT sum(loss_delta_xof) FROM correction WHERE escrow_account_id = $2 AND house_at IS NOT NULL), 0)::bigint
           AS "beforeXof"`,
      [correction.id, correction.escrow],
    ),
  );
  const tax = splitTax(change.taxXof, await readTaxLying(tx, correction, change));
  const deltas: HouseDeltas = {
    commissionXof: change.commissionXof,
    ...tax,
    lossXof: loss.nowXof - loss.beforeXof,
    remainderXof: change.remainderXof,
  };
  await postHouse(tx, correction, deltas);
  await tx.query(
    `UPDATE correction SET state = 'paying', house_at = clock_timestamp(), commission_delta_xof = $2,
       tax_payable_delta_xof = $3, tax_claim_delta_xof = $4, loss_xof = $5, loss_delta_xof = $6, remainder_delta_xof = $7 WHERE id = $1`,
    [
      correction.id,
      deltas.commissionXof,
      deltas.taxPayableXof,
      deltas.taxClaimXof,
      loss.nowXof,
      deltas.lossXof,
      deltas.remainderXof,
    ],
  );
}

async function postHouse(tx: Tx, { id, escrow, isTest }: Correction, deltas: HouseDeltas): Promise<void> {
  const accounts = {
    escrow,
    commission: await openAccount(tx, 'commission', 'house', isTest),
    taxPayable: await openAccount(tx, 'tax_payable', 'house', isTest),
    taxClaim: await openAccount(tx, 'tax_claim', 'house', isTest),
    houseLoss: await openAccount(tx, 'house_loss', 'house', isTest),
    remainder: await openAccount(tx, 'pool_remainder', 'house', isTest),
  };
  const postings = correctionBooked({ ...accounts, deltas });
  if (postings.length === 0) return;
  const transferId = correctionBookedId(id);
  const inputHash = inputHashOf(transferId, ...Object.values(deltas));
  await postTransfers(tx, [{ id: transferId, kind: 'correction_booked', inputHash, postings }]);
}

/** Of all that was booked of this market's tax: what lies in months not paid over, and what is claimed back. */
async function readTaxLying(
  tx: Tx,
  { escrow }: Correction,
  { firstTaxXof, firstTaxAt }: HouseChange,
): Promise<{ openXof: number; claimedXof: number }> {
  const earlier = await tx.query<{ payableXof: number; claimXof: number; at: Date }>(
    `SELECT tax_payable_delta_xof AS "payableXof", tax_claim_delta_xof AS "claimXof", house_at AS at
     FROM correction WHERE escrow_account_id = $1 AND house_at IS NOT NULL ORDER BY version`,
    [escrow],
  );
  let [openXof, claimedXof] = [(await isTaxRemitted(tx, firstTaxAt)) ? 0 : firstTaxXof, 0];
  for (const { payableXof, claimXof, at } of earlier) {
    if (!(await isTaxRemitted(tx, at))) openXof += payableXof;
    claimedXof += claimXof;
  }
  return { openXof, claimedXof };
}
