import { setTimeout } from 'node:timers/promises';
import { sentenceOf } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { PlayerPages } from '../player-pages.ts';
import type { Settings } from '../settings/open-settings.ts';
import { isStoredRefusal } from './operation.ts';
import { findOperation, type StoredOperation } from './queries.ts';

/** How long one answer waits for an operation that is not there. The page before it is looked at meanwhile. */
const WAIT_MS = 6_000;
const LOOK_EVERY_MS = 400;
export function registerOperationPages(
  site: PlayerPages,
  { db, settings }: { readonly db: Db; readonly settings: Settings },
): void {
  /** Together longer than a slip is valid: what is not there then does not come. */
  const attemptsMax = () => Math.ceil(settings.current().slipValidityMs / WAIT_MS) + 2;
  site.page('GET /verification/:operationId', async ({ caller, params, query }) => {
    const { operationId } = params;
    const { essai: attempt = 1, suite: back = '/paris' } = query;
    // The first page comes at once.
    const found = await waitForOperation(db, operationId, attempt === 1 ? 0 : WAIT_MS);
    const view = { operationId, attempt, back, sentence: null };
    if (found === null || found.actorId !== caller.playerId) {
      return {
        page: 'checking',
        view: { ...view, state: attempt < attemptsMax() ? 'asking' : 'not_received' },
      };
    }
    const { answer } = found;
    if (isStoredRefusal(answer)) {
      const sentence = sentenceOf(answer, 'fr');
      return { page: 'checking', view: { ...view, state: 'refused', sentence } };
    }
    return { seeOther: receiptOf(found) };
  });
}

async function waitForOperation(db: Db, id: string, waitMs: number): Promise<StoredOperation | null> {
  const end = performance.now() + waitMs;
  for (;;) {
    const found = await findOperation(db, id);
    if (found !== null || performance.now() >= end) return found;
    await setTimeout(LOOK_EVERY_MS);
  }
}

/** Where the receipt of an operation is. */
function receiptOf({ id, kind, answer }: StoredOperation): string {
  switch (kind) {
    case 'place-offer':
      return `/defis/${id}?nouveau=1`;
    case 'accept-offer':
      return `/paris/${textAt(textAt(answer, 'bet'), 'betId')}?nouveau=1`;
    case 'request-deposit':
      return `/portefeuille/depots/${id}`;
    case 'cancel-offer':
      return `/defis/${textAt(answer, 'offerId')}`;
    case 'send-document':
      return '/moi/identite';
    case 'export-data':
    case 'close-account':
      return '/moi/donnees';
    default:
      return '/portefeuille';
  }
}

function textAt(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
