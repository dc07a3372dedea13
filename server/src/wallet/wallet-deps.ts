import type { DataCipher } from '../data-cipher.ts';
import type { Db } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import type { Limiter } from '../limiter/limiter.ts';
import type { Log } from '../log.ts';
import type { Providers } from '../payments/provider.ts';
import type { Settings } from '../settings/open-settings.ts';

export interface WalletDeps {
  readonly cipher: DataCipher;
  readonly db: Db;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly providers: Providers;
  readonly settings: Settings;
}

/** What people ask for is limited; what jobs do is not. */
export interface WalletDoorDeps extends WalletDeps {
  readonly limiter: Limiter;
}
