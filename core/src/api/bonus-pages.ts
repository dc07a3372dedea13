/** Pages of bonus money and of referrals. */
import { Type } from 'typebox';
import type { Bonus, Referral } from './bonuses.ts';
import { Instant, strict } from './contract.ts';
import type { PageContract } from './pages.ts';
import type { Movement } from './player-pages.ts';

export const playerBonusPages = {
  'GET /portefeuille/bonus': {
    caller: 'player',
    summary: 'My bonus money: what was given, and its movements.',
    query: strict({ before: Type.Optional(Instant) }),
  },
  'GET /parrainer': { caller: 'player', summary: 'My code for friends, with a text to share.' },
} as const satisfies PageContract;

export interface PlayerBonusViews {
  readonly bonus: {
    readonly bonus: Bonus;
    readonly movements: readonly Movement[];
    /** `before` of the next page. */
    readonly next: string | null;
  };
  readonly referral: {
    readonly referral: Referral;
    /** Who may not play now is not asked to bring others. */
    readonly mayInvite: boolean;
  };
}
