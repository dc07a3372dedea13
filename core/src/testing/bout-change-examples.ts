/** What a move, or an end without a fight, does to bets: the examples of docs/settlement-rules.md. */
import assert from 'node:assert/strict';
import {
  type BetsAfter,
  type BettingAfter,
  type BoutChangeKind,
  marketFate,
  poolFate,
} from '../bout-change.ts';
import type { MarketState } from '../market.ts';
import { planPostponement } from '../postponement.ts';
import type { RuleExample, RuleRow } from './rule-tables.ts';

const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(2026, 10, 1, 20);
const DECIDED_BY_MS = Date.UTC(2026, 10, 2, 6);

const changes: Readonly<Record<string, BoutChangeKind>> = {
  'moved, in time': 'moved',
  'moved, too late': 'too_late',
  cancelled: 'unfought',
  'opponent replaced': 'unfought',
  forfeit: 'unfought',
};
const bettings: Readonly<Record<BettingAfter, string>> = {
  waits: 'waits',
  never: 'never opens',
  suspended: 'suspended',
  closed: 'closed',
};
const duels: Readonly<Record<BetsAfter, string>> = {
  stand: 'stand',
  back_now: 'go back now',
  back_confirmed: 'go back, once confirmed',
};
const tickets = { ...duels, leg_for_all: 'the others decide', back_in_time: 'go back in time' } as const;
const legs = { by_result: 'by its result', void_in_time: 'void in time', void: 'void' } as const;

function changeOf(row: RuleRow): BoutChangeKind {
  const change = changes[row.text('change')];
  assert.ok(change, `"${row.text('change')}" is no change`);
  return change;
}

/** "3 Nov 20:00", in 2026; null for "none yet". */
function instantOf(text: string): number | null {
  if (text === 'none yet') return null;
  const [, day, hour, minute] = /^(\d+) Nov (\d\d):(\d\d)$/.exec(text) ?? [];
  assert.ok(minute !== undefined, `"${text}" is no instant`);
  return Date.UTC(2026, 10, Number(day), Number(hour), Number(minute));
}

function textOf(ms: number): string {
  const date = new Date(ms);
  return `${date.getUTCDate()} Nov ${date.toISOString().slice(11, 16)}`;
}

function stateOf(row: RuleRow, column: 'market' | 'pool'): MarketState {
  const text = row.text(column);
  assert.ok(text === 'draft' || text === 'open' || text === 'suspended' || text === 'closed', text);
  return text;
}

const movedUntil: RuleExample = {
  given: ['new date', 'said on', 'N days'],
  answer: (row) => {
    const nowMs = instantOf(row.text('said on'));
    assert.ok(nowMs !== null);
    const { standsUntilMs, isVoid, voidAtMs } = planPostponement({
      firstMs: FIRST_MS,
      toMs: instantOf(row.text('new date')),
      postponementMs: row.number('N days') * DAY_MS,
      nowMs,
    });
    return {
      stakes: isVoid ? 'go back' : 'stand',
      'stand through': `${new Date(standsUntilMs - 1).getUTCDate()} Nov`,
      'given back at': textOf(voidAtMs),
    };
  },
};

const changedMarket: RuleExample = {
  given: ['change', 'market'],
  answer: (row) => {
    const state = stateOf(row, 'market');
    const fate = marketFate(state, changeOf(row), state === 'closed');
    const hasBets = state !== 'draft';
    const offers = fate.offers === 'stay' ? 'stay, may be taken back' : 'go back';
    return {
      betting: bettings[fate.betting],
      'open challenges': hasBets ? offers : 'none',
      duels: hasBets ? duels[fate.duels] : 'none',
    };
  },
};

const changedPool: RuleExample = {
  given: ['change', 'new date', 'pool', 'other bouts in it'],
  answer: (row) => {
    const state = stateOf(row, 'pool');
    const pool = { state, legsElsewhere: row.number('other bouts in it'), decidedByMs: DECIDED_BY_MS };
    const fate = poolFate(pool, changeOf(row), instantOf(row.text('new date')), false);
    return { betting: bettings[fate.betting], leg: legs[fate.leg], tickets: tickets[fate.tickets] };
  },
};

export const boutChangeExamples = {
  'moved-until': movedUntil,
  'changed-market': changedMarket,
  'changed-pool': changedPool,
};
