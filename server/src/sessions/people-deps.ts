import type { DataCipher } from '../data-cipher.ts';
import type { Db } from '../db.ts';
import type { Limiter } from '../limiter/limiter.ts';
import type { Log } from '../log.ts';
import type { PinKeys } from '../pins/hash-pin.ts';
import type { Settings } from '../settings/open-settings.ts';
import type { SmsGateway } from '../sms/sms.ts';
import type { BearerKeys } from './bearer-token.ts';
import type { SessionStore } from './open-sessions.ts';
import type { Keys } from './signed-text.ts';

/** What logging people in and out needs. */
export interface PeopleDeps {
  /** Second factors of staff lie encrypted. */
  readonly cipher: DataCipher;
  readonly db: Db;
  readonly log: Log;
  readonly isProduction: boolean;
  readonly secrets: {
    readonly formKeys: Keys;
    readonly codeKeys: Keys;
    readonly pinKeys: PinKeys;
    readonly bearerKeys: BearerKeys;
  };
  readonly sessions: SessionStore;
  readonly settings: Settings;
  readonly limiter: Limiter;
  /** Null: no message can be sent, and nobody can ask for a code. */
  readonly smsGateway: SmsGateway | null;
  /** The names under which the two sites are reached: text messages name them. */
  readonly hosts: { readonly player: string; readonly office: string };
}
