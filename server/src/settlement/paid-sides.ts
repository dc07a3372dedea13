/**
 * What each account gets by the payments of duels: the player's own, and that of his bonus, to which a void gives the
 * bonus part of a stake back. Both the corrections and their previews add up by this.
 */

/** `player_id, account_id, xof` of payments `r` of duels `d`. */
export function paidSides(paymentsOfDuels: string): string {
  const side = (own: 'a' | 'b') =>
    `SELECT d.player_${own}_id AS player_id, r.payout_${own}_xof AS xof,
       CASE r.outcome WHEN 'void' THEN d.bonus_${own}_xof ELSE 0 END AS bonus_xof FROM ${paymentsOfDuels}`;
  return `SELECT s.player_id, v.account_id, sum(v.xof)::bigint AS xof
    FROM (${side('a')} UNION ALL ${side('b')}) s JOIN player p ON p.id = s.player_id
    CROSS JOIN LATERAL (VALUES (p.available_account_id, s.xof - s.bonus_xof), (p.bonus_account_id, s.bonus_xof)) v (account_id, xof)
    WHERE v.account_id = p.available_account_id OR v.xof > 0 GROUP BY 1, 2`;
}

/** As the duels of market $1 say now. */
export const paidNow = paidSides(
  `duel d CROSS JOIN LATERAL (SELECT d.outcome, d.payout_a_xof, d.payout_b_xof) r WHERE d.market_id = $1`,
);

/** What players have received in all by the lines of the correction `last`. */
export const receivedByLines = `SELECT l.player_id, l.account_id, l.received_xof - l.taken_xof + l.given_xof AS xof
  FROM correction_line l JOIN last ON last.id = l.correction_id`;
