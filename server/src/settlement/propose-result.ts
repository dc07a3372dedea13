/** A result: one member of staff proposes it, another confirms it. Neither can hold bets at all. */
import { type BoutEnding, hasWinner } from '#core/bout.ts';
import { fail } from '#core/errors.ts';
import type { Side } from '#core/market.ts';
import { needsWrestledTime } from '#core/outcome.ts';
import { type LockedBout, lockBoutFor } from '../bouts/lock-market.ts';
import type { Db, Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { requirePoolRoots } from '../pool-whistle/require-pool-roots.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { uuidV5 } from '../uuid.ts';
import { findLivingResult, insertPostponed, insertResult, type LivingResult } from './result-queries.ts';

export interface Verdict {
  readonly ending: BoutEnding;
  readonly winnerSide?: Side | undefined;
  /** Breaks excluded. */
  readonly wrestledSeconds?: number | undefined;
  /** Markets of the bout that are annulled with it, whatever the ending. */
  readonly voidMarketIds?: readonly number[] | undefined;
  /** The official sheet, or where the verdict was read. */
  readonly source: string;
}

export interface ProposeResult extends Verdict {
  readonly operationId: string;
  readonly boutId: number;
}

export interface ResultNamed {
  readonly operationId: string;
  readonly resultId: string;
}

/** Proposes the result of a closed bout whose roots are published. The result's id is the operation's. */
export function proposeResult(db: Db, staff: StaffIdentity, asked: ProposeResult): Promise<ResultNamed> {
  const { operationId, boutId, ...verdict } = asked;
  const command = {
    operationId,
    command: 'propose-result',
    target: `bout ${boutId}`,
    input: inputOf(verdict),
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    requireWinner(verdict);
    const bout = await lockBoutFor(tx, staff, boutId);
    if (bout.state === 'decided' || bout.state === 'cancelled') fail('result_already_confirmed');
    if (bout.state === 'announced') fail('bout_state_forbids', { state: bout.state });
    if (openedMarkets(bout).some((market) => !market.hasRoot)) fail('root_not_published');
    await requirePoolRoots(tx, boutId);
    await propose(tx, staff, bout, { id: operationId, version: 1, reason: null, verdict });
    return { operationId, resultId: operationId };
  });
}

/**
 * Proposes a result in the place of a confirmed one: its next version, with the reason. It is confirmed, or taken back,
 * as the first is; every market of the bout then pays the difference.
 */
export function proposeCorrection(
  db: Db,
  staff: StaffIdentity,
  asked: ProposeResult & { readonly reason: string },
): Promise<ResultNamed> {
  const { operationId, boutId, reason, ...verdict } = asked;
  const input = { ...inputOf(verdict), reason };
  const command = { operationId, command: 'propose-correction', target: `bout ${boutId}`, input };
  return runStaffCommand(db, staff, command, async (tx) => {
    requireWinner(verdict);
    const bout = await lockBoutFor(tx, staff, boutId);
    const newest = await findLivingResult(tx, boutId);
    if (newest === null) return fail('bout_state_forbids', { state: bout.state });
    if (!newest.isConfirmed) fail('result_already_proposed');
    const version = newest.version + 1;
    await propose(tx, staff, bout, { id: operationId, version, reason, verdict });
    return { operationId, resultId: operationId };
  });
}

/** What is written down of the command: only what was said. */
function inputOf({
  ending,
  winnerSide,
  wrestledSeconds,
  voidMarketIds,
  source,
}: Verdict): Record<string, unknown> {
  return {
    ending,
    winnerSide: winnerSide ?? null,
    source,
    ...(wrestledSeconds !== undefined && { wrestledSeconds }),
    ...(voidMarketIds !== undefined && { voidMarketIds }),
  };
}

function requireWinner({ ending, winnerSide }: Verdict): void {
  if (hasWinner(ending) && winnerSide === undefined) fail('winner_missing');
  if (!hasWinner(ending) && winnerSide !== undefined) fail('winner_not_expected');
}

/** Markets that took bets: a draft never did, and is decided by nothing. */
export function openedMarkets(bout: LockedBout): LockedBout['markets'] {
  return bout.markets.filter(({ state }) => state !== 'draft');
}

async function propose(
  tx: Tx,
  staff: StaffIdentity,
  bout: LockedBout,
  of: {
    readonly id: string;
    readonly version: number;
    readonly reason: string | null;
    readonly verdict: Verdict;
  },
): Promise<void> {
  const { ending, winnerSide, wrestledSeconds, voidMarketIds = [], source } = of.verdict;
  const opened = openedMarkets(bout);
  if (voidMarketIds.some((voided) => opened.every(({ id }) => id !== voided))) {
    fail('request_invalid', {
      detail: 'un marché à annuler n’est pas de ce combat, ou n’a jamais été ouvert',
    });
  }
  const needsTime = opened.some(
    ({ id, question }) => !voidMarketIds.includes(id) && needsWrestledTime(question, ending),
  );
  if (needsTime && wrestledSeconds === undefined) fail('wrestled_time_missing');
  const isInserted = await insertResult(tx, {
    id: of.id,
    boutId: bout.id,
    version: of.version,
    ending,
    winnerSide: winnerSide ?? null,
    wrestledSeconds: wrestledSeconds ?? null,
    voidMarketIds: [...new Set(voidMarketIds)].sort((one, other) => one - other),
    source,
    reason: of.reason,
    proposedBy: staff.staffId,
  });
  if (!isInserted) fail('result_already_proposed');
}

/**
 * Proposes that the bout is not fought, under its lock and in the transaction that stops betting on it. It voids every
 * bet, whatever the bets are: it need not wait for the roots, its confirmation does.
 */
export async function proposeUnfought(
  tx: Tx,
  staff: StaffIdentity,
  boutId: number,
  of: { readonly id: string; readonly ending: BoutEnding; readonly source: string },
): Promise<void> {
  const isInserted = await insertResult(tx, {
    ...{
      ...of,
      boutId,
      version: 1,
      winnerSide: null,
      wrestledSeconds: null,
      voidMarketIds: [],
      reason: null,
    },
    proposedBy: staff.staffId,
  });
  if (!isInserted) fail('result_already_proposed');
}

/** The result of a bout that was moved and did not meet in time, by nobody; it stands at once. */
export async function endPostponed(tx: Tx, boutId: number, source: string): Promise<LivingResult> {
  const id = uuidV5(`postponed:${boutId}`, 1);
  await insertPostponed(tx, { id, boutId, source });
  return (await findLivingResult(tx, boutId)) ?? fail('result_absent');
}

/** Takes a proposed result back before it is confirmed: anyone who may run the gala. */
export function withdrawResult(
  db: Db,
  staff: StaffIdentity,
  asked: { readonly operationId: string; readonly boutId: number; readonly resultId: string },
): Promise<ResultNamed> {
  const { operationId, boutId, resultId } = asked;
  const command = { operationId, command: 'withdraw-result', target: `bout ${boutId}`, input: { resultId } };
  return runStaffCommand(db, staff, command, async (tx) => {
    await lockBoutFor(tx, staff, boutId);
    const result = await findLivingResult(tx, boutId);
    if (result === null || result.id !== resultId) return fail('result_absent');
    if (result.isConfirmed) fail('result_already_confirmed');
    await tx.query('UPDATE result SET withdrawn_at = clock_timestamp() WHERE id = $1', [resultId]);
    return { operationId, resultId };
  });
}
