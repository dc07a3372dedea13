import type { Db } from '../db.ts';
import type { Implement } from '../http.ts';
import { listDeskGalas, showDeskBout } from './show-desk.ts';

export function registerDesk(implement: Implement, deps: { readonly db: Db }): void {
  implement('GET /staff/galas', async ({ caller }) => ({ galas: await listDeskGalas(deps.db, caller) }));
  implement('GET /staff/bouts/:boutId', ({ caller, params }) =>
    showDeskBout(deps.db, caller, Number(params.boutId)),
  );
}
