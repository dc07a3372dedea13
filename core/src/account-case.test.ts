import assert from 'node:assert/strict';
import { it } from 'node:test';
import { caseDecisions, caseKinds, mayDecide } from './account-case.ts';

it('a decision fits its case', () => {
  const allowed = caseKinds.flatMap((kind) =>
    [true, false].flatMap((hasPlayer) =>
      [true, false].map((hasNewPhone) => [
        `${kind} ${hasPlayer ? 'player' : 'nobody'} ${hasNewPhone ? 'new number' : ''}`.trim(),
        caseDecisions.filter((decision) => mayDecide(decision, { kind, hasPlayer, hasNewPhone })).join(' '),
      ]),
    ),
  );
  assert.deepEqual(Object.fromEntries(allowed), {
    'lost_phone player new number': 'change_phone refuse',
    'lost_phone player': 'reset_pin refuse',
    'lost_phone nobody new number': 'refuse',
    'lost_phone nobody': 'refuse',
    'forgotten_pin player new number': 'change_phone refuse',
    'forgotten_pin player': 'reset_pin refuse',
    'forgotten_pin nobody new number': 'refuse',
    'forgotten_pin nobody': 'refuse',
    'recycled_number player new number': 'change_phone release_phone refuse',
    'recycled_number player': 'release_phone refuse',
    'recycled_number nobody new number': 'refuse',
    'recycled_number nobody': 'refuse',
    'changed_number player new number': 'change_phone refuse',
    'changed_number player': 'reset_pin refuse',
    'changed_number nobody new number': 'refuse',
    'changed_number nobody': 'refuse',
  });
});
