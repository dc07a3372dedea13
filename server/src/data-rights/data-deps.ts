import type { DataCipher } from '../data-cipher.ts';
import type { Db } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import type { Limiter } from '../limiter/limiter.ts';
import type { Log } from '../log.ts';
import type { Providers } from '../payments/provider.ts';
import type { SessionStore } from '../sessions/open-sessions.ts';

/** What moves a closure on: the request itself, and the background of every node. */
export interface ClosureDeps {
  readonly db: Db;
  readonly log: Log;
  readonly jobs: Jobs;
  readonly providers: Providers;
  readonly onBoutChanged: (boutId: number) => void;
  /** Hears that sessions ended; other nodes find out within a second. */
  readonly sessions: Pick<SessionStore, 'refresh'>;
}

export interface ExportDeps {
  readonly db: Db;
  readonly log: Log;
  readonly cipher: DataCipher;
}

export interface DataDeps extends ClosureDeps, ExportDeps {
  readonly limiter: Limiter;
}
