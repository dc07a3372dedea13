/**
 * Takes one text message to the carrier. Its row says that it is being sent before the carrier hears of it. When no
 * answer came, only a code goes again (the same one, to who is waiting for it); anything else might arrive twice and is
 * left. What has left, or is of no more use, is blanked: a code is not readable in the database afterwards.
 */
import type { Db, Tx } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import type { Log } from '../log.ts';
import type { Handover, SmsCarrier } from './carrier.ts';
import { blankExpired, endSms, lockSms, recordSending, requeueSms, type SmsRow } from './queries.ts';

export interface SendSmsDeps {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly carrier: SmsCarrier;
}

const RETRY_AFTER_MS = 2_000;
const RETRY_AFTER_MAX_MS = 60_000;
/** Sends without an answer, of one code. */
const UNKNOWN_MAX = 2;

/** Safe to run any number of times. */
export async function sendSms(deps: SendSmsDeps, smsId: number): Promise<void> {
  const claimed = await deps.db.transaction((tx) => claim(tx, smsId));
  if (claimed === null) return;
  const answer = await deps.carrier.hand({ phone: claimed.phone, body: claimed.body });
  if (answer.kind !== 'sent') {
    deps.log.warn({ smsId, answer: answer.kind, reason: answer.reason }, 'a text message was not taken');
  }
  await deps.db.transaction((tx) => book(tx, deps, claimed, answer));
}

interface Claimed extends SmsRow {
  readonly body: string;
}

async function claim(tx: Tx, smsId: number): Promise<Claimed | null> {
  const sms = await lockSms(tx, smsId);
  if (sms === null || sms.body === null || (sms.state !== 'queued' && sms.state !== 'sending')) return null;
  if (sms.isExpired) {
    await endSms(tx, smsId, sms.state === 'queued' ? 'expired' : 'unknown', null);
    return null;
  }
  // A process died while it was being sent.
  if (sms.state === 'sending' && !mayRepeat(sms)) {
    await endSms(tx, smsId, 'unknown', null);
    return null;
  }
  await recordSending(tx, smsId);
  return { ...sms, body: sms.body, attemptCount: sms.attemptCount + 1 };
}

async function book(tx: Tx, deps: SendSmsDeps, sms: Claimed, answer: Handover): Promise<void> {
  switch (answer.kind) {
    case 'sent':
      return endSms(tx, sms.smsId, 'sent', answer.reference);
    case 'refused':
      return endSms(tx, sms.smsId, 'refused', null);
    case 'unknown':
      if (!mayRepeat(sms)) return endSms(tx, sms.smsId, 'unknown', null);
      break;
    case 'later':
      break;
  }
  await requeueSms(tx, sms.smsId);
  const backOffMs = Math.min(RETRY_AFTER_MS * 2 ** Math.min(sms.attemptCount - 1, 10), RETRY_AFTER_MAX_MS);
  const afterMs = (answer.kind === 'later' ? answer.afterMs : undefined) ?? backOffMs;
  await deps.jobs.send(tx, 'send-sms', { smsId: sms.smsId }, { afterMs });
}

function mayRepeat({ kind, attemptCount }: SmsRow): boolean {
  return kind === 'code' && attemptCount < UNKNOWN_MAX;
}

/** Blanks what waited too long, whether or not its job ever ran. */
export async function expireSms(db: Db): Promise<void> {
  await db.transaction((tx) => blankExpired(tx));
}
