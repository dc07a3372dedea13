import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MarketState, mayBecome, opposite } from './market.ts';

const states: readonly MarketState[] = ['draft', 'open', 'suspended', 'closed', 'settling', 'settled'];

test('a market goes through its states one way: what is not listed is not allowed', () => {
  const allowed = [
    'draft → open',
    'draft → closed',
    'open → suspended',
    'open → closed',
    'suspended → open',
    'suspended → closed',
    'closed → settling',
    'settling → settled',
  ];
  const found = states.flatMap((from) =>
    states.filter((to) => mayBecome(from, to)).map((to) => `${from} → ${to}`),
  );
  assert.deepEqual(found, allowed);
});

test('a market that closed never takes a stake again, whatever happens after', () => {
  const reached = new Set<MarketState>(['closed']);
  for (const from of reached) for (const to of states) if (mayBecome(from, to)) reached.add(to);
  assert.deepEqual([...reached], ['closed', 'settling', 'settled']);
});

test('there are two sides', () => {
  assert.equal(opposite('A'), 'B');
  assert.equal(opposite('B'), 'A');
});
