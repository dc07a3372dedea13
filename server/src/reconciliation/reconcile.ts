/**
 * One reconciliation of our accounts with the providers: reads their statements, finds the other half of each line, and
 * keeps what it found. Runs every hour by itself, and when finance asks. Safe to run at once on several nodes.
 */

import { xof } from '#core/money.ts';
import { type BalanceSource, type Explanation, explainedXof, unexplainedXof } from '#core/reconciliation.ts';
import { bookDeposit } from '../deposits/book-deposit.ts';
import { lookAtDeposit } from '../deposits/look-at-deposit.ts';
import type { PaymentProvider } from '../payments/provider.ts';
import { uuidV7 } from '../uuid.ts';
import { lookAtPaidWithdrawal } from '../withdrawals/look-at-paid.ts';
import { insertMissing, recordOutside } from './break-queries.ts';
import { type ClearingFigures, findFigures } from './explain-queries.ts';
import { matchLines } from './match-lines.ts';
import { findWaitingLines, type WaitingLine } from './match-queries.ts';
import { DAY_GRACE_MINUTES, readStatements } from './read-statements.ts';
import type { ReconciliationDeps } from './reconciliation-deps.ts';
import { insertRun, isRunYounger, type RunRow } from './run-queries.ts';
import type { ReconciledAccount } from './statement-queries.ts';

export type ProviderAccount = ReconciledAccount & {
  readonly takesDeposits: boolean;
  readonly paysOut: boolean;
};

/** What a run found of one account. */
export type RunFound = Omit<RunRow, 'at' | 'startedBy'>;

/** From when on a payment that the provider still does not show by itself is booked by its statement's word. */
const BOOKED_BY_STATEMENT_AFTER_MINUTES = 60;
/** Times the balance is asked for until it stands still while the statement is read. */
const TRIES_WHILE_IT_MOVES = 3;

/** Our accounts with these providers, those that have a statement or a balance or not. */
export function accountsOf(providers: ReconciliationDeps['providers']): ProviderAccount[] {
  return Object.values(providers).flatMap(({ name: provider, accounts, servesTest: isTest }) =>
    [...new Set([accounts.deposits, accounts.withdrawals])].map((account) => ({
      provider,
      account,
      isTest,
      takesDeposits: account === accounts.deposits,
      paysOut: account === accounts.withdrawals,
    })),
  );
}

/** All accounts, or those of one provider. One that has neither statement nor balance is left out. */
export async function reconcile(
  deps: ReconciliationDeps,
  asked: { readonly provider?: string | undefined; readonly staffId?: string } = {},
): Promise<RunFound[]> {
  const found: RunFound[] = [];
  for (const account of accountsOf(deps.providers)) {
    if (asked.provider !== undefined && asked.provider !== account.provider) continue;
    const run = await reconcileAccount(deps, account, asked.staffId ?? null);
    if (run !== null) found.push(run);
  }
  return found;
}

/** What a node does again and again: an account that another one has just done is left out. */
export async function reconcileHourly(deps: ReconciliationDeps): Promise<void> {
  for (const account of accountsOf(deps.providers)) {
    if (await isRunYounger(deps.db, account, 55)) continue;
    await reconcileAccount(deps, account, null);
  }
}

async function reconcileAccount(
  deps: ReconciliationDeps,
  account: ProviderAccount,
  startedBy: string | null,
): Promise<RunFound | null> {
  const provider = deps.providers[account.provider];
  if (provider === undefined) return null;
  const read = await readBoth(deps, provider, account);
  if (read === null) return null;
  await matchLines(deps, account);
  if (await bookWaiting(deps, account)) await matchLines(deps, account);
  return deps.db.transaction(async (tx) => {
    if (read.detail === null) await insertMissing(tx, account, DAY_GRACE_MINUTES);
    const figures = await findFigures(tx, account);
    const run = runOf(account, figures, read);
    if (read.detail === null && !read.isMoving) {
      await recordOutside(tx, { ...account, id: uuidV7(Date.now()), amountXof: outsideBreakOf(run) });
    }
    await insertRun(tx, { ...run, startedBy });
    if (run.unexplainedXof !== 0) {
      deps.log.error(
        { ...account, unexplainedXof: run.unexplainedXof },
        'a clearing account is not explained',
      );
    }
    return run;
  });
}

interface Read {
  /** The provider's word; null when it tells no balance. */
  readonly balanceXof: number | null;
  /** Why the statement was not read; null when it was. */
  readonly detail: string | null;
  /** The balance changed while the statement was read: the two are not of one instant. */
  readonly isMoving: boolean;
}

/** Balance, statement, balance. Null: the provider has neither. */
async function readBoth(
  deps: ReconciliationDeps,
  provider: PaymentProvider,
  account: ProviderAccount,
): Promise<Read | null> {
  for (let tries = 1; ; tries++) {
    const before = await askBalance(deps, provider, account);
    const statement = await readStatements(deps, provider, account);
    if (before.kind === 'none' && statement.kind === 'none') return null;
    const after = before.kind === 'balance' ? await askBalance(deps, provider, account) : before;
    const isMoving =
      before.kind === 'balance' && after.kind === 'balance' && before.amountXof !== after.amountXof;
    if (isMoving && tries < TRIES_WHILE_IT_MOVES) continue;
    const unread = [before, after, statement].find((answer) => 'detail' in answer);
    return {
      balanceXof: after.kind === 'balance' ? after.amountXof : null,
      detail: unread !== undefined && 'detail' in unread ? unread.detail : null,
      isMoving,
    };
  }
}

async function askBalance(
  { log }: ReconciliationDeps,
  provider: PaymentProvider,
  { account }: ProviderAccount,
): ReturnType<PaymentProvider['readBalance']> {
  try {
    return await provider.readBalance(account);
  } catch (error) {
    log.error({ err: error, provider: provider.name, account }, 'a balance was not read');
    return { kind: 'unknown', detail: 'no answer' };
  }
}

/** Asks again about what the provider did with something of ours. Was anything booked? */
async function bookWaiting(deps: ReconciliationDeps, account: ProviderAccount): Promise<boolean> {
  const waiting = await findWaitingLines(deps.db, account);
  for (const line of waiting) {
    if (line.depositId !== null) await bookWaitingDeposit(deps, { ...line, depositId: line.depositId });
    const { withdrawalId } = line;
    if (withdrawalId === null) continue;
    // One that is under way is looked up by its job; one that is paid here has come back there.
    await deps.db.transaction((tx) => deps.jobs.send(tx, 'send-withdrawal', { withdrawalId }));
    await lookAtPaidWithdrawal(deps, withdrawalId);
  }
  return waiting.length > 0;
}

/** The deposit is looked at; what the provider does not show there after an hour is booked by its statement. */
async function bookWaitingDeposit(
  deps: ReconciliationDeps,
  line: WaitingLine & { readonly depositId: string },
): Promise<void> {
  await lookAtDeposit(deps, line.depositId);
  if (line.ageMinutes < BOOKED_BY_STATEMENT_AFTER_MINUTES || line.grossXof <= 0) return;
  const { transaction, reference, grossXof, counterpartyPhone: payerPhone, at: paidAt } = line;
  const payment = { transaction, reference, amountXof: xof(grossXof), payerPhone, paidAt };
  await deps.db.transaction((tx) =>
    bookDeposit(tx, deps, line.depositId, { kind: 'paid', payments: [payment] }),
  );
}

function runOf(account: ProviderAccount, figures: ClearingFigures, read: Read): RunFound {
  const { clearingXof, linesXof, unlinedXof, suspendedXof, lineCount } = figures;
  const source: BalanceSource =
    read.balanceXof !== null ? 'balance' : figures.lastBalanceXof !== null ? 'last_line' : 'lines';
  const providerXof = read.balanceXof ?? figures.lastBalanceXof ?? linesXof + unlinedXof;
  const outsideXof = providerXof - linesXof - unlinedXof;
  const outside: Explanation = { kind: 'outside', amountXof: outsideXof, count: 1 };
  const explanations = [...figures.explanations, ...(outsideXof === 0 ? [] : [outside])];
  const unexplained = unexplainedXof({ clearingXof, providerXof, explanations });
  return {
    id: uuidV7(Date.now()),
    provider: account.provider,
    account: account.account,
    isTest: account.isTest,
    state: read.detail === null ? 'done' : 'unreadable',
    detail: read.detail,
    clearingXof,
    providerXof,
    source,
    explanations,
    unexplainedXof: unexplained,
    explainedXof: explainedXof({ providerXof, explanations, unexplainedXof: unexplained, suspendedXof }),
    suspenseXof: suspendedXof,
    lineCount,
  };
}

/** Money that is there, and whose lines are still awaited or missed, is no riddle of its own. */
function outsideBreakOf({ explanations }: RunFound): number {
  const of = (kinds: readonly Explanation['kind'][]) =>
    explanations
      .filter(({ kind }) => kinds.includes(kind))
      .reduce((sum, { amountXof }) => sum + amountXof, 0);
  const outsideXof = of(['outside']);
  const unseenXof = of(['awaited', 'missing']);
  const isCovered = outsideXof * unseenXof < 0 && Math.abs(outsideXof) <= Math.abs(unseenXof);
  return isCovered ? 0 : outsideXof;
}
