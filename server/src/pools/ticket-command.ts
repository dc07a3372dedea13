/** A ticket on its way to its pool's batch, and the answers it can get. */
import type { Static } from 'typebox';
import type { BoughtTicketView } from '#core/api/pools.ts';
import type { Refusal } from '#core/errors.ts';
import type { BuyCommand } from '#core/ticket-batch.ts';

export interface TicketCommand {
  readonly operationId: string;
  readonly inputHash: Buffer;
  readonly playerId: string;
  readonly accountId: number;
  readonly command: BuyCommand;
}

export type BoughtTicket = Static<typeof BoughtTicketView>;

export type TicketAnswer = BoughtTicket | Refusal;
