/** One withdrawal for its player: each state it went through, why it is where it is. */
import { setTimeout } from 'node:timers/promises';
import type { AwaitedApproval, WithdrawalPageView } from '#core/api/withdrawal-pages.ts';
import { fail } from '#core/errors.ts';
import type { WithdrawalState } from '#core/payment.ts';
import { type PaymentReason, paymentReasons } from '#core/payment-reasons.ts';
import type { PlayerIdentity } from '../http.ts';
import { maskPhone } from '../sessions/read-phone.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { findOwnWithdrawal, type OwnWithdrawalRow } from './page-queries.ts';
import { findHistory } from './show-withdrawal.ts';
import { tellStory } from './tell-story.ts';

/** How long one answer waits for news. The page before it is looked at meanwhile. */
const WAIT_MS = 5_000;
const LOOK_EVERY_MS = 250;
const ATTEMPTS_MAX = 12;

type Deps = Pick<WalletDeps, 'db' | 'providers' | 'settings'>;

export async function showOwnWithdrawal(
  deps: Deps,
  player: PlayerIdentity,
  asked: { readonly operationId: string; readonly isNew: boolean; readonly attempt: number },
): Promise<WithdrawalPageView> {
  const { operationId, isNew, attempt } = asked;
  // The first page comes at once; the next ones when there is news.
  const found = await waitForNews(deps, operationId, attempt === 1 ? 0 : WAIT_MS);
  if (found === null || found.playerId !== player.playerId) return fail('not_found');
  const events = await findHistory(deps.db, operationId);
  const isExpected = isNew && expectsNews(found) && attempt < ATTEMPTS_MAX;
  return {
    operationId,
    amountXof: found.amountXof,
    provider: deps.providers[found.provider]?.label ?? found.provider,
    maskedPhone: maskPhone(found.phone),
    state: found.state,
    reason: sentenceOfReason(found.reason),
    isAutomatic: found.isAutomatic,
    isReturn: found.isReturn,
    approval: awaitedApproval(deps, found),
    history: tellStory(events).map(({ step, reason, at }) => ({
      step,
      reason: sentenceOfReason(reason),
      at: at.toISOString(),
    })),
    isNew,
    isTest: found.isTest,
    version: `${found.state} ${events.length} ${found.approvals}`,
    next: isExpected ? `/portefeuille/retraits/${operationId}?nouveau=1&essai=${attempt + 1}` : null,
  };
}

function awaitedApproval({ settings }: Deps, found: OwnWithdrawalRow): AwaitedApproval | null {
  if (found.state !== 'approval') return null;
  const { approvalsRequired: people, approvals: agreed, inDayXof } = found;
  const { approvalFinanceXof, approvalTwoPeopleXof } = settings.current();
  const fromXof = people === 1 ? approvalFinanceXof : approvalTwoPeopleXof;
  const isForAmount = found.reason !== 'recipient_name_differs' && inDayXof >= fromXof;
  return { people, agreed, because: isForAmount ? { inDayXof, fromXof } : null };
}

function sentenceOfReason(reason: PaymentReason | null): string | null {
  return reason === null ? null : paymentReasons[reason].fr;
}

const hasteStates: readonly WithdrawalState[] = ['requested', 'sent', 'processing'];

/** Within seconds: nobody of the house has to agree, and nothing else is waited for. */
function expectsNews({ state, reason }: OwnWithdrawalRow): boolean {
  return reason === null && hasteStates.includes(state);
}

async function waitForNews({ db }: Deps, id: string, waitMs: number): Promise<OwnWithdrawalRow | null> {
  const end = performance.now() + waitMs;
  for (;;) {
    const found = await findOwnWithdrawal(db, id);
    if (found === null || !expectsNews(found) || performance.now() >= end) return found;
    await setTimeout(LOOK_EVERY_MS);
  }
}
