/** Text messages. The sandbox keeps them where a script can read them; nothing leaves the machine. */
import type { Tx } from '../db.ts';

export interface Sms {
  readonly phone: string;
  readonly body: string;
}

export interface SmsGateway {
  /** Hands the message over inside the caller's transaction: it leaves only if that commits. */
  send(tx: Tx, sms: Sms): Promise<void>;
}

export const sandboxSmsGateway: SmsGateway = {
  send: async (tx, { phone, body }) => {
    await tx.query('INSERT INTO sms (phone, body) VALUES ($1, $2)', [phone, body]);
  },
};

/**
 * GSM-7 letters only (one message instead of three). Browsers fill the code in from the last line, and only on the
 * host it names.
 */
export function codeMessage(code: string, host: string): string {
  return `Mbayar : votre code est ${code}. Il sert une fois, pendant 10 minutes. Ne le donnez à personne.\n@${host} #${code}`;
}
