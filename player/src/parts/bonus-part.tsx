/** What of a stake is bonus money: on what everybody can take it goes first. */
import { slipTexts } from '../texts.ts';

export function BonusPart({ bonusXof, stakeXof }: { bonusXof: number; stakeXof: number }) {
  const part = Math.min(bonusXof, stakeXof);
  return part === 0 ? null : <p class="small">{slipTexts.bonusPart(part)}</p>;
}
