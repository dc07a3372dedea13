/** A transaction as Orange writes it, in a search and in a callback. */
import type { SimulatedTransaction } from './control.ts';

/** Six digits and nine digits: whom the payers pay, and who pays the paid. */
export interface Partners {
  readonly merchantCode: string;
  readonly retailerMsisdn: string;
}

export function transactionJson(
  transaction: SimulatedTransaction,
  { merchantCode, retailerMsisdn }: Partners,
  aheadMs: number,
): object {
  const { amountXof, createdAtMs, updatedAtMs, reference, metadata, customer, type, transactionId } =
    transaction;
  const createdAt = new Date(createdAtMs + aheadMs).toISOString();
  const isCashIn = type === 'CASHIN';
  return {
    amount: { value: amountXof, unit: 'XOF' },
    requestDate: createdAt,
    reference,
    metadata: { ...metadata, 'notification.dispatched': 'true' },
    receiveNotification: true,
    partner: {
      id: isCashIn ? retailerMsisdn : merchantCode,
      idType: isCashIn ? 'MSISDN' : 'CODE',
      walletType: 'PRINCIPAL',
    },
    customer: { id: customer, idType: 'MSISDN', walletType: 'PRINCIPAL' },
    type,
    transactionId,
    createdAt,
    updatedAt: new Date(updatedAtMs + aheadMs).toISOString(),
    channel: isCashIn ? 'API' : 'MAXIT',
    status: transaction.status,
    ...(transaction.statusReason === null ? {} : { statusReason: transaction.statusReason }),
  };
}

/** Amounts are written as floats: 10 is `10.0`. Inside a text the quotation marks are escaped, so that it is left alone. */
export function writeFloats(text: string): string {
  return text.replace(/"value":(-?\d+)(?=[,}])/g, '"value":$1.0');
}
