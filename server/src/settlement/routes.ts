import { fail } from '#core/errors.ts';
import { findAccessOfMarket, requireMayRead } from '../bouts/access.ts';
import type { Db } from '../db.ts';
import type { Implement } from '../http.ts';
import type { Jobs } from '../jobs.ts';
import { confirmResult } from './confirm-result.ts';
import { confirmHomologation, proposeHomologation, withdrawHomologation } from './homologate-result.ts';
import { proposeCorrection, proposeResult, withdrawResult } from './propose-result.ts';
import { readSettlement } from './show-settlement.ts';

export interface SettlementDeps {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly onBoutChanged: (boutId: number) => void;
}

export function registerSettlement(implement: Implement, deps: SettlementDeps): void {
  const { db } = deps;

  implement('POST /staff/bouts/:boutId/result', ({ caller, params, body }) =>
    proposeResult(db, caller, { ...body, boutId: Number(params.boutId) }),
  );
  implement('POST /staff/bouts/:boutId/result/withdraw', ({ caller, params, body }) =>
    withdrawResult(db, caller, { ...body, boutId: Number(params.boutId) }),
  );
  implement('POST /staff/bouts/:boutId/result/confirm', async ({ caller, params, body }) => {
    const confirmed = await confirmResult(deps, caller, { ...body, boutId: Number(params.boutId) });
    deps.onBoutChanged(Number(params.boutId));
    return confirmed;
  });
  implement('POST /staff/bouts/:boutId/correction', ({ caller, params, body }) =>
    proposeCorrection(db, caller, { ...body, boutId: Number(params.boutId) }),
  );
  implement('POST /staff/bouts/:boutId/homologation', ({ caller, params, body }) =>
    proposeHomologation(db, caller, { ...body, boutId: Number(params.boutId) }),
  );
  implement('POST /staff/bouts/:boutId/homologation/withdraw', ({ caller, params, body }) =>
    withdrawHomologation(db, caller, { ...body, boutId: Number(params.boutId) }),
  );
  implement('POST /staff/bouts/:boutId/homologation/confirm', async ({ caller, params, body }) => {
    const confirmed = await confirmHomologation(deps, caller, { ...body, boutId: Number(params.boutId) });
    deps.onBoutChanged(Number(params.boutId));
    return confirmed;
  });
  implement('GET /staff/markets/:marketId/settlement', async ({ caller, params }) => {
    const access = (await findAccessOfMarket(db, Number(params.marketId))) ?? fail('not_found');
    requireMayRead(caller, access);
    return (await readSettlement(db, Number(params.marketId))) ?? fail('not_found');
  });
}
