/**
 * A pool's rule card: what the buyers of its tickets agree to. Made when the pool opens, frozen then, shown before the
 * stake, and named in every receipt by its hash. Source: the specification's section 5, Pools.
 */
import type { Xof } from './money.ts';
import type { PoolRates } from './pool.ts';
import type { Leg } from './pool-leg.ts';
import type { RuleTexts } from './rule-card.ts';

export interface PoolLimits {
  readonly stakeMinXof: Xof;
  readonly stakeMaxXof: Xof;
}

export interface PoolTerms {
  readonly legs: readonly Leg[];
  readonly rates: PoolRates;
  readonly limits: PoolLimits;
  /** Who decides the verdicts. */
  readonly authority: string;
  /** ISO 8601. A leg that is undecided then counts as right for all. */
  readonly decidedBy: string;
}

export interface PoolCard extends PoolTerms {
  readonly version: number;
  readonly kind: 'pool';
  readonly texts: { readonly fr: RuleTexts; readonly wo: RuleTexts };
}

export const POOL_CARD_VERSION = 1;

export function makePoolCard(terms: PoolTerms): PoolCard {
  const isSingle = terms.legs.length === 1;
  const takeOut = percentText(terms.rates.takeOutBps);
  return {
    version: POOL_CARD_VERSION,
    kind: 'pool',
    ...terms,
    texts: {
      fr: { wins: winsFr(isSingle, takeOut), voids: voidsFr(isSingle) },
      wo: { wins: winsWo(isSingle, takeOut), voids: voidsWo(isSingle) },
    },
  };
}

function winsFr(isSingle: boolean, takeOut: string): string[] {
  return [
    isSingle
      ? 'Toutes les mises vont dans une masse. Ceux qui ont le bon choix se la partagent, selon leur mise.'
      : 'Toutes les mises vont dans une masse. Ceux qui ont tous les bons choix se la partagent, selon leur mise.',
    `La maison retient ${takeOut} des mises ; le reste est partagé.`,
    'Qui a juste reçoit au moins sa mise avant l’impôt : s’il le faut, la maison retient moins.',
    'Chaque ticket est payé au franc près, sans arrondi vers le haut ; les francs qui restent vont sur un compte visible.',
    isSingle
      ? 'Les ventes ferment au coup de sifflet du combat.'
      : 'Les ventes ferment au premier coup de sifflet de l’un des combats.',
    'Un ticket acheté est définitif. Le rapport affiché avant la fermeture est indicatif : il change avec les mises.',
  ];
}

function voidsFr(isSingle: boolean): string[] {
  return [
    'Personne n’a juste, ou tout le monde a juste : chaque mise est rendue en entier, sans frais.',
    isSingle
      ? 'Combat sans vainqueur, annulé, ou pas décidé à 6 h le lendemain : chaque mise est rendue en entier.'
      : 'Un combat sans vainqueur, annulé, ou pas décidé à 6 h le lendemain compte comme juste pour tous.',
    ...(isSingle ? [] : ['Si tous les combats sont annulés, chaque mise est rendue en entier.']),
    'Un ticket acheté après le vrai coup de sifflet est annulé et la mise rendue.',
  ];
}

function winsWo(isSingle: boolean, takeOut: string): string[] {
  return [
    isSingle
      ? 'Mise yépp dañuy boole. Ñi tann li dëggu ñoo koy séddoo, ku nekk ak li mu dugal.'
      : 'Mise yépp dañuy boole. Ñi tann lépp lu dëggu ñoo koy séddoo, ku nekk ak li mu dugal.',
    `Kër gi ${takeOut} lay jël ci mise yi ; li ci des dañu koy séddoo.`,
    'Ku dëggal dootul ñàkk sa mise laata impôt : su ko laajee, kër gi dina wàññi li muy jël.',
    'Ticket bu nekk dañu koy fey ba ci franc bi ; franc yi ci des ci kont bu ñépp mën a gis lañuy dem.',
    isSingle
      ? 'Jaay bi dafay tëj bu ñu walisee bëre bi.'
      : 'Jaay bi dafay tëj bu ñu walisee bëre bu njëkk bi.',
    'Ticket bu ñu jënd dootuñu ko delloo. Li ñuy won laata ñu tëj mën na soppeeku.',
  ];
}

function voidsWo(isSingle: boolean): string[] {
  return [
    'Su kenn dëggalul, wala ñépp dëggal : mise bu nekk dellu na yépp, amul frais.',
    isSingle
      ? 'Bëre bu amul ki daan, bu ñu far, wala bu ñu àttewul ba 6 waxtu ci suba : mise bu nekk dellu na yépp.'
      : 'Bëre bu amul ki daan, bu ñu far, wala bu ñu àttewul ba 6 waxtu ci suba, dañu ko jàppe dëgg ci ñépp.',
    ...(isSingle ? [] : ['Su ñu faree bëre yépp, mise bu nekk dellu na yépp.']),
    'Ticket bu ñu jënd ginnaaw coow bu dëggu bi : dañu ko far, mise bi dellu.',
  ];
}

/** "10 %", "12,5 %": of basis points. */
function percentText(bps: number): string {
  const [whole, rest] = [Math.floor(bps / 100), bps % 100];
  const decimals = String(rest).padStart(2, '0').replace(/0+$/, '');
  return `${whole}${decimals === '' ? '' : `,${decimals}`}\u00a0%`;
}
