import type { Db } from '../db.ts';
import type { Jobs } from '../jobs.ts';

export interface BarredDeps {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly secrets: { readonly matchKey: string };
}
