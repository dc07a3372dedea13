/**
 * Asks the provider for a session or a code, for an attempt that is written down already. A provider whose references
 * are not safe to repeat gets a new reference each time; the old one stays watched, in case it exists after all.
 */
import { fail, RefusalError } from '#core/errors.ts';
import type { Tx } from '../db.ts';
import type { DepositAnswer } from '../payments/provider.ts';
import { uuidV5 } from '../uuid.ts';
import { refuseDeposit } from '../wallet/judge-movements.ts';
import { bookDeposit } from './book-deposit.ts';
import type { DepositDeps } from './deposit-deps.ts';
import {
  type DepositRow,
  findAttempts,
  findDeposit,
  insertAttempt,
  lockDeposit,
  lookSoon,
  recordDepositState,
  recordSession,
  reopenDeposit,
} from './queries.ts';
import { refuseClosedProvider } from './refuse-closed-provider.ts';

const ATTEMPTS_MAX = 10;

/** What the provider says of a new attempt. Whatever goes wrong on the way is `unknown`. Not in a transaction. */
export async function askForSession(
  deps: DepositDeps,
  deposit: DepositRow,
  reference: string,
): Promise<DepositAnswer> {
  const { id, amountXof, phone } = deposit;
  const provider = deps.providers[deposit.provider];
  if (provider === undefined) return { kind: 'unknown', detail: 'the provider is not configured' };
  const backUrl = `${deps.origins.player}/portefeuille/depots/${id}`;
  try {
    return await provider.requestDeposit({ reference, amountXof, phone, backUrl });
  } catch (error) {
    deps.log.error({ err: error, deposit: id }, 'the provider did not answer a deposit');
    return { kind: 'unknown', detail: 'no answer' };
  }
}

/** Keeps what the provider made, if it made something. */
export async function keepSession(tx: Tx, reference: string, answer: DepositAnswer): Promise<void> {
  if (answer.kind === 'waiting') await recordSession(tx, reference, answer);
}

/** One more attempt of a deposit that is not paid yet: written down, asked for, kept. Refuses when money has come. */
export async function openAttempt(deps: DepositDeps, depositId: string): Promise<DepositAnswer> {
  const asked = await findDeposit(deps.db, depositId);
  if (asked !== null) await refuseClosedProvider(deps, asked.provider);
  const { deposit, reference } = await deps.db.transaction(async (tx) => {
    const locked = await lockDeposit(tx, depositId);
    if (locked.state === 'credited' || locked.state === 'review' || locked.state === 'returned')
      fail('deposit_has_come');
    if (locked.state !== 'requested' || locked.isOver) await askAgain(tx, locked);
    // Why the last session was not paid says nothing of the next one.
    else if (locked.reason !== null) await recordDepositState(tx, depositId, 'requested');
    const seq = ((await findAttempts(tx, depositId)).at(-1)?.seq ?? 0) + 1;
    if (seq > ATTEMPTS_MAX) fail('deposit_attempts_used_up');
    const made = uuidV5(`deposit ${depositId}`, `attempt ${seq}`);
    await insertAttempt(tx, { reference: made, depositId, seq });
    await lookSoon(tx, depositId);
    return { deposit: locked, reference: made };
  });
  const answer = await askForSession(deps, deposit, reference);
  await deps.db.transaction(async (tx) => {
    await keepSession(tx, reference, answer);
    if (answer.kind === 'paid') await bookDeposit(tx, deps, depositId, answer);
  });
  return answer;
}

/** One that was given up, or whose time is over, is like a new one: it counts again, and has to fit into the limits of now. */
async function askAgain(tx: Tx, deposit: DepositRow): Promise<void> {
  if (!deposit.isYoung) fail('deposit_attempts_used_up');
  const refused = await refuseDeposit(tx, deposit, deposit.amountXof);
  if (refused !== null) throw new RefusalError(refused);
  await reopenDeposit(tx, deposit.id);
}
