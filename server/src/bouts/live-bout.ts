/** Snapshots of bouts for live pages: what everybody may see, whoever watches. */

import type { Db } from '../db.ts';
import type { LiveSource, Topic } from '../live.ts';
import { findBout } from './queries.ts';

/** Reads the public view of watched bouts; a version is the market's state and last sequence. */
export function liveBouts(db: Db): LiveSource {
  return {
    read: async (topic) => {
      const found = await findBout(db, boutIdOf(topic));
      if (found === null) return null;
      const { access: _, ...data } = found;
      const { market, result, bout } = data;
      const paid = result === null ? '' : 'r';
      return { version: `${market?.state ?? ''}.${market?.version ?? 0}.${bout.state}.${paid}`, data };
    },
    versions: async (topics) => {
      const rows = await db.query<{ id: number; version: string }>(
        `SELECT b.id, concat_ws('.', m.state, m.last_seq, b.state,
           CASE WHEN EXISTS (SELECT 1 FROM result r WHERE r.bout_id = b.id AND r.confirmed_at IS NOT NULL) THEN 'r' ELSE '' END
         ) AS version
         FROM bout b JOIN market m ON m.bout_id = b.id AND m.kind = 'winner' WHERE b.id = ANY ($1)`,
        [topics.map(boutIdOf)],
      );
      return new Map(rows.map(({ id, version }) => [`bout:${id}` as const, version]));
    },
  };
}

function boutIdOf(topic: Topic): number {
  return Number(topic.slice('bout:'.length));
}
