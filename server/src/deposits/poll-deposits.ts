/**
 * Takes up what a crash, a lost answer or a late payment left unfinished: at start-up, and again and again. Nothing in
 * memory is needed: rows are the list of work.
 */
import { lockUnanswered, storeAnswer } from '../operations/operation.ts';
import type { DepositAnswer } from '../payments/provider.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { bookDeposit } from './book-deposit.ts';
import { type DepositRow, findWaitingDeposits } from './queries.ts';
import { askProvider, DEPOSIT_KIND, showDeposit } from './request-deposit.ts';

/** A younger deposit is still in the hands of its own request. */
const DEPOSIT_LEFT_ALONE_MS = 10_000;

export async function pollDeposits(
  deps: WalletDeps,
  depositLeftAloneMs: number = DEPOSIT_LEFT_ALONE_MS,
): Promise<void> {
  for (const deposit of await findWaitingDeposits(deps.db, depositLeftAloneMs)) {
    const answer = await findAtProvider(deps, deposit);
    await deps.db.transaction(async (tx) => {
      // The id first, then the row: the order of the request itself.
      await lockUnanswered(tx, deposit.id);
      const booked = await bookDeposit(tx, deps, deposit.id, answer);
      await storeAnswer(
        tx,
        { ...deposit, kind: DEPOSIT_KIND, actorId: deposit.playerId },
        showDeposit(booked),
      );
    });
  }
}

async function findAtProvider(deps: WalletDeps, deposit: DepositRow): Promise<DepositAnswer> {
  const provider = deps.providers[deposit.provider];
  if (provider === undefined) return { kind: 'unknown', detail: 'the provider is not configured' };
  const { id: reference, requestedAt } = deposit;
  try {
    const found = await provider.findDeposit({ reference, session: null, transaction: null, requestedAt });
    return found.kind === 'absent' && provider.repeatsDepositsSafely ? askProvider(deps, deposit) : found;
  } catch (error) {
    deps.log.error({ err: error, deposit: deposit.id }, 'the provider did not answer a look-up');
    return { kind: 'unknown', detail: 'no answer' };
  }
}
