/**
 * Reads what a provider's statement says of one of our accounts and keeps each line once. The provider is asked outside
 * any transaction; several nodes that read the same day keep the same lines.
 */
import type { PaymentProvider, StatementLine } from '../payments/provider.ts';
import type { ReconciliationDeps } from './reconciliation-deps.ts';
import {
  findDaysToRead,
  findNow,
  insertLines,
  type ReconciledAccount,
  recordReading,
} from './statement-queries.ts';

/** A house that was away for longer asks the provider for its own export. */
const LOOK_BACK_DAYS = 31;
/** After midnight, until a day's statement counts as whole: clocks differ, and lines come late. */
export const DAY_GRACE_MINUTES = 60;
const LINES_AT_ONCE = 500;

export type Reading =
  | { readonly kind: 'read' }
  /** The provider has no statement of this account. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly detail: string };

export async function readStatements(
  deps: ReconciliationDeps,
  provider: PaymentProvider,
  account: ReconciledAccount,
): Promise<Reading> {
  const how = { lookBackDays: LOOK_BACK_DAYS, graceMinutes: DAY_GRACE_MINUTES };
  for (const day of await findDaysToRead(deps.db, account, how)) {
    const reading = await readDay(deps, provider, account, day);
    if (reading.kind !== 'read') return reading;
  }
  return { kind: 'read' };
}

async function readDay(
  deps: ReconciliationDeps,
  provider: PaymentProvider,
  account: ReconciledAccount,
  day: string,
): Promise<Reading> {
  const since = await findNow(deps.db);
  const answer = await askForDay(deps, provider, account, day);
  if (answer.kind === 'none') return answer;
  if (answer.kind !== 'lines') return { kind: 'unreadable', detail: answer.detail };
  await keep(deps, account, answer.lines);
  await deps.db.transaction((tx) =>
    recordReading(tx, account, { day, since, lineCount: answer.lines.length }),
  );
  return { kind: 'read' };
}

async function askForDay(
  { log }: ReconciliationDeps,
  provider: PaymentProvider,
  { account }: ReconciledAccount,
  day: string,
): Promise<Awaited<ReturnType<PaymentProvider['readStatement']>>> {
  try {
    return await provider.readStatement(account, day);
  } catch (error) {
    log.error({ err: error, provider: provider.name, account, day }, 'a statement was not read');
    return { kind: 'unknown', detail: 'no answer' };
  }
}

async function keep(
  { db, log }: ReconciliationDeps,
  account: ReconciledAccount,
  lines: readonly StatementLine[],
): Promise<void> {
  for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
    const some = lines.slice(from, from + LINES_AT_ONCE);
    const { changed } = await db.transaction((tx) => insertLines(tx, account, some));
    if (changed.length > 0) {
      log.error({ ...account, transactions: changed.slice(0, 20) }, 'a statement says something else now');
    }
  }
}
