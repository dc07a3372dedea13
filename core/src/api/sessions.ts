/** Sessions of players and staff: the list of one's own, and ending them. */
import { Type } from 'typebox';
import { type Contract, Instant, strict, Uuid } from './contract.ts';

export const SessionView = strict({
  sessionId: Uuid,
  /** A browser's cookie, or the bearer token of a program. */
  via: Type.Enum(['browser', 'program']),
  /** "Chrome sur Android"; null until it is first used. */
  device: Type.Union([Type.String(), Type.Null()]),
  /** The network it was last used from, never a whole address. */
  place: Type.Union([Type.String(), Type.Null()]),
  startedAt: Instant,
  lastUsedAt: Instant,
  isCurrent: Type.Boolean(),
});
const SessionList = strict({ sessions: Type.Array(SessionView) });
const SessionId = strict({ sessionId: Uuid });
const Ended = strict({ endedCount: Type.Integer({ minimum: 0 }) });

export const sessionsContract = {
  'GET /sessions': {
    caller: 'player',
    summary: 'My sessions, last used first.',
    reply: SessionList,
    errors: [],
  },
  'POST /sessions/:sessionId/end': {
    caller: 'owner',
    summary: 'Ends one of my sessions.',
    params: SessionId,
    status: 204,
    reply: Type.Null(),
    errors: ['not_found'],
  },
  'POST /sessions/end-others': {
    caller: 'player',
    summary: 'Ends all my sessions but this one.',
    stepUp: true,
    reply: Ended,
    errors: ['step_up_required'],
  },
  'POST /sessions/bearer': {
    caller: 'player',
    summary: 'A bearer token for a program of mine: "Authorization: Bearer …", on this interface only.',
    stepUp: true,
    body: strict({ label: Type.String({ minLength: 1, maxLength: 40 }) }),
    status: 201,
    reply: strict({ token: Type.String(), sessionId: Uuid, expiresAt: Instant }),
    errors: ['step_up_required'],
  },
  'GET /staff/sessions': {
    caller: 'staff',
    summary: 'My sessions, last used first.',
    reply: SessionList,
    errors: [],
  },
  'POST /staff/sessions/:sessionId/end': {
    caller: 'staff',
    summary: 'Ends one of my sessions.',
    params: SessionId,
    status: 204,
    reply: Type.Null(),
    errors: ['not_found'],
  },
  'POST /staff/sessions/end-others': {
    caller: 'staff',
    summary: 'Ends all my sessions but this one.',
    stepUp: true,
    reply: Ended,
    errors: ['step_up_required'],
  },
  'POST /staff/members/:staffId/sessions/end': {
    caller: ['administrator'],
    summary: 'Ends all sessions of a member of staff.',
    stepUp: true,
    params: strict({ staffId: Uuid }),
    reply: Ended,
    errors: ['not_found', 'step_up_required'],
  },
} as const satisfies Contract;
