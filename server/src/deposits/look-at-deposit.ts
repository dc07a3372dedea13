/**
 * Asks the provider what became of a deposit: each of its attempts, outside any transaction, and books what it says with
 * the operation's answer. The poller, a callback and the player himself all come here; whoever comes first credits.
 */
import { RefusalError } from '#core/errors.ts';
import type { DepositState } from '#core/payment.ts';
import { lockUnanswered, storeAnswer } from '../operations/operation.ts';
import type { DepositAnswer } from '../payments/provider.ts';
import { bookDeposit } from './book-deposit.ts';
import type { DepositDeps } from './deposit-deps.ts';
import { askForSession, keepSession, openAttempt } from './open-attempt.ts';
import {
  type AttemptRow,
  type DepositRow,
  findAttempts,
  findDeposit,
  lockDeposit,
  recordDepositState,
  recordLook,
  withoutAWord,
} from './queries.ts';
import { DEPOSIT_KIND, showDeposit } from './show-deposit.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** From one look to the next. */
const pauses = [5 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE] as const;
const LAST_PAUSE = 10 * MINUTE;
/** So many lost requests are made up for by themselves; then the player asks. */
const REPLACED_MAX = 2;

export interface Look {
  readonly state: DepositState;
  /** Has the provider said its last word on each session, as far as it is asked? Silence is none. */
  readonly isAnswered: boolean;
  /** Has it answered at all about each session, be it that nobody has paid? */
  readonly isHeard: boolean;
}

export async function lookAtDeposit(deps: DepositDeps, id: string): Promise<Look> {
  const deposit = await findDeposit(deps.db, id);
  if (deposit === null) throw new Error(`deposit ${id} has vanished`);
  const attempts = await findAttempts(deps.db, id);
  const heard = isOver(deposit, attempts) ? [] : await askAbout(deps, deposit, attempts);
  await replaceLost(deps, deposit, attempts, heard);
  return deps.db.transaction(async (tx) => {
    // The id first, then the row: the order of the request itself.
    await lockUnanswered(tx, id);
    let booked = await lockDeposit(tx, id);
    const sessions = await findAttempts(tx, id);
    const newest = sessions.at(-1)?.reference;
    for (const { reference, answer } of heard) {
      await keepSession(tx, reference, answer);
      // Why an older session was not paid is told no more once there is a newer one.
      const isOld = answer.kind === 'waiting' && reference !== newest;
      if (answer.kind !== 'expired' && answer.kind !== 'refused' && !isOld) {
        booked = await bookDeposit(tx, deps, id, answer);
      }
    }
    const last = closingWord(deposit, attempts, heard);
    // Another session may have been opened meanwhile.
    if (last !== null && sessions.length === heard.length) booked = await bookDeposit(tx, deps, id, last);
    if (booked.state === 'requested' && !deposit.isWatched) {
      await recordDepositState(tx, id, 'expired', 'deposit_expired', withoutAWord);
      deps.log.error({ deposit: id }, 'a provider never said what became of a deposit');
      booked = { ...booked, state: 'expired', reason: 'deposit_expired' };
    }
    await storeAnswer(tx, { ...deposit, kind: DEPOSIT_KIND, actorId: deposit.playerId }, showDeposit(booked));
    await recordLook(tx, id, isOver(booked, attempts) || !deposit.isWatched ? null : pauseAfter(deposit));
    return { state: booked.state, isAnswered: heard.every(isLastWord), isHeard: heard.every(isAnAnswer) };
  });
}

function isLastWord({ answer: { kind } }: Heard): boolean {
  return kind === 'paid' || kind === 'refused' || kind === 'expired' || kind === 'unreadable';
}

function isAnAnswer({ answer: { kind } }: Heard): boolean {
  return kind !== 'unknown' && kind !== 'later' && kind !== 'closed';
}

/** Money has come, and no other session is there to be paid as well. */
function isOver({ state }: DepositRow, attempts: readonly AttemptRow[]): boolean {
  return (state === 'credited' || state === 'returned' || state === 'review') && attempts.length < 2;
}

function pauseAfter({ lookCount }: DepositRow): number {
  return pauses[lookCount] ?? LAST_PAUSE;
}

interface Heard {
  readonly reference: string;
  readonly answer: DepositAnswer;
}

async function askAbout(
  deps: DepositDeps,
  deposit: DepositRow,
  attempts: readonly AttemptRow[],
): Promise<Heard[]> {
  const heard: Heard[] = [];
  for (const attempt of attempts) {
    heard.push({ reference: attempt.reference, answer: await askAboutAttempt(deps, deposit, attempt) });
  }
  return heard;
}

async function askAboutAttempt(
  deps: DepositDeps,
  deposit: DepositRow,
  { reference, session, requestedAt, isOver }: AttemptRow,
): Promise<DepositAnswer> {
  const provider = deps.providers[deposit.provider];
  if (provider === undefined) return { kind: 'unknown', detail: 'the provider is not configured' };
  try {
    const found = await provider.findDeposit({ reference, session, transaction: null, requestedAt });
    // The request for it was lost: asked again, under the same reference.
    const isLost = found.kind === 'absent' && provider.repeatsDepositsSafely;
    if (!isLost || isOver || !deposit.isWatched || deposit.state !== 'requested') return found;
    return await askForSession(deps, deposit, reference);
  } catch (error) {
    deps.log.error({ err: error, deposit: deposit.id }, 'the provider did not answer a look-up');
    return { kind: 'unknown', detail: 'no answer' };
  }
}

/**
 * The request for a session was lost, and its reference is not safe to repeat: another one is asked for under a new
 * reference, while the player may still be there. The old one stays watched, in case it exists after all.
 */
async function replaceLost(
  deps: DepositDeps,
  deposit: DepositRow,
  attempts: readonly AttemptRow[],
  heard: readonly Heard[],
): Promise<void> {
  const isLost =
    deposit.state === 'requested' &&
    deposit.isYoung &&
    attempts.every(({ isLost: isAttemptLost }) => isAttemptLost) &&
    heard.length > 0 &&
    heard.every(({ answer }) => answer.kind === 'absent');
  if (!isLost || attempts.length > REPLACED_MAX || deps.providers[deposit.provider]?.isSilent?.() === true)
    return;
  try {
    await openAttempt(deps, deposit.id);
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
  }
}

/** A deposit is over when each of its attempts is: refused if one was, else expired. */
function closingWord(
  deposit: DepositRow,
  attempts: readonly AttemptRow[],
  heard: readonly Heard[],
): DepositAnswer | null {
  const isPast = (reference: string) =>
    attempts.some((attempt) => attempt.reference === reference && (attempt.isOver || !deposit.isYoung));
  const isEnd = ({ reference, answer: { kind } }: Heard) =>
    kind === 'refused' || kind === 'expired' || (kind === 'absent' && isPast(reference));
  if (heard.length === 0 || !heard.every(isEnd)) return null;
  return heard.map(({ answer }) => answer).find(({ kind }) => kind === 'refused') ?? { kind: 'expired' };
}
