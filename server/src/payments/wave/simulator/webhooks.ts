/** The simulated Wave's webhooks: what they say, how they are signed, and what goes wrong with them on the way. */
import { createHmac } from 'node:crypto';
import type { CallbackDelivery, ComposedCallback } from '../../simulator/deliver-callbacks.ts';
import type { SimulatedSession } from './control.ts';
import { newId, type WaveState } from './state.ts';
import { spacedJson, wireSession } from './wire.ts';

export interface Webhooks {
  tell(type: string, data: object): void;
  tellOfSession(type: string, session: SimulatedSession): void;
  /** These bytes, signed. */
  post(body: string): void;
  /** Lets go what waits for a next one. */
  release(): void;
}

const STALE_S = 6 * 60;
const wrongSecret = 'wave_sn_WHS_somebody_elses_secret';

export function openWebhooks(
  state: WaveState,
  {
    delivery,
    secrets,
    siteUrl,
  }: {
    readonly delivery: CallbackDelivery;
    readonly secrets: readonly string[];
    readonly siteUrl: string;
  },
): Webhooks {
  const parked: string[] = [];
  let sent = 0;

  function post(body: string): void {
    // Each of our secrets is a webhook of its own in the portal; they take turns.
    const secret = secrets[sent % secrets.length] ?? wrongSecret;
    sent += 1;
    const { webhookSignature: how, webhookStrategy: strategy, webhookDelayMs: delayMs } = state.faults;
    delivery.send({ delayMs, compose: () => compose({ body, secret, how, strategy }) });
  }

  function release(): void {
    for (const body of parked.splice(0)) post(body);
  }

  function leave(body: string): void {
    for (let copy = 0; copy <= state.faults.webhookDuplicates; copy++) post(body);
  }

  function tell(type: string, data: object): void {
    if (state.faults.isWebhookDropped(type)) return;
    const ids = state.faults.hasWebhookTwin ? [newId('EV_', 11), newId('EV_', 11)] : [newId('EV_', 11)];
    const bodies = ids.map((id) => spacedJson({ id, type, data }));
    if (state.faults.swapsWebhooks && parked.length === 0) return void parked.push(...bodies);
    for (const body of bodies) leave(body);
    release();
  }

  return {
    tell,
    tellOfSession: (type, session) => tell(type, wireSession(session, siteUrl)),
    post,
    release,
  };
}

function compose({
  body,
  secret,
  how,
  strategy,
}: {
  readonly body: string;
  readonly secret: string;
  readonly how: WaveState['faults']['webhookSignature'];
  readonly strategy: WaveState['faults']['webhookStrategy'];
}): ComposedCallback {
  const headers = { 'content-type': 'application/json' };
  if (how === 'missing') return { headers, body };
  const used = how === 'wrong' ? wrongSecret : secret;
  if (strategy === 'bearer') return { headers: { ...headers, authorization: `Bearer ${used}` }, body };
  const t = Math.floor(Date.now() / 1000) - (how === 'stale' ? STALE_S : 0);
  const digest = (by: string) => createHmac('sha256', by).update(String(t)).update(body).digest('hex');
  const parts = [
    `t=${t}`,
    ...(how === 'two_v1' ? [wrongSecret, used] : [used]).map((by) => `v1=${digest(by)}`),
  ];
  return { headers: { ...headers, 'wave-signature': parts.join(',') }, body };
}
