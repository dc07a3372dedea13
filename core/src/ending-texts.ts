/** How a bout ended, in French, after the name of who won it or alone. */
import type { BoutEnding } from './bout.ts';

export const endingTexts: Readonly<Record<BoutEnding, string>> = {
  fall: 'par chute',
  four_supports: 'par quatre appuis',
  ko: 'par KO',
  medical_stop: 'sur arrêt médical',
  abandon: 'par abandon',
  warnings: 'aux avertissements',
  decision: 'sur décision',
  draw: 'Match nul',
  no_verdict: 'Sans verdict',
  double_disqualification: 'Double disqualification',
  forfeit: 'Forfait',
  opponent_replaced: 'Adversaire remplacé',
  postponed: 'Combat reporté trop loin',
  cancelled: 'Combat annulé',
};
