import { sentenceOf } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { PlayerPages } from '../player-pages.ts';
import { isStoredRefusal } from './operation.ts';
import { findOperation, type StoredOperation } from './queries.ts';

/** 1 + 2 + 4 + 8 + 8 seconds … : longer than a slip is valid, so that what is not there then never comes. */
const ATTEMPTS_MAX = 10;

export function registerOperationPages(site: PlayerPages, { db }: { readonly db: Db }): void {
  site.page('GET /verification/:operationId', async ({ caller, params, query }) => {
    const { operationId } = params;
    const { essai: attempt = 1, suite: back = '/paris' } = query;
    const found = await findOperation(db, operationId);
    const view = { operationId, attempt, back, sentence: null };
    if (found === null || found.actorId !== caller.playerId) {
      return {
        page: 'checking',
        view: { ...view, state: attempt < ATTEMPTS_MAX ? 'asking' : 'not_received' },
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

/** Where the receipt of an operation is. */
function receiptOf({ id, kind, answer }: StoredOperation): string {
  switch (kind) {
    case 'place-offer':
      return `/defis/${id}?nouveau=1`;
    case 'accept-offer':
      return `/paris/${textAt(textAt(answer, 'bet'), 'betId')}?nouveau=1`;
    case 'cancel-offer':
      return `/defis/${textAt(answer, 'offerId')}`;
    default:
      return '/portefeuille';
  }
}

function textAt(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
