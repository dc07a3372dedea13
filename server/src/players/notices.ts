/** What a player is told on his next page, on every device but the one it is about. */
import type { VisitorNotice as Notice } from '#core/api/access-pages.ts';
import type { Db, Tx } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { findUnreadNotice, insertNotice, insertNoticesOfBout, recordNoticeRead } from './queries.ts';

export type NoticeKind = Notice['kind'];

export async function tellPlayer(
  tx: Tx,
  notice: {
    readonly playerId: string;
    readonly kind: NoticeKind;
    readonly detail: string;
    readonly exceptDeviceId: string | null;
  },
): Promise<void> {
  await insertNotice(tx, notice);
}

/**
 * Everybody who has an open offer, a bet or a pool's ticket on a bout that is not paid: ui/src/bout-notice.ts has the
 * words. `detail` follows the names of the two.
 */
export async function tellBettorsOf(
  tx: Tx,
  boutId: number,
  kind: 'bout_postponed' | 'bout_unfought',
  detail: string,
): Promise<void> {
  const ticketKind = kind === 'bout_postponed' ? 'leg_postponed' : 'leg_unfought';
  await insertNoticesOfBout(tx, { boutId, kind, ticketKind, detail });
}

/** The oldest he has not read; null when there is none. */
export async function findNotice(db: Db, player: PlayerIdentity): Promise<Notice | null> {
  const found = await findUnreadNotice(db, player.playerId, player.deviceId);
  return found === null ? null : { ...found, madeAt: found.madeAt.toISOString() };
}

export async function readNotice(db: Db, player: PlayerIdentity, noticeId: string): Promise<void> {
  await db.transaction((tx) => recordNoticeRead(tx, player.playerId, noticeId));
}
