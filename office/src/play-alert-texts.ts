/** Words of the alerts about how some play. */
import type { PlayAlert, PlayAlertKind } from '#core/api/play-alerts.ts';
import { formatXof } from '#core/money.ts';

const kinds: Readonly<Record<PlayAlertKind, string>> = {
  same_pair: 'Toujours les deux mêmes',
  linked_accounts: 'Comptes liés face à face',
  stake_spike: 'Saut des mises',
};

function facts({ kind, betCount, stakedXof, comparedXof, pseudonym }: PlayAlert): string {
  switch (kind) {
    case 'same_pair':
      return `${betCount} duels, ${formatXof(stakedXof)} engagés à deux ; ${pseudonym} a gagné ${formatXof(comparedXof)} de plus que l’autre.`;
    case 'linked_accounts':
      return `${betCount} duel${betCount > 1 ? 's' : ''}, ${formatXof(stakedXof)} engagés à deux : même appareil ou même pièce.`;
    case 'stake_spike':
      return `${betCount} paris, ${formatXof(stakedXof)} en 24 heures ; un jour ordinaire : ${formatXof(comparedXof)}.`;
  }
}

export const playAlertTexts = {
  title: 'Alertes de jeu',
  hint: 'Ce qui sort de l’ordinaire. Une alerte n’arrête rien : c’est à vous de voir.',
  audited: 'Cette lecture est notée au journal.',
  none: 'Aucune alerte.',
  closedDone: 'Alerte fermée.',
  who: (one: string, other: string | null) => (other === null ? one : `${one} et ${other}`),
  note: 'Ce que vous avez vu et fait',
  close: 'Fermer l’alerte',
  closed: 'Fermée',
  by: (name: string, when: string) => `${name}, ${when}`,
  kinds,
  facts,
} as const;
