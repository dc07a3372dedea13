/** Words of responsible play: limits, pauses, the reality check. */
import { formatXof } from '#core/money.ts';
import type { LimitKind, Pause, Period } from '#core/responsible-play.ts';

const periods: Readonly<Record<Period, string>> = {
  day: '24 heures',
  week: '7 jours',
  month: '30 jours',
};
const kinds: Readonly<Record<LimitKind, string>> = { deposit: 'Dépôts', stake: 'Mises', loss: 'Pertes' };
const limitsOf: Readonly<Record<LimitKind, string>> = {
  deposit: 'Limite de dépôt',
  stake: 'Limite de mise',
  loss: 'Limite de perte',
};

/** "12 min", "1 h 05", "3 jours". */
export function timeOf(minutes: number): string {
  if (minutes < 60) return `${minutes}\u00a0min`;
  if (minutes >= 2 * 24 * 60) return `${Math.floor(minutes / (24 * 60))} jours`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}\u00a0h${rest === 0 ? '' : `\u00a0${String(rest).padStart(2, '0')}`}`;
}

export const playTexts = {
  title: 'Jouer responsable',
  lead: 'Parier, c’est accepter de perdre sa mise. Ne pariez que ce que vous pouvez perdre sans que cela change votre semaine.',
  logIn: 'Entrer pour fixer mes limites',
  news: {
    limite: 'C’est fait. Votre limite est en place.',
    attente: 'C’est noté. Rien ne change pendant 24 heures au moins. Ensuite, revenez ici pour confirmer.',
    confirme: 'C’est fait. Le changement est en place.',
    abandon: 'Le changement est abandonné. Votre limite reste la même.',
    pause: 'C’est fait. Vos défis en attente sont retirés, l’argent est sur votre solde.',
    retour: 'C’est noté. Vous pourrez rejouer dans 24 heures.',
    rappel: 'C’est noté.',
  },
  limits: 'Mes limites',
  limitsHint: 'Les jours comptent en roulant : les dernières 24 heures, les 7 et 30 derniers jours.',
  kinds,
  kindHints: {
    deposit: 'Ce que vous mettez sur votre compte.',
    stake: 'Ce que vous misez, défis en attente compris.',
    loss: 'Ce que vous perdez, moins ce que vous gagnez. Une mise en jeu compte comme perdue.',
  } satisfies Readonly<Record<LimitKind, string>>,
  periods,
  limitOf: (kind: LimitKind, period: Period) => `${limitsOf[kind]} sur ${periods[period]}`,
  none: 'Aucune limite',
  set: 'Fixer',
  change: 'Changer',
  used: (used: number, limit: number) => `${formatXof(Math.max(0, used))} sur ${formatXof(limit)}`,
  left: (left: number) => `reste ${formatXof(left)}`,
  frees: (when: string) => `La suite se libère ${when}.`,
  pending: (to: number | null, what: string) =>
    to === null ? `${what} : enlever la limite` : `${what} : passer à ${formatXof(to)}`,
  ripe: 'Vous pouvez confirmer. Sans votre confirmation, rien ne change.',
  unripe: (when: string) => `À confirmer à partir de : ${when}.`,
  confirm: 'Confirmer',
  drop: 'Abandonner',

  now: (limit: number | null) =>
    limit === null ? 'Aujourd’hui : aucune limite.' : `Aujourd’hui : ${formatXof(limit)}.`,
  newLimit: 'Nouvelle limite',
  newLimitHint: 'En francs entiers. 0 arrête tout.',
  atOnce: 'Plus bas qu’aujourd’hui : tout de suite.',
  inADay: 'Plus haut, ou sans limite : pas avant 24 heures, et seulement si vous confirmez alors.',
  save: 'Enregistrer',
  remove: 'Enlever cette limite (dans 24 heures)',
  back: 'Retour',

  pauseTitle: 'M’arrêter',
  pauseHint:
    'Tout de suite, et personne ne peut l’annuler. Vos défis en attente sont retirés. Vous pouvez toujours retirer votre argent.',
  pauses: {
    '24h': '24 heures',
    '7j': '7 jours',
    '6s': '6 semaines',
    '6m': '6 mois',
    '1a': '1 an',
    toujours: 'Pour toujours',
  } satisfies Readonly<Record<Pause, string>>,
  goOn: 'Continuer',
  sure: (length: string) => `M’arrêter : ${length.toLowerCase()}`,
  whatHappens: 'Ce qui se passe',
  happens: [
    'Vous ne pouvez plus parier ni déposer, tout de suite et partout.',
    'Cela ne peut être ni annulé ni raccourci, même par nous.',
    'Vos paris déjà acceptés restent : si vous gagnez, vous êtes payé.',
    'Vous pouvez entrer, regarder, et retirer votre argent.',
    'Vous ne recevez plus de messages qui invitent à jouer.',
  ],
  offersBack: (count: number) =>
    count === 0
      ? 'Vous n’avez pas de défi en attente.'
      : `${count === 1 ? 'Votre défi en attente est retiré' : `Vos ${count} défis en attente sont retirés`} : l’argent revient sur votre solde.`,
  ends: {
    cool_off: 'À la fin, vous pouvez rejouer, sans rien demander.',
    self_exclusion: 'À la fin, rien ne reprend seul : il faut le demander, puis attendre 24 heures.',
    forGood: 'C’est pour toujours. Il n’y a pas de retour.',
  },
  yes: 'Oui, m’arrêter',
  no: 'Non, revenir',
  coolingOff: (when: string) => `Vous faites une pause. Fin : ${when}.`,
  excluded: (when: string) => `Vous vous êtes exclu du jeu. Fin : ${when}.`,
  excludedForGood: 'Vous vous êtes exclu du jeu, pour toujours.',
  returnsAt: (when: string) => `Vous pourrez rejouer : ${when}.`,
  askReturn: 'Demander à rejouer (dans 24 heures)',
  withdraw: 'Retirer mon argent',

  reality: 'Me rappeler le temps',
  realityHint: 'Nous vous montrons depuis quand vous êtes là, et ce que cela a donné.',
  minutes: (minutes: number) => (minutes === 0 ? 'Jamais' : `${minutes} min`),
  checkTitle: 'Un moment',
  here: (time: string) => `Vous êtes là depuis ${time}.`,
  won: (xof: number) => `Depuis, vos paris terminés vous ont rapporté ${formatXof(xof)}.`,
  lost: (xof: number) => `Depuis, vos paris terminés vous ont coûté ${formatXof(xof)}.`,
  even: 'Depuis, vos paris terminés ne vous ont rien rapporté et rien coûté.',
  seen: 'J’ai vu, continuer',
  stop: 'M’arrêter un moment',
  kept: 'Ce que vous aviez choisi est gardé.',

  signs: 'Les signes qui doivent vous arrêter',
  signsList: [
    'Vous pariez pour regagner ce que vous avez perdu.',
    'Vous empruntez pour parier, ou vous touchez à l’argent de la famille.',
    'Vous le cachez à vos proches.',
  ],
  help: 'En parler',
  helpText:
    'Parlez-en à un proche ou à un médecin. À Dakar, le CEPIAD, au centre hospitalier de Fann, accueille les personnes dépendantes.',
} as const;
