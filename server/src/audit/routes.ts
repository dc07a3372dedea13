import type { Db } from '../db.ts';
import type { Implement } from '../http.ts';
import { listJournal } from './list-commands.ts';

export function registerAudit(implement: Implement, { db }: { readonly db: Db }): void {
  implement('GET /staff/audit', ({ caller, query }) => listJournal(db, caller, query));
}
