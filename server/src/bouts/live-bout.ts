/** Snapshots of bouts for live pages: what everybody may see, whoever watches. */

import type { LiveBout } from '#core/api/player-pages.ts';
import { endingTexts } from '#core/ending-texts.ts';
import type { Side } from '#core/market.ts';
import type { Db } from '../db.ts';
import type { LiveSource, Topic } from '../live.ts';
import { isCalledOffSql } from './change-sql.ts';
import { type Bout, countMoves, findBout } from './queries.ts';

/** Reads the public view of watched bouts; a version is the market's state and last sequence, and what was published since. */
export function liveBouts(db: Db): LiveSource {
  return {
    read: async (topic) => {
      const { boutId, marketId } = readTopic(topic);
      // Before what is read: a move meanwhile makes another version.
      const moveCount = await countMoves(db, boutId);
      const found = await findBout(db, boutId, marketId);
      if (found === null) return null;
      const { market, result, bout } = found;
      const published = `${market?.rootPublishedAt == null ? '' : 'p'}${result === null ? '' : 'r'}`;
      return {
        version: `${market?.state ?? ''}.${market?.version ?? 0}.${bout.state}.${moveCount}.${bout.isCalledOff}.${published}`,
        data: liveBoutOf(found),
      };
    },
    versions: async (topics) => {
      const rows = await db.query<{ topic: Topic; version: string }>(
        `SELECT t.topic, concat_ws('.', m.state, m.last_seq, b.state,
           (SELECT count(*) FROM postponement p WHERE p.bout_id = b.id), ${isCalledOffSql}::text,
           CASE WHEN m.root IS NULL THEN '' ELSE 'p' END || CASE WHEN EXISTS (SELECT 1 FROM result r WHERE r.bout_id = b.id AND r.confirmed_at IS NOT NULL) THEN 'r' ELSE '' END
         ) AS version
         FROM unnest($1::text[], $2::int[], $3::int[]) AS t (topic, bout_id, market_id)
         JOIN bout b ON b.id = t.bout_id
         JOIN market m ON m.bout_id = b.id AND CASE WHEN t.market_id IS NULL THEN m.kind = 'winner' ELSE m.id = t.market_id END`,
        [
          topics,
          topics.map((topic) => readTopic(topic).boutId),
          topics.map((topic) => readTopic(topic).marketId),
        ],
      );
      return new Map(rows.map(({ topic, version }) => [topic, version]));
    },
  };
}

export function topicOf(boutId: number, marketId: number | null): Topic {
  return marketId === null ? `bout:${boutId}` : `bout:${boutId}/${marketId}`;
}

function readTopic(topic: Topic): { boutId: number; marketId: number | null } {
  const [boutId, marketId] = topic.slice('bout:'.length).split('/').map(Number);
  return { boutId: boutId ?? 0, marketId: marketId ?? null };
}

/** Offers shown a side before "see the others". */
const PLACES = 6;

/** What changes on the page while it is looked at. */
export function liveBoutOf({ bout, market, offers, book, result }: Bout, places = PLACES): LiveBout {
  const ofSide = (side: Side) => offers.filter((offer) => offer.side === side);
  const shown = [...ofSide('A').slice(0, places), ...ofSide('B').slice(0, places)];
  return {
    state: bout.state,
    scheduledAt: bout.scheduledAt,
    moved: bout.moved,
    isCalledOff: bout.isCalledOff,
    market:
      market === null
        ? null
        : {
            id: market.id,
            state: market.state,
            version: market.version,
            closedAt: market.closedAt,
            rootPublishedAt: market.rootPublishedAt,
            engagedAXof: market.engagedAXof,
            engagedBXof: market.engagedBXof,
            payoutPolicy: market.payoutPolicy,
            outcome: market.outcome,
          },
    result: result === null ? null : { ...result, how: endingTexts[result.ending] },
    offers: shown,
    moreOffers: {
      A: Math.max(0, ofSide('A').length - places),
      B: Math.max(0, ofSide('B').length - places),
    },
    book,
  };
}
