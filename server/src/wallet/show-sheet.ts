/** A whole statement at once, oldest first: for a sheet of paper or a file. */
import type { StatementSheetView } from '#core/api/statement-pages.ts';
import { fail } from '#core/errors.ts';
import { boundsOf } from '#core/statement.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { showProfile } from '../players/show-profile.ts';
import { periodOf, readAtOnce, readMovements, readTotals, type StatementQuery } from './show-statement.ts';

/**
 * All of it in one look, so that it adds up, and therefore bounded: who has more is told so, and gets no part that
 * looks like the whole.
 */
export async function showSheet(
  db: Db,
  player: PlayerIdentity,
  query: Omit<StatementQuery, 'before'>,
  max: number,
): Promise<StatementSheetView> {
  const period = periodOf(query);
  const kind = query.kind ?? null;
  const { maskedPhone } = await showProfile(db, player);
  return readAtOnce(db, async (tx) => {
    const filter = { ...boundsOf(period), kind, before: null };
    const { movements, next } = await readMovements(tx, player, filter, max + 1);
    if (next !== null || movements.length > max) fail('statement_too_long', { max: String(max) });
    return {
      choice: { ...period, kind },
      pseudonym: player.pseudonym,
      maskedPhone,
      isTest: player.isTest,
      totals: await readTotals(tx, player, period),
      movements: movements.reverse(),
    };
  });
}
