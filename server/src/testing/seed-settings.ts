/** Settings for tests and measurements: proposed by one person, approved by another, in force now. */
import { xof } from '#core/money.ts';
import { isSettingName, isSettingValue, type SettingValues } from '#core/settings.ts';
import type { Db } from '../db.ts';
import { seedStaff } from './seed.ts';

/** Rate limits that nothing reaches. */
export const unlimitedRates = { rateAccountMinute: 100_000_000, rateAddressMinute: 100_000_000 };

/** Stakes of one player that nothing bounds: for few players who bet for many. */
export const unlimitedStakes = {
  playerMarketMaxXof: xof(1_000_000_000),
  playerDayMaxXof: xof(1_000_000_000),
};

export async function approveSettings(owner: Db, values: Partial<SettingValues>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    if (!isSettingName(name) || !isSettingValue(name, value))
      throw new RangeError(`setting ${name}: ${value}`);
  }
  const [proposer, decider] = await seedStaff(owner, 2);
  await owner.query(
    `INSERT INTO setting_change (id, name, value, reason, effective_at, proposed_by, decision, decided_by, decided_at)
     SELECT gen_random_uuid(), key, value, 'test', clock_timestamp(), $2, 'approved', $3, clock_timestamp()
     FROM jsonb_each($1::jsonb)`,
    [JSON.stringify(values), proposer?.staffId, decider?.staffId],
  );
}
