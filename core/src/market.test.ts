import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MarketState, mayBecome, opposite, winnerRuleCard } from './market.ts';
import { defaultBetLimits, defaultRates } from './settings.ts';

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

test('a rule card carries the terms it was made with, and says what wins and what voids', () => {
  const card = winnerRuleCard({ rates: defaultRates, limits: defaultBetLimits, authority: 'FSL' });
  assert.deepEqual(
    { ...card, wins: card.wins.length, voids: card.voids.length },
    {
      version: 1,
      kind: 'winner',
      rates: defaultRates,
      limits: defaultBetLimits,
      authority: 'FSL',
      wins: 2,
      voids: 3,
    },
  );
  const text = [...card.wins, ...card.voids].join(' ');
  const words = ['chute', 'appuis', 'ko', 'arrêt', 'abandon', 'avertissements', 'décision', 'nul'];
  for (const word of [...words, 'verdict', 'disqualification', 'forfait', 'remplacé', 'annulé']) {
    assert.ok(text.toLowerCase().includes(word), `the rule card speaks of: ${word}`);
  }
});
