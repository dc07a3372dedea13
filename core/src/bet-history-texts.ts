import type { HistoryKind, HistoryState } from './bet-history.ts';

export const historyStateTexts: Readonly<Record<HistoryState, string>> = {
  engaged: 'Engagé',
  won: 'Gagné',
  lost: 'Perdu',
  void: 'Rendu',
};

export const historyKindTexts: Readonly<Record<HistoryKind, string>> = {
  winner: 'Vainqueur',
  over_under: 'Durée',
  method: 'Manière',
  pool: 'Mutuel',
};
