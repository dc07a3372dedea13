import type {
  CallbackFaults,
  CallFault,
  OrangeCall,
  OrangeControl,
  OrangeFaults,
} from '#server/payments/orange/simulator/control.ts';
import { goodCallbacks } from '#server/payments/orange/simulator/control.ts';
import type { Random } from './random.ts';
import { depositOf, postForged, type Till, type TillPayment } from './till.ts';

const FLOAT_XOF = 50_000_000;
const faulty: readonly CallFault[] = [
  'lost_after_commit',
  'reset',
  'html_502',
  'timeout_504',
  'timeout_504_after_commit',
  'too_many_429',
  'empty_answer',
  'token_ended_401',
];
const calls: readonly OrangeCall[] = ['qr', 'search', 'status', 'cash_in', 'keys', 'token'];

export function openOrangeTill(control: OrangeControl, callbackUrl: string): Till {
  let marked = 0;
  control.holdCallbacks(true);
  control.setFloat(FLOAT_XOF);
  const local = (phone: string) => phone.slice(-9);
  const fresh = () => control.transactions().slice(marked);
  return {
    name: 'orange',
    sessionsOf: (depositId) =>
      control
        .qrs()
        .filter(({ successUrl }) => depositOf(successUrl) === depositId)
        .map(({ qrId }) => qrId),
    pay: (session, { phone, amountXof }) => {
      const result = control.pay(session, {
        from: local(phone),
        ...(amountXof === undefined ? {} : { amountXof }),
      });
      return result.kind === 'recorded';
    },
    refuse: (session, phone, random) =>
      void control.pay(session, { from: local(phone), outcome: random.pick(['insufficient', 'refuse']) }),
    payUnasked: () => false,
    misbehave: (random) => misbehave(control, random),
    behave: () => control.setFaults({}),
    emptyFloat: () => control.setFloat(0),
    fillFloat: () => {
      if (control.floatXof() < FLOAT_XOF) control.setFloat(FLOAT_XOF);
    },
    settlePayouts: () => control.advance(2),
    deliverCallbacks: () => control.deliverCallbacks(),
    callbacksWaiting: () => control.waitingCallbacks(),
    forge: async (random) => {
      const body = JSON.stringify({
        transactionId: `MP${random.below(1_000_000)}`,
        status: 'SUCCESS',
        amount: { value: 1_000_000, unit: 'XOF' },
        reference: control.qrs().at(-1)?.reference ?? random.uuid(),
        type: 'MERCHANT_PAYMENT',
      });
      const headers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
        'no key': {},
        'another key': { authorization: 'Basic a-key-that-somebody-guessed' },
        'a signature of nobody’s': { 'x-sonatel-signature': `t=${Math.floor(Date.now() / 1000)},v1=00` },
      };
      const how = random.pick(Object.keys(headers));
      const sent = { 'x-sonatel-idempotency-key': random.uuid(), ...headers[how] };
      return { how, status: await postForged(callbackUrl, sent, body) };
    },
    payments: () => {
      const codes = new Map(control.qrs().map((qr) => [qr.qrId, qr]));
      return fresh()
        .filter(({ type, status }) => type === 'MERCHANT_PAYMENT' && status === 'SUCCESS')
        .map(
          ({ transactionId, amountXof, customer, qrId }): TillPayment => ({
            transaction: transactionId,
            depositId: depositOf(codes.get(qrId ?? '')?.successUrl ?? null),
            amountXof,
            payer: `+221${customer}`,
          }),
        );
    },
    payouts: () =>
      fresh()
        .filter(({ type, status }) => type === 'CASHIN' && status === 'SUCCESS')
        .map(({ reference, amountXof, customer }) => ({ reference, amountXof, phone: `+221${customer}` })),
    mark: () => {
      marked = control.transactions().length;
    },
    balances: () => ({
      orange: control
        .transactions()
        .filter(({ type, status }) => type === 'MERCHANT_PAYMENT' && status === 'SUCCESS')
        .reduce((sum, { amountXof }) => sum + amountXof, 0),
    }),
  };
}

function misbehave(control: OrangeControl, random: Random): string {
  const share = random.pick([0, 0.3, 0.7]);
  const faults: Partial<OrangeFaults> = {
    calls: Object.fromEntries(
      calls.map((call) => [
        call,
        Array.from({ length: 6 }, () => random.pick(faulty)).filter(() => random.chance(share)),
      ]),
    ),
    pendingMs: random.chance(0.3) ? 1 : 0,
    settlesAs: random.chance(0.7) ? 'SUCCESS' : 'FAILED',
    rejectsDuplicateReference: random.chance(0.1),
    isSearchWrapped: random.chance(0.2),
    hasDeepLinks: random.chance(0.8),
    callbacks: {
      ...goodCallbacks,
      isLost: random.chance(0.3),
      duplicates: random.pick([0, 0, 1, 3]),
      isReordered: random.chance(0.3),
      isReduced: random.chance(0.3),
      hasNumericCustomer: random.chance(0.3),
      amount: random.weigh<CallbackFaults['amount']>([
        [6, 'true'],
        [1, 'missing'],
        [1, { moreXof: 5_000 }],
      ]),
      isForgedToo: random.chance(0.2),
    },
  };
  control.setFaults(faults);
  return JSON.stringify(faults);
}
