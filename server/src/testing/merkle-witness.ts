/**
 * The root of a market's bets by another road than the server's: leaves straight from the rows, the tree by the
 * recursive definition of RFC 6962. For tests that do not want to believe core.
 */
import { createHash } from 'node:crypto';
import type { Db } from '../db.ts';

export interface WitnessedSet {
  readonly root: string;
  readonly duelIds: ReadonlySet<string>;
}

export async function witnessRoot(db: Db, marketId: number): Promise<WitnessedSet> {
  const rows = await db.query<{ id: string; leaf: Buffer }>(
    `SELECT id, '\\x01'::bytea || int4send(market_id) || int8send(seq) || uuid_send(id) || convert_to(maker_side, 'UTF8')
       || int8send(stake_a_xof) || int8send(stake_b_xof)
       || int8send(floor(extract(epoch FROM made_at) * 1000)::bigint) || salt AS leaf
     FROM duel WHERE market_id = $1 ORDER BY seq`,
    [marketId],
  );
  return { root: headOf(rows.map((row) => row.leaf)), duelIds: new Set(rows.map((row) => row.id)) };
}

function headOf(leaves: readonly Buffer[]): string {
  return treeHead(leaves).toString('hex');
}

function treeHead(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), only);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.of(1), treeHead(leaves.slice(0, split)), treeHead(leaves.slice(split)));
}

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
