/**
 * A person's decision about one row of the catalogue: publish it, keep it waiting, or hold it. An import leaves the
 * decision alone, whatever the file's confidence becomes. Returns false when there is no such row; a stub is none.
 */
import type { Publication } from '#core/official-record.ts';
import type { Tx } from '#server/db.ts';

export interface Review {
  readonly publication: Publication;
  /** Who decides. */
  readonly actor: string;
}

export async function reviewWrestler(tx: Tx, wrestlerId: number, review: Review): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE wrestler
        SET publication = $2, publication_decided_by = $3, publication_decided_at = clock_timestamp()
      WHERE id = $1 AND NOT is_stub
      RETURNING id`,
    [wrestlerId, review.publication, review.actor],
  );
  return rows.length === 1;
}

export async function reviewOfficialBout(tx: Tx, officialBoutId: number, review: Review): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE official_bout
        SET publication = $2, publication_decided_by = $3, publication_decided_at = clock_timestamp()
      WHERE id = $1
      RETURNING id`,
    [officialBoutId, review.publication, review.actor],
  );
  return rows.length === 1;
}
