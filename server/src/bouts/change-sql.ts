/** SQL about a bout `b` that does not go as it was announced. */

/** Moved, without a date, and has neither met nor a result; a whistle takes `void_at` away. */
export const isUndatedSql = `b.is_undated AND (b.state = 'announced' OR (b.state = 'whistled' AND b.void_at IS NOT NULL))`;

/** When every stake goes back by itself; null when nothing waits. */
export const voidAtSql = `CASE WHEN b.state IN ('announced', 'whistled') THEN b.void_at END`;

/** Betting was stopped because it is not fought, which a second person has to confirm. */
export const isCalledOffSql = `(EXISTS (SELECT FROM result r WHERE r.bout_id = b.id AND r.withdrawn_at IS NULL
      AND r.confirmed_at IS NULL AND r.ending IN ('cancelled', 'opponent_replaced', 'forfeit'))
    AND EXISTS (SELECT FROM market m WHERE m.bout_id = b.id AND m.close_cause = 'cancelled'))`;
