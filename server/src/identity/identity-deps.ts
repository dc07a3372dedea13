import type { DataCipher } from '../data-cipher.ts';
import type { Db } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import type { Limiter } from '../limiter/limiter.ts';

export interface IdentityDeps {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly limiter: Limiter;
  readonly cipher: DataCipher;
  readonly secrets: { readonly matchKey: string };
}
