/** Production's way out: the message waits in its row, and a job takes it to the carrier after the commit. */
import type { Jobs } from '../jobs.ts';
import { insertSms } from './queries.ts';
import type { SmsGateway } from './sms.ts';

/** What nobody said anything about is news for a day. */
const USEFUL_MS = 24 * 60 * 60 * 1000;

export function openSmsOutbox(jobs: Jobs): SmsGateway {
  return {
    send: async (tx, sms) => {
      const smsId = await insertSms(tx, { usefulMs: USEFUL_MS, ...sms, state: 'queued' });
      if (smsId !== null) await jobs.send(tx, 'send-sms', { smsId });
    },
  };
}
