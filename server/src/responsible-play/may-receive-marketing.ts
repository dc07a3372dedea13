import type { Db } from '../db.ts';
import { findWhyBarred } from './queries.ts';

/** Who may not play hears nothing that invites him to. Messages about his security and his money are not marketing. */
export async function mayReceiveMarketing(db: Db, playerId: string): Promise<boolean> {
  return (await findWhyBarred(db, playerId)) === null;
}
