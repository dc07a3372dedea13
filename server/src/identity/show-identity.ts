/** What a player sees of his identity: his tier, and how his last document stands. Not what it says: he has it. */
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { findLastDocument, findTier } from './queries.ts';

export async function showIdentity(db: Db, player: PlayerIdentity) {
  const document = await findLastDocument(db, player.playerId);
  return {
    tier: await findTier(db, player.playerId),
    document:
      document === null
        ? null
        : {
            documentId: document.documentId,
            kind: document.kind,
            state: document.state,
            sentAt: document.sentAt.toISOString(),
            reason: document.reason,
            remark: document.remark,
          },
  };
}
