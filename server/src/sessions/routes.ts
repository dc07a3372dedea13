import type { FastifyRequest } from 'fastify';
import { fail } from '#core/errors.ts';
import { type Implement, originOf, type PlayerIdentity, type StaffIdentity } from '../http.ts';
import { endOtherSessions, endOwnSession, endStaffSessions } from './end-sessions.ts';
import { listSessions, sessionsOf } from './list-sessions.ts';
import type { SessionDeps, SessionStore } from './open-sessions.ts';
import { type ProgramSessionDeps, startProgramSession } from './start-program-session.ts';

export interface SessionRoutesDeps extends SessionDeps, ProgramSessionDeps {
  readonly sessions: SessionStore;
}

export function registerSessions(implement: Implement, deps: SessionRoutesDeps): void {
  implement('GET /sessions', async ({ caller }) => ({ sessions: await listSessions(deps, caller) }));
  implement('POST /sessions/:sessionId/end', ({ caller, params, request }) =>
    endOne(deps, caller, params.sessionId, request),
  );
  implement('POST /sessions/end-others', ({ caller, request }) => endOthers(deps, caller, request));
  implement('POST /sessions/bearer', ({ caller, body, request }) =>
    startProgramSession(deps, caller, { label: body.label, origin: originOf(request) }),
  );

  implement('GET /staff/sessions', async ({ caller }) => ({ sessions: await listSessions(deps, caller) }));
  implement('POST /staff/sessions/:sessionId/end', ({ caller, params, request }) =>
    endOne(deps, caller, params.sessionId, request),
  );
  implement('POST /staff/sessions/end-others', ({ caller, request }) => endOthers(deps, caller, request));

  implement('POST /staff/members/:staffId/sessions/end', ({ caller, params }) =>
    endStaffSessions(deps, caller, params.staffId),
  );
}

type Person = PlayerIdentity | StaffIdentity;

export async function endOne(
  { db, sessions }: SessionRoutesDeps,
  person: Person,
  sessionId: string,
  request: FastifyRequest,
): Promise<null> {
  const of = sessionsOf(person);
  if (!(await endOwnSession(db, { of, sessionId, origin: originOf(request) }))) fail('not_found');
  sessions.refresh(of);
  return null;
}

export async function endOthers(
  { db, sessions }: SessionRoutesDeps,
  person: Person,
  request: FastifyRequest,
) {
  const of = sessionsOf(person);
  const ended = await endOtherSessions(db, {
    of,
    except: person.session.sessionId,
    origin: originOf(request),
  });
  sessions.refresh(of);
  return ended;
}
