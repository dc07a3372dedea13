import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as settings from './settings.ts';

test('the defaults are those of the specification, section 8', () => {
  assert.deepEqual(settings.defaultRates, {
    commissionBps: 500,
    commissionBase: 'pot',
    taxBps: 2_000,
    taxBase: 'payout',
  });
  assert.deepEqual(settings.defaultBetLimits, {
    stakeMinXof: 1_000,
    stakeMaxXof: 500_000,
    stakeUnitXof: 100,
  });
  assert.deepEqual(settings.depositLimits, { minXof: 500, maxXof: 500_000 });
  assert.deepEqual(settings.withdrawalLimits, { minXof: 500, multipleXof: 5 });
  assert.equal(settings.hardStopDelayMs, 4 * 3_600_000);
  assert.equal(settings.ageMin, 18);
});

test('the least stake is whole units, so that an equal offer can be made at it', () => {
  const { stakeMinXof, stakeMaxXof, stakeUnitXof } = settings.defaultBetLimits;
  assert.equal(stakeMinXof % stakeUnitXof, 0);
  assert.equal(stakeMaxXof % stakeUnitXof, 0);
});
