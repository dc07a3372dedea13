/**
 * Wave on our own machine, as far as its documents and those who integrated it tell. It shares no code with the
 * adapter but the shape of its configuration: a mistake of the one is not hidden by the same mistake of the other.
 */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { SimulatorOptions } from '../../provider-module.ts';
import { type CallbackDelivery, openCallbackDelivery } from '../../simulator/deliver-callbacks.ts';
import type { WaveConfig } from '../config.ts';
import type { Site } from './answer-call.ts';
import type { WaveControl, WaveSimulator } from './control.ts';
import { goodDay } from './faults.ts';
import { registerPages } from './pages.ts';
import { findPayout, settlePayout } from './payouts.ts';
import { registerInterface } from './routes.ts';
import { createSession, findSession, payMerchant, paySession, refuseSession } from './sessions.ts';
import { handMade, openWaveState } from './state.ts';
import { openWebhooks, type Webhooks } from './webhooks.ts';

/** Wave tries for three days; here a quarter of an hour is enough for a server that restarts. */
const retriesMs = [1_000, 2_000, 5_000, 10_000, 30_000, ...Array.from({ length: 14 }, () => 60_000)];
const TIMEOUT_MS = 5_000;

export async function openWaveSimulator({
  url,
  callbackUrl,
  file,
  log,
}: SimulatorOptions): Promise<WaveSimulator> {
  const config = drawConfig(url);
  const state = openWaveState(file);
  const site: Site = { state, config, siteUrl: url, calls: new Map() };
  const delivery = openCallbackDelivery({
    url: callbackUrl,
    log,
    timeoutMs: TIMEOUT_MS,
    retriesMs,
    isFinal: () => false,
  });
  const webhooks = openWebhooks(state, { delivery, secrets: config.webhooks.secrets, siteUrl: url });
  return {
    config,
    control: openControl(site, { delivery, webhooks }),
    register: (app) => register(app, site, webhooks),
    close: async () => {
      await delivery.close();
      state.close();
    },
  };
}

/** Every road that a real contract may take us: signed requests, two secrets at a time, one payer. */
function drawConfig(url: string): WaveConfig {
  const draw = (prefix: string) => `${prefix}_${randomBytes(24).toString('hex')}`;
  return {
    url,
    apiKey: draw('wave_sn_prod'),
    signingSecret: draw('wave_sn_AKS'),
    webhooks: { strategy: 'signature', secrets: [draw('wave_sn_WHS'), draw('wave_sn_WHS')] },
    restrictsPayer: true,
  };
}

/** Bodies are bytes: they are signed and hashed as they came. */
function register(app: FastifyInstance, site: Site, webhooks: Webhooks): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  registerInterface(app, site);
  registerPages(app, site.state, webhooks);
}

function openControl(
  { state, calls }: Site,
  { delivery, webhooks }: { readonly delivery: CallbackDelivery; readonly webhooks: Webhooks },
): WaveControl {
  return {
    faults: state.faults,
    setFaults: (change) => void Object.assign(state.faults, change),
    clearFaults: () => void Object.assign(state.faults, goodDay),
    nowMs: () => state.nowMs(),
    advance: (ms) => state.advance(ms),
    sessions: () => [...state.sessions.keys()].map((id) => findSession(state, id)),
    payouts: () => [...state.payouts.keys()].map((id) => findPayout(state, id)),
    transactions: () => state.transactions,
    balanceXof: () => state.balanceXof(),
    countCalls: (operation) => calls.get(operation) ?? 0,
    openSession: ({ reference, amountXof, onlyPayer, backUrl }) =>
      createSession(state, {
        amount: String(amountXof),
        currency: 'XOF',
        client_reference: reference,
        success_url: backUrl,
        error_url: backUrl,
        restrict_payer_mobile: onlyPayer,
      }),
    pay: (sessionId, how) => paySession(state, webhooks, sessionId, how),
    refuse: (sessionId, code) => refuseSession(state, webhooks, sessionId, code),
    payMerchant: (how) => payMerchant(state, webhooks, how),
    moveFloat: (amountXof) => {
      const type = amountXof < 0 ? 'merchant_sweep' : 'b2b_payment';
      const transaction = state.lineOf({ ...handMade, type, amountXof });
      state.save({ transaction });
      return transaction;
    },
    settlePayout: (payoutId, to) => settlePayout(state, payoutId, to),
    sendWebhook: (body) => webhooks.post(body),
    holdCallbacks: (isHeld) => delivery.hold(isHeld),
    deliverCallbacks: () => {
      webhooks.release();
      return delivery.deliverNow();
    },
    callbacksWaiting: () => delivery.waiting(),
    postCallbacksThrough: (post) => delivery.postThrough(post),
  };
}
