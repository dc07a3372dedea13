/**
 * Holds what we booked against what the providers did. The expectation is made from the simulators' books and from what
 * people asked for; none of our rules is called to make it.
 */
import { type Db, one } from '#server/db.ts';
import { findLedgerFaults } from '#server/ledger/check-ledger.ts';
import { reconcile } from '#server/reconciliation/reconcile.ts';
import { type AskedDeposit, type History, must } from './history.ts';
import type { Till, TillPayment } from './till.ts';
import type { World } from './world.ts';

export async function judgeHistory(history: History): Promise<void> {
  const { owner } = history.world.house;
  for (const till of history.world.tills) {
    await judgePayments(owner, history, till);
    await judgePayouts(owner, history, till);
  }
  await judgeDepositStates(owner, history);
  await judgeEnds(owner, history);
  await judgeBalances(owner, history);
  await judgeForgeries(owner, history);
}

/** Is this payment what its deposit asked for? */
function isAsAsked(payment: TillPayment, deposit: AskedDeposit | undefined): boolean {
  return payment.amountXof === deposit?.amountXof && payment.payer === deposit.player.phone;
}

async function judgePayments(owner: Db, { deposits }: History, till: Till): Promise<void> {
  const payments = till.payments();
  const rows = await owner.query<{
    transaction: string;
    depositId: string | null;
    amountXof: number;
    state: string;
  }>(
    `SELECT transaction, deposit_id AS "depositId", amount_xof AS "amountXof", state FROM incoming_payment
     WHERE provider = $1 AND transaction = ANY ($2::text[])`,
    [till.name, payments.map(({ transaction }) => transaction)],
  );
  const booked = new Map(rows.map((row) => [row.transaction, row]));
  must(rows.length === booked.size, `a payment of ${till.name} is booked twice`);
  for (const payment of payments) {
    const row = booked.get(payment.transaction);
    const asked = deposits.find(({ id }) => id === payment.depositId);
    const name = `payment ${payment.transaction} at ${till.name}`;
    must(row !== undefined, `${name} of ${payment.amountXof} is not booked`);
    must(row.amountXof === payment.amountXof, `${name}: ${row.amountXof} instead of ${payment.amountXof}`);
    must(row.depositId === (asked?.id ?? null), `${name} is booked for ${row.depositId}`);
    const state = isAsAsked(payment, asked) ? 'credited' : 'review';
    must(row.state === state, `${name} is ${row.state} instead of ${state}`);
  }
}

/** What the player is told of a deposit follows from the payments that came for it. */
async function judgeDepositStates(owner: Db, { deposits, world }: History): Promise<void> {
  const rows = await owner.query<{ id: string; state: string }>(
    'SELECT id, state FROM deposit WHERE id = ANY ($1::uuid[])',
    [deposits.map(({ id }) => id)],
  );
  const payments = world.tills.flatMap((till) => till.payments());
  for (const deposit of deposits) {
    const state = rows.find(({ id }) => id === deposit.id)?.state ?? 'gone';
    const came = payments.filter(({ depositId }) => depositId === deposit.id);
    const isCredited = came.some((payment) => isAsAsked(payment, deposit));
    const expected = isCredited ? ['credited'] : came.length > 0 ? ['review'] : ['expired', 'refused'];
    must(expected.includes(state), `deposit ${deposit.id} is ${state}; ${came.length} payments came for it`);
  }
}

async function judgePayouts(owner: Db, { withdrawals }: History, till: Till): Promise<void> {
  const payouts = till.payouts();
  for (const payout of payouts) {
    const asked = withdrawals.find(({ id }) => id === payout.reference);
    must(asked !== undefined, `a payout ${payout.reference} that nobody asked for`);
    must(
      asked.amountXof === payout.amountXof && asked.player.phone === payout.phone,
      `payout ${payout.reference} of ${payout.amountXof} to ${payout.phone}`,
    );
  }
  const references = payouts.map(({ reference }) => reference);
  const twice = references.find((reference, at) => references.indexOf(reference) !== at);
  must(twice === undefined, `withdrawal ${twice} was paid twice by ${till.name}`);
  const ours = withdrawals.filter((withdrawal) => withdrawal.till === till).map(({ id }) => id);
  const rows = await owner.query<{ id: string; state: string }>(
    'SELECT id, state FROM withdrawal WHERE id = ANY ($1::uuid[])',
    [ours],
  );
  must(rows.length === ours.length, 'a withdrawal has vanished');
  for (const { id, state } of rows) {
    const isPaid = references.includes(id);
    must((state === 'paid') === isPaid, `withdrawal ${id} is ${state}, and ${isPaid ? '' : 'not '}paid out`);
  }
}

/** What has not ended has an owner: the house looks it up again, or a person has it before him. */
async function judgeEnds(owner: Db, { deposits, withdrawals }: History): Promise<void> {
  const open = await owner.query<{ id: string; state: string; isOwned: boolean }>(
    `SELECT w.id, w.state, EXISTS (
       SELECT FROM pgboss.job j WHERE j.name = 'send-withdrawal' AND j.state < 'completed'
         AND j.data->>'withdrawalId' = w.id::text) AS "isOwned"
     FROM withdrawal w WHERE w.id = ANY ($1::uuid[]) AND w.ended_at IS NULL`,
    [withdrawals.map(({ id }) => id)],
  );
  for (const { id, state, isOwned } of open) {
    must(state === 'unknown', `withdrawal ${id} is still ${state}`);
    must(isOwned, `withdrawal ${id} is ${state}, and nobody looks it up`);
  }
  const waiting = await owner.query<{ id: string }>(
    `SELECT id FROM deposit WHERE id = ANY ($1::uuid[]) AND state = 'requested'`,
    [deposits.map(({ id }) => id)],
  );
  must(waiting.length === 0, `deposit ${waiting[0]?.id} is still waited for after its end`);
}

/** To the franc: what came in for him, less what went out to him, less what is still on its way. */
async function judgeBalances(owner: Db, history: History): Promise<void> {
  const { players, deposits, withdrawals, world } = history;
  const rows = await owner.query<{ accountId: number; availableXof: number }>(
    'SELECT account_id AS "accountId", amount_xof AS "availableXof" FROM ledger.balance WHERE account_id = ANY ($1)',
    [players.map(({ accountId }) => accountId)],
  );
  const balances = new Map(rows.map(({ accountId, availableXof }) => [accountId, availableXof]));
  const open = await owner.query<{ id: string }>(
    'SELECT id FROM withdrawal WHERE id = ANY ($1::uuid[]) AND ended_at IS NULL',
    [withdrawals.map(({ id }) => id)],
  );
  const isOpen = (id: string) => open.some((row) => row.id === id);
  for (const player of players) {
    const own = deposits.filter((deposit) => deposit.player === player);
    let expected = 0;
    for (const till of world.tills) {
      for (const payment of till.payments()) {
        const asked = own.find(({ id }) => id === payment.depositId);
        if (isAsAsked(payment, asked)) expected += payment.amountXof;
      }
      const paid = till.payouts().map(({ reference }) => reference);
      for (const withdrawal of withdrawals) {
        const isOut = paid.includes(withdrawal.id) || isOpen(withdrawal.id);
        if (withdrawal.player === player && withdrawal.till === till && isOut)
          expected -= withdrawal.amountXof;
      }
    }
    const availableXof = balances.get(player.accountId) ?? 0;
    must(availableXof === expected, `${player.pseudonym} has ${availableXof} instead of ${expected}`);
  }
}

async function judgeForgeries(owner: Db, { lastCallbackId, forgedCount }: History): Promise<void> {
  if (forgedCount === 0) return;
  const taken = await owner.query(
    `SELECT 1 FROM provider_callback WHERE id > $1 AND convert_from(body, 'UTF8') LIKE '%FORGED%'`,
    [lastCallbackId],
  );
  must(taken.length === 0, 'a forged callback was stored');
}

/**
 * Of all histories together: the ledger's own check, and our accounts with the providers, which say to the franc what the
 * providers' books say, once what they kept is booked.
 */
export async function judgeBooks(world: World): Promise<void> {
  const { owner, deps } = world.house;
  for (const till of world.tills) till.behave();
  world.letCircuitsClose();
  const runs = await reconcile(deps);
  for (const { account, unexplainedXof } of runs)
    must(unexplainedXof === 0, `${account}: ${unexplainedXof} are not explained`);
  for (const [account, theirsXof] of world.tills.flatMap((till) => Object.entries(till.balances()))) {
    const oursXof = await clearingXof(owner, account);
    must(oursXof === theirsXof, `${account}: we book ${oursXof}, the provider has ${theirsXof}`);
  }
  const faults = await findLedgerFaults(owner);
  must(faults.length === 0, `the ledger is not sound: ${JSON.stringify(faults.slice(0, 5))}`);
}

async function clearingXof(owner: Db, account: string): Promise<number> {
  const { net } = one(
    await owner.query<{ net: number }>(
      `SELECT coalesce(sum(CASE WHEN p.debit_account_id = a.id THEN p.amount_xof ELSE -p.amount_xof END), 0)::bigint AS net
       FROM ledger.account a JOIN ledger.posting p ON a.id IN (p.debit_account_id, p.credit_account_id)
       WHERE a.kind = 'provider_clearing' AND a.subject = $1 AND a.is_test`,
      [account],
    ),
  );
  return net;
}
