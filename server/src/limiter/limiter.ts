/**
 * Rate limits: how often one subject (an account, an address, a phone) may do one thing. A refusal is
 * `too_many_requests` with the seconds to wait. The numbers are settings, read at each question.
 * All nodes together never let through more than the limit (leases.ts).
 */
import { fail } from '#core/errors.ts';
import type { SettingName, SettingValues } from '#core/settings.ts';
import type { SharedCounts } from '../memory/shared-counts.ts';
import type { Settings } from '../settings/open-settings.ts';
import { subjectOfAddress } from './address.ts';
import { Leases } from './leases.ts';

/** What is counted, by which setting, in which window. `byAddress`: the subject is an IP address, as it came. */
export const limits = {
  account: { setting: 'rateAccountMinute', windowMs: 60_000 },
  address: { setting: 'rateAddressMinute', windowMs: 60_000, byAddress: true },
  codesOfPhone: { setting: 'codesPhoneHour', windowMs: 3_600_000 },
  codesFromAddress: { setting: 'codesAddressHour', windowMs: 3_600_000, byAddress: true },
  codesToForeignPrefix: { setting: 'codesForeignPrefixHour', windowMs: 3_600_000 },
  codesToHomePrefix: { setting: 'codesHomePrefixHour', windowMs: 3_600_000 },
  logInsFromAddress: { setting: 'logInsAddressTenMinutes', windowMs: 600_000, byAddress: true },
  wrongLogIns: { setting: 'wrongLogInsMinute', windowMs: 60_000 },
  withdrawals: { setting: 'withdrawalsAccountHour', windowMs: 3_600_000 },
  forgedCallbacks: { setting: 'forgedCallbacksMinute', windowMs: 60_000 },
  depositLooks: { setting: 'depositLooksAccountHour', windowMs: 3_600_000 },
  documents: { setting: 'documentsAccountDay', windowMs: 86_400_000 },
  exports: { setting: 'exportsAccountDay', windowMs: 86_400_000 },
} as const satisfies Readonly<Record<string, Limit>>;

interface Limit {
  readonly setting: CountSetting;
  readonly windowMs: number;
  readonly byAddress?: true;
}

type CountSetting = {
  [Name in SettingName]: SettingValues[Name] extends number ? Name : never;
}[SettingName];

export type LimitName = keyof typeof limits;

export interface Limiter {
  /** Counts one more of this for the subject. Refuses with `too_many_requests` when it is one too many. */
  take(limit: LimitName, subject: string): Promise<void>;
}

export interface LimiterOptions {
  readonly counts: SharedCounts;
  readonly settings: Pick<Settings, 'current'>;
  readonly now?: () => number;
}

export function openLimiter(options: LimiterOptions): Limiter {
  const { counts, settings, now = () => performance.now() } = options;
  const leases = new Leases(counts, now);
  return {
    take: async (name, subject) => {
      const limit: Limit = limits[name];
      const { setting, windowMs } = limit;
      const key = `${name}:${limit.byAddress === true ? subjectOfAddress(subject) : subject}`;
      const waitMs = await leases.take(key, settings.current()[setting], windowMs);
      if (waitMs > 0) fail('too_many_requests', { retryAfterS: Math.ceil(waitMs / 1000) });
    },
  };
}
