/**
 * What a proposed result would do, market by market, if nothing moved until its confirmation: the totals that it pays,
 * and, where something was paid before, the difference: what is taken back and given, and what the house bears.
 *
 * The arithmetic is the settlement's own (core), so that the preview and the books agree to the franc.
 */
import type { HouseChangeShown, MarketPreview, ResultVersion } from '#core/api/result-pages.ts';
import { correctLine } from '#core/correction.ts';
import { xof } from '#core/money.ts';
import { type MarketOutcome, waitsForHomologation } from '#core/outcome.ts';
import { payDuel } from '#core/settlement.ts';
import { totalSettlement } from '#core/settlement-totals.ts';
import type { Db } from '../db.ts';
import { outcomeOf } from './start-settlements.ts';
import {
  findHoldings,
  findHouseParts,
  findSideStacks,
  type MarketSeen,
  type SideStack,
} from './version-queries.ts';

export async function previewResult(
  db: Db,
  markets: readonly MarketSeen[],
  proposed: ResultVersion,
): Promise<MarketPreview[]> {
  const previews: MarketPreview[] = [];
  for (const market of markets) previews.push(await previewMarket(db, market, proposed));
  return previews;
}

async function previewMarket(db: Db, market: MarketSeen, proposed: ResultVersion): Promise<MarketPreview> {
  const { marketId, outcome: before, rates } = market;
  const after = outcomeOf({ id: marketId, question: market.asks }, proposed);
  const isHeld =
    proposed.version === 1 &&
    market.state === 'closed' &&
    waitsForHomologation(market.payoutPolicy, proposed.ending);
  const stacks = await findSideStacks(db, marketId);
  const totals = totalSettlement(
    stacks
      .filter(({ side }) => side === 'A')
      .map((stack) => ({
        count: stack.count,
        isLate: stack.isLate,
        stakeAXof: xof(stack.stakeAXof),
        stakeBXof: xof(stack.stakeBXof),
      })),
    after,
    rates,
  );
  const change =
    before === null || before === after || market.isPaying
      ? null
      : await changeOf(db, market, { after, stacks, ...totals });
  return { marketId, before, after, isHeld, totals, change };
}

async function changeOf(
  db: Db,
  { marketId, rates }: MarketSeen,
  next: {
    readonly after: MarketOutcome;
    readonly stacks: readonly SideStack[];
    readonly commissionXof: number;
    readonly taxXof: number;
  },
): Promise<HouseChangeShown> {
  const due = new Map<number, number>();
  const add = (account: number, amountXof: number) => due.set(account, (due.get(account) ?? 0) + amountXof);
  for (const { account, bonusAccount, side, bonusXof, isLate, count, ...stakes } of next.stacks) {
    const outcome = isLate ? 'void' : next.after;
    const payment = payDuel(
      { stakeAXof: xof(stakes.stakeAXof), stakeBXof: xof(stakes.stakeBXof) },
      outcome,
      rates,
    );
    const payoutXof = side === 'A' ? payment.payoutAXof : payment.payoutBXof;
    const toBonusXof = outcome === 'void' && bonusAccount !== null ? bonusXof : 0;
    add(account, count * (payoutXof - toBonusXof));
    if (bonusAccount !== null) add(bonusAccount, count * toBonusXof);
  }
  const holdings = new Map((await findHoldings(db, marketId)).map((holding) => [holding.account, holding]));
  let [takenXof, givenXof, lossXof] = [0, 0, 0];
  for (const account of new Set([...due.keys(), ...holdings.keys()])) {
    const { receivedXof = 0, availableXof = 0 } = holdings.get(account) ?? {};
    const line = { receivedXof: xof(receivedXof), dueXof: xof(due.get(account) ?? 0) };
    const corrected = correctLine(line, xof(availableXof));
    takenXof += corrected.takenXof;
    givenXof += corrected.givenXof;
    lossXof += corrected.lossXof;
  }
  const now = (await findHouseParts(db, marketId)) ?? { commissionXof: 0, taxXof: 0, lossXof: 0 };
  return {
    takenXof,
    givenXof,
    commissionXof: next.commissionXof - now.commissionXof,
    taxXof: next.taxXof - now.taxXof,
    // How much of the tax is a claim is known once it is booked: months may be paid over until then.
    claimXof: 0,
    lossXof: lossXof - now.lossXof,
  };
}
