/** What a player looks for among his bets. */
import { type MarketKind, marketKinds } from './question.ts';

export const historyStates = ['engaged', 'won', 'lost', 'void'] as const;
export type HistoryState = (typeof historyStates)[number];

/** A duel by the question of its market; a ticket is a pool's. */
export const historyKinds = [...marketKinds, 'pool'] as const satisfies readonly (MarketKind | 'pool')[];
export type HistoryKind = (typeof historyKinds)[number];

/** Shown at once when no period is asked for. */
export const HISTORY_MONTHS = 3;
