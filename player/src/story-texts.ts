/** Words of the story of a bet. */
import { formatXof } from '#core/money.ts';

/** People end what they type with a stop, or not. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

export const storyTexts = {
  titles: { bet: 'L’histoire de ce pari', ticket: 'L’histoire de ce ticket' },
  bought: (amount: string) => `Ticket acheté : ${amount}`,
  number: (number: number) => `N° ${number} de ce pari mutuel.`,
  placed: 'Défi lancé',
  matched: (opponent: string) => `Engagé contre ${opponent}`,
  amounts: (stakeXof: number, otherXof: number) =>
    `${formatXof(stakeXof)} pour vous, ${formatXof(otherXof)} pour l’autre.`,
  moved: (to: string | null) => (to === null ? 'Combat reporté, date à fixer' : `Combat reporté au ${to}`),
  closed: 'Paris fermés',
  causes: {
    whistle: 'Au coup de sifflet.',
    hard_stop: 'À l’heure limite.',
    cancelled: 'Le combat n’a pas lieu comme prévu.',
  },
  trueWhistle: (when: string) => `Vrai coup de sifflet fixé : ${when}`,
  inTime: { bet: 'Votre pari est d’avant.', ticket: 'Votre ticket est d’avant.' },
  late: {
    bet: 'Votre pari est d’après : il est annulé, votre mise revient.',
    ticket: 'Votre ticket est d’après : il est annulé, votre mise revient.',
  },
  root: (number: number) => `Empreinte des paris publiée, n° ${number}`,
  result: (verdict: string) => `Résultat : ${verdict}`,
  corrected: (verdict: string) => `Résultat corrigé : ${verdict}`,
  time: (time: string) => `Temps de lutte : ${time}`,
  source: (source: string) => `Source : ${sentence(source)}`,
  sentence,
  homologated: 'Verdict homologué',
  paid: {
    won: (amount: string) => `Gagné : ${amount} pour vous`,
    lost: () => 'Perdu',
    void: (amount: string) => `Mise rendue : ${amount}`,
  },
  withheld: (commissionXof: number, taxXof: number) =>
    `Commission ${formatXof(commissionXof)}, impôt ${formatXof(taxXof)}, déjà retenus.`,
  taxed: (taxXof: number) => `Impôt ${formatXof(taxXof)}, déjà retenu.`,
  given: {
    bet: (amount: string) => `La correction vous a versé ${amount}, pour tous vos paris sur cette question.`,
    ticket: (amount: string) =>
      `La correction vous a versé ${amount}, pour tous vos tickets de ce pari mutuel.`,
  },
  taken: {
    bet: (amount: string) => `La correction a repris ${amount}, pour tous vos paris sur cette question.`,
    ticket: (amount: string) => `La correction a repris ${amount}, pour tous vos tickets de ce pari mutuel.`,
  },
  kept: (amount: string) =>
    `Les ${amount} qui n’étaient plus sur votre solde restent à vous : vous ne devez rien.`,
  unmoved: 'La correction n’a rien repris ni versé sur votre solde.',
  objected: (reference: string) => `Réclamation ${reference}`,
  due: (when: string) => `Réponse au plus tard ${when}.`,
  upheld: (reference: string) => `${reference} admise`,
  rejected: (reference: string) => `${reference} rejetée`,
} as const;
