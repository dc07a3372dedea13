import type { Db } from '../db.ts';
import type { Implement } from '../http.ts';
import { answerObjection } from './answer-objection.ts';
import { raiseObjection } from './raise-objection.ts';
import { listObjections, showBetObjection } from './show-objection.ts';

export function registerObjections(implement: Implement, { db }: { readonly db: Db }): void {
  implement('GET /bets/:betId/objection', ({ caller, params }) => showBetObjection(db, caller, params.betId));
  implement('POST /bets/:betId/objection', ({ caller, params, body }) =>
    raiseObjection(db, caller, { ...body, ...params }),
  );
  implement('GET /staff/objections', async ({ caller }) => ({
    objections: await listObjections(db, caller),
  }));
  implement('POST /staff/objections/:objectionId/answer', ({ caller, params, body }) =>
    answerObjection(db, caller, { ...body, ...params }),
  );
}
