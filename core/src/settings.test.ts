import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as settings from './settings.ts';

/** As the specification writes them. */
const specified: readonly [name: string, value: number][] = [
  ['poolTakeOutBps', 1_000],
  ['depositMinXof', 500],
  ['depositMaxXof', 500_000],
  ['withdrawalFeeXof', 0],
  ['withdrawalMinXof', 500],
  ['withdrawalMultipleXof', 5],
  ['approvalFinanceXof', 100_000],
  ['approvalTwoPeopleXof', 500_000],
  ['playerMarketMaxXof', 1_000_000],
  ['playerDayMaxXof', 2_000_000],
  ['phoneBalanceMaxXof', 200_000],
  ['phoneDepositsDayMaxXof', 100_000],
  ['phoneWithdrawalsDayMaxXof', 50_000],
  ['identifiedBalanceMaxXof', 2_000_000],
  ['identifiedDepositsDayMaxXof', 1_000_000],
  ['hardStopDelayMs', 4 * 3_600_000],
  ['postponementMs', 7 * 86_400_000],
  ['looseningDelayMs', 86_400_000],
  ['coolOffMinMs', 86_400_000],
  ['coolOffMaxMs', 42 * 86_400_000],
  ['referralBonusXof', 500],
  ['firstLostBetBackMaxXof', 2_000],
  ['rateAccountMinute', 100],
  ['rateAddressMinute', 2_000],
];

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
  const byName = new Map<string, unknown>(Object.entries(settings.defaultSettings));
  for (const [name, value] of specified) assert.equal(byName.get(name), value, name);
  assert.equal(settings.ageMin, 18);
});

test('the least stake is whole units, so that an equal offer can be made at it', () => {
  const { stakeMinXof, stakeMaxXof, stakeUnitXof } = settings.defaultBetLimits;
  assert.equal(stakeMinXof % stakeUnitXof, 0);
  assert.equal(stakeMaxXof % stakeUnitXof, 0);
});

test('a value out of its bounds, of another kind or for no setting is none', () => {
  for (const name of settings.settingNames) {
    const definition: settings.SettingDefinition = settings.settingDefinitions[name];
    assert.ok(settings.isSettingValue(name, definition.default), name);
    const bad: unknown[] = [null, undefined, '', '1', [], {}, Number.NaN, 0.5, 2 ** 60];
    if (definition.unit !== 'choice') bad.push(definition.min - 1, definition.max + 1, 'pot');
    for (const value of bad) assert.equal(settings.isSettingValue(name, value), false, `${name} ${value}`);
  }
  assert.equal(settings.isSettingName('constructor'), false);
  assert.throws(() => settings.settingsFrom({ depositMinXof: -1 }), RangeError);
});

test('what was approved within other bounds counts as the nearest value that is allowed now', () => {
  const { min, max } = settings.settingDefinitions.depositMaxXof;
  const fit = (given: Record<string, unknown>) => settings.fitSettings(given);
  assert.equal(fit({ depositMaxXof: min - 1 }).values.depositMaxXof, min);
  assert.equal(fit({ depositMaxXof: max + 1 }).values.depositMaxXof, max);
  assert.equal(fit({ taxBase: 'moon' }).values.taxBase, 'payout');
  assert.deepEqual(fit({ depositMaxXof: min - 1, stakeMinXof: 500, gone: 1 }).corrected, [
    { name: 'depositMaxXof', stored: min - 1, used: min },
  ]);
});
