/**
 * What players are told when a bout is moved or not fought, in French and in Wolof: on their next page, and to the
 * operator before he confirms. The Wolof sentences wait for a native reviewer.
 */
import type { UnfoughtEnding } from '#core/api/bout-changes.ts';
import { dateOf, hourOf, lastDayBefore } from './dates.ts';

export interface BoutNotice {
  readonly fr: string;
  readonly wo: string;
}

/** Bets are challenges and duels; a ticket's leg is the bout in a pool. */
export type BoutNoticeKind = 'bout_postponed' | 'bout_unfought' | 'leg_postponed' | 'leg_unfought';

const whyFr: Readonly<Record<UnfoughtEnding, string>> = {
  cancelled: 'le combat est annulé',
  opponent_replaced: 'un lutteur est remplacé, ce combat n’a pas lieu',
  forfeit: 'forfait avant le combat',
};
const whyWo: Readonly<Record<UnfoughtEnding, string>> = {
  cancelled: 'far nañu bëre bi',
  opponent_replaced: 'wecci nañu benn mbër, bëre bii du am',
  forfeit: 'forfait laata bëre bi',
};

/**
 * `detail`: the names of the two, then of a move `void`, or its date (`undated`), the end of the last day on which the
 * bets stand (empty: nothing was bet) and `open` or `closed`; of what is not fought its ending. Parted by "|".
 */
export function boutNotice(kind: BoutNoticeKind, detail: string): BoutNotice {
  const [bout = '', what = '', last = '', betting = ''] = detail.split('|');
  switch (kind) {
    case 'bout_postponed':
      return what === 'void'
        ? {
            fr: `${bout} : le combat n’a pas lieu dans les temps. Chaque mise vous est rendue en entier.`,
            wo: `${bout} : bëre bi amul ci àpp bi. Mise bu nekk dellu na yépp.`,
          }
        : moved(bout, what, last, betting === 'open');
    case 'leg_postponed':
      return what === 'void'
        ? {
            fr: `${bout} : le combat n’a pas lieu dans les temps. ${legVoidFr}`,
            wo: `${bout} : bëre bi amul ci àpp bi. ${legVoidWo}`,
          }
        : {
            fr: `${bout} : ${movedFr(what)}. Dans vos paris mutuels, il compte si son résultat vient avant l’heure de leur règle ; sinon il est juste pour tous, et la mise est rendue s’il est le seul combat.`,
            wo: `${bout} : ${movedWo(what)}. Ci sa ticket, su njureef li amul ba waxtu wi ci sàrt bi jot, dañu ko jàppe dëgg ci ñépp ; su dee moom kese, mise bi dellu.`,
          };
    case 'bout_unfought':
      return {
        fr: `${bout} : ${reasonOf(whyFr, what)}. Les paris sont arrêtés. Chaque mise vous est rendue en entier, sans frais, dès qu’une deuxième personne de la maison l’a confirmé.`,
        wo: `${bout} : ${reasonOf(whyWo, what)}. Pari yi taxaw nañu. Mise bu nekk dina dellu yépp, amul frais, bu ko keneen dëggalee.`,
      };
    case 'leg_unfought':
      return {
        fr: `${bout} : ${reasonOf(whyFr, what)}. ${legVoidFr}`,
        wo: `${bout} : ${reasonOf(whyWo, what)}. ${legVoidWo}`,
      };
  }
}

const legVoidFr =
  'Dans vos paris mutuels, il compte comme juste pour tous ; s’il est le seul combat, la mise est rendue.';
const legVoidWo = 'Ci sa ticket, dañu ko jàppe dëgg ci ñépp ; su dee moom kese, mise bi dellu.';

function moved(bout: string, to: string, last: string, isOpen: boolean): BoutNotice {
  const standsFr =
    last === ''
      ? ''
      : ` Vos paris tiennent si les deux mêmes lutteurs se rencontrent au plus tard le ${lastDayBefore(last)} ; sinon chaque mise vous est rendue.`;
  const standsWo =
    last === ''
      ? ''
      : ` Say pari des nañu su ñoom ñaar daje ba ${shortDayBefore(last)} ; lu ko moy mise bu nekk dellu.`;
  return {
    fr: `${bout} : ${movedFr(to)}.${standsFr}${isOpen ? ' Un défi pas encore pris peut se retirer.' : ''}`,
    wo: `${bout} : ${movedWo(to)}.${standsWo}${isOpen ? ' Défi bu kenn jëlul, mën nga ko dindi.' : ''}`,
  };
}

function movedFr(to: string): string {
  return to === 'undated'
    ? 'combat reporté, la nouvelle date n’est pas connue'
    : `combat reporté au ${dateOf(to)} à ${hourOf(to)}`;
}

function movedWo(to: string): string {
  return to === 'undated'
    ? 'randal nañu bëre bi, bis bu bees bi xameeguñu ko'
    : `randal nañu bëre bi ba ${shortDay(to)}, ${hourOf(to)}`;
}

/** "29/11": days have no table in Wolof yet. */
function shortDay(iso: string): string {
  const [, month = '', day = ''] = iso.slice(0, 'YYYY-MM-DD'.length).split('-');
  return `${day}/${month}`;
}

function shortDayBefore(iso: string): string {
  return shortDay(new Date(Date.parse(iso) - 1).toISOString());
}

/** An ending that this version does not know says no more than that the bout is not fought. */
function reasonOf(why: Readonly<Record<UnfoughtEnding, string>>, what: string): string {
  const known: Readonly<Record<string, string>> = why;
  return known[what] ?? why.cancelled;
}
