/** What every slip needs to know of the one who asks for it. */
import { readDigits } from '#core/digits.ts';
import { type Xof, xof } from '#core/money.ts';
import type { Db } from '../db.ts';
import type { Origins, PlayerIdentity } from '../http.ts';
import { findAvailable, findBonus } from '../ledger/find-available.ts';
import type { Catalogue } from '../memory/catalogue.ts';
import type { Settings } from '../settings/open-settings.ts';
import type { Challenge } from './challenge-queries.ts';
import type { BetDesk } from './desk.ts';

export interface OfferPageDeps {
  readonly db: Db;
  readonly catalogue: Catalogue;
  readonly desk: BetDesk;
  readonly settings: Settings;
  /** Where the sites are: links to hand on are whole. */
  readonly origins: Origins;
}

export interface SlipRequest {
  readonly player: PlayerIdentity | null;
  readonly boutId: number;
  /** The one of the winner when null. */
  readonly marketId: number | null;
  readonly availableXof: number | null;
  /** What of his bonus money may go into it: goes first, and never into what is private. */
  readonly bonusXof: number;
  readonly depositMinXof: number;
  newSlip(): string;
}

export async function slipRequest(
  { db, settings }: { readonly db: Db; readonly settings: Settings },
  player: PlayerIdentity | null,
  { isPublic, ...at }: Pick<SlipRequest, 'boutId' | 'marketId' | 'newSlip'> & { readonly isPublic: boolean },
): Promise<SlipRequest> {
  const availableXof = player === null ? null : await findAvailable(db, player.accountId);
  const bonusXof = player === null || !isPublic ? 0 : await findBonus(db, player.playerId);
  const { depositMinXof } = settings.current();
  return { ...at, player, availableXof, bonusXof, depositMinXof };
}

/** The slip of an acceptance is of the offer's market, whatever the bout's others are. */
export function acceptRequest(
  deps: OfferPageDeps,
  player: PlayerIdentity | null,
  { boutId, marketId, visibility }: Challenge,
  newSlip: () => string,
): Promise<SlipRequest> {
  return slipRequest(deps, player, { boutId, marketId, newSlip, isPublic: visibility === 'public' });
}

export function readAmount(text: string | undefined): Xof | null {
  const amount = readDigits(text?.trim() ?? '');
  return amount === null ? null : xof(amount);
}
