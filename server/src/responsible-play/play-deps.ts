import type { Db } from '../db.ts';
import type { Jobs } from '../jobs.ts';

export interface PlayDeps {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly onBoutChanged: (boutId: number) => void;
}
