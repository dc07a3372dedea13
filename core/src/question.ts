/**
 * Questions: what a market asks of a bout, and what its two sides are called. All are binary.
 *
 * Source: the specification's section 5, Market kinds.
 */
import type { BoutEnding } from './bout.ts';
import type { Side } from './market.ts';

export const methodGroups = ['fall', 'ko', 'stoppage', 'decision'] as const;

/** The ways to win, as coarsely as the press reports them. */
export type MethodGroup = (typeof methodGroups)[number];

export const marketKinds = ['winner', 'over_under', 'method'] as const;

export type MarketKind = (typeof marketKinds)[number];

/**
 * - winner: A the first wrestler, B the second.
 * - over_under: A if more than `lineSeconds` are wrestled, breaks excluded; B otherwise.
 * - method: A if the bout is won in the way of `group`, B if it is won otherwise.
 */
export type Question =
  | { readonly kind: 'winner' }
  | { readonly kind: 'over_under'; readonly lineSeconds: number }
  | { readonly kind: 'method'; readonly group: MethodGroup };

export const winnerQuestion: Question = { kind: 'winner' };

/** The group of an ending that names a winner; null for one that names none. */
export function methodGroupOf(ending: BoutEnding): MethodGroup | null {
  switch (ending) {
    case 'fall':
    case 'four_supports':
      return 'fall';
    case 'ko':
      return 'ko';
    case 'medical_stop':
    case 'abandon':
      return 'stoppage';
    case 'warnings':
    case 'decision':
      return 'decision';
    case 'draw':
    case 'no_verdict':
    case 'double_disqualification':
    case 'forfeit':
    case 'opponent_replaced':
    case 'postponed':
    case 'cancelled':
      return null;
  }
}

const groupTexts: Readonly<Record<MethodGroup, string>> = {
  fall: 'par chute',
  ko: 'par KO',
  stoppage: 'par arrêt médical ou abandon',
  decision: 'aux avertissements ou par décision',
};

const groupTextsWo: Readonly<Record<MethodGroup, string>> = {
  fall: 'ci daanu',
  ko: 'ci KO',
  stoppage: 'ndax doktoor walla sakki',
  decision: 'ci avertissement walla àtteb arbitre',
};

export function methodGroupText(group: MethodGroup, language: 'fr' | 'wo' = 'fr'): string {
  return (language === 'fr' ? groupTexts : groupTextsWo)[group];
}

/** "10 min", "7 min 30 s": a time of wrestling. `seconds` is a whole number, not negative. */
export function wrestledTimeText(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${rest}\u00a0s`;
  return rest === 0 ? `${minutes}\u00a0min` : `${minutes}\u00a0min\u00a0${rest}\u00a0s`;
}

/** What the market asks, in French, short enough for a heading. */
export function questionText(question: Question): string {
  switch (question.kind) {
    case 'winner':
      return 'Qui gagne ?';
    case 'over_under':
      return `Plus ou moins de ${wrestledTimeText(question.lineSeconds)} de lutte`;
    case 'method':
      return `Victoire ${groupTexts[question.group]} ?`;
  }
}

/** When a side of the market wins, in French, after an amount: "si Modou Lô gagne". `names` are the two wrestlers'. */
export function winsIfText(
  question: Question,
  side: Side,
  names: { readonly a: string; readonly b: string },
): string {
  switch (question.kind) {
    case 'winner':
      return `si ${side === 'A' ? names.a : names.b} gagne`;
    case 'over_under': {
      const line = wrestledTimeText(question.lineSeconds);
      return side === 'A' ? `si la lutte dure plus de ${line}` : `si la lutte dure ${line} ou moins`;
    }
    case 'method':
      return `si la victoire ${side === 'A' ? 'vient' : 'ne vient pas'} ${groupTexts[question.group]}`;
  }
}

/** What a side of the market is called, in French. `names` are the two wrestlers'. */
export function sideText(
  question: Question,
  side: Side,
  names: { readonly a: string; readonly b: string },
): string {
  switch (question.kind) {
    case 'winner':
      return side === 'A' ? names.a : names.b;
    case 'over_under':
      return `${side === 'A' ? 'Plus' : 'Moins'} de ${wrestledTimeText(question.lineSeconds)}`;
    case 'method':
      return `${side === 'A' ? 'Oui' : 'Non'}, ${groupTexts[question.group]}`;
  }
}
