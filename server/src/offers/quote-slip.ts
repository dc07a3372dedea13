import type { Static } from 'typebox';
import type { SlipView } from '#core/api/offers.ts';
import { fail, RefusalError } from '#core/errors.ts';
import type { Xof } from '#core/money.ts';
import { judgeOffer } from '#core/offer.ts';
import type { RuleCard } from '#core/rule-card.ts';
import { winnerSlip } from '#core/settlement.ts';

export type Slip = Static<typeof SlipView>;

/** What a stake against an ask would pay under this rule card. Refuses what placing would refuse. */
export function quoteSlip(ruleCard: RuleCard | null, stakeXof: Xof, askXof: Xof): Slip {
  if (ruleCard === null) return fail('market_not_open');
  const refused = judgeOffer(stakeXof, askXof, ruleCard.limits, ruleCard.rates);
  if (refused !== null) throw new RefusalError(refused);
  return slipOf(ruleCard, stakeXof, askXof);
}

/** The slip of one side of a duel or of an offer that is already accepted as good. */
export function slipOf(ruleCard: RuleCard, stakeXof: Xof, opponentStakeXof: Xof): Slip {
  return { ...winnerSlip(stakeXof, opponentStakeXof, ruleCard.rates), opponentStakeXof };
}
