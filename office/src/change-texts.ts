/** Words of the postponement desk: a bout that is moved, or is not fought. */
import type { UnfoughtEnding } from '#core/api/bout-changes.ts';
import type { BetsAfter, BettingAfter, OffersAfter, PoolFate } from '#core/bout-change.ts';
import { dateOf, dayAndHourOf, hourOf, lastDayBefore } from '#ui/dates.ts';

export const changeTexts = {
  title: 'Si le combat change',
  move: 'Reporter',
  callOff: 'Annuler, remplacer un lutteur, forfait',
  moveTitle: 'Reporter le combat',
  moveHint: 'Vous lirez d’abord ce que devient chaque pari. Rien ne change avant.',
  date: 'Nouvelle date (Dakar)',
  dateHint: 'Laissez vide si elle n’est pas encore connue.',
  reason: 'Pourquoi ?',
  reasonHint: 'Blessure, pluie, terrain…',
  source: 'Où est-ce annoncé ?',
  sourceHint: 'Communiqué, appel du promoteur, lien…',
  see: 'Voir ce que deviennent les paris',
  callOffTitle: 'Le combat n’a pas lieu',
  callOffHint:
    'Les paris s’arrêtent tout de suite. Un collègue confirme, puis chaque mise est rendue. Vous lirez d’abord ce que devient chaque pari.',
  ending: 'Que se passe-t-il ?',
  endings: {
    cancelled: 'Combat annulé',
    opponent_replaced: 'Un lutteur est remplacé',
    forfeit: 'Forfait avant le coup de sifflet',
  } satisfies Record<UnfoughtEnding, string>,
  replacedHint: 'Le combat contre le remplaçant est un autre combat : ajoutez-le au gala ensuite.',
  previewTitle: 'Ce que deviennent les paris',
  previewHint: 'Rien n’est encore fait. Lisez, puis confirmez en bas.',
  from: 'Date actuelle',
  to: 'Nouvelle date',
  why: 'Raison',
  where: 'Source',
  what: 'Ce qui arrive',
  stands: (until: string) =>
    `Les paris tiennent jusqu’au ${lastDayBefore(until)} inclus. Si les deux ne se sont pas rencontrés d’ici là, chaque mise est rendue.`,
  tooLate: (until: string) =>
    `C’est trop tard : les règles promettent un combat au plus tard le ${lastDayBefore(until)}. Les paris s’arrêtent tout de suite et chaque mise est rendue.`,
  closedUnfought:
    'Les paris sont déjà fermés. Chaque mise est rendue quand un collègue a confirmé à son tour.',
  unfought:
    'Les paris s’arrêtent dès que vous confirmez. Chaque mise est rendue quand un collègue a confirmé à son tour.',
  nothingBet: 'Aucun marché n’a été ouvert sur ce combat.',
  markets: 'Marché par marché',
  pools: 'Paris mutuels avec ce combat',
  noPool: 'Aucun pari mutuel n’est concerné.',
  betting: {
    waits: 'Pas encore ouvert : pourra s’ouvrir.',
    never: 'Jamais ouvert : ne pourra plus s’ouvrir.',
    suspended: 'Les paris seront suspendus ; vous pourrez les rouvrir.',
    closed: 'Les paris se fermeront pour de bon.',
  } satisfies Record<BettingAfter, string>,
  staysClosed: 'Les paris restent fermés.',
  nothing: 'Rien de parié.',
  others: (count: number) =>
    `Pas de ticket non plus pour ${count > 1 ? `ses ${count} autres questions` : 'son autre question'}.`,
  offers: (count: number) => `${count} défi${count > 1 ? 's' : ''} en attente`,
  offersAfter: {
    stay: 'Restent ; chacun peut retirer le sien.',
    back: 'Rendus tout de suite.',
  } satisfies Record<OffersAfter, string>,
  duels: (count: number) => `${count} duel${count > 1 ? 's' : ''}`,
  duelsAfter: (after: BetsAfter, until: string | null) =>
    after === 'stand'
      ? `Tiennent${until === null ? '' : ` jusqu’au ${lastDayBefore(until)} inclus`}.`
      : after === 'back_now'
        ? 'Rendus en entier aux deux côtés, tout de suite.'
        : 'Rendus en entier aux deux côtés, après la confirmation d’un collègue.',
  tickets: (count: number) => `${count} ticket${count > 1 ? 's' : ''}`,
  leg: {
    by_result: (by: string) =>
      `Ce combat compte si son résultat est confirmé avant ${by} ; sinon il est annulé.`,
    void_in_time: (by: string) => `Résultat trop tard pour ce mutuel : ce combat y est annulé à ${by}.`,
    void: () => 'Ce combat y est annulé.',
  } satisfies Record<PoolFate['leg'], (by: string) => string>,
  ticketsAfter: {
    stand: 'Tiennent.',
    leg_for_all: 'Tiennent : ce combat compte comme juste pour tous, les autres décident.',
    back_in_time: 'Rendus en entier à cette heure-là.',
    back_now: 'Rendus en entier, tout de suite.',
    back_confirmed: 'Rendus en entier, après la confirmation d’un collègue.',
  } satisfies Record<PoolFate['tickets'], string>,
  told: 'Ce que les joueurs liront',
  toldBets: 'Qui a un défi ou un duel :',
  toldTickets: 'Qui a un ticket :',
  toldNobody: 'Personne n’a parié : personne n’est prévenu.',
  goMove: 'Reporter le combat',
  goTooLate: 'Reporter et rendre chaque mise',
  goCallOff: 'Arrêter les paris et proposer',
  goPropose: 'Proposer à un collègue',
  change: 'Corriger',
  moved: (to: string | null) =>
    to === null ? 'Reporté, date à fixer' : `Reporté au ${dateOf(to)} à ${hourOf(to)}`,
  firstAt: (iso: string, now: string) => `Prévu d’abord ${dayAndHourOf(iso, now)}.`,
  movedBy: (name: string) => `Reporté par ${name}`,
  isMoved: 'Reporté :',
  awaitsDate: 'Attend sa nouvelle date',
  voidAt: (iso: string, now: string) =>
    Date.parse(iso) <= Date.parse(now)
      ? 'Trop tard : chaque mise est rendue.'
      : `Mises rendues ${dayAndHourOf(iso, now)} si les deux ne se rencontrent pas.`,
  step: 'Report',
  addBout: 'Ajouter le combat contre le remplaçant',
} as const;
