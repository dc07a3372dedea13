/** What the payer sees in "Wave": the session and what he may do with it. And what the simulator knows, for whoever tries the product. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { formatXof } from '#core/money.ts';
import { escapeHtml } from '../../../escape-html.ts';
import { sendPhonePage } from '../../simulator/phone-page.ts';
import type { PaymentErrorCode, SimulatedSession } from './control.ts';
import { magicNumber } from './control.ts';
import { findSession, paySession, refuseSession, strangerPhone } from './sessions.ts';
import type { WaveState } from './state.ts';
import { WaveError } from './wave-error.ts';
import type { Webhooks } from './webhooks.ts';

const brand = { color: '#1dc4ff', onColor: '#00121a' };
/** Long enough to read the number. */
const BACK_AFTER_S = 6;

const told: Readonly<Record<PaymentErrorCode, string>> = {
  'blocked-account': 'Ce compte Wave est bloqué.',
  'cross-border-payment-not-allowed': 'Ce compte Wave est d’un autre pays.',
  'customer-age-restricted': 'Ce marchand n’accepte que les adultes.',
  'insufficient-funds': 'Votre solde Wave est insuffisant.',
  'kyb-limits-exceeded': 'Ce marchand ne peut pas recevoir ce montant.',
  'payer-mobile-mismatch': 'Ce paiement est réservé à un autre numéro.',
  'payment-failure': 'Le paiement a échoué. Réessayez.',
};

const refusals: ReadonlyMap<string, PaymentErrorCode> = new Map([
  ['solde', 'insufficient-funds'],
  ['panne', 'payment-failure'],
  ['mineur', 'customer-age-restricted'],
]);

export function registerPages(app: FastifyInstance, state: WaveState, webhooks: Webhooks): void {
  app.get<{ Params: { id: string } }>('/sim/wave/c/:id', (request, reply) =>
    show(state, request.params.id, reply),
  );
  app.post<{ Params: { id: string } }>('/sim/wave/c/:id', (request, reply) => {
    const { id } = request.params;
    const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    const action = form.get('action') ?? '';
    const session = look(state, id);
    if (session === null) return sendUnknown(reply);
    if (action === 'abandonner') return sendBack(reply, session, 'Vous n’avez pas payé.', session.errorUrl);
    const code = refusals.get(action);
    if (code !== undefined) refuseSession(state, webhooks, id, code);
    if (action === 'autre') paySession(state, webhooks, id, { phone: strangerPhone });
    if (action === 'payer') paySession(state, webhooks, id, payerOf(session, form));
    // What has become of it is read from the session again: a page that is reloaded pays nothing.
    return reply.redirect(`/sim/wave/c/${id}`, 303);
  });
  app.get('/sim/wave', (_request, reply) => showOverview(state, reply));
}

function payerOf({ onlyPayer }: SimulatedSession, form: URLSearchParams): { readonly phone: string } {
  const typed = (form.get('numero') ?? '').replace(/[\s.-]/g, '');
  const phone = /^7\d{8}$/.test(typed) ? `+221${typed}` : typed;
  return { phone: onlyPayer ?? (/^\+\d{8,15}$/.test(phone) ? phone : strangerPhone) };
}

function look(state: WaveState, id: string): SimulatedSession | null {
  try {
    return findSession(state, id);
  } catch (error) {
    if (error instanceof WaveError) return null;
    throw error;
  }
}

function sendUnknown(reply: FastifyReply): FastifyReply {
  return sendPhonePage(reply.code(404), {
    title: 'Wave (simulateur)',
    brand,
    content: '<h1>Wave</h1><p class="told">Ce lien de paiement n’existe pas.</p>',
  });
}

function show(state: WaveState, id: string, reply: FastifyReply): FastifyReply {
  const session = look(state, id);
  if (session === null) return sendUnknown(reply);
  if (session.status === 'open') {
    const content = headOf(session) + openContent(session);
    return sendPhonePage(reply, { title: 'Payer avec Wave', brand, content });
  }
  if (session.status !== 'complete')
    return sendBack(reply, session, 'Le temps pour payer est passé.', session.errorUrl);
  const { transaction, successUrl } = session;
  const number = transaction === null ? '' : ` Numéro de la transaction : <b>${escapeHtml(transaction)}</b>`;
  return sendBack(reply, session, `Paiement effectué.${number}`, successUrl);
}

function headOf({ amountXof }: SimulatedSession): string {
  return `<h1>Wave · paiement à Mbayar</h1><p class="amount">${formatXof(amountXof)}</p>`;
}

/**
 * Leads the payer back by a link, and by itself: a browser lets no form of this page end in a redirect to another site
 * (`form-action`). `says` is HTML.
 */
function sendBack(reply: FastifyReply, session: SimulatedSession, says: string, url: string): FastifyReply {
  return sendPhonePage(reply, {
    title: 'Wave',
    brand,
    content: `${headOf(session)}<p class="told" role="status">${says}</p>
<a class="button" href="${escapeHtml(url)}">Revenir chez Mbayar</a>`,
    next: { url, afterS: BACK_AFTER_S },
  });
}

function openContent({ onlyPayer, lastError, errorUrl }: SimulatedSession): string {
  const failed = lastError === null ? '' : `<p class="told" role="alert">${told[lastError]}</p>`;
  const who =
    onlyPayer === null
      ? '<label>Votre numéro Wave<input name="numero" inputmode="tel" value="77 000 00 01"></label>'
      : `<p class="note">Réservé au numéro ${escapeHtml(onlyPayer)}</p>`;
  const back =
    lastError === null ? '' : `<a class="button" href="${escapeHtml(errorUrl)}">Revenir chez Mbayar</a>`;
  return `${failed}<form method="post">${who}
<button class="first" name="action" value="payer">Payer</button>
<button name="action" value="autre">Payer depuis un autre numéro</button>
<button name="action" value="solde">Solde insuffisant</button>
<button name="action" value="mineur">Compte d’un mineur</button>
<button name="action" value="panne">Panne technique</button>
<button name="action" value="abandonner">Abandonner</button></form>${back}`;
}

const LISTED_MAX = 20;

function showOverview(state: WaveState, reply: FastifyReply): FastifyReply {
  const open = [...state.sessions.values()].filter(({ id }) => look(state, id)?.status === 'open');
  const sessions = open
    .slice(-LISTED_MAX)
    .map(
      ({ id, amountXof, onlyPayer }) =>
        `<li><a href="/sim/wave/c/${escapeHtml(id)}">${formatXof(amountXof)} · ${escapeHtml(onlyPayer ?? 'tout numéro')}</a></li>`,
    );
  const payouts = [...state.payouts.values()]
    .slice(-LISTED_MAX)
    .map(
      ({ amountXof, mobile, status }) =>
        `<li>${formatXof(amountXof)} · ${escapeHtml(mobile)} · ${statuses[status]}</li>`,
    );
  return sendPhonePage(reply, {
    title: 'Wave (simulateur)',
    brand,
    content: `<h1>Wave (simulateur)</h1><p class="note">Notre solde chez Wave</p>
<p class="amount">${formatXof(state.balanceXof())}</p>
<h2>Paiements qui attendent</h2>${list(sessions)}<h2>Retraits reçus</h2>${list(payouts)}
<p class="note">Les retraits vers ${magicNumber(1)} à ${magicNumber(10)} finissent chacun autrement : compte bloqué,
inactif, plafond, mineur, lent puis payé, lent puis refusé, erreur après paiement, coupure après paiement, trop de
demandes, service absent.</p>`,
  });
}

const statuses: Readonly<Record<'processing' | 'succeeded' | 'failed' | 'reversed', string>> = {
  processing: 'en cours',
  succeeded: 'payé',
  failed: 'refusé',
  reversed: 'repris',
};

function list(items: readonly string[]): string {
  return items.length === 0 ? '<p class="note">Aucun.</p>' : `<ul>${items.toReversed().join('')}</ul>`;
}
