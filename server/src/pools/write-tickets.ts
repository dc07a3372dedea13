/** Writes the whole effect of a batch in one statement: operations, tickets, totals, the pool's sums, postings. */
import { randomFillSync } from 'node:crypto';
import { errorCatalogue, isRefusal } from '#core/errors.ts';
import { ticketBought } from '#core/ledger.ts';
import type { Bought, TicketDecisions } from '#core/ticket-batch.ts';
import type { Tx } from '../db.ts';
import { postArguments, type Transfer } from '../ledger/post.ts';
import type { PoolReading } from './read-pool.ts';
import type { TicketAnswer, TicketCommand } from './ticket-command.ts';

export interface DecidedTickets {
  readonly poolId: number;
  readonly reading: PoolReading;
  readonly commands: readonly TicketCommand[];
  readonly decided: TicketDecisions;
}

const SALT_BYTES = 16;

/** Returns the answers by operation id. */
export async function writeTickets(tx: Tx, batch: DecidedTickets): Promise<Map<string, TicketAnswer>> {
  const { commands, decided } = batch;
  const bought: { command: TicketCommand; ticket: Bought }[] = [];
  const answers = commands.map((command, index): TicketAnswer => {
    const decision = decided.decisions[index];
    if (decision === undefined) throw new Error('a command without a decision');
    if (isRefusal(decision)) return decision;
    bought.push({ command, ticket: decision });
    return answerOf(batch, command, decision);
  });
  await tx.run({ name: 'write_tickets', text: WRITE_TICKETS, values: valuesOf(batch, answers, bought) });
  return new Map(commands.map(({ operationId }, index) => [operationId, answers[index] ?? missing()]));
}

function answerOf({ poolId, reading }: DecidedTickets, command: TicketCommand, ticket: Bought): TicketAnswer {
  const { operationId } = command;
  return {
    operationId,
    ticketId: operationId,
    poolId,
    seq: ticket.seq,
    picks: ticket.picks,
    stakeXof: command.command.stakeXof,
    boughtAt: new Date(reading.view.nowMs).toISOString(),
    slip: ticket.quote,
  };
}

function valuesOf(
  { poolId, reading, commands, decided }: DecidedTickets,
  answers: readonly TicketAnswer[],
  bought: readonly { command: TicketCommand; ticket: Bought }[],
): unknown[] {
  const salts = randomFillSync(Buffer.alloc(bought.length * SALT_BYTES));
  const added = new Map<string, { xof: number; count: number }>();
  for (const { command, ticket } of bought) {
    const sum = added.get(ticket.picks) ?? { xof: 0, count: 0 };
    added.set(ticket.picks, { xof: sum.xof + command.command.stakeXof, count: sum.count + 1 });
  }
  const transfers = bought.map(({ command, ticket }): Transfer => {
    const { operationId: id, accountId: player, inputHash, playerId } = command;
    const accounts = { player, bonus: reading.bonusAccounts.get(playerId) ?? null };
    const stake = { stakeXof: command.command.stakeXof, bonusXof: ticket.bonusXof };
    const postings = ticketBought({ ...accounts, escrow: reading.escrowAccountId, ...stake });
    return { id, kind: 'ticket_bought', inputHash, postings };
  });
  return [
    poolId,
    reading.nowAt,
    decided.lastSeq,
    decided.stakedXof,
    commands.map((command) => command.operationId),
    commands.map((command) => command.playerId),
    commands.map((command) => command.inputHash),
    answers.map((answer) => (isRefusal(answer) ? errorCatalogue[answer.code].status : 200)),
    answers.map((answer) => JSON.stringify(answer)),
    bought.map(({ command }) => command.operationId),
    bought.map(({ command }) => command.playerId),
    bought.map(({ ticket }) => ticket.seq),
    bought.map(({ ticket }) => ticket.picks),
    bought.map(({ command }) => command.command.stakeXof),
    bought.map(({ ticket }) => ticket.bonusXof),
    bought.map((_, index) => salts.subarray(index * SALT_BYTES, (index + 1) * SALT_BYTES)),
    [...added.keys()],
    [...added.values()].map((sum) => sum.xof),
    [...added.values()].map((sum) => sum.count),
    ...postArguments(transfers),
  ];
}

function missing(): never {
  throw new Error('a command without an answer');
}

const WRITE_TICKETS = `
WITH answered AS (
  INSERT INTO operation (id, kind, actor_id, input_hash, status, answer, recorded_at)
  SELECT o.id, 'buy-ticket', o.actor_id, o.input_hash, o.status, o.answer::jsonb, $2::timestamptz
  FROM unnest($5::uuid[], $6::uuid[], $7::bytea[], $8::smallint[], $9::text[])
    AS o (id, actor_id, input_hash, status, answer)
), bought AS (
  INSERT INTO pool_ticket (id, pool_id, player_id, seq, picks, stake_xof, bonus_xof, salt, made_at)
  SELECT t.id, $1, t.player_id, t.seq, t.picks, t.stake_xof, t.bonus_xof, t.salt, $2::timestamptz
  FROM unnest($10::uuid[], $11::uuid[], $12::bigint[], $13::text[], $14::bigint[], $15::bigint[],
    $16::bytea[]) AS t (id, player_id, seq, picks, stake_xof, bonus_xof, salt)
), counted AS (
  INSERT INTO pool_total AS k (pool_id, picks, staked_xof, ticket_count)
  SELECT $1, a.picks, a.staked_xof, a.ticket_count FROM unnest($17::text[], $18::bigint[], $19::int[])
    AS a (picks, staked_xof, ticket_count)
  ON CONFLICT (pool_id, picks) DO UPDATE
    SET staked_xof = k.staked_xof + excluded.staked_xof, ticket_count = k.ticket_count + excluded.ticket_count
), numbered AS (
  UPDATE pool SET last_seq = $3, staked_xof = $4 WHERE id = $1 AND last_seq <> $3
)
SELECT ledger.post($20::uuid[], $21::text[], $22::bytea[], $23::uuid[], $24::smallint[],
  $25::bigint[], $26::bigint[], $27::bigint[])`;
