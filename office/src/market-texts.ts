/** Words of the markets of a bout: what it asks, opening one, adding one. */
import type { MarketsDone } from '#core/api/market-pages.ts';
import type { PayoutPolicy } from '#core/rule-card.ts';

export const marketTexts = {
  title: 'Les questions du combat',
  hint: 'Chaque question a ses paris, sa règle et ses duels. Le sifflet ferme tout.',
  link: 'Ouvrir, suspendre ou ajouter une question',
  oneOnly: 'Ajouter une question : durée, manière de gagner',
  asked: 'Ce que le combat demande',
  waitsForWinner: 'Ouvrez d’abord « Qui gagne ? ».',
  open: 'Ouvrir les paris',
  suspend: 'Suspendre',
  resume: 'Rouvrir',
  card: (version: number) => `Règle version ${version}, figée. Empreinte :`,
  notFrozen: 'La règle sera figée à l’ouverture.',
  policyLegend: 'Quand les gains sont-ils payés ?',
  policies: {
    verdict: 'Au verdict du jour',
    homologation: 'Après l’homologation',
  } satisfies Record<PayoutPolicy, string>,
  policyHints: {
    verdict: 'Dès que deux personnes ont confirmé le résultat. C’est l’usage.',
    homologation: 'L’argent attend que l’instance homologue. La règle du pari le dit aux joueurs.',
  } satisfies Record<PayoutPolicy, string>,
  policyIs: (policy: PayoutPolicy) =>
    policy === 'verdict' ? 'Payé au verdict du jour' : 'Payé après l’homologation',
  addTitle: 'Ajouter une question',
  addHint: 'Elle reste fermée : vous l’ouvrez ensuite.',
  time: 'Plus ou moins de temps',
  timeHint: 'Temps de lutte, pauses non comprises. « Plus » ne gagne qu’au-delà de la ligne.',
  minutes: 'Ligne en minutes',
  seconds: 'Et secondes (facultatif)',
  addTime: 'Ajouter cette durée',
  method: 'La manière de gagner',
  methodHint: '« Oui » gagne si la victoire vient ainsi. Sans vainqueur, chaque mise est rendue.',
  addMethod: 'Ajouter cette manière',
  tooLate: 'Le combat est sifflé ou annulé : il n’y a plus de question à ajouter.',
  done: {
    ajoute: 'Question ajoutée. Ses paris sont à ouvrir.',
    ouvert: 'Les paris sont ouverts sur cette question.',
    suspendu: 'Les paris sont suspendus sur cette question.',
    repris: 'Les paris ont repris sur cette question.',
  } satisfies Record<MarketsDone, string>,
} as const;
