/** The simulated Wave's interface, under its real paths, with what can go wrong on the way of each answer. */
import type { FastifyInstance } from 'fastify';
import { answerCall, type Handle, type Site } from './answer-call.ts';
import type { SimulatedSession, WaveOperation } from './control.ts';
import { askPayout, findPayout, findPayoutsOf, reversePayout } from './payouts.ts';
import { readFields } from './read-fields.ts';
import { readTransactions } from './read-transactions.ts';
import {
  createSession,
  expireSession,
  findSession,
  findSessionPaidBy,
  findSessionsOf,
  refundSession,
  refundTransaction,
} from './sessions.ts';
import { openRecipientChecks } from './verify-recipient.ts';
import { wirePayout, wireSession } from './wire.ts';

export function registerInterface(app: FastifyInstance, site: Site): void {
  registerCheckout(app, site);
  registerPayouts(app, site);
  registerAccount(app, site);
}

type Run = Handle['run'];

function openPaths(app: FastifyInstance, site: Site) {
  return (method: 'GET' | 'POST', url: string, operation: WaveOperation, run: Run) =>
    app.route({
      method,
      url,
      handler: (request, reply) => answerCall(site, { operation, run }, request, reply),
    });
}

function registerCheckout(app: FastifyInstance, site: Site): void {
  const { state, siteUrl } = site;
  const on = openPaths(app, site);
  const show = (session: SimulatedSession) => ({ body: wireSession(session, siteUrl) });
  on('POST', '/v1/checkout/sessions', 'create_session', ({ body }) =>
    show(createSession(state, readFields(body))),
  );
  on('GET', '/v1/checkout/sessions', 'find_session', ({ query }) =>
    show(findSessionPaidBy(state, query['transaction_id'] ?? '')),
  );
  on('GET', '/v1/checkout/sessions/search', 'search_sessions', ({ query }) => {
    const found = findSessionsOf(state, query['client_reference'] ?? '');
    return { body: { result: found.map((session) => wireSession(session, siteUrl)) } };
  });
  on('GET', '/v1/checkout/sessions/:id', 'read_session', ({ id }) => show(findSession(state, id)));
  on('POST', '/v1/checkout/sessions/:id/expire', 'expire_session', ({ id }) => {
    expireSession(state, id);
    return { body: null };
  });
  on('POST', '/v1/checkout/sessions/:id/refund', 'refund_session', ({ id }) => {
    refundSession(state, id);
    return { body: null };
  });
  on('POST', '/v1/transactions/:id/refund', 'refund_transaction', ({ id }) => {
    refundTransaction(state, id);
    return { body: null };
  });
}

function registerPayouts(app: FastifyInstance, site: Site): void {
  const { state } = site;
  const on = openPaths(app, site);
  const tries = new Map<string, number>();
  const verify = openRecipientChecks(state);
  on('POST', '/v1/payout', 'payout', ({ key, body }) => {
    const { payout, fault } = askPayout(state, tries, { key, body });
    return { body: wirePayout(payout), fault };
  });
  on('GET', '/v1/payout/:id', 'read_payout', ({ id }) => ({ body: wirePayout(findPayout(state, id)) }));
  on('GET', '/v1/payouts/search', 'search_payouts', ({ query }) => {
    const found = findPayoutsOf(state, query['client_reference'] ?? '');
    return { body: { result: found.map(wirePayout) } };
  });
  on('POST', '/v1/payout/:id/reverse', 'reverse_payout', ({ id }) => {
    reversePayout(state, id);
    return { body: null };
  });
  for (const path of ['/v1/verify_recipient', '/v1/verify_recipient/']) {
    on('POST', path, 'verify_recipient', ({ body }) => ({ body: verify(readFields(body)) }));
  }
}

function registerAccount(app: FastifyInstance, site: Site): void {
  const { state } = site;
  const on = openPaths(app, site);
  on('GET', '/v1/balance', 'balance', () => ({
    body: { amount: String(state.balanceXof()), currency: 'XOF' },
  }));
  on('GET', '/v1/transactions', 'transactions', ({ query }) => ({ body: readTransactions(state, query) }));
}
