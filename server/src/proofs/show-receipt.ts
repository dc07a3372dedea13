/**
 * The signed receipt of a bet or a ticket, made when it is asked for from what is stored: nothing of it is on the way of a bet. Asked
 * for again it is the same, but for the key when another one signs by then.
 */
import { sign } from 'node:crypto';
import type { Static } from 'typebox';
import type { ReceiptView, TicketReceiptView } from '#core/api/proofs.ts';
import { fail } from '#core/errors.ts';
import { picksInWords } from '#core/pool-leg.ts';
import { CHAIN_START } from '#core/proof.ts';
import { sideText } from '#core/question.ts';
import {
  RECEIPT_FORMAT,
  type Receipt,
  receiptBytes,
  TICKET_RECEIPT_FORMAT,
  type TicketReceipt,
} from '#core/receipt.ts';
import { canonicalJson, type RuleCard } from '#core/rule-card.ts';
import { winnerSlip } from '#core/settlement.ts';
import type { PlayerIdentity } from '../http.ts';
import { type AgreedBet, findAgreedBet } from './queries.ts';
import { type KeyDeps, openSigningKey } from './receipt-keys.ts';
import { sha256 } from './sha256.ts';
import { findOwnTicket, type OwnTicketRow } from './ticket-queries.ts';

export type SignedReceipt = Static<typeof ReceiptView>;

export async function showReceipt(
  deps: KeyDeps,
  player: PlayerIdentity,
  betId: string,
): Promise<SignedReceipt> {
  const bet = (await findAgreedBet(deps.db, player.playerId, betId)) ?? fail('not_found');
  return signReceipt(deps, (keyId) => receiptOf(bet, keyId));
}

export type SignedTicketReceipt = Static<typeof TicketReceiptView>;

export async function showTicketReceipt(
  deps: KeyDeps,
  player: PlayerIdentity,
  ticketId: string,
): Promise<SignedTicketReceipt> {
  const ticket = (await findOwnTicket(deps.db, player.playerId, ticketId)) ?? fail('not_found');
  return signReceipt(deps, (keyId) => ticketReceiptOf(ticket, keyId));
}

async function signReceipt<One extends Receipt | TicketReceipt>(
  deps: KeyDeps,
  make: (keyId: string) => One,
): Promise<{ receipt: One; signature: string }> {
  const { keyId, privateKey } = await openSigningKey(deps);
  const receipt = make(keyId);
  return { receipt, signature: sign(null, receiptBytes(receipt), privateKey).toString('hex') };
}

function receiptOf(bet: AgreedBet, keyId: string): Receipt {
  const { ruleCard, side, stakeAXof, stakeBXof } = bet;
  const names = { a: bet.nameA, b: bet.nameB };
  const [stakeXof, opponentStakeXof] = side === 'A' ? [stakeAXof, stakeBXof] : [stakeBXof, stakeAXof];
  return {
    format: RECEIPT_FORMAT,
    betId: bet.betId,
    marketId: bet.marketId,
    boutName: `${names.a} – ${names.b}`,
    question: ruleCard.question,
    sides: { A: sideText(ruleCard.question, 'A', names), B: sideText(ruleCard.question, 'B', names) },
    side,
    stakeXof,
    opponentStakeXof,
    netXof: winnerSlip(stakeXof, opponentStakeXof, ruleCard.rates).netXof,
    madeAt: new Date(bet.madeAtMs).toISOString(),
    ruleCard: { version: ruleCard.version, hash: (bet.ruleCardHash ?? hashOfCard(ruleCard)).toString('hex') },
    chain: chainOf(bet),
    keyId,
  };
}

function ticketReceiptOf(ticket: OwnTicketRow, keyId: string): TicketReceipt {
  const { ruleCard, picks } = ticket;
  return {
    format: TICKET_RECEIPT_FORMAT,
    betId: ticket.id,
    poolId: ticket.poolId,
    poolName: ticket.poolName,
    picks,
    picksText: picksInWords(ruleCard.legs, picks),
    stakeXof: ticket.stakeXof,
    madeAt: new Date(ticket.madeAtMs).toISOString(),
    ruleCard: { version: ruleCard.version, hash: ticket.ruleCardHash.toString('hex') },
    chain: chainOf(ticket),
    keyId,
  };
}

function chainOf(then: { readonly chainNumber: number; readonly chainValue: Buffer | null }) {
  return {
    number: then.chainNumber,
    value: (then.chainValue ?? Buffer.from(CHAIN_START)).toString('hex'),
  };
}

/** Cards of the first version were not hashed when they were frozen. */
function hashOfCard(card: RuleCard): Buffer {
  return Buffer.from(sha256(Buffer.from(canonicalJson(card))));
}
