/** Writes the whole effect of a batch in one statement: operations, offers, duels, the market's sequence, postings. */
import { randomFillSync } from 'node:crypto';
import type { BatchDecision, Decision, NewChallenge, NewDuel } from '#core/book.ts';
import { errorCatalogue, isRefusal } from '#core/errors.ts';
import { offerAccepted, offerPlaced, offerReturned } from '#core/ledger.ts';
import { opposite } from '#core/market.ts';
import { winnerSlip } from '#core/settlement.ts';
import type { Tx } from '../db.ts';
import { postArguments, type Transfer } from '../ledger/post.ts';
import { uuidV7 } from '../uuid.ts';
import type { BetAnswer, BetCommand } from './bet-command.ts';
import type { MarketReading } from './read-market.ts';

export interface DecidedBatch {
  readonly marketId: number;
  readonly reading: MarketReading;
  readonly commands: readonly BetCommand[];
  readonly decision: BatchDecision;
}

interface DuelRow extends NewDuel {
  readonly id: string;
  readonly takerOperationId: string;
}

const SALT_BYTES = 16;

/** Returns the answers by operation id. */
export async function writeBatch(tx: Tx, batch: DecidedBatch): Promise<Map<string, BetAnswer>> {
  const writer = new BatchWriter(batch);
  for (const [index, command] of batch.commands.entries()) {
    const decision = batch.decision.decisions[index];
    if (decision === undefined) throw new Error('a command without a decision');
    writer.add(command, decision);
  }
  await tx.run({ name: 'write_market_batch', text: WRITE_BATCH, values: writer.values() });
  return writer.answers;
}

/** Collects the rows of a batch. */
class BatchWriter {
  readonly answers = new Map<string, BetAnswer>();
  readonly #batch: DecidedBatch;
  readonly #transfers: Transfer[] = [];
  readonly #duels: DuelRow[] = [];
  readonly #placed: { command: BetCommand; decision: Extract<Decision, { kind: 'placed' }> }[] = [];
  readonly #pseudonyms: Map<string, string>;
  readonly #placedAt: string;

  constructor(batch: DecidedBatch) {
    this.#batch = batch;
    this.#placedAt = new Date(batch.reading.view.nowMs).toISOString();
    this.#pseudonyms = new Map(batch.reading.pseudonyms);
    for (const { playerId, pseudonym } of batch.commands) this.#pseudonyms.set(playerId, pseudonym);
  }

  add(command: BetCommand, decision: Decision): void {
    const answer = this.#answer(command, decision);
    this.answers.set(command.operationId, answer);
    if (isRefusal(decision)) return;
    const postings = this.#postings(command, decision);
    const kind = TRANSFER_KINDS[decision.kind];
    this.#transfers.push({ id: command.operationId, kind, inputHash: command.inputHash, postings });
  }

  #postings(command: BetCommand, decision: Exclude<Decision, { code: string }>) {
    const { escrowAccountId, bonusAccounts } = this.#batch.reading;
    const accounts = {
      player: command.accountId,
      bonus: bonusAccounts.get(command.playerId) ?? null,
      escrow: escrowAccountId,
    };
    switch (decision.kind) {
      case 'placed':
        return offerPlaced({ ...accounts, ...decision, stakeXof: asPlace(command).stakeXof });
      case 'accepted': {
        const { takerXof: stakeXof, takerBonusXof: bonusXof } = decision.duel;
        const back = decision.cancelled === null ? [] : offerReturned({ ...accounts, ...decision.cancelled });
        return [...back, ...offerAccepted({ ...accounts, stakeXof, bonusXof })];
      }
      case 'cancelled':
        return offerReturned({ ...accounts, ...decision });
    }
  }

  #answer(command: BetCommand, decision: Decision): BetAnswer {
    if (isRefusal(decision)) return decision;
    const { marketId } = this.#batch;
    const { operationId } = command;
    switch (decision.kind) {
      case 'placed': {
        this.#placed.push({ command, decision });
        const { side, stakeXof, askXof } = asPlace(command);
        const { filledXof, openXof, returnedXof } = decision;
        const bets = decision.duels.map((duel) => this.#bet(duel, operationId));
        const amounts = { stakeXof, askXof, filledXof, openXof, returnedXof };
        return {
          operationId,
          offerId: operationId,
          marketId,
          side,
          ...amounts,
          placedAt: this.#placedAt,
          bets,
        };
      }
      case 'accepted': {
        const { makerSide, makerOfferId } = decision.duel;
        const bet = this.#bet(decision.duel, operationId);
        const side = opposite(makerSide);
        return { operationId, offerId: makerOfferId, marketId, side, acceptedAt: this.#placedAt, bet };
      }
      case 'cancelled': {
        const { command: cancel } = command;
        return { operationId, offerId: cancel.offerId, returnedXof: decision.returnedXof };
      }
    }
  }

  /** The taker's side of a new duel. */
  #bet(duel: NewDuel, takerOperationId: string) {
    const { view } = this.#batch.reading;
    const id = uuidV7(view.nowMs);
    this.#duels.push({ ...duel, id, takerOperationId });
    return {
      betId: id,
      stakeXof: duel.takerXof,
      opponentStakeXof: duel.makerXof,
      netXof: winnerSlip(duel.takerXof, duel.makerXof, view.ruleCard.rates).netXof,
      opponent: this.#pseudonyms.get(duel.makerId) ?? '',
    };
  }

  values(): unknown[] {
    const { marketId, reading, commands, decision } = this.#batch;
    const answers = commands.map((command) => this.answers.get(command.operationId));
    const changes = [...decision.changes];
    return [
      marketId,
      reading.nowAt,
      decision.lastSeq,
      decision.stakedXof,
      commands.map((command) => command.operationId),
      commands.map((command) => `${command.command.kind}-offer`),
      commands.map((command) => command.playerId),
      commands.map((command) => command.inputHash),
      answers.map((answer) =>
        answer !== undefined && isRefusal(answer) ? errorCatalogue[answer.code].status : 200,
      ),
      answers.map((answer) => JSON.stringify(answer)),
      changes.map(([id]) => id),
      changes.map(([, change]) => change.filledXof),
      changes.map(([, change]) => change.returnedXof),
      changes.map(([, change]) => change.bonusXof),
      ...this.#offerValues(),
      ...this.#duelValues(),
      ...postArguments(this.#transfers),
    ];
  }

  #offerValues(): unknown[] {
    const finals = this.#placed.map(({ command }) => {
      const final = this.#batch.decision.finals.get(command.operationId);
      if (final === undefined) throw new Error(`offer ${command.operationId} was placed without an end`);
      return final;
    });
    const challenges = this.#placed.map(({ command }) => asPlace(command).challenge);
    const expiries = this.#placed.map(({ command }) => asPlace(command).expiresAtMs);
    return [
      this.#placed.map(({ command }) => command.operationId),
      this.#placed.map(({ command }) => command.playerId),
      this.#placed.map(({ decision }) => decision.seq),
      this.#placed.map(({ command }) => asPlace(command).side),
      this.#placed.map(({ decision }) => decision.ratio.stake),
      this.#placed.map(({ decision }) => decision.ratio.ask),
      this.#placed.map(({ command }) => asPlace(command).stakeXof),
      this.#placed.map(({ command }) => asPlace(command).askXof),
      finals.map((final) => final.openXof),
      finals.map((final) => final.filledXof),
      finals.map((final) => final.returnedXof),
      finals.map((final) => final.bonusXof),
      challenges.map((challenge) => visibilityOf(challenge)),
      challenges.map((challenge) => (challenge?.by === 'phone' ? challenge.phone : null)),
      challenges.map((challenge) => (challenge?.by === 'answer' ? challenge.playerId : null)),
      challenges.map((challenge) => (challenge?.by === 'answer' ? challenge.offerId : null)),
      expiries.map((expiresAtMs) => (expiresAtMs === null ? null : new Date(expiresAtMs))),
    ];
  }

  #duelValues(): unknown[] {
    const duels = this.#duels;
    const salts = randomFillSync(Buffer.alloc(duels.length * SALT_BYTES));
    return [
      duels.map((duel) => duel.id),
      duels.map((duel) => duel.seq),
      duels.map((duel) => duel.makerSide),
      duels.map((duel) => duel.makerOfferId),
      duels.map((duel) => duel.takerOperationId),
      duels.map((duel) => (duel.makerSide === 'A' ? duel.makerId : duel.takerId)),
      duels.map((duel) => (duel.makerSide === 'B' ? duel.makerId : duel.takerId)),
      duels.map((duel) => (duel.makerSide === 'A' ? duel.makerXof : duel.takerXof)),
      duels.map((duel) => (duel.makerSide === 'B' ? duel.makerXof : duel.takerXof)),
      duels.map((duel) => (duel.makerSide === 'A' ? duel.makerBonusXof : duel.takerBonusXof)),
      duels.map((duel) => (duel.makerSide === 'B' ? duel.makerBonusXof : duel.takerBonusXof)),
      duels.map((_, index) => salts.subarray(index * SALT_BYTES, (index + 1) * SALT_BYTES)),
    ];
  }
}

const TRANSFER_KINDS = {
  placed: 'offer_placed',
  accepted: 'offer_accepted',
  cancelled: 'offer_cancelled',
} as const;

function visibilityOf(challenge: NewChallenge | null): string {
  if (challenge === null) return 'public';
  return challenge.by === 'answer' ? 'counter' : challenge.by;
}

function asPlace({ command }: BetCommand) {
  if (command.kind !== 'place') throw new Error(`a placement was decided for a command ${command.kind}`);
  return command;
}

/** The arguments, in the order of `values()`: each `$` takes the next number. */
const WRITE_BATCH = numbered`
WITH batch (market_id, at, last_seq, staked_xof) AS (
  VALUES ($::int, $::timestamptz, $::bigint, $::bigint)
), answered AS (
  INSERT INTO operation (id, kind, actor_id, input_hash, status, answer, recorded_at)
  SELECT o.id, o.kind, o.actor_id, o.input_hash, o.status, o.answer::jsonb, b.at
  FROM batch b, unnest($::uuid[], $::text[], $::uuid[], $::bytea[], $::smallint[], $::text[])
    AS o (id, kind, actor_id, input_hash, status, answer)
), changed AS (
  UPDATE offer o SET open_xof = o.open_xof - c.filled_xof - c.returned_xof,
    filled_xof = o.filled_xof + c.filled_xof, returned_xof = o.returned_xof + c.returned_xof,
    bonus_xof = o.bonus_xof - c.bonus_xof
  FROM unnest($::uuid[], $::bigint[], $::bigint[], $::bigint[]) AS c (id, filled_xof, returned_xof, bonus_xof)
  WHERE o.id = c.id
), placed AS (
  INSERT INTO offer (id, market_id, player_id, seq, side, ratio_stake, ratio_ask, stake_xof, ask_xof,
    open_xof, filled_xof, returned_xof, bonus_xof, visibility, invited_phone, invited_player_id, answers_offer_id,
    expires_at, placed_at)
  SELECT p.id, b.market_id, p.player_id, p.seq, p.side, p.ratio_stake, p.ratio_ask, p.stake_xof, p.ask_xof,
    p.open_xof, p.filled_xof, p.returned_xof, p.bonus_xof, p.visibility, p.invited_phone, p.invited_player_id,
    p.answers_offer_id, p.expires_at, b.at
  FROM batch b, unnest($::uuid[], $::uuid[], $::bigint[], $::text[], $::smallint[], $::smallint[], $::bigint[],
    $::bigint[], $::bigint[], $::bigint[], $::bigint[], $::bigint[], $::text[], $::text[], $::uuid[], $::uuid[],
    $::timestamptz[])
    AS p (id, player_id, seq, side, ratio_stake, ratio_ask, stake_xof, ask_xof, open_xof, filled_xof, returned_xof,
      bonus_xof, visibility, invited_phone, invited_player_id, answers_offer_id, expires_at)
), made AS (
  INSERT INTO duel (id, market_id, seq, maker_side, maker_offer_id, taker_operation_id, player_a_id, player_b_id,
    stake_a_xof, stake_b_xof, bonus_a_xof, bonus_b_xof, salt, made_at)
  SELECT d.id, b.market_id, d.seq, d.maker_side, d.maker_offer_id, d.taker_operation_id, d.player_a_id, d.player_b_id,
    d.stake_a_xof, d.stake_b_xof, d.bonus_a_xof, d.bonus_b_xof, d.salt, b.at
  FROM batch b, unnest($::uuid[], $::bigint[], $::text[], $::uuid[], $::uuid[], $::uuid[], $::uuid[],
    $::bigint[], $::bigint[], $::bigint[], $::bigint[], $::bytea[])
    AS d (id, seq, maker_side, maker_offer_id, taker_operation_id, player_a_id, player_b_id, stake_a_xof, stake_b_xof,
      bonus_a_xof, bonus_b_xof, salt)
), counted AS (
  UPDATE market m SET last_seq = b.last_seq, staked_xof = m.staked_xof + b.staked_xof FROM batch b WHERE m.id = b.market_id
)
SELECT ledger.post($::uuid[], $::text[], $::bytea[], $::uuid[], $::smallint[], $::bigint[], $::bigint[], $::bigint[])`;

function numbered(text: TemplateStringsArray): string {
  let last = 0;
  return text.join('').replace(/\$/g, () => {
    last += 1;
    return `$${last}`;
  });
}
