/** Snapshots of bouts for live pages: what everybody may see, whoever watches. */

import type { LiveBout } from '#core/api/player-pages.ts';
import type { Side } from '#core/market.ts';
import type { Db } from '../db.ts';
import type { LiveSource, Topic } from '../live.ts';
import { type Bout, findBout } from './queries.ts';

/** Reads the public view of watched bouts; a version is the market's state and last sequence. */
export function liveBouts(db: Db): LiveSource {
  return {
    read: async (topic) => {
      const found = await findBout(db, boutIdOf(topic));
      if (found === null) return null;
      const { market, result, bout } = found;
      const paid = result === null ? '' : 'r';
      return {
        version: `${market?.state ?? ''}.${market?.version ?? 0}.${bout.state}.${paid}`,
        data: liveBoutOf(found),
      };
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

/** Offers shown a side before "see the others". */
const PLACES = 6;

/** What changes on the page while it is looked at. */
export function liveBoutOf({ bout, market, offers, result }: Bout, places = PLACES): LiveBout {
  const ofSide = (side: Side) => offers.filter((offer) => offer.side === side);
  const shown = [...ofSide('A').slice(0, places), ...ofSide('B').slice(0, places)];
  return {
    state: bout.state,
    market:
      market === null
        ? null
        : {
            state: market.state,
            version: market.version,
            closedAt: market.closedAt,
            engagedAXof: market.engagedAXof,
            engagedBXof: market.engagedBXof,
          },
    result,
    offers: shown,
    moreOffers: {
      A: Math.max(0, ofSide('A').length - places),
      B: Math.max(0, ofSide('B').length - places),
    },
  };
}
