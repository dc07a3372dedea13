/**
 * The signed receipt of a bet, made when it is asked for from what is stored: nothing of it is on the way of a bet. Asked
 * for again it is the same, but for the key when another one signs by then.
 */
import { sign } from 'node:crypto';
import type { Static } from 'typebox';
import type { ReceiptView } from '#core/api/proofs.ts';
import { fail } from '#core/errors.ts';
import { CHAIN_START } from '#core/proof.ts';
import { sideText } from '#core/question.ts';
import { RECEIPT_FORMAT, type Receipt, receiptBytes } from '#core/receipt.ts';
import { canonicalJson, type RuleCard } from '#core/rule-card.ts';
import { winnerSlip } from '#core/settlement.ts';
import type { PlayerIdentity } from '../http.ts';
import { type AgreedBet, findAgreedBet } from './queries.ts';
import { type KeyDeps, openSigningKey } from './receipt-keys.ts';
import { sha256 } from './sha256.ts';

export type SignedReceipt = Static<typeof ReceiptView>;

export async function showReceipt(
  deps: KeyDeps,
  player: PlayerIdentity,
  betId: string,
): Promise<SignedReceipt> {
  const bet = (await findAgreedBet(deps.db, player.playerId, betId)) ?? fail('not_found');
  const { keyId, privateKey } = await openSigningKey(deps);
  const receipt = receiptOf(bet, keyId);
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
    chain: { number: bet.chainNumber, value: (bet.chainValue ?? Buffer.from(CHAIN_START)).toString('hex') },
    keyId,
  };
}

/** Cards of the first version were not hashed when they were frozen. */
function hashOfCard(card: RuleCard): Buffer {
  return Buffer.from(sha256(Buffer.from(canonicalJson(card))));
}
