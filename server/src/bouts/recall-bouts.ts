/**
 * Galas and bouts as a visitor sees them, from the hot catalogue: offers move, so a second at most. Who has a session
 * sees what is for him, read now.
 */
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import type { Catalogue } from '../memory/catalogue.ts';
import type { Bout, Gala } from './queries.ts';
import { listGalas, showBout, showGala } from './show-bouts.ts';

export interface BoutReads {
  readonly db: Db;
  readonly catalogue: Catalogue;
}

const KEPT_MS = 1_000;

export function recallGalas({ db, catalogue }: BoutReads, player: PlayerIdentity | null): Promise<Gala[]> {
  if (player !== null) return listGalas(db, player);
  return catalogue.recall('galas', KEPT_MS, () => listGalas(db, null));
}

export function recallGala(
  { db, catalogue }: BoutReads,
  player: PlayerIdentity | null,
  galaId: number,
): Promise<Gala> {
  if (player !== null) return showGala(db, player, galaId);
  return catalogue.recall(`gala:${galaId}`, KEPT_MS, () => showGala(db, null, galaId));
}

export function recallBout(
  { db, catalogue }: BoutReads,
  player: PlayerIdentity | null,
  boutId: number,
  marketId: number | null = null,
): Promise<Bout> {
  if (player !== null) return showBout(db, player, boutId, marketId);
  return catalogue.recall(`bout:${boutId}:${marketId ?? ''}`, KEPT_MS, () =>
    showBout(db, null, boutId, marketId),
  );
}
