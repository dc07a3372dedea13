/** Words of private challenges: whom they are for, their link, the answers to them. */
import { formatXof } from '#core/money.ts';

function hours(count: string): string {
  return `${count} heure${count === '1' ? '' : 's'}`;
}

export const audienceTexts = {
  title: 'Pour qui',
  everybody: 'Tout le monde',
  phone: 'Un numéro',
  link: 'Par lien',
  invited: 'Le numéro de l’autre',
  invitedHint: 'Lui seul verra ce défi, même s’il n’a pas encore de compte.',
  linkHint: 'Vous recevez un lien à envoyer. Qui a le lien peut accepter.',
  end: 'Jusqu’à quand',
  close: 'La fermeture',
  hours,
  endsIn: (count: string) => `Sans réponse après ${hours(count)}, votre mise revient.`,
  private: 'privé',
} as const;

export const challengeTexts = {
  noBonus: 'Un défi privé se joue avec votre argent, pas avec le bonus.',
  forYou: (pseudonym: string) => `${pseudonym} vous défie`,
  puts: 'met',
  on: 'sur',
  yours: 'Votre côté :',
  taken: 'Ce défi est déjà pris. Rien n’a été débité.',
  withdrawn: 'Ce défi a été retiré. Rien n’a été débité.',
  atDoor: 'Un défi vous attend ? S’il est pour votre numéro, entrez avec ce numéro-là.',
  ownBet: 'Vous avez pris ce défi.',
  seeOwnBet: 'Voir mon pari',
  expired: 'Ce défi a pris fin. Rien n’a été débité.',
  over: 'Les paris sont fermés sur ce combat.',
  suspended: 'Les paris sont suspendus un moment. Revenez bientôt.',
  until: (when: string) => `À prendre jusqu’à la fermeture des paris, au plus tard ${when}.`,
  counter: 'Proposer autre chose',
  counterHint: (pseudonym: string) => `Seul ${pseudonym} verra votre proposition, et peut l’accepter.`,
  counterGo: 'Voir ma proposition',
  counterTitle: 'Votre proposition',
  counterPlace: (stake: number) => `Proposer · ${formatXof(stake)}`,
  mine: 'Défis pour moi',
  mineLine: (pseudonym: string) => `${pseudonym} vous défie`,
  answerLine: (pseudonym: string) => `${pseudonym} propose autre chose`,
  waiting: (count: number) => (count === 1 ? '1 défi pour vous' : `${count} défis pour vous`),
  see: 'Voir',
} as const;

export const shareTexts = {
  title: 'Envoyez votre défi',
  link: 'Le lien du défi',
  placedLink: 'Envoyez le lien : qui le reçoit peut accepter.',
  placedPhone: (phone: string) =>
    `Il attend la personne du ${phone}. Prévenez-la : elle le trouve avec ce lien.`,
  placedCounter: 'Votre proposition est partie. Vous serez engagé si elle est acceptée.',
  forPhone: (phone: string) => `Pour le ${phone} seulement.`,
  forLink: 'Privé : pour qui a le lien.',
  forMaker: 'Proposition, pour l’auteur du défi seulement.',
  until: (when: string) => `Jusqu’à ${when}.`,
  counters: 'Propositions reçues',
  counterLine: 'propose :',
  youPut: 'vous mettez',
  youGet: 'net en main si vous gagnez',
  acceptCounter: (stake: number) => `Accepter · ${formatXof(stake)}`,
  acceptHint: 'Votre défi est retiré dans le même geste.',
  acceptHintOwn: 'Votre proposition est retirée dans le même geste.',
} as const;
