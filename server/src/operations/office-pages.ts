import { sentenceOf } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { OfficePages } from '../office-pages.ts';
import { isStoredRefusal } from './operation.ts';
import { findOperation } from './queries.ts';

/** 1 + 2 + 4 + 8 + 8 seconds …: longer than a transaction may take. */
const ATTEMPTS_MAX = 8;

/** What became of a command of staff. Somebody else's is as unknown as one that never came. */
export function registerOfficeOperationPages(site: OfficePages, { db }: { readonly db: Db }): void {
  site.page('GET /verification/:operationId', async ({ caller, params, query }) => {
    const { operationId } = params;
    const { essai: attempt = 1, suite: back = '/' } = query;
    const found = await findOperation(db, operationId);
    const view = { operationId, attempt, back, sentence: null };
    if (found === null || found.actorId !== caller.staffId) {
      return {
        page: 'checking',
        view: { ...view, state: attempt < ATTEMPTS_MAX ? 'asking' : 'not_received' },
      };
    }
    if (!isStoredRefusal(found.answer)) return { seeOther: back };
    const sentence = sentenceOf(found.answer, 'fr');
    return { page: 'checking', view: { ...view, state: 'refused', sentence } };
  });
}
