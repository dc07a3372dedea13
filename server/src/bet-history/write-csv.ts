/** A player's bets as a file for a spreadsheet. */
import type { HistoryEntry } from '#core/api/bet-history-pages.ts';
import { historyKindTexts, historyStateTexts } from '#core/bet-history-texts.ts';
import { csvText } from '../csv.ts';

const columns = [
  'Jour',
  'Heure (Dakar)',
  'Gala',
  'Combat ou mutuel',
  'Pari',
  'Choix',
  'Adversaire',
  'Mise (F)',
  'dont bonus (F)',
  'Mise adverse (F)',
  'État',
  'Reçu (F)',
  'Commission (F)',
  'Impôt retenu (F)',
  'Corrigé',
  'Référence',
];

export function writeCsv(entries: readonly HistoryEntry[]): string {
  const rows = entries.map((entry) => [
    entry.madeAt.slice(0, 10),
    entry.madeAt.slice(11, 19),
    entry.galaName,
    entry.name,
    historyKindTexts[entry.kind],
    entry.pick,
    entry.opponent ?? '',
    entry.stakeXof,
    entry.bonusXof,
    entry.opponentStakeXof,
    historyStateTexts[entry.state],
    entry.payoutXof,
    entry.commissionXof,
    entry.taxXof,
    entry.isCorrected ? 'oui' : '',
    entry.id,
  ]);
  return csvText([columns, ...rows]);
}
