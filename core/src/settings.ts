/**
 * Settings: names, units, defaults and bounds of everything that staff may change while the house is open. Source of
 * the defaults: the specification's section 8. What is in force comes from the table `setting_change`
 * (server/src/settings/); nothing else in the code repeats a value.
 */
import type { BetLimits, Rates } from './market.ts';
import type { Xof } from './money.ts';
import type { PoolRates } from './pool.ts';
import type { PoolLimits } from './pool-card.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface NumberDefinition {
  readonly unit: 'xof' | 'bps' | 'ms' | 'count';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly section: SettingSection;
}
interface ChoiceDefinition {
  readonly unit: 'choice';
  readonly default: string;
  readonly choices: readonly string[];
  readonly section: SettingSection;
}
export type SettingDefinition = NumberDefinition | ChoiceDefinition;
export type SettingSection = 'betting' | 'money' | 'ceilings' | 'play' | 'bonus' | 'access' | 'rates';

const money = (section: SettingSection, value: number, min: number, max: number) =>
  ({ unit: 'xof', default: value, min, max, section }) as const;
const points = (section: SettingSection, value: number, max: number) =>
  ({ unit: 'bps', default: value, min: 0, max, section }) as const;
const time = (section: SettingSection, value: number, min: number, max: number) =>
  ({ unit: 'ms', default: value, min, max, section }) as const;
const count = (section: SettingSection, value: number, min: number, max: number) =>
  ({ unit: 'count', default: value, min, max, section }) as const;

export const settingDefinitions = {
  commissionBps: points('betting', 500, 2_000),
  commissionBase: { unit: 'choice', default: 'pot', choices: ['pot', 'winnings'], section: 'betting' },
  taxBps: points('betting', 2_000, 5_000),
  taxBase: { unit: 'choice', default: 'payout', choices: ['payout', 'winnings', 'none'], section: 'betting' },
  /** Article 212 ter: on the house's own income, for the monthly return. */
  gamingTaxBps: points('betting', 2_000, 5_000),
  poolTakeOutBps: points('betting', 1_000, 3_000),
  stakeMinXof: money('betting', 1_000, 100, 100_000),
  stakeMaxXof: money('betting', 500_000, 1_000, 10_000_000),
  stakeUnitXof: money('betting', 100, 1, 10_000),
  /** Staked by one player in one market, and in any 24 hours. */
  playerMarketMaxXof: money('betting', 1_000_000, 1_000, 1_000_000_000),
  playerDayMaxXof: money('betting', 2_000_000, 1_000, 1_000_000_000),
  /** Staked by all players together: in one market, in one gala, in all that is not settled yet. 0: no limit. */
  totalMarketMaxXof: money('betting', 0, 0, 1_000_000_000_000),
  totalGalaMaxXof: money('betting', 0, 0, 1_000_000_000_000),
  totalHouseMaxXof: money('betting', 0, 0, 1_000_000_000_000),
  /** Hard stop of a market after the bout's scheduled time. */
  hardStopDelayMs: time('betting', 4 * HOUR, 10 * MINUTE, 12 * HOUR),
  postponementMs: time('betting', 7 * DAY, 0, 60 * DAY),
  /** How long a slip with its amounts may wait for the tap. */
  slipValidityMs: time('betting', MINUTE, 15_000, 10 * MINUTE),

  depositMinXof: money('money', 500, 1, 100_000),
  depositMaxXof: money('money', 500_000, 1_000, 10_000_000),
  withdrawalMinXof: money('money', 500, 5, 100_000),
  withdrawalMultipleXof: money('money', 5, 1, 1_000),
  withdrawalFeeXof: money('money', 0, 0, 10_000),
  /** Of what one player withdraws in any 24 hours: from here finance approves, from there two people. */
  approvalFinanceXof: money('money', 100_000, 1_000, 10_000_000),
  approvalTwoPeopleXof: money('money', 500_000, 1_000, 100_000_000),

  /** Below this at a provider, withdrawals wait there. */
  floatMinXof: money('money', 100_000, 0, 1_000_000_000),

  phoneBalanceMaxXof: money('ceilings', 200_000, 1_000, 10_000_000),
  phoneDepositsDayMaxXof: money('ceilings', 100_000, 1_000, 10_000_000),
  phoneWithdrawalsDayMaxXof: money('ceilings', 50_000, 1_000, 10_000_000),
  identifiedBalanceMaxXof: money('ceilings', 2_000_000, 1_000, 100_000_000),
  identifiedDepositsDayMaxXof: money('ceilings', 1_000_000, 1_000, 100_000_000),

  /** What a player loosens himself waits this long, and for his confirmation. */
  looseningDelayMs: time('play', DAY, DAY, 30 * DAY),
  coolOffMinMs: time('play', DAY, HOUR, 30 * DAY),
  coolOffMaxMs: time('play', 42 * DAY, DAY, 180 * DAY),
  selfExclusionMinMs: time('play', 183 * DAY, 30 * DAY, 3_650 * DAY),
  /** The same two in 30 days: so many duels, and this share of the money going one way, and compliance is told. */
  alertPairDuels: count('play', 10, 2, 10_000),
  alertPairOneWayBps: points('play', 8_000, 10_000),
  /** Stakes of 24 hours: this much at least, and so many times an ordinary day of his. */
  alertSpikeMinXof: money('play', 100_000, 1_000, 1_000_000_000),
  alertSpikeTimes: count('play', 10, 2, 1_000),

  referralBonusXof: money('bonus', 500, 0, 100_000),
  firstLostBetBackMaxXof: money('bonus', 2_000, 0, 100_000),
  /** For how many friends one player gets the bonus, in all. */
  referralsPlayerMax: count('bonus', 20, 0, 10_000),
  /** What the house gives in all in any 24 hours; what is more waits. 0: no limit. */
  bonusHouseDayMaxXof: money('bonus', 0, 0, 1_000_000_000),

  codeValidityMs: time('access', 10 * MINUTE, MINUTE, 10 * MINUTE),
  /** After this many wrong codes or PINs in a row the next try waits, each time twice as long. */
  codeFailuresMax: count('access', 5, 3, 10),
  codeBlockMs: time('access', 5 * MINUTE, MINUTE, DAY),
  codeBlockMaxMs: time('access', HOUR, MINUTE, 7 * DAY),
  /** Wrong codes and PINs are forgotten this long after the last. */
  codeFailuresForgottenMs: time('access', DAY, HOUR, 30 * DAY),
  codeResendAfterMs: time('access', 30_000, 10_000, 10 * MINUTE),
  /** Codes without a log-in before the slow pace. */
  codeSendsMax: count('access', 5, 1, 20),
  codeResendSlowlyMs: time('access', 10 * MINUTE, MINUTE, DAY),
  /** How long the token of a checked phone may wait for the sign-up form. */
  signUpValidityMs: time('access', 15 * MINUTE, MINUTE, HOUR),
  playerSessionIdleMs: time('access', 7 * DAY, 10 * MINUTE, 90 * DAY),
  playerSessionMaxMs: time('access', 30 * DAY, HOUR, 90 * DAY),
  staffSessionIdleMs: time('access', 30 * MINUTE, 5 * MINUTE, 12 * HOUR),
  staffSessionMaxMs: time('access', 12 * HOUR, HOUR, 24 * HOUR),
  /** How often the token of a session is replaced; the one before lives this long after the new one's first use. */
  playerSessionRotateMs: time('access', DAY, 5 * MINUTE, 30 * DAY),
  staffSessionRotateMs: time('access', HOUR, 5 * MINUTE, DAY),
  sessionGraceMs: time('access', 15_000, 0, 5 * MINUTE),
  /** Living sessions of one person: the oldest ends. */
  sessionsPersonMax: count('access', 10, 1, 1_000),
  /** How long the token of a program serves. */
  bearerValidityMs: time('access', 7 * DAY, 5 * MINUTE, 90 * DAY),
  /** How long a second factor counts as shown. */
  stepUpValidityMs: time('access', 10 * MINUTE, MINUTE, HOUR),
  /** A device that is new does not take money out. */
  newDeviceHoldMs: time('access', DAY, DAY, 30 * DAY),
  /** How long a copy of one's data can be fetched. */
  exportValidityMs: time('access', 7 * DAY, HOUR, 30 * DAY),
  /** From the end of an account to the replacement of its personal data by a pseudonym. */
  erasureDelayMs: time('access', 30 * DAY, DAY, 3_660 * DAY),
  staffInvitationValidityMs: time('access', 48 * HOUR, HOUR, 14 * DAY),

  /** Requests a minute. */
  rateAccountMinute: count('rates', 100, 10, 100_000_000),
  rateAddressMinute: count('rates', 2_000, 100, 100_000_000),
  /** One-time codes asked for in an hour: of one number, from one address, to one country. */
  codesPhoneHour: count('rates', 6, 1, 1_000),
  codesAddressHour: count('rates', 60, 1, 1_000_000),
  codesForeignPrefixHour: count('rates', 20, 0, 1_000_000),
  codesHomePrefixHour: count('rates', 20_000, 1, 10_000_000),
  /** Tries to log in (codes and PINs) from one address in ten minutes, and wrong ones on the whole house in a minute. */
  logInsAddressTenMinutes: count('rates', 100, 5, 1_000_000),
  wrongLogInsMinute: count('rates', 300, 10, 1_000_000),
  /** Withdrawals asked for by one account in an hour. */
  withdrawalsAccountHour: count('rates', 10, 1, 1_000),
  /** Forged callbacks of one provider that the audit log keeps in a minute. */
  forgedCallbacksMinute: count('rates', 10, 1, 10_000),
  /** How often one account may have the provider asked about its deposits in an hour. */
  depositLooksAccountHour: count('rates', 60, 1, 10_000),
  /** Documents sent by one account in a day. */
  documentsAccountDay: count('rates', 10, 1, 1_000),
  /** Copies of one's data asked for by one account in a day. */
  exportsAccountDay: count('rates', 5, 1, 100),
} as const satisfies Readonly<Record<string, SettingDefinition>>;

export type SettingName = keyof typeof settingDefinitions;

type ValueOf<D extends SettingDefinition> = D extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : D extends { readonly unit: 'xof' }
    ? Xof
    : number;

/** A value for every name. Amounts are whole francs, times milliseconds, rates basis points. */
export type SettingValues = {
  readonly [Name in SettingName]: ValueOf<(typeof settingDefinitions)[Name]>;
};

export const settingNames = Object.keys(settingDefinitions).filter(isSettingName);

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingDefinitions, name);
}

/** Is this a value that a setting of this name may have? */
export function isSettingValue(name: SettingName, value: unknown): value is number | string {
  const definition: SettingDefinition = settingDefinitions[name];
  if (definition.unit === 'choice') return typeof value === 'string' && definition.choices.includes(value);
  return (
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    value >= definition.min &&
    value <= definition.max
  );
}

/** The defaults, with what is given over them. A value out of its bounds is a bug: it was judged when it was proposed. */
export function settingsFrom(given: Readonly<Record<string, unknown>>): SettingValues {
  const values: Record<string, unknown> = {};
  for (const name of settingNames) {
    const value = Object.hasOwn(given, name) ? given[name] : settingDefinitions[name].default;
    if (!isSettingValue(name, value)) throw new RangeError(`setting ${name} cannot be ${String(value)}`);
    values[name] = value;
  }
  // Every name was just given a value of its kind.
  return values as SettingValues;
}

export const defaultSettings = settingsFrom({});

/** A value in force that this version's bounds do not allow any more, and the one that counts instead. */
export interface CorrectedSetting {
  readonly name: SettingName;
  readonly stored: unknown;
  readonly used: number | string;
}

/**
 * What was approved once, in the bounds of now: a version may raise a least value after two people agreed to a lower one,
 * and the house opens all the same. The nearest value that is allowed counts until people decide anew.
 */
export function fitSettings(given: Readonly<Record<string, unknown>>): {
  readonly values: SettingValues;
  readonly corrected: readonly CorrectedSetting[];
} {
  const fitted: Record<string, unknown> = {};
  const corrected: CorrectedSetting[] = [];
  for (const name of settingNames) {
    if (!Object.hasOwn(given, name)) continue;
    const stored = given[name];
    const used = isSettingValue(name, stored) ? stored : nearestOf(settingDefinitions[name], stored);
    if (used !== stored) corrected.push({ name, stored, used });
    fitted[name] = used;
  }
  return { values: settingsFrom(fitted), corrected };
}

function nearestOf(definition: SettingDefinition, stored: unknown): number | string {
  if (definition.unit === 'choice' || !Number.isSafeInteger(stored)) return definition.default;
  return Math.min(Math.max(Number(stored), definition.min), definition.max);
}

/** What a market is opened with. */
export function ratesOf(values: SettingValues): Rates {
  const { commissionBps, commissionBase, taxBps, taxBase } = values;
  return { commissionBps, commissionBase, taxBps, taxBase };
}

export function betLimitsOf(values: SettingValues): BetLimits {
  const { stakeMinXof, stakeMaxXof, stakeUnitXof } = values;
  return { stakeMinXof, stakeMaxXof, stakeUnitXof };
}

/** What a pool is opened with. */
export function poolRatesOf({ poolTakeOutBps: takeOutBps, taxBps, taxBase }: SettingValues): PoolRates {
  return { takeOutBps, taxBps, taxBase };
}

export function poolLimitsOf({ stakeMinXof, stakeMaxXof }: SettingValues): PoolLimits {
  return { stakeMinXof, stakeMaxXof };
}

export const defaultRates = ratesOf(defaultSettings);
export const defaultBetLimits = betLimitsOf(defaultSettings);

/** Of a one-time code. */
export const codeDigits = 6;
/** The law's, not a setting. */
export const ageMin = 18;
/** Of the text that is shown; it changes with the text. */
export const termsVersion = '2026-11';
