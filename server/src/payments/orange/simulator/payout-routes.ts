/**
 * What the distributor may do: look at his balance, and pay somebody (cash-in). The numbers 76 000 xx xx are a block that
 * nobody has: there the last four digits are a code of Orange's, so that a person can see each of its answers. Everybody
 * else is paid.
 */
import type { FastifyInstance } from 'fastify';
import { fieldOf, parseJson, textOf } from '../../json-fields.ts';
import type { SimulatedTransaction } from './control.ts';
import { type Answer, addRoute, type Gateway, json, problem } from './gateway.ts';
import { readMetadata } from './qr-route.ts';
import type { PinVerdict, RetailerPin } from './retailer-pin.ts';
import type { NewCashIn } from './world.ts';

const MINUTE_MS = 60_000;

/** The last four digits of a number of the block; null: a number like any other. */
function codeIn(customer: string): string | null {
  return /^76000(\d{4})$/.exec(customer)?.[1] ?? null;
}

/** 76 000 20 25 has reached its ceiling. */
const refusals: Readonly<Record<string, string>> = {
  '2000': 'Customer account does not exist',
  '2001': 'Invalid MSISDN',
  '2020': 'Insufficient balance',
  '2021': 'Insufficient balance of the payer',
  '2022': 'Insufficient balance of the payee',
  '2023': 'Account ceiling reached',
  '2024': 'Ceiling of the payer reached',
  '2025': 'Ceiling of the payee reached',
  '2041': 'Operation not allowed',
  '2042': 'Operation not allowed for the merchant',
  '2043': 'Operation not allowed for the customer',
};

/** 76 000 90 01 is PENDING for a minute, then paid; 76 000 90 02 is PENDING for a minute, then refused. */
const fates: Readonly<Record<string, NonNullable<NewCashIn['fate']>>> = {
  '9001': { pendingMs: MINUTE_MS, settlesAs: 'SUCCESS' },
  '9002': { pendingMs: MINUTE_MS, settlesAs: 'FAILED' },
};

const pinRefusals: Readonly<Record<Exclude<PinVerdict, 'right'>, Answer>> = {
  revoked_key: problem(400, '4003', 'Public key revoked'),
  unreadable: problem(400, '4099', 'encryptedPinCode'),
  must_change: problem(400, '2010', 'PIN must be changed'),
  two_left: problem(400, '2011', 'Wrong PIN, 2 attempts left'),
  one_left: problem(400, '2012', 'Wrong PIN, 1 attempt left'),
  blocked: problem(400, '2013', 'Account blocked'),
};

export function registerPayouts(
  app: FastifyInstance,
  gateway: Gateway,
  { pin, msisdn }: { readonly pin: RetailerPin; readonly msisdn: string },
): void {
  const { world } = gateway;
  const distributor = { method: 'POST', product: 'distributor' } as const;

  async function refusePartner(partner: unknown): Promise<Answer | null> {
    const isOurs = fieldOf(partner, 'idType') === 'MSISDN' && fieldOf(partner, 'id') === msisdn;
    if (!isOurs) return problem(400, '2000', 'Retailer account does not exist');
    const verdict = await pin.judge(textOf(fieldOf(partner, 'encryptedPinCode')) ?? '');
    return verdict === 'right' ? null : pinRefusals[verdict];
  }

  addRoute(app, gateway, {
    method: 'GET',
    product: 'distributor',
    path: '/api/account/v1/publicKeys',
    call: 'keys',
    handle: async () => {
      const { id, bits, key } = await pin.publicKey();
      const { keyShape } = world.faults();
      const text =
        keyShape === 'pem'
          ? key.export({ type: 'spki', format: 'pem' }).toString()
          : key.export({ type: 'spki', format: 'der' }).toString('base64');
      const described = { keyId: id, keyType: 'RSA', keySize: bits, key: text };
      return json(200, keyShape === 'array' ? [described] : described);
    },
  });
  addRoute(app, gateway, {
    ...distributor,
    path: '/api/eWallet/v1/account/retailer/balance',
    call: 'balance',
    handle: async ({ body }) => {
      const refused = await refusePartner(parseJson(String(body)));
      return refused ?? json(200, { value: world.floatXof(), unit: 'XOF' });
    },
  });
  addRoute(app, gateway, {
    ...distributor,
    path: '/api/eWallet/v1/cashins',
    call: 'cash_in',
    handle: async ({ body }) => {
      const asked = parseJson(String(body));
      const order = readOrder(asked);
      if (order === null) return problem(400, '4099', 'Check the parameters');
      const refused = (await refusePartner(fieldOf(asked, 'partner'))) ?? refuseOrder(gateway, order);
      return refused ?? describe(world.addCashIn(order));
    },
  });
}

function readOrder(asked: unknown): NewCashIn | null {
  const amountXof = fieldOf(asked, 'amount', 'value');
  const customer = textOf(fieldOf(asked, 'customer', 'id'));
  const metadata = readMetadata(fieldOf(asked, 'metadata'));
  const reference = textOf(fieldOf(asked, 'reference')) ?? '';
  if (typeof amountXof !== 'number' || !Number.isSafeInteger(amountXof) || amountXof < 1) return null;
  if (fieldOf(asked, 'amount', 'unit') !== 'XOF' || fieldOf(asked, 'customer', 'idType') !== 'MSISDN')
    return null;
  if (customer === null || metadata === null || reference.length > 50) return null;
  return { amountXof, customer, metadata, reference, fate: fates[codeIn(customer) ?? ''] ?? null };
}

function refuseOrder({ world }: Gateway, { customer, amountXof, reference }: NewCashIn): Answer | null {
  if (!/^7\d{8}$/.test(customer)) return problem(400, '2001', 'Invalid MSISDN');
  const code = codeIn(customer);
  const refusal = code === null ? undefined : refusals[code];
  if (code !== null && refusal !== undefined) return problem(400, code, refusal);
  if (amountXof > world.floatXof()) return problem(400, '2021', 'Insufficient balance of the payer');
  const isKnown = [...world.transactions.values()].some(
    (row) => row.type === 'CASHIN' && row.reference === reference,
  );
  return isKnown && world.faults().rejectsDuplicateReference
    ? problem(400, '4099', 'Duplicate reference')
    : null;
}

function describe({ status, transactionId, reference }: SimulatedTransaction): Answer {
  const description = status === 'SUCCESS' ? 'Transaction successful' : 'Transaction pending';
  return json(201, { status, transactionId, reference, requestId: `req-${transactionId}`, description });
}
