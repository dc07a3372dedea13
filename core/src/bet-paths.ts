/** Addresses of bets in the player's app, as the server and the pages write them. */
import type { Side } from './market.ts';

/** A bout, with one of its markets: null for the one of the winner, which has the bout's own address. */
export interface MarketPlace {
  readonly boutId: number;
  readonly marche: number | null;
}

/** Whom a new offer is for, when it is not for everybody. */
export const audiences = ['phone', 'link'] as const;
export type Audience = (typeof audiences)[number];

/** After how many hours an offer may end by itself. */
export const endChoices = ['1', '3', '24'] as const;
export type EndChoice = (typeof endChoices)[number];

/** An offer as it is asked of a slip. Never with a number: addresses are kept and shared. */
export interface SlipAsked {
  readonly side: Side;
  readonly stakeXof: number;
  readonly askXof: number;
  readonly audience?: Audience | null | undefined;
  readonly endsIn?: EndChoice | null | undefined;
  /** The offer that this one answers, and the key of its link. */
  readonly answers?: string | null | undefined;
  readonly cle?: string | null | undefined;
}

export function boutPath({ boutId, marche }: MarketPlace): string {
  return marche === null ? `/combats/${boutId}` : `/combats/${boutId}?marche=${marche}`;
}

/** The slip of these amounts. */
export function slipPath({ boutId, marche }: MarketPlace, asked: SlipAsked): string {
  return `/combats/${boutId}/bulletin?${queryOf(marche, asked)}`;
}

/** The form of a new offer, with these amounts in it. */
export function placePath({ boutId, marche }: MarketPlace, asked: SlipAsked): string {
  return `/combats/${boutId}?${queryOf(marche, asked)}#defier`;
}

/** A private offer, for the one it is for. */
export function challengePath(offerId: string, cle: string | null, stakeXof: number | null = null): string {
  const query = queryText({ cle, stakeXof });
  return query === '' ? `/defis/${offerId}` : `/defis/${offerId}?${query}`;
}

function queryOf(marche: number | null, { stakeXof, askXof, ...asked }: SlipAsked): string {
  return queryText({ marche, ...asked, otherStakeXof: stakeXof, otherAskXof: askXof });
}

function queryText(fields: Readonly<Record<string, string | number | null | undefined>>): string {
  return Object.entries(fields)
    .filter(([, value]) => value != null)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
