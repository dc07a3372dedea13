/** The page that bets the same again: same side, same stake, at what is best now. */
import { type Static, Type } from 'typebox';
import type { Audience } from '../bet-paths.ts';
import type { SlipSubject } from './bet-pages.ts';
import { AmountXof, IdText, SideSchema, strict, Uuid } from './contract.ts';
import type { SlipView } from './offers.ts';
import { type PageContract, SlipText } from './pages.ts';

/** A bet of his that is over, or an offer of his that came back. */
const Past = strict({ pastId: Uuid });

export const playerRebetPages = {
  'GET /rejouer/:pastId': {
    caller: 'owner',
    summary: 'The same side and stake again, at what is best now.',
    params: Past,
  },
  'POST /rejouer/:pastId': {
    caller: 'owner',
    summary: 'Bets again: accepts the offer that was shown, or places one of the amounts that were shown.',
    params: Past,
    form: strict({
      marketId: IdText,
      side: SideSchema,
      stakeXof: AmountXof,
      askXof: AmountXof,
      /** The offer to accept; a new one is placed without. */
      offerId: Type.Optional(Uuid),
      slip: SlipText,
    }),
  },
} as const satisfies PageContract;

/** What betting again would be, now. */
export interface RebetView {
  readonly pastId: string;
  readonly subject: SlipSubject;
  readonly marketId: number;
  /** The wrestler's next bout, when the one of before takes no bets any more. */
  readonly isNextBout: boolean;
  /** Whose offer is accepted, whole or in part; null: a new one is placed. */
  readonly taken: { readonly offerId: string; readonly pseudonym: string } | null;
  readonly sums: Static<typeof SlipView>;
  /** The stake of before, when no such amount can be bet here. */
  readonly movedFromXof: number | null;
  /** What the same stake would have brought in hand before, when it brings less now. */
  readonly betterBefore: { readonly stakeXof: number; readonly netXof: number } | null;
  /** The offer that waits at the terms of before, when what is there now is worse. */
  readonly waiting: { readonly stakeXof: number; readonly askXof: number } | null;
  readonly audience: Audience | null;
  /** Of the number it is for. */
  readonly maskedPhone: string | null;
  readonly missingXof: number;
  /** Bonus money in the stake. */
  readonly bonusXof: number;
  readonly depositXof: number;
  readonly slip: string;
}

export interface PlayerRebetViews {
  readonly rebet: {
    readonly pastId: string;
    readonly boutName: string;
    readonly pick: string;
    readonly stakeXof: number;
    /** Null when there is no chance for it now. */
    readonly rebet: RebetView | null;
  };
}
