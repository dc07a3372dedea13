/** What a player reads of his withdrawal's way: each step once, in the order in which it happened to him. */
import type { WithdrawalStep } from '#core/api/withdrawal-pages.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import type { WithdrawalEventRow } from './queries.ts';

export interface Step {
  readonly step: WithdrawalStep;
  readonly reason: PaymentReason | null;
  readonly at: Date;
}

/** He has asked first, whatever state that put it in; later on, `requested` says that it may go out, or waits to. */
export function tellStory(events: readonly WithdrawalEventRow[]): Step[] {
  return events.flatMap(({ state, reason, at }, index): Step[] => {
    const before = events[index - 1]?.state;
    if (state === 'requested') {
      if (before === undefined) return [{ step: 'asked', reason, at }];
      const waits: Step = { step: 'waiting', reason, at };
      return before === 'approval' ? [{ step: 'agreed', reason: null, at }, waits] : [waits];
    }
    const reached: Step = { step: state, reason, at };
    return before === undefined ? [{ step: 'asked', reason: null, at }, reached] : [reached];
  });
}
