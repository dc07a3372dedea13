import { addMarket } from '../bouts/add-market.ts';
import type { CloseDeps } from '../bouts/close-market.ts';
import type { Implement } from '../http.ts';
import { cancelBout, previewCancellation } from './cancel-bout.ts';
import { postponeBout, previewPostponement } from './postpone-bout.ts';

export interface BoutChangesDeps extends CloseDeps {
  /** Called after a command has changed something that a bout's page shows. */
  readonly onBoutChanged: (boutId: number) => void;
}

export function registerBoutChanges(implement: Implement, deps: BoutChangesDeps): void {
  const { db, onBoutChanged } = deps;
  const changed = async <Answer>(boutId: string, run: (boutId: number) => Promise<Answer>) => {
    const answer = await run(Number(boutId));
    onBoutChanged(Number(boutId));
    return answer;
  };

  implement('POST /staff/bouts/:boutId/markets', ({ caller, params, body }) =>
    changed(params.boutId, (boutId) => addMarket(db, caller, { ...body, boutId })),
  );
  implement('POST /staff/bouts/:boutId/cancel', ({ caller, params, body }) =>
    changed(params.boutId, (boutId) => cancelBout(deps, caller, { ...body, boutId })),
  );
  implement('GET /staff/bouts/:boutId/cancellation', ({ caller, params, query }) =>
    previewCancellation(db, caller, Number(params.boutId), query.ending),
  );
  implement('GET /staff/bouts/:boutId/postponement', ({ caller, params, query }) =>
    previewPostponement(db, caller, Number(params.boutId), query.scheduledAt ?? null),
  );
  implement('POST /staff/bouts/:boutId/postponement', ({ caller, params, body }) =>
    changed(params.boutId, (boutId) => postponeBout(deps, caller, { ...body, boutId })),
  );
}
