/** What a browser brings to the door, and what it goes away with. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Origin } from '../audit/record-audit.ts';
import { deviceCookieOf, setDeviceCookie } from '../devices/device-cookie.ts';
import { originOf } from '../http.ts';
import { labelDevice } from '../sessions/label-device.ts';
import { sessionCookieOf, setSessionCookie } from '../sessions/session-cookie.ts';
import type { StartedSession } from '../sessions/start-session.ts';
import type { PlayerRow } from './queries.ts';

export interface Door {
  /** The session the browser had before: it ends when another one starts. */
  readonly replaces: string | null;
  readonly deviceToken: string | null;
  readonly deviceLabel: string;
  readonly origin: Origin;
}

export interface LoggedIn {
  readonly player: PlayerRow;
  readonly session: StartedSession;
  /** Null when the browser keeps the one it has. */
  readonly deviceToken: string | null;
}

export function doorOf(request: FastifyRequest, isProduction: boolean): Door {
  return {
    replaces: sessionCookieOf(request, 'player', isProduction),
    deviceToken: deviceCookieOf(request, isProduction),
    deviceLabel: labelDevice(request.headers['user-agent']),
    origin: originOf(request),
  };
}

export function letIn(reply: FastifyReply, loggedIn: LoggedIn, isProduction: boolean): void {
  setSessionCookie(reply, loggedIn.session, isProduction);
  if (loggedIn.deviceToken !== null) setDeviceCookie(reply, loggedIn.deviceToken, isProduction);
}
