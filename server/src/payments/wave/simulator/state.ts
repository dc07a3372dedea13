/** What the simulated Wave knows: its sessions, its payouts and the statement of our wallet, in its books. */
import { randomInt } from 'node:crypto';
import { type Books, openBooks } from '../../simulator/books.ts';
import type { SimulatedPayout, SimulatedSession, SimulatedTransaction, WaveFaults } from './control.ts';
import { goodDay } from './faults.ts';

/** What changes together is one entry: a killed process leaves no half of it. */
interface Entry {
  readonly session?: SimulatedSession;
  readonly payout?: SimulatedPayout;
  readonly transaction?: SimulatedTransaction;
}

export type Movement = Omit<SimulatedTransaction, 'id' | 'balanceXof' | 'atMs'>;

export interface WaveState {
  readonly faults: WaveFaults;
  readonly sessions: ReadonlyMap<string, SimulatedSession>;
  readonly payouts: ReadonlyMap<string, SimulatedPayout>;
  readonly transactions: readonly SimulatedTransaction[];
  nowMs(): number;
  advance(ms: number): void;
  balanceXof(): number;
  /** The line that this movement becomes, to be saved with what it is about. */
  lineOf(movement: Movement): SimulatedTransaction;
  save(entry: Entry): void;
  close(): void;
}

/** So that withdrawals work in the sandbox before anybody has paid in. */
export const openingFloatXof = 50_000_000;

export function openWaveState(file: string | null): WaveState {
  const books: Books<Entry> = openBooks(file);
  const sessions = new Map<string, SimulatedSession>();
  const payouts = new Map<string, SimulatedPayout>();
  const transactions: SimulatedTransaction[] = [];
  let shiftMs = 0;

  function keep({ session, payout, transaction }: Entry): void {
    if (session !== undefined) sessions.set(session.id, session);
    if (payout !== undefined) payouts.set(payout.id, payout);
    if (transaction !== undefined) transactions.push(transaction);
  }
  for (const entry of books.kept) keep(entry);

  const state: WaveState = {
    faults: { ...goodDay },
    sessions,
    payouts,
    transactions,
    nowMs: () => Date.now() + shiftMs,
    advance: (ms) => {
      shiftMs += ms;
    },
    balanceXof: () => transactions.at(-1)?.balanceXof ?? 0,
    lineOf: (movement) => ({
      ...movement,
      id: newId('T_', 10),
      balanceXof: state.balanceXof() + movement.amountXof,
      atMs: state.nowMs(),
    }),
    save: (entry) => {
      books.write(entry);
      keep(entry);
    },
    close: () => books.close(),
  };
  if (transactions.length === 0) {
    state.save({
      transaction: state.lineOf({ ...handMade, type: 'opening_float', amountXof: openingFloatXof }),
    });
  }
  return state;
}

/** A movement that no session and no payout is behind. */
export const handMade = {
  feeXof: 0,
  taxXof: 0,
  isReversal: false,
  counterparty: null,
  reference: null,
  session: null,
} as const;

/** 1 %, to the nearest 5 francs: 1 200 F cost 10 F, as in Wave's own samples. */
export function feeOf(
  amountXof: number,
  { feeRoundsToXof: step }: Pick<WaveFaults, 'feeRoundsToXof'>,
): number {
  return Math.floor((amountXof + 50 * step) / (100 * step)) * step;
}

const TAX_XOF_MAX = 2_000;

export function taxOf(amountXof: number, { tax }: Pick<WaveFaults, 'tax'>): number {
  return tax === null ? 0 : Math.min(Math.floor(amountXof / 200), TAX_XOF_MAX);
}

/** What of the tax our balance feels. */
export function taxPaidByUs(taxXof: number, { tax }: Pick<WaveFaults, 'tax'>): number {
  return tax?.isPaidByWave === true ? 0 : taxXof;
}

const letters = '0123456789abcdefghjkmnpqrstvwxyz';

export function newId(prefix: string, length: number): string {
  const drawn = Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
  return prefix + (prefix === 'T_' ? drawn.toUpperCase() : drawn);
}
