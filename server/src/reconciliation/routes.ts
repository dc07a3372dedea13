import type { Implement } from '../http.ts';
import type { ReconciliationDeps } from './reconciliation-deps.ts';
import { runReconciliation } from './run-reconciliation.ts';
import { showFigures } from './show-reconciliation.ts';

export function registerReconciliation(implement: Implement, deps: ReconciliationDeps): void {
  implement('GET /staff/reconciliation', () => showFigures(deps));
  implement('POST /staff/reconciliation/runs', async ({ caller, body }) => {
    const found = await runReconciliation(deps, caller, body);
    const ids = new Set(found.map(({ id }) => id));
    const { runs } = await showFigures(deps);
    return { runs: runs.filter(({ id }) => ids.has(id)) };
  });
}
