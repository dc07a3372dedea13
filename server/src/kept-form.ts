/**
 * What somebody had typed when he was asked to confirm that it is still him: it waits in a cookie of his own browser,
 * signed for him, and is in the form again when he comes back. Codes and PINs are never kept.
 */
import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormProblem } from '#core/api/pages.ts';
import type { HttpDeps, PlayerIdentity, StaffIdentity } from './http.ts';
import { cookieFlags } from './session-of-request.ts';
import type { Forms, KeptForm } from './sessions/form-token.ts';

type Identity = PlayerIdentity | StaffIdentity | null;

interface Deps {
  readonly http: HttpDeps;
  readonly forms: Forms;
  readonly keepsForms?: boolean;
}

const MAX_AGE_S = 600;
/** Browsers drop a cookie of more than 4,096 bytes; what does not fit is typed again. */
const CHARACTERS_MAX = 3_500;
const CONFIRMED = 'C’est bien vous. Relisez ce que vous aviez écrit, puis envoyez.';

export function keepForm(reply: FastifyReply, deps: Deps, identity: Identity, kept: KeptForm): void {
  if (deps.keepsForms !== true || identity === null) return;
  // The page makes its own anew.
  const { jeton: _, slip: __, ...typed } = kept.typed;
  const text = deps.forms.signKept(personOf(identity), { ...kept, typed });
  if (text.length <= CHARACTERS_MAX) setKept(reply, deps, text, MAX_AGE_S);
}

/** What waits for this page, once; null when nothing does. */
export function takeKept(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: Deps,
  identity: Identity,
): FormProblem | null {
  const text = request.cookies[nameOf(deps)];
  if (deps.keepsForms !== true || identity === null || text === undefined) return null;
  const kept = deps.forms.readKept(personOf(identity), text);
  if (kept === null || pathOf(kept.path) !== pathOf(request.url)) return null;
  setKept(reply, deps, '', 0);
  const { form, typed } = kept;
  const said = { sentence: CONFIRMED, sentenceWo: null };
  return { form, code: 'step_up_required', params: {}, field: null, ...said, typed };
}

function setKept(reply: FastifyReply, deps: Deps, text: string, maxAgeS: number): void {
  reply.setCookie(nameOf(deps), text, { ...cookieFlags(deps.http.isProduction), maxAge: maxAgeS });
}

function nameOf({ http }: Deps): string {
  return http.isProduction ? '__Host-mb_kept' : 'mb_kept';
}

/** His sessions change when he confirms; he does not. */
function personOf(identity: PlayerIdentity | StaffIdentity): string {
  return identity.kind === 'staff' ? identity.staffId : identity.playerId;
}

function pathOf(url: string): string {
  return url.split('?')[0] ?? '/';
}
