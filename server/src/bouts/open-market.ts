import { createHash } from 'node:crypto';
import { fail } from '#core/errors.ts';
import { canonicalJson, makeRuleCard, type PayoutPolicy, type RuleCard } from '#core/rule-card.ts';
import { betLimitsOf, ratesOf } from '#core/settings.ts';
import type { Db, Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { readSettings } from '../settings/open-settings.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import {
  holdBoutOfMarket,
  type LockedMarket,
  lockMarketFor,
  requireBeforeHardStop,
  requireMayBecome,
} from './lock-market.ts';
import type { MarketChanged, MarketCommand } from './market-command.ts';

/** Opens betting on a market in draft: its rule card is frozen from the settings of now. Never after the whistle. */
export function openMarket(
  db: Db,
  staff: StaffIdentity,
  asked: MarketCommand & { readonly payoutPolicy?: PayoutPolicy | undefined },
): Promise<MarketChanged> {
  const { operationId, marketId, payoutPolicy } = asked;
  const input = payoutPolicy === undefined ? {} : { payoutPolicy };
  const command = { operationId, command: 'open-market', target: `market ${marketId}`, input };
  return runStaffCommand(db, staff, command, async (tx) => {
    await holdBoutOfMarket(tx, marketId);
    const market = await lockMarketFor(tx, staff, marketId);
    if (market.state !== 'draft') requireMayBecome(market, 'draft');
    if (market.boutState !== 'announced') fail('bout_state_forbids', { state: market.boutState });
    requireBeforeHardStop(market);
    await freezeAndOpen(tx, { ...market, payoutPolicy: payoutPolicy ?? market.payoutPolicy });
    return { operationId, state: 'open', at: market.now.toISOString() };
  });
}

export async function freezeAndOpen(tx: Tx, market: LockedMarket): Promise<void> {
  // Of the very instant that is stored as the opening: a market is before a change of the rates, or after it.
  const settings = await readSettings(tx, market.nowAt);
  const { question, authority, boutRules, payoutPolicy } = market;
  const ruleCard = makeRuleCard({
    question,
    rates: ratesOf(settings),
    limits: betLimitsOf(settings),
    authority,
    boutRules,
    payoutPolicy,
    postponementMs: settings.postponementMs,
  });
  await tx.query(
    `UPDATE market SET state = 'open', rule_card = $2, rule_card_hash = $3, payout_policy = $5, opened_at = $4 WHERE id = $1`,
    [market.id, ruleCard, hashRuleCard(ruleCard), market.nowAt, payoutPolicy],
  );
}

/** SHA-256 of the card in canonical JSON: names the card in bets and receipts. */
export function hashRuleCard(card: RuleCard): Buffer {
  return createHash('sha256').update(canonicalJson(card)).digest();
}
