import type { Implement } from '../http.ts';
import { approveChange, refuseChange } from './decide-change.ts';
import { proposeChange } from './propose-change.ts';
import type { SettingDeps } from './setting-deps.ts';
import { showHistory, showSettings } from './show-changes.ts';
import { withdrawChange } from './withdraw-change.ts';

export function registerSettings(implement: Implement, deps: SettingDeps): void {
  implement('GET /staff/settings', ({ caller }) => showSettings(deps.db, caller));

  implement('GET /staff/settings/history', ({ caller, query }) => showHistory(deps.db, caller, query));

  implement('POST /staff/settings/changes', ({ caller, body }) => proposeChange(deps, caller, body));

  implement('POST /staff/settings/changes/:changeId/approve', ({ caller, params, body }) =>
    approveChange(deps, caller, { ...body, ...params }),
  );

  implement('POST /staff/settings/changes/:changeId/refuse', ({ caller, params, body }) =>
    refuseChange(deps, caller, { ...body, ...params }),
  );

  implement('POST /staff/settings/changes/:changeId/withdraw', ({ caller, params, body }) =>
    withdrawChange(deps, caller, { ...body, ...params }),
  );
}
