/**
 * What follows the close of a market: the root of its bets is published, then the open parts of its offers go back.
 * Each step is its own short transaction and can be run again: a killed worker's work is taken up where it stopped.
 */
import { createHash } from 'node:crypto';
import { offerReturned } from '#core/ledger.ts';
import type { Side } from '#core/market.ts';
import { xof } from '#core/money.ts';
import { leafBytes, merkleRoot } from '#core/proof.ts';
import { lockMarket } from '../bouts/lock-market.ts';
import type { Db, Tx } from '../db.ts';
import { postTransfers, type Transfer } from '../ledger/post.ts';
import { offerReturnedId } from '../ledger/transfer-ids.ts';

const RETURNED_PER_TRANSACTION = 500;
const DUELS_PER_READ = 5_000;

/** Publishes the root of a closed market and returns every open part. Safe to run any number of times. */
export async function sealMarket(db: Db, marketId: number): Promise<void> {
  await publishRoot(db, marketId);
  while ((await returnOpenParts(db, marketId)) === RETURNED_PER_TRANSACTION);
}

async function publishRoot(db: Db, marketId: number): Promise<void> {
  await db.transaction(async (tx) => {
    const market = await lockMarket(tx, marketId);
    if (market === null || market.closedAt === null || market.hasRoot) return;
    const leaves = await readLeaves(tx, marketId);
    const root = merkleRoot(leaves, (bytes) => createHash('sha256').update(bytes).digest());
    await tx.query(
      `UPDATE market SET root = $2, root_duel_count = $3, root_published_at = clock_timestamp() WHERE id = $1`,
      [marketId, Buffer.from(root), leaves.length],
    );
  });
}

interface LeafRow {
  id: string;
  seq: number;
  maker_side: Side;
  stake_a_xof: number;
  stake_b_xof: number;
  made_at_ms: number;
  salt: Buffer;
}

/** The bytes of every duel of a closed market, in order of arrival. */
export async function readLeaves(tx: Tx, marketId: number): Promise<Uint8Array[]> {
  const leaves: Uint8Array[] = [];
  for (let after = 0; ; ) {
    const rows = await tx.query<LeafRow>(
      `SELECT id, seq, maker_side, stake_a_xof, stake_b_xof, salt,
         floor(extract(epoch FROM made_at) * 1000)::bigint AS made_at_ms
       FROM duel WHERE market_id = $1 AND seq > $2 ORDER BY seq LIMIT ${DUELS_PER_READ}`,
      [marketId, after],
    );
    for (const row of rows) {
      leaves.push(
        leafBytes({
          marketId,
          seq: row.seq,
          id: Buffer.from(row.id.replaceAll('-', ''), 'hex'),
          makerSide: row.maker_side,
          stakeAXof: xof(row.stake_a_xof),
          stakeBXof: xof(row.stake_b_xof),
          madeAtMs: row.made_at_ms,
          salt: row.salt,
        }),
      );
    }
    const last = rows.at(-1);
    if (last === undefined) return leaves;
    after = last.seq;
  }
}

interface OpenPart {
  id: string;
  account_id: number;
  open_xof: number;
}

/** Returns the open parts of some offers of a closed market; how many. */
async function returnOpenParts(db: Db, marketId: number): Promise<number> {
  return db.transaction(async (tx) => {
    const market = await lockMarket(tx, marketId);
    if (market === null || market.closedAt === null) return 0;
    const parts = await tx.query<OpenPart & { escrow: number }>(
      `SELECT o.id, o.open_xof, p.available_account_id AS account_id, m.escrow_account_id AS escrow
       FROM offer o JOIN player p ON p.id = o.player_id JOIN market m ON m.id = o.market_id
       WHERE o.market_id = $1 AND o.is_open ORDER BY o.id LIMIT ${RETURNED_PER_TRANSACTION}`,
      [marketId],
    );
    await tx.query(
      `UPDATE offer SET returned_xof = returned_xof + open_xof, open_xof = 0 WHERE id = ANY ($1)`,
      [parts.map((part) => part.id)],
    );
    await postTransfers(
      tx,
      parts.map((part): Transfer => {
        const id = offerReturnedId(part.id);
        const postings = offerReturned({
          player: part.account_id,
          escrow: part.escrow,
          returnedXof: xof(part.open_xof),
        });
        return { id, kind: 'offer_returned', inputHash: hashOf(id, part.open_xof), postings };
      }),
    );
    return parts.length;
  });
}

/** The input hash of the server's own transfers: what they are and how much. */
export function hashOf(...parts: readonly (string | number)[]): Buffer {
  return createHash('sha256').update(parts.join(':')).digest();
}
