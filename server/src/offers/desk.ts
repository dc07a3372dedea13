/** Where bets are taken: the batcher over all markets, and what the door needs to know of each. */
import type { NewChallenge } from '#core/book.ts';
import { fail, RefusalError } from '#core/errors.ts';
import type { RuleCard } from '#core/rule-card.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { Batcher, type BatcherLimits } from '../operations/batcher.ts';
import type { Keys } from '../sessions/signed-text.ts';
import type { Settings } from '../settings/open-settings.ts';
import type { BetAnswer, BetCommand } from './bet-command.ts';
import { decideMarketBatch, isRefused } from './decide-market-batch.ts';
import { type ChallengeAsked, challengeKey, isChallengeKey, readNewChallenge } from './new-challenge.ts';
import { findMarketDoor } from './queries.ts';

/** What never changes about a market; the rule card never changes once the market has opened. */
export interface MarketDoor {
  readonly marketId: number;
  readonly boutId: number;
  readonly isTest: boolean;
  readonly ruleCard: RuleCard | null;
}

export interface BetDesk {
  /** The market as this player may see it; `not_found` when it does not exist for him. */
  enter(marketId: number, player: PlayerIdentity | null): Promise<MarketDoor>;
  /** Whom a new offer is for; null: everybody. */
  readChallenge(player: PlayerIdentity, asked: ChallengeAsked): Promise<NewChallenge | null>;
  /** The secret of a private offer's link. */
  challengeKey(offerId: string): string;
  isChallengeKey(offerId: string, key: string | undefined): boolean;
  /** Has the command decided in its market's next batch. Refusals are thrown. */
  submit<Answer extends BetAnswer>(door: MarketDoor, command: BetCommand): Promise<Answer>;
}

export interface BetDeskDeps {
  readonly db: Db;
  readonly settings: Settings;
  /** They sign the links of private offers. */
  readonly formKeys: Keys;
  /** Called after each batch has been committed. */
  readonly onChanged: (door: MarketDoor) => void;
  readonly limits?: BatcherLimits;
}

const DOORS_MAX = 10_000;

export function openBetDesk(deps: BetDeskDeps): BetDesk {
  const doors = new Map<number, MarketDoor>();
  const batcher = new Batcher<BetCommand, BetAnswer>(
    (marketId, commands) => decideMarketBatch(deps.db, marketId, commands, deps.settings.current()),
    deps.limits,
  );

  return {
    enter: async (marketId, player) => {
      const known = doors.get(marketId);
      const door = known ?? (await findMarketDoor(deps.db, marketId)) ?? fail('not_found');
      // A market in draft has no rule card yet: asked again next time.
      if (known === undefined && door.ruleCard !== null) {
        if (doors.size >= DOORS_MAX) doors.clear();
        doors.set(marketId, door);
      }
      // Test money and real money never meet: the other kind of market does not exist for this player.
      if (player !== null && player.isTest !== door.isTest) fail('not_found');
      return door;
    },
    readChallenge: (player, asked) => readNewChallenge(deps.db, deps.formKeys, player, asked),
    challengeKey: (offerId) => challengeKey(deps.formKeys, offerId),
    isChallengeKey: (offerId, key) => isChallengeKey(deps.formKeys, offerId, key),
    submit: async <Answer extends BetAnswer>(door: MarketDoor, command: BetCommand) => {
      const answer = await batcher.submit(door.marketId, command);
      if (isRefused(answer)) throw new RefusalError(answer);
      deps.onChanged(door);
      // The answer's kind follows from the command's.
      return answer as Answer;
    },
  };
}
