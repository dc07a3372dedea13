/**
 * Rule cards: what a bettor agrees to. Made from the settings, the gala and the question when a market opens, frozen
 * then, shown before the stake, and named in every receipt by its hash.
 *
 * Sources: the specification's section 5 and its settlement matrix (lutte, section 1.6).
 */
import type { BetLimits, Rates } from './market.ts';
import { methodGroupText, type Question, wrestledTimeText } from './question.ts';

/** Durations and warnings of the evening: they changed several times in five years, so they belong to the gala. */
export interface BoutRules {
  readonly roundCount: number;
  readonly roundMinutes: number;
  readonly breakMinutes: number;
  readonly extensionMinutes: number;
  /** This many warnings lose the bout. */
  readonly warningsLimit: number;
}

/** What is proposed for a new gala: two rounds of ten minutes, as in the main events of 2023 and 2024. */
export const usualBoutRules: BoutRules = {
  roundCount: 2,
  roundMinutes: 10,
  breakMinutes: 5,
  extensionMinutes: 0,
  warningsLimit: 5,
};

/** "2 × 10 min, pause de 5 min, prolongation de 3 min ; 5 avertissements font perdre le combat.", in French. */
export function boutRulesText(rules: BoutRules): string {
  const { roundCount, roundMinutes, breakMinutes, extensionMinutes, warningsLimit } = rules;
  const rounds = roundCount === 1 ? minutes(roundMinutes) : `${roundCount} × ${minutes(roundMinutes)}`;
  const pause =
    roundCount === 1 ? [] : [breakMinutes === 0 ? 'sans pause' : `pause de ${minutes(breakMinutes)}`];
  const extension =
    extensionMinutes === 0 ? 'sans prolongation' : `prolongation de ${minutes(extensionMinutes)}`;
  const lost =
    warningsLimit === 1
      ? '1 avertissement fait perdre le combat'
      : `${warningsLimit} avertissements font perdre le combat`;
  return `${[rounds, ...pause, extension].join(', ')}\u00a0; ${lost}.`;
}

function minutes(count: number): string {
  return `${count}\u00a0min`;
}

/** verdict: the verdict of the day is final and paid at once · homologation: nothing is paid before it is homologated. */
export type PayoutPolicy = 'verdict' | 'homologation';

/** What wins and what gives the stakes back, one sentence each. */
export interface RuleTexts {
  readonly wins: readonly string[];
  readonly voids: readonly string[];
}

export interface RuleCard {
  /** Of the rules below; a change of what they say is a new version. */
  readonly version: number;
  readonly question: Question;
  readonly rates: Rates;
  readonly limits: BetLimits;
  /** Who decides the verdict. */
  readonly authority: string;
  /** Unknown for the markets opened before the cards told them. */
  readonly boutRules: BoutRules | null;
  readonly payoutPolicy: PayoutPolicy;
  /** Bets stand while the same two meet within this of the original date. */
  readonly postponementMs: number;
  readonly texts: { readonly fr: RuleTexts; readonly wo: RuleTexts };
}

export const RULE_CARD_VERSION = 2;

const DAY_MS = 24 * 60 * 60 * 1000;

export type RuleTerms = Omit<RuleCard, 'version' | 'texts'>;

/** The rule card of a market of these terms. */
export function makeRuleCard(terms: RuleTerms): RuleCard {
  return {
    version: RULE_CARD_VERSION,
    ...terms,
    texts: {
      fr: { wins: winsFr(terms), voids: voidsFr(terms) },
      wo: { wins: winsWo(terms), voids: voidsWo(terms) },
    },
  };
}

function winsFr({ question, payoutPolicy }: RuleTerms): string[] {
  return [
    ...questionFr(question),
    payoutPolicy === 'verdict'
      ? 'Le verdict de l’arbitre le soir du combat est définitif pour les paris.'
      : 'Les gains sont payés quand le résultat est homologué.',
  ];
}

function questionFr(question: Question): string[] {
  switch (question.kind) {
    case 'winner':
      return [
        'Chute, quatre appuis, KO, arrêt médical, abandon, avertissements ou décision : le vainqueur du jour gagne.',
      ];
    case 'over_under': {
      const line = wrestledTimeText(question.lineSeconds);
      return [
        `« Plus » gagne si la lutte dure plus de ${line}, pauses non comptées.`,
        `« Moins » gagne si elle dure ${line} ou moins.`,
        'Match nul : le temps de lutte décide quand même.',
      ];
    }
    case 'method':
      return [
        `« Oui » gagne si la victoire vient ${methodGroupText(question.group)}.`,
        '« Non » gagne si la victoire vient autrement.',
      ];
  }
}

function voidsFr({ question, postponementMs }: RuleTerms): string[] {
  return [
    question.kind === 'over_under'
      ? 'Sans verdict ou double disqualification : chaque mise est rendue, sauf si le temps annoncé était déjà passé.'
      : 'Match nul, sans verdict ou double disqualification : chaque mise est rendue en entier, sans frais.',
    'Forfait avant le coup de sifflet, adversaire remplacé ou combat annulé : chaque mise est rendue en entier.',
    postponementMs < DAY_MS
      ? 'Combat reporté : chaque mise est rendue en entier.'
      : `Combat reporté : les paris tiennent si les deux mêmes lutteurs se rencontrent dans les ${daysOf(postponementMs)} jours ; sinon chaque mise est rendue.`,
    'Un pari passé après le vrai coup de sifflet est annulé et la mise rendue.',
  ];
}

function winsWo({ question, payoutPolicy }: RuleTerms): string[] {
  return [
    ...questionWo(question),
    payoutPolicy === 'verdict'
      ? 'Àtteb arbitre bi ci bis bi mooy mujj ngir pari yi.'
      : 'Dinañu fey bu résultat bi amee homologation.',
  ];
}

function questionWo(question: Question): string[] {
  switch (question.kind) {
    case 'winner':
      return [
        'Daanu, ñeenti tegukaay, KO, doktoor, sakki, avertissement walla àtte : ki daan bis booba moo gañe.',
      ];
    case 'over_under': {
      const line = wrestledTimeText(question.lineSeconds);
      return [
        `« Plus » gañe na su bëre bi weesoo ${line}, noppalu yi bokkuñu ci.`,
        `« Moins » gañe na su bëre bi weesuwul ${line}.`,
        'Su nulee : waxtu bëre bi moo àtte.',
      ];
    }
    case 'method':
      return [
        `« Oui » gañe na su ndam li ame ${methodGroupText(question.group, 'wo')}.`,
        '« Non » gañe na su ndam li ame neneen.',
      ];
  }
}

function voidsWo({ question, postponementMs }: RuleTerms): string[] {
  return [
    question.kind === 'over_under'
      ? 'Amul verdict walla ñu dàq ñoom ñaar : mise bu nekk dellu, lu dul su waxtu wi weesoo woon.'
      : 'Nul, amul verdict walla ñu dàq ñoom ñaar : mise bu nekk dellu na yépp, amul frais.',
    'Forfait, mbër mu ñu wecci walla bëre bu ñu far : mise bu nekk dellu na yépp.',
    postponementMs < DAY_MS
      ? 'Bëre bu ñu randal : mise bu nekk dellu na yépp.'
      : `Bëre bu ñu randal : pari yi des nañu su ñoom ñaar daje ci biir ${daysOf(postponementMs)} fan ; lu ko moy mise bu nekk dellu.`,
    'Pari bu ñów ginnaaw coow bu dëggu bi : dañu ko far, mise bi dellu.',
  ];
}

/** Whole days, down: a promise is never longer than what is kept. */
function daysOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

/**
 * One text for one value: keys in order, no spaces. What is hashed and signed, so that a value that went through the
 * database or over the wire gives the same bytes.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}
