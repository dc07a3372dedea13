/** What the movements of a statement are called: on the pages, on paper, in the file. */
import type { PlayerTransferKind } from './ledger.ts';
import type { StatementKind } from './statement.ts';

export const movementTexts: Readonly<Record<PlayerTransferKind, string>> = {
  deposit_credited: 'Dépôt',
  deposit_returned: 'Dépôt renvoyé',
  offer_placed: 'Défi lancé',
  offer_accepted: 'Défi accepté',
  offer_cancelled: 'Défi retiré',
  offer_returned: 'Mise rendue',
  duel_settled: 'Pari payé',
  ticket_bought: 'Ticket acheté',
  ticket_settled: 'Ticket payé',
  ticket_returned: 'Ticket remboursé',
  correction_taken: 'Résultat corrigé, repris',
  correction_given: 'Résultat corrigé, versé',
  withdrawal_requested: 'Retrait demandé',
  withdrawal_paid: 'Retrait payé',
  withdrawal_refused: 'Retrait rendu',
  withdrawal_reversed: 'Retrait revenu',
  suspense_credited: 'Dépôt retrouvé',
  bonus_granted: 'Bonus reçu',
};

export const statementKindTexts: Readonly<Record<StatementKind, string>> = {
  deposits: 'Dépôts',
  withdrawals: 'Retraits',
  stakes: 'Mises',
  gains: 'Gains',
  returns: 'Retours',
};
