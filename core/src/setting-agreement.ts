/** Settings that have to agree with each other, now and at every later moment at which one of them changes. */
import { type Refusal, refusal } from './errors.ts';
import { settingTexts } from './setting-texts.ts';
import { type SettingName, type SettingValues, settingsFrom } from './settings.ts';

/** The first is never more than the second. */
const orders: readonly (readonly [SettingName, SettingName])[] = [
  ['stakeMinXof', 'stakeMaxXof'],
  ['stakeMaxXof', 'playerMarketMaxXof'],
  ['playerMarketMaxXof', 'playerDayMaxXof'],
  ['depositMinXof', 'depositMaxXof'],
  ['withdrawalFeeXof', 'withdrawalMinXof'],
  ['approvalFinanceXof', 'approvalTwoPeopleXof'],
  ['phoneBalanceMaxXof', 'identifiedBalanceMaxXof'],
  ['phoneDepositsDayMaxXof', 'identifiedDepositsDayMaxXof'],
  ['coolOffMinMs', 'coolOffMaxMs'],
  ['coolOffMaxMs', 'selfExclusionMinMs'],
  ['codeBlockMs', 'codeBlockMaxMs'],
  ['codeResendAfterMs', 'codeResendSlowlyMs'],
  ['codeResendAfterMs', 'codeValidityMs'],
  ['playerSessionIdleMs', 'playerSessionMaxMs'],
  ['staffSessionIdleMs', 'staffSessionMaxMs'],
];

/** The first is a multiple of the second: an equal offer can be made at it, and the provider can pay it. */
const multiples: readonly (readonly [SettingName, SettingName])[] = [
  ['stakeMinXof', 'stakeUnitXof'],
  ['stakeMaxXof', 'stakeUnitXof'],
  ['withdrawalMinXof', 'withdrawalMultipleXof'],
];

/** Null when these values agree. */
export function refuseDisagreement(values: SettingValues): Refusal | null {
  const order = orders.find(([lower, upper]) => values[lower] > values[upper]);
  if (order !== undefined) {
    const [lower, upper] = order;
    return refusal('settings_out_of_order', {
      lower: settingTexts[lower].label,
      upper: settingTexts[upper].label,
    });
  }
  const multiple = multiples.find(([whole, part]) => Number(values[whole]) % Number(values[part]) !== 0);
  if (multiple === undefined) return null;
  const [whole, part] = multiple;
  return refusal('settings_not_multiple', {
    whole: settingTexts[whole].label,
    part: settingTexts[part].label,
  });
}

export interface ScheduledValue {
  readonly name: SettingName;
  readonly value: number | string;
  /** ISO 8601. */
  readonly effectiveAt: string;
}

/** Null when the values agree now and after each change that is to come, the earliest first. */
export function refuseSchedule(now: SettingValues, coming: readonly ScheduledValue[]): Refusal | null {
  let values = now;
  const instants = [...new Set(coming.map(({ effectiveAt }) => effectiveAt))];
  for (const instant of instants) {
    const changed = coming.filter(({ effectiveAt }) => effectiveAt === instant);
    values = settingsFrom({
      ...values,
      ...Object.fromEntries(changed.map(({ name, value }) => [name, value])),
    });
    const refused = refuseDisagreement(values);
    if (refused !== null) return refused;
  }
  return null;
}

/** The value of a setting when all that comes until then has come. */
export function valueAt(
  now: SettingValues,
  coming: readonly ScheduledValue[],
  name: SettingName,
  at: string,
): number | string {
  return (
    coming.filter((change) => change.name === name && change.effectiveAt <= at).at(-1)?.value ?? now[name]
  );
}
