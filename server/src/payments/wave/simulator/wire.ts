/** The simulated Wave's objects as they go over the wire: amounts are strings, times are UTC to the second. */
import type { SimulatedPayout, SimulatedSession, SimulatedTransaction, WaveFaults } from './control.ts';

const sentences: Readonly<Record<string, string>> = {
  'payer-mobile-mismatch': 'The payer is not the expected one.',
  'insufficient-funds': 'The payer does not have enough money.',
};

export function wireTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

export function wireSession(session: SimulatedSession, siteUrl: string): object {
  const { id, amountXof, reference, onlyPayer, lastError, completedAtMs } = session;
  return {
    id,
    amount: String(amountXof),
    checkout_status: session.status,
    client_reference: reference,
    currency: 'XOF',
    error_url: session.errorUrl,
    last_payment_error:
      lastError === null ? null : { code: lastError, message: sentences[lastError] ?? 'The payment failed.' },
    business_name: 'Mbayar',
    payment_status: session.payment,
    success_url: session.successUrl,
    wave_launch_url: `${siteUrl}/sim/wave/c/${id}`,
    when_completed: completedAtMs === null ? null : wireTime(completedAtMs),
    when_created: wireTime(session.createdAtMs),
    when_expires: wireTime(session.expiresAtMs),
    transaction_id: session.transaction,
    // Left out when there is none, as Wave does.
    ...(onlyPayer === null ? {} : { restrict_payer_mobile: onlyPayer }),
  };
}

export function wirePayout(payout: SimulatedPayout): object {
  const { error } = payout;
  return {
    id: payout.id,
    currency: 'XOF',
    receive_amount: String(payout.amountXof),
    fee: String(payout.feeXof),
    mobile: payout.mobile,
    ...(payout.name === null ? {} : { name: payout.name }),
    ...(payout.reason === null ? {} : { payment_reason: payout.reason }),
    client_reference: payout.reference,
    status: payout.status,
    ...(error === null ? {} : { payout_error: { error_code: error, error_message: 'The payout failed.' } }),
    timestamp: wireTime(payout.createdAtMs),
  };
}

export function wireTransaction(line: SimulatedTransaction, { tax }: Pick<WaveFaults, 'tax'>): object {
  const isPaidByWave = tax?.isPaidByWave === true;
  return {
    timestamp: wireTime(line.atMs),
    transaction_id: line.id,
    transaction_type: line.type,
    amount: String(line.amountXof),
    fee: String(line.feeXof),
    balance: String(line.balanceXof),
    currency: 'XOF',
    is_reversal: line.isReversal,
    ...(line.counterparty === null ? {} : { counterparty_mobile: line.counterparty }),
    client_reference: line.reference,
    ...(line.session === null ? {} : { checkout_api_session_id: line.session }),
    ...(line.taxXof === 0
      ? {}
      : {
          government_tax_amount: String(line.taxXof),
          government_tax_paid_by_wave: tax?.writes === 'boolean' ? isPaidByWave : String(isPaidByWave),
        }),
  };
}

/** With a space after each colon and comma, and ASCII only: as Wave writes its webhooks, so that bytes matter. */
export function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, field]) => `${spacedJson(key)}: ${spacedJson(field)}`);
    return `{${fields.join(', ')}}`;
  }
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
