/** The simulator of Orange Money Senegal, put together: its books, its routes, its callbacks, its page, its controls. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { SimulatorOptions } from '../../provider-module.ts';
import type { OrangeConfig } from '../config.ts';
import { type OrangeCallbacks, openCallbacks, registerRegistration } from './callbacks.ts';
import type { OrangeControl, OrangeSimulator } from './control.ts';
import type { Gateway } from './gateway.ts';
import { registerPayPage } from './pay-page.ts';
import { registerPayouts } from './payout-routes.ts';
import { registerQr } from './qr-route.ts';
import { openRetailerPin, type RetailerPin } from './retailer-pin.ts';
import { registerSearch } from './search-routes.ts';
import { openTokens, registerTokens } from './tokens.ts';
import { openWorld } from './world.ts';

const MERCHANT_CODE = '460221';
const RETAILER_MSISDN = '779990001';
/** How often what is due by itself is looked for. */
const SETTLE_EVERY_MS = 200;

export interface OrangeSimulatorOptions extends SimulatorOptions {
  /** Signs its callbacks with these; without any it has given none out, as in production so far. */
  readonly callbackSecrets?: readonly string[];
}

export async function openOrangeSimulator(options: OrangeSimulatorOptions): Promise<OrangeSimulator> {
  const config = makeConfig(options);
  const partners = { merchantCode: MERCHANT_CODE, retailerMsisdn: RETAILER_MSISDN };
  const pin = openRetailerPin(config.retailer?.pin ?? '');
  const world = openWorld(options.file, (transaction) => callbacks.tell(transaction));
  const callbacks = openCallbacks({
    log: options.log,
    partners,
    secrets: config.callbackSecrets,
    now: world.now,
    faults: world.faults,
    callbackUrlOf: ({ qrId }) => world.qrs.get(qrId ?? '')?.callbackUrl ?? null,
    registration: {
      code: MERCHANT_CODE,
      name: config.merchantName,
      callbackUrl: options.callbackUrl,
      apiKey: config.callbackApiKey,
      createdAtMs: world.now(),
    },
  });
  const gateway: Gateway = { world, tokens: openTokens(world), calls: [] };
  const timer = setInterval(() => {
    world.settle();
    callbacks.release(world.now());
  }, SETTLE_EVERY_MS).unref();

  function register(app: FastifyInstance): void {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    registerTokens(app, gateway, config);
    registerQr(app, gateway, { url: options.url, merchantCode: MERCHANT_CODE });
    registerSearch(app, gateway, partners);
    registerPayouts(app, gateway, { pin, msisdn: RETAILER_MSISDN });
    registerRegistration(app, gateway, callbacks);
    registerPayPage(app, world);
  }

  return {
    config,
    control: controlOf(gateway, pin, callbacks),
    register,
    close: async () => {
      clearInterval(timer);
      await callbacks.delivery.close();
      world.close();
    },
  };
}

/** What Orange would have handed over. New secrets each time: nobody else has to know them. */
function makeConfig({ url, callbackUrl, callbackSecrets = [] }: OrangeSimulatorOptions): OrangeConfig {
  const secret = () => randomBytes(24).toString('base64url');
  return {
    apiUrl: url,
    clientId: secret(),
    clientSecret: secret(),
    merchantCode: MERCHANT_CODE,
    merchantName: 'Mbayar',
    callbackApiKey: secret(),
    callbackSecrets,
    callbackUrl,
    xApiKey: null,
    retailer: { msisdn: RETAILER_MSISDN, pin: String(randomBytes(2).readUInt16BE() + 10_000).slice(-4) },
  };
}

function controlOf(gateway: Gateway, pin: RetailerPin, callbacks: OrangeCallbacks): OrangeControl {
  const { world, tokens, calls } = gateway;
  const { delivery } = callbacks;
  return {
    pay: world.pay,
    payUnasked: world.payUnasked,
    letExpire: world.letExpire,
    setFaults: world.setFaults,
    now: world.now,
    advance: (ms) => {
      world.advance(ms);
      callbacks.release(world.now());
    },
    qrs: () => [...world.qrs.values()],
    transactions: () => [...world.transactions.values()],
    calls: () => calls.map(({ name }) => name),
    bodies: (of) => calls.filter(({ call }) => call === of).map(({ body }) => body),
    floatXof: world.floatXof,
    setFloat: world.setFloat,
    rotateKey: pin.rotateKey,
    setPin: pin.setPin,
    demandNewPin: pin.demandNewPin,
    endTokens: tokens.end,
    holdCallbacks: delivery.hold,
    deliverCallbacks: delivery.deliverNow,
    postThrough: delivery.postThrough,
    waitingCallbacks: delivery.waiting,
  };
}
