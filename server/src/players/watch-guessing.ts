/**
 * Sees somebody who tries a little on many accounts: wrong log-ins of the whole house, counted a minute. It raises an
 * alarm and refuses nobody: a limit on everybody would let a guesser lock everybody out. Those who guess are stopped
 * by what they need first (a code or a bound device), by each account's own count, and by their address.
 */
import { RefusalError } from '#core/errors.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Db } from '../db.ts';
import type { Limiter } from '../limiter/limiter.ts';
import type { Log } from '../log.ts';

export interface GuessWatch {
  /** One more wrong log-in, whoever it was. */
  sawWrongLogIn(): Promise<void>;
}

const ALARM_EVERY_MS = 60_000;

export function openGuessWatch(deps: {
  readonly db: Db;
  readonly limiter: Limiter;
  readonly log: Log;
}): GuessWatch {
  let quietUntilMs = 0;
  return {
    sawWrongLogIn: async () => {
      if (!(await isOneTooMany(deps.limiter))) return;
      if (Date.now() < quietUntilMs) return;
      quietUntilMs = Date.now() + ALARM_EVERY_MS;
      deps.log.error({}, 'many wrong log-ins on many accounts: somebody is guessing');
      await deps.db.transaction((tx) =>
        recordAudit(tx, {
          actor: { kind: 'system' },
          command: 'watch-guessing',
          target: 'house',
          input: {},
          outcome: 'alarm',
          operationId: null,
          origin: null,
        }),
      );
    },
  };
}

async function isOneTooMany(limiter: Limiter): Promise<boolean> {
  try {
    await limiter.take('wrongLogIns', 'house');
    return false;
  } catch (error) {
    if (error instanceof RefusalError) return true;
    throw error;
  }
}
