import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsOf, presetsOf, statementKindOf, statementKinds, transfersOf } from './statement.ts';

test('every movement has one kind, and its kind looks for it', () => {
  for (const wanted of statementKinds) {
    const { kinds, isVoid } = transfersOf(wanted);
    assert(kinds !== null && kinds.length > 0);
    for (const kind of kinds) assert.equal(statementKindOf(kind, isVoid === true), wanted, kind);
  }
  assert.equal(statementKindOf('duel_settled', false), 'gains');
  assert.equal(statementKindOf('duel_settled', true), 'returns');
  assert.deepEqual(transfersOf(null), { kinds: null, isVoid: null });
});

test('both days of a period belong to it', () => {
  assert.deepEqual(boundsOf({ from: '2026-11-01', to: '2026-11-30' }), {
    since: '2026-11-01T00:00:00Z',
    until: '2026-12-01T00:00:00Z',
  });
  assert.deepEqual(boundsOf({ from: null, to: '2026-12-31' }), {
    since: null,
    until: '2027-01-01T00:00:00Z',
  });
  assert.deepEqual(boundsOf({ from: null, to: null }), { since: null, until: null });
});

test('a tap chooses this month, last month, twelve months', () => {
  assert.deepEqual(presetsOf('2026-11-25T10:00:00.000Z'), {
    thisMonth: { from: '2026-11-01', to: '2026-11-25' },
    lastMonth: { from: '2026-10-01', to: '2026-10-31' },
    twelveMonths: { from: '2025-11-26', to: '2026-11-25' },
  });
  assert.deepEqual(presetsOf('2028-03-01T00:00:00.000Z').lastMonth, { from: '2028-02-01', to: '2028-02-29' });
  assert.deepEqual(presetsOf('2027-01-31T23:59:59.999Z'), {
    thisMonth: { from: '2027-01-01', to: '2027-01-31' },
    lastMonth: { from: '2026-12-01', to: '2026-12-31' },
    twelveMonths: { from: '2026-02-01', to: '2027-01-31' },
  });
  assert.equal(presetsOf('2028-02-29T00:00:00.000Z').twelveMonths.from, '2027-03-01');
  assert.equal(presetsOf('2027-02-28T00:00:00.000Z').twelveMonths.from, '2026-03-01');
});
