/**
 * Rate limits: how often one subject (an account, an address, a phone) may do one thing. A refusal is
 * `too_many_requests` with the seconds to wait. The numbers are settings, read at each question.
 */
import { fail } from '#core/errors.ts';
import type { SettingName, SettingValues } from '#core/settings.ts';
import type { Settings } from '../settings/open-settings.ts';

/** What is counted, by which setting, in which window. */
export const limits = {
  account: { setting: 'rateAccountMinute', windowMs: 60_000 },
  address: { setting: 'rateAddressMinute', windowMs: 60_000 },
  codesOfPhone: { setting: 'codesPhoneHour', windowMs: 3_600_000 },
  codesFromAddress: { setting: 'codesAddressHour', windowMs: 3_600_000 },
  codesToForeignPrefix: { setting: 'codesForeignPrefixHour', windowMs: 3_600_000 },
  codesToHomePrefix: { setting: 'codesHomePrefixHour', windowMs: 3_600_000 },
  logInsFromAddress: { setting: 'logInsAddressTenMinutes', windowMs: 600_000 },
  wrongLogIns: { setting: 'wrongLogInsMinute', windowMs: 60_000 },
  withdrawals: { setting: 'withdrawalsAccountHour', windowMs: 3_600_000 },
} as const satisfies Readonly<Record<string, { readonly setting: CountSetting; readonly windowMs: number }>>;

type CountSetting = {
  [Name in SettingName]: SettingValues[Name] extends number ? Name : never;
}[SettingName];

export type LimitName = keyof typeof limits;

export interface Limiter {
  /** Counts one more of this for the subject. Refuses with `too_many_requests` when it is one too many. */
  take(limit: LimitName, subject: string): Promise<void>;
}

interface Counted {
  count: number;
  readonly untilMs: number;
}

/** Counts in this process alone. */
export function openLocalLimiter(settings: Settings, now: () => number = Date.now): Limiter {
  const counts = new Map<string, Counted>();
  return {
    take: async (limit, subject) => {
      const { setting, windowMs } = limits[limit];
      const key = `${limit}:${subject}`;
      const known = counts.get(key);
      const counted =
        known !== undefined && now() < known.untilMs ? known : { count: 0, untilMs: now() + windowMs };
      counts.set(key, counted);
      counted.count += 1;
      if (counted.count > settings.current()[setting]) {
        fail('too_many_requests', { retryAfterS: Math.ceil((counted.untilMs - now()) / 1000) });
      }
    },
  };
}
