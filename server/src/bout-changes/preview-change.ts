/**
 * What a change of a bout does to every bet on it, market by market and pool by pool, before it is confirmed. Its digest
 * says what was read: bets may still come in, but a confirmation whose fates are no longer these is refused.
 */
import { hash } from 'node:crypto';
import type { Static } from 'typebox';
import type { BoutChangeEffect, UnfoughtEnding } from '#core/api/bout-changes.ts';
import { type BoutChangeKind, marketFate, poolFate } from '#core/bout-change.ts';
import { fail } from '#core/errors.ts';
import type { PostponementPlan } from '#core/postponement.ts';
import { questionText } from '#core/question.ts';
import { canonicalJson } from '#core/rule-card.ts';
import type { Db, Tx } from '../db.ts';
import { findBetsOfMarkets, findBetsOfPools, type MovableBout } from './queries.ts';

export type Effect = Static<typeof BoutChangeEffect>;

export type Change =
  | {
      readonly kind: 'move';
      /** ISO 8601; null when there is no new date yet. */
      readonly scheduledAt: string | null;
      /** Null when nothing was ever opened on the bout. */
      readonly plan: PostponementPlan | null;
    }
  | { readonly kind: UnfoughtEnding };

/** Reads what stands now: under the bout's lock it stands until the end of the transaction. */
export async function readEffect(db: Db | Tx, bout: MovableBout, change: Change): Promise<Effect> {
  const kind = kindOf(change);
  const plan = change.kind === 'move' ? change.plan : null;
  const scheduledAt = change.kind === 'move' ? change.scheduledAt : null;
  const toMs = scheduledAt === null ? null : Date.parse(scheduledAt);
  const isClosed = bout.boutState === 'whistled';
  const markets = (await findBetsOfMarkets(db, bout.boutId)).map(({ question, ...market }) => ({
    ...market,
    question: questionText(question),
    fate: marketFate(market.state, kind, isClosed),
  }));
  const pools = (await findBetsOfPools(db, bout.boutId)).map(({ decidedBy, ...pool }) => ({
    ...pool,
    decidedBy: decidedBy.toISOString(),
    fate: poolFate({ ...pool, decidedByMs: decidedBy.getTime() }, kind, toMs, isClosed),
  }));
  const shown = {
    isClosed,
    standsUntil: plan === null ? null : new Date(plan.standsUntilMs).toISOString(),
    isVoid: kind !== 'moved',
    markets,
    pools,
  };
  return { ...shown, digest: digestOf(change.kind, scheduledAt, shown) };
}

function kindOf(change: Change): BoutChangeKind {
  if (change.kind !== 'move') return 'unfought';
  return change.plan?.isVoid === true ? 'too_late' : 'moved';
}

/** Of the fates, not of the sums: while betting is open those grow. What was never opened has no bets to decide about. */
function digestOf(
  kind: Change['kind'],
  scheduledAt: string | null,
  { isClosed, standsUntil, isVoid, markets, pools }: Omit<Effect, 'digest'>,
): string {
  const read = {
    kind,
    scheduledAt,
    isClosed,
    standsUntil,
    isVoid,
    markets: markets
      .filter(({ state }) => state !== 'draft')
      .map(({ marketId, fate }) => ({ marketId, ...fate })),
    pools: pools.filter(({ state }) => state !== 'draft').map(({ poolId, fate }) => ({ poolId, ...fate })),
  };
  return hash('sha256', canonicalJson(read));
}

export function requireAsPreviewed({ digest }: Effect, previewed: string): void {
  if (digest !== previewed) fail('preview_outdated');
}

/** What the notice says of a move, for ui/src/bout-notice.ts. */
export function noticeOfMove({ isVoid, standsUntil, isClosed }: Effect, scheduledAt: string | null): string {
  if (isVoid) return 'void';
  return [scheduledAt ?? 'undated', standsUntil ?? '', isClosed ? 'closed' : 'open'].join('|');
}

/** Neither decided nor about to be. */
export function requireUndecided({ boutState, hasProposal }: MovableBout): void {
  if (boutState === 'decided' || boutState === 'cancelled') fail('result_already_confirmed');
  if (hasProposal) fail('result_already_proposed');
}
