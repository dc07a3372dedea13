/**
 * Text messages. They go out through the outbox: the row is written in the transaction that causes it. The sandbox
 * keeps them where people and scripts can read them, and nothing leaves the machine; in production a job hands them
 * to a carrier.
 */
import type { Tx } from '../db.ts';
import { insertSms } from './queries.ts';

export interface Sms {
  readonly phone: string;
  readonly body: string;
  /** `service` messages do not go to who has excluded himself. */
  readonly kind: 'code' | 'security' | 'service';
  /** After this long it is of no more use, and is not sent. */
  readonly usefulMs?: number;
}

export interface SmsGateway {
  /** Hands the message over inside the caller's transaction: it leaves only if that commits. */
  send(tx: Tx, sms: Sms): Promise<void>;
}

export const sandboxSmsGateway: SmsGateway = {
  send: async (tx, sms) => {
    await insertSms(tx, { ...sms, state: 'kept' });
  },
};
