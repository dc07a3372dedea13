import type { Db } from '../db.ts';
import { findLastBody } from './queries.ts';

/** The last message to a phone (in E.164): what the sandbox shows in place of sending it. */
export function findLastMessage(db: Db, phone: string): Promise<string | null> {
  return findLastBody(db, phone);
}
