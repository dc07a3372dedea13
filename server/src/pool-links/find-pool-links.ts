/** The pools that the pages of a gala and of a bout lead to. Apart from the pools themselves, which know the bouts. */
import type { PoolLink } from '#core/api/pool-pages.ts';
import type { Db } from '../db.ts';

const LINKS_MAX = 20;
const LINK = `SELECT p.id, p.name, p.state, p.staked_xof AS "stakedXof",
    (SELECT count(*) FROM pool_leg l WHERE l.pool_id = p.id) AS "legCount"
  FROM pool p WHERE p.state <> 'draft' AND`;

/** Who sees the gala sees its opened pools. */
export function findPoolsOfGala(db: Db, galaId: number): Promise<PoolLink[]> {
  return db.query<PoolLink>(`${LINK} p.gala_id = $1 ORDER BY p.id LIMIT ${LINKS_MAX}`, [galaId]);
}

export function findPoolsOfBout(db: Db, boutId: number): Promise<PoolLink[]> {
  return db.query<PoolLink>(
    `${LINK} p.id IN (SELECT l.pool_id FROM pool_leg l WHERE l.bout_id = $1) ORDER BY p.id LIMIT ${LINKS_MAX}`,
    [boutId],
  );
}
