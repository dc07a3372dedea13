/** A code that a payer scans, and the links that open the apps. Making one moves no money. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { toDataURL } from 'qrcode';
import { fieldOf, parseJson, textOf } from '../../json-fields.ts';
import type { SimulatedQr } from './control.ts';
import { type Answer, addRoute, type Gateway, json, problem } from './gateway.ts';

const VALIDITY_S_MAX = 86_400;
const REFERENCE_LENGTH_MAX = 50;
const METADATA_KEYS_MAX = 10;

/** `url`: where the simulator's pages are. */
export function registerQr(
  app: FastifyInstance,
  gateway: Gateway,
  { url, merchantCode }: { readonly url: string; readonly merchantCode: string },
): void {
  addRoute(app, gateway, {
    method: 'POST',
    path: '/api/eWallet/v4/qrcode',
    call: 'qr',
    product: 'qr_code',
    handle: async (request) => {
      const qr = readQr(request, merchantCode, gateway.world.now());
      if ('status' in qr) return qr;
      gateway.world.addQr(qr);
      return describeQr(qr, url, gateway.world.faults().hasDeepLinks);
    },
  });
}

function readQr(request: FastifyRequest, merchantCode: string, nowMs: number): SimulatedQr | Answer {
  const body = parseJson(String(request.body));
  const amountXof = fieldOf(body, 'amount', 'value');
  const reference = textOf(fieldOf(body, 'reference'));
  const validityS = fieldOf(body, 'validity') ?? 300;
  const metadata = readMetadata(fieldOf(body, 'metadata'));
  const isWhole = typeof amountXof === 'number' && Number.isSafeInteger(amountXof) && amountXof >= 1;
  if (fieldOf(body, 'code') !== merchantCode) return problem(400, '2042', 'Merchant not allowed');
  if (!isWhole || fieldOf(body, 'amount', 'unit') !== 'XOF') return problem(400, '4099', 'amount');
  if (reference !== null && reference.length > REFERENCE_LENGTH_MAX)
    return problem(400, '4099', 'reference: at most 50 characters');
  if (typeof validityS !== 'number' || !(validityS > 0 && validityS <= VALIDITY_S_MAX))
    return problem(400, '4099', 'validity: at most 86400');
  if (metadata === null) return problem(400, '4099', 'metadata: ten texts at most');
  const callbackUrl = request.headers['x-callback-url'];
  return {
    qrId: randomUUID(),
    amountXof,
    reference: reference ?? '',
    startsAtMs: nowMs,
    endsAtMs: nowMs + validityS * 1000,
    validityS,
    isSingleUse: fieldOf(body, 'restrictions', 'isSingleUse') === true,
    name: textOf(fieldOf(body, 'name')) ?? '',
    successUrl: textOf(fieldOf(body, 'callbackSuccessUrl')),
    cancelUrl: textOf(fieldOf(body, 'callbackCancelUrl')),
    callbackUrl: typeof callbackUrl === 'string' ? callbackUrl : null,
    metadata,
  };
}

/** Null: not what Orange takes. */
export function readMetadata(value: unknown): Record<string, string> | null {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object') return null;
  const texts: Record<string, string> = {};
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') return null;
    texts[key] = text;
  }
  return Object.keys(texts).length > METADATA_KEYS_MAX ? null : texts;
}

async function describeQr(qr: SimulatedQr, url: string, hasDeepLinks: boolean): Promise<Answer> {
  const page = `${url}/sim/om/${qr.qrId}`;
  const png = await toDataURL(page, { margin: 1, width: 300 });
  return json(200, {
    deepLink: page,
    ...(hasDeepLinks ? { deepLinks: { MAXIT: `${page}?app=maxit`, OM: `${page}?app=om` } } : {}),
    qrCode: png.slice(png.indexOf(',') + 1),
    validity: qr.validityS,
    metadata: qr.metadata,
    shortLink: '',
    qrId: qr.qrId,
    validFor: {
      startDateTime: new Date(qr.startsAtMs).toISOString(),
      endDateTime: new Date(qr.endsAtMs).toISOString(),
    },
  });
}
