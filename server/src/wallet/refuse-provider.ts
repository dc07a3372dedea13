import { type Refusal, refusal } from '#core/errors.ts';
import type { PaymentProvider } from '../payments/provider.ts';

/** The internal provider serves only accounts flagged as test; the others only real ones. */
export function refuseProvider(
  provider: PaymentProvider | undefined,
  player: { readonly isTest: boolean },
): Refusal | null {
  return provider?.servesTest === player.isTest ? null : refusal('provider_not_for_you');
}
