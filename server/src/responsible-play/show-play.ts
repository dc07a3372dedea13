import type { Static } from 'typebox';
import type { LimitView, PlayView, RealityCheckView } from '#core/api/responsible-play.ts';
import { xof, ZERO_XOF } from '#core/money.ts';
import { limitKinds, periods } from '#core/responsible-play.ts';
import type { Db, Tx } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import {
  findExclusionsInForce,
  findLimits,
  findRealityCheck,
  findWeekLoss,
  type LimitRow,
  showExclusion,
} from './queries.ts';

export type Play = Static<typeof PlayView>;
export type RealityCheck = Static<typeof RealityCheckView>;

/** Everything of a player's responsible play, limits he has not set included. */
export async function showPlay(db: Db, player: PlayerIdentity): Promise<Play> {
  const rows = new Map(
    (await findLimits(db, player.playerId)).map((row) => [`${row.kind} ${row.period}`, row]),
  );
  const limits = limitKinds.flatMap((kind) =>
    periods.map((period) => limitView(rows.get(`${kind} ${period}`), kind, period)),
  );
  // Of several the one that lasts longest.
  const [exclusion] = await findExclusionsInForce(db, player.playerId);
  return {
    limits,
    exclusion: exclusion === undefined ? null : showExclusion(exclusion),
    realityCheck: await showRealityCheck(db, player),
  };
}

function limitView(
  row: LimitRow | undefined,
  kind: LimitRow['kind'],
  period: LimitRow['period'],
): Static<typeof LimitView> {
  if (row === undefined) {
    return { kind, period, limitXof: null, usedXof: 0, leftXof: null, until: null, pending: null };
  }
  const { limitXof, usedXof, untilAt, changeId, pendingXof, confirmFrom, isRipe } = row;
  return {
    kind,
    period,
    limitXof,
    usedXof,
    leftXof: limitXof === null ? null : usedXof >= limitXof ? ZERO_XOF : xof(limitXof - usedXof),
    until: untilAt?.toISOString() ?? null,
    pending:
      changeId === null || confirmFrom === null
        ? null
        : { changeId, limitXof: pendingXof, confirmFrom: confirmFrom.toISOString(), isRipe },
  };
}

export async function showRealityCheck(db: Db | Tx, player: PlayerIdentity): Promise<RealityCheck> {
  const { since, ...check } = await findRealityCheck(db, player.playerId, player.session.sessionId);
  return { ...check, since: since.toISOString() };
}

/** What the last seven days have cost, open stakes included; below zero when they have brought something. */
export function showWeekLoss(db: Db, player: PlayerIdentity): Promise<number> {
  return findWeekLoss(db, player.playerId);
}
