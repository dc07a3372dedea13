import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseDisagreement, refuseSchedule, type ScheduledValue, valueAt } from './setting-agreement.ts';
import { fieldOfSetting, readSetting, writeSetting } from './setting-value-text.ts';
import { defaultSettings, settingDefinitions, settingNames, settingsFrom } from './settings.ts';

const withValues = (given: Record<string, unknown>) => settingsFrom({ ...defaultSettings, ...given });
const change = (name: ScheduledValue['name'], value: number, day: number): ScheduledValue => ({
  name,
  value,
  effectiveAt: `2030-01-0${day}T00:00:00.000Z`,
});

test('the defaults agree; a minimum above its maximum and a stake off its unit do not', () => {
  assert.equal(refuseDisagreement(defaultSettings), null);
  const out = refuseDisagreement(withValues({ depositMinXof: 60_000, depositMaxXof: 50_000 }));
  assert.deepEqual(
    [out?.code, out?.params],
    ['settings_out_of_order', { lower: 'Dépôt minimum', upper: 'Dépôt maximum' }],
  );
  const ceilings = refuseDisagreement(withValues({ phoneBalanceMaxXof: 2_000_001 }));
  assert.equal(ceilings?.code, 'settings_out_of_order');
  const off = refuseDisagreement(withValues({ stakeMinXof: 1_050 }));
  assert.deepEqual(
    [off?.code, off?.params],
    ['settings_not_multiple', { whole: 'Mise minimum', part: 'Pas des mises' }],
  );
});

test('what is to come agrees at each of its moments, not only at the end', () => {
  const both = [change('depositMinXof', 60_000, 1), change('depositMaxXof', 50_000, 2)];
  assert.equal(refuseSchedule(defaultSettings, both)?.code, 'settings_out_of_order');
  assert.equal(
    refuseSchedule(defaultSettings, [...both, change('depositMinXof', 500, 3)])?.code,
    'settings_out_of_order',
  );
  const inTime = [
    change('depositMinXof', 60_000, 1),
    change('depositMinXof', 500, 2),
    change('depositMaxXof', 50_000, 2),
  ];
  assert.equal(refuseSchedule(defaultSettings, inTime), null);
});

test('a setting has at a moment what came last until then', () => {
  const coming = [change('taxBps', 1_000, 2), change('taxBps', 1_500, 4)];
  const at = (day: number) => valueAt(defaultSettings, coming, 'taxBps', `2030-01-0${day}T00:00:00.000Z`);
  assert.deepEqual([1, 2, 3, 4, 5].map(at), [2_000, 1_000, 1_000, 1_500, 1_500]);
});

test('a value reads as it is written, and a field gives back what it held', () => {
  assert.equal(writeSetting('commissionBps', 250), '2,5\u00a0%');
  assert.equal(writeSetting('commissionBps', 5), '0,05\u00a0%');
  assert.equal(writeSetting('hardStopDelayMs', 90 * 60_000), '90\u00a0min');
  assert.equal(writeSetting('postponementMs', 0), '0\u00a0s');
  assert.equal(writeSetting('newDeviceHoldMs', 86_400_000), '1\u00a0jour');
  assert.equal(writeSetting('stakeMaxXof', 500_000), '500\u202f000\u00a0F');
  assert.equal(writeSetting('taxBase', 'payout'), 'tout ce qui est payé');
  for (const name of settingNames) {
    const { default: value } = settingDefinitions[name];
    const { text, per } = fieldOfSetting(name, value);
    assert.equal(readSetting(name, text, per), value, name);
  }
});

test('what is no number is none', () => {
  for (const text of ['', '-1', '1e3', '5,123', '0x5', '5..1', '٥', ' ']) {
    assert.equal(readSetting('commissionBps', text, null), null, text);
  }
  assert.equal(readSetting('commissionBps', '2,5 %', null), 250);
  assert.equal(readSetting('commissionBps', '0.05', null), 5);
  assert.equal(readSetting('stakeMinXof', '1.5', null), null);
  assert.equal(readSetting('hardStopDelayMs', '4', null), null, 'a time without its unit');
  assert.equal(readSetting('hardStopDelayMs', '4', 'h'), 4 * 3_600_000);
});
