import type { DataCipher } from '../data-cipher.ts';
import type { Db } from '../db.ts';
import type { Limiter } from '../limiter/limiter.ts';

export interface IdentityDeps {
  readonly db: Db;
  readonly limiter: Limiter;
  readonly cipher: DataCipher;
  readonly secrets: { readonly matchKey: string };
}
