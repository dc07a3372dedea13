import { type Implement, originOf } from '../http.ts';
import { askReturn } from './ask-return.ts';
import { confirmLimit } from './confirm-limit.ts';
import { dropLimit } from './drop-limit.ts';
import { excludePlayer } from './exclude-player.ts';
import { listPlay } from './list-play.ts';
import type { PlayDeps } from './play-deps.ts';
import { seeRealityCheck } from './see-reality-check.ts';
import { setLimit } from './set-limit.ts';
import { setRealityCheck } from './set-reality-check.ts';
import { showPlay } from './show-play.ts';

export function registerResponsiblePlay(implement: Implement, deps: PlayDeps): void {
  implement('GET /play', ({ caller }) => showPlay(deps.db, caller));
  implement('POST /play/limits', ({ caller, body, request }) =>
    setLimit(deps, caller, originOf(request), body),
  );
  implement('POST /play/limits/:changeId/confirm', ({ caller, params, body, request }) =>
    confirmLimit(deps, caller, originOf(request), { ...body, changeId: params.changeId }),
  );
  implement('POST /play/limits/:changeId/drop', ({ caller, params, body, request }) =>
    dropLimit(deps, caller, originOf(request), { ...body, changeId: params.changeId }),
  );
  implement('POST /play/exclusions', ({ caller, body, request }) =>
    excludePlayer(deps, caller, originOf(request), body),
  );
  implement('POST /play/return', ({ caller, body, request }) =>
    askReturn(deps, caller, originOf(request), body.operationId),
  );
  implement('POST /play/reality-check', ({ caller, body, request }) =>
    setRealityCheck(deps, caller, originOf(request), body),
  );
  implement('POST /play/reality-check/seen', ({ caller, body, request }) =>
    seeRealityCheck(deps, caller, originOf(request), body.operationId),
  );
  implement('GET /staff/play', ({ caller }) => listPlay(deps.db, caller));
}
