/** Words of betting the same again. */
import { formatXof } from '#core/money.ts';

export const rebetTexts = {
  title: 'Rejouer',
  link: (pick: string) => `Rejouer sur ${pick}`,
  go: (stake: number) => `Rejouer · ${formatXof(stake)}`,
  place: (stake: number) => `Relancer le défi · ${formatXof(stake)}`,
  nextBout: (pick: string) => `Le prochain combat de ${pick}`,
  sameBout: 'Les paris sont encore ouverts',
  taken: (pseudonym: string) =>
    `Le mieux maintenant : le défi de ${pseudonym}. Vous êtes engagé tout de suite.`,
  placed: 'Personne ne propose votre mise maintenant : votre défi attend qu’on l’accepte.',
  phone: (phone: string) => `Pour le ${phone} seulement, comme avant.`,
  byLink: 'Par un nouveau lien à envoyer : l’ancien ne sert plus.',
  worse: (net: number, before: number) =>
    `Moins bien qu’avant : au moins ${formatXof(net)} net en main si vous gagnez, au lieu de ${formatXof(before)}.`,
  worseStake: (net: number, stake: number, before: number, stakeBefore: number) =>
    `Moins bien qu’avant : au moins ${formatXof(net)} net en main pour ${formatXof(stake)}, au lieu de ${formatXof(before)} pour ${formatXof(stakeBefore)}.`,
  wait: (stake: number, ask: number) =>
    `Ou attendre : ${formatXof(stake)} contre ${formatXof(ask)}, comme avant`,
  before: (stake: number, pick: string, bout: string) => `Avant : ${formatXof(stake)} sur ${pick}, ${bout}.`,
  none: 'Rien à rejouer pour l’instant.',
  noneHint: 'Les paris de ce combat sont fermés, et ce lutteur n’en a pas d’autre d’ouvert.',
  returnedTitle: 'Défis revenus',
  returned: 'Rendu',
} as const;
