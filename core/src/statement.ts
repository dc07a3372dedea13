/**
 * The player's statement: what a movement is to him, and the period he looks at. Days are Dakar's, which is UTC.
 *
 * What he had before the period, and all that moved in it, is what he had after it.
 */
import type { PlayerTransferKind } from './ledger.ts';

export const statementKinds = ['deposits', 'withdrawals', 'stakes', 'gains', 'returns'] as const;
export type StatementKind = (typeof statementKinds)[number];

const kinds: Readonly<Record<PlayerTransferKind, StatementKind>> = {
  deposit_credited: 'deposits',
  deposit_returned: 'deposits',
  suspense_credited: 'deposits',
  withdrawal_requested: 'withdrawals',
  withdrawal_paid: 'withdrawals',
  // Money that comes back from a withdrawal makes it smaller: it is no deposit.
  withdrawal_refused: 'withdrawals',
  withdrawal_reversed: 'withdrawals',
  offer_placed: 'stakes',
  offer_accepted: 'stakes',
  offer_cancelled: 'returns',
  offer_returned: 'returns',
  duel_settled: 'gains',
  ticket_bought: 'stakes',
  ticket_settled: 'gains',
  ticket_returned: 'returns',
  // What a correction takes back makes the gains smaller.
  correction_taken: 'gains',
  correction_given: 'gains',
  // On the account of the bonus only.
  bonus_granted: 'gains',
};

/** A settled duel is a gain, unless both stakes went back: then it is a return. */
export function statementKindOf(kind: PlayerTransferKind, isVoid: boolean): StatementKind {
  return kind === 'duel_settled' && isVoid ? 'returns' : kinds[kind];
}

/** Which transfers to look for, and whether a settled duel has to be void; both null: everything. */
export function transfersOf(kind: StatementKind | null): {
  readonly kinds: readonly PlayerTransferKind[] | null;
  readonly isVoid: boolean | null;
} {
  if (kind === null) return { kinds: null, isVoid: null };
  // The keys of a record of that type.
  const names = Object.keys(kinds) as PlayerTransferKind[];
  const isVoid = kind === 'returns';
  return { kinds: names.filter((name) => statementKindOf(name, isVoid) === kind), isVoid };
}

/** Days as "2026-11-25", both included; null: no bound. */
export interface StatementPeriod {
  readonly from: string | null;
  readonly to: string | null;
}

/** From this instant on, until before that one. */
export interface StatementBounds {
  readonly since: string | null;
  readonly until: string | null;
}

export function boundsOf({ from, to }: StatementPeriod): StatementBounds {
  return {
    since: from === null ? null : `${from}T00:00:00Z`,
    until: to === null ? null : `${shiftDay(to, { days: 1 })}T00:00:00Z`,
  };
}

export const periodPresets = ['thisMonth', 'lastMonth', 'twelveMonths'] as const;
export type PeriodPreset = (typeof periodPresets)[number];

/** The periods that a tap chooses, up to today. */
export function presetsOf(now: string): Readonly<Record<PeriodPreset, StatementPeriod>> {
  const today = now.slice(0, 10);
  const first = `${today.slice(0, 7)}-01`;
  const endOfLast = shiftDay(first, { days: -1 });
  return {
    thisMonth: { from: first, to: today },
    lastMonth: { from: `${endOfLast.slice(0, 7)}-01`, to: endOfLast },
    // The day after the same day of last year: 29 February's is 1 March.
    twelveMonths: { from: shiftDay(today, { years: -1, days: 1 }), to: today },
  };
}

function shiftDay(day: string, by: { readonly years?: number; readonly days: number }): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const wanted = new Date(Date.UTC(year + (by.years ?? 0), month - 1, date));
  // 29 February of a common year has become 1 March already.
  const isPast = wanted.getUTCDate() !== date;
  wanted.setUTCDate(wanted.getUTCDate() + (isPast ? by.days - 1 : by.days));
  return wanted.toISOString().slice(0, 10);
}
