/** Words of bonus money and of referrals. */
import type { BonusGrant, Friend } from '#core/api/bonuses.ts';
import { formatXof } from '#core/money.ts';

export const bonusReasonTexts: Readonly<Record<BonusGrant['reason'], string>> = {
  referred: 'Bienvenue, parrainé par un ami',
  referrer: 'Un ami que vous avez parrainé a joué',
  first_lost_bet: 'Premier pari perdu, rendu en bonus',
};

export const bonusRefusalTexts: Readonly<Record<NonNullable<BonusGrant['refusal']>, string>> = {
  may_not_play: 'Non versé : le jeu était en pause ou fermé.',
  linked: 'Non versé : les deux comptes semblent être à une seule personne.',
  enough: 'Non versé : vous avez déjà le plus grand nombre de filleuls payés.',
};

export const bonusTexts = {
  title: 'Mon bonus',
  line: 'Bonus',
  hint: 'Se joue d’abord, ne se retire pas.',
  rules: [
    'Il part en premier dans vos défis ouverts à tous, pas dans les défis privés.',
    'Ce que vous gagnez avec est à vous, comme le reste.',
    'Si un pari est annulé, chaque part revient d’où elle vient.',
  ],
  given: 'Ce que vous avez reçu',
  noneGiven: 'Rien pour l’instant.',
  firstBet: (max: number) =>
    `Si votre premier pari est perdu, il vous revient en bonus, jusqu’à ${formatXof(max)}.`,
  movements: 'Mouvements du bonus',
  none: 'Aucun mouvement pour l’instant.',
  older: 'Plus anciens',
  invite: 'Parrainer un ami',
  inviteHint: 'Un bonus pour vous deux',
} as const;

export const referralTexts = {
  title: 'Parrainer un ami',
  lead: (each: number) =>
    `Votre ami s’inscrit avec votre code. Son premier pari réglé rapporte ${formatXof(each)} de bonus à chacun.`,
  noBonusNow: 'Le parrainage ne donne pas de bonus en ce moment.',
  code: 'Votre code',
  text: 'Le message à envoyer',
  share: (code: string, each: number, link: string) =>
    [
      'Viens parier sur le làmb avec moi sur Mbayar : on se défie entre supporters, la maison ne parie pas.',
      each > 0
        ? `Inscris-toi avec mon code ${code} : ${formatXof(each)} de bonus chacun après ton premier pari réglé.`
        : `Inscris-toi avec mon code ${code}.`,
      link,
      '18 ans et plus. Jouer peut rendre dépendant.',
    ].join('\n'),
  whatsapp: 'Envoyer par WhatsApp',
  rules: [
    'Il faut un dépôt à lui et un pari réglé : un pari annulé ne compte pas, un pari contre vous non plus.',
    'Deux comptes de la même personne n’ont rien.',
  ],
  max: (count: number) => `Au plus ${count} amis payés par joueur.`,
  mayNot: 'Votre jeu est en pause. Prenez votre temps : le parrainage attend.',
  friends: 'Vos amis',
  noFriends: 'Personne pour l’instant.',
  states: {
    waiting: 'attend son premier pari réglé',
    given: 'versé',
    refused: 'non versé',
    none: 'sans bonus à ce moment-là',
  } satisfies Readonly<Record<Friend['state'], string>>,
  invited: (code: string) => `${code} vous invite. Bienvenue !`,
  field: 'Code de parrainage',
  fieldHint: 'Le pseudo de qui vous invite. Vous pouvez laisser vide.',
} as const;
