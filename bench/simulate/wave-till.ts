import { createHmac } from 'node:crypto';
import type { WaveConfig } from '#server/payments/wave/config.ts';
import type {
  AnswerFault,
  WaveCall,
  WaveControl,
  WaveFaults,
} from '#server/payments/wave/simulator/control.ts';
import { type Random, shareOf } from './random.ts';
import { depositOf, postForged, type Till, type TillPayment } from './till.ts';

const FLOAT_XOF = 50_000_000;
/** The same from the first line to the last: a statement is written by one rule. */
const tax = { isPaidByWave: false, writes: 'string' } as const;
const faulty: readonly AnswerFault[] = [
  'lost',
  'reset',
  'too_many_requests',
  'unavailable',
  'html_502',
  'error_after',
  'empty_after',
];

export function openWaveTill(control: WaveControl, config: WaveConfig, callbackUrl: string): Till {
  let [lines, payoutCount] = [0, 0];
  control.holdCallbacks(true);
  control.setFaults({ tax });
  const sessions = () => new Map(control.sessions().map((session) => [session.id, session]));
  return {
    name: 'wave',
    sessionsOf: (depositId) =>
      control
        .sessions()
        .filter(({ successUrl }) => depositOf(successUrl) === depositId)
        .map(({ id }) => id),
    pay: (session, { phone, amountXof }) => {
      const before = control.transactions().length;
      if (amountXof !== undefined) control.setFaults({ paidInstead: () => amountXof });
      control.pay(session, { phone, isForced: true });
      control.setFaults({ paidInstead: (asked) => asked });
      return control.transactions().length > before;
    },
    refuse: (session, _phone, random) =>
      void control.refuse(
        session,
        random.pick(['insufficient-funds', 'customer-age-restricted', 'payment-failure', 'blocked-account']),
      ),
    payUnasked: (phone, amountXof) => control.payMerchant({ phone, amountXof }).amountXof > 0,
    misbehave: (random, seed) => misbehave(control, random, seed),
    behave: () => {
      control.clearFaults();
      control.setFaults({ tax });
    },
    emptyFloat: () => void control.moveFloat(-control.balanceXof()),
    fillFloat: () => {
      if (control.balanceXof() < FLOAT_XOF) control.moveFloat(FLOAT_XOF - control.balanceXof());
    },
    settlePayouts: (random) => {
      for (const { id, status } of control.payouts()) {
        if (status === 'processing') control.settlePayout(id, random.chance(0.7) ? 'succeeded' : 'failed');
      }
    },
    deliverCallbacks: () => control.deliverCallbacks(),
    callbacksWaiting: () => control.callbacksWaiting(),
    forge: (random) => forge(control, config, callbackUrl, random),
    payments: () => {
      const known = sessions();
      return control
        .transactions()
        .slice(lines)
        .filter(({ type }) => type === 'api_checkout' || type === 'merchant_payment')
        .map((line): TillPayment => {
          const session = known.get(line.session ?? '');
          return {
            transaction: line.id,
            depositId: depositOf(session?.successUrl ?? null),
            amountXof: session?.amountXof ?? line.amountXof + line.feeXof + line.taxXof,
            payer: line.counterparty ?? '',
          };
        });
    },
    payouts: () =>
      control
        .payouts()
        .slice(payoutCount)
        .filter(({ status }) => status === 'succeeded')
        .map(({ reference, amountXof, mobile }) => ({
          reference: reference ?? '',
          amountXof,
          phone: mobile,
        })),
    mark: () => {
      [lines, payoutCount] = [control.transactions().length, control.payouts().length];
    },
    balances: () => ({ wave: control.balanceXof() }),
  };
}

function misbehave(control: WaveControl, random: Random, seed: number): string {
  const [calls, drops] = [random.pick([0, 0.15, 0.5]), random.pick([0, 0, 0.3, 1])];
  const counts = new Map<string, number>();
  const draw = (name: string) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return shareOf(seed, `${name} ${count}`);
  };
  const answer = ({ operation, reference }: WaveCall): AnswerFault => {
    const share = draw(`${operation} ${reference}`);
    return share >= calls ? 'none' : (faulty[Math.floor((share / calls) * faulty.length)] ?? 'none');
  };
  const faults: Partial<WaveFaults> = {
    answer,
    isWebhookDropped: (type) => draw(type) < drops,
    webhookDuplicates: random.pick([0, 0, 1, 3]),
    hasWebhookTwin: random.chance(0.2),
    swapsWebhooks: random.chance(0.2),
    webhookSignature: random.weigh([
      [6, 'right'],
      [1, 'two_v1'],
      [1, 'wrong'],
      [1, 'stale'],
    ]),
    sessionLifeMs: random.chance(0.2) ? 1 : 30 * 60_000,
    processesPayouts: random.chance(0.3),
    payoutError: random.chance(0.15) ? 'recipient-limit-exceeded' : null,
    errorShape: random.pick(['code', 'error', 'error_code', 'nested']),
  };
  control.setFaults(faults);
  const { answer: _answer, isWebhookDropped: _dropped, ...said } = faults;
  return JSON.stringify({ calls, drops, ...said });
}

/** The event of a session that is there, as whoever reads our callbacks' documentation would make it up. */
async function forge(
  control: WaveControl,
  { webhooks }: WaveConfig,
  url: string,
  random: Random,
): Promise<{ how: string; status: number }> {
  const session = control.sessions().at(-1);
  const data = {
    id: session?.id ?? 'cos-nobody',
    client_reference: session?.reference ?? null,
    amount: '1000000',
    checkout_status: 'complete',
    payment_status: 'succeeded',
    transaction_id: 'T_FORGED0001',
  };
  const body = JSON.stringify({
    id: `EV_${random.uuid().slice(0, 8)}`,
    type: 'checkout.session.completed',
    data,
  });
  const nowS = Math.floor(Date.now() / 1000);
  const sign = (secret: string, atS: number, over: string) =>
    `t=${atS},v1=${createHmac('sha256', secret).update(`${atS}${over}`).digest('hex')}`;
  const ours = webhooks.secrets[0] ?? '';
  const headers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'no signature': {},
    'another secret': { 'wave-signature': sign('a guess', nowS, body) },
    'a signature six minutes old': { 'wave-signature': sign(ours, nowS - 360, body) },
    'one space more': { 'wave-signature': sign(ours, nowS, `${body} `) },
    'the secret as a bearer': { authorization: `Bearer ${ours}` },
  };
  const how = random.pick(Object.keys(headers));
  return { how, status: await postForged(url, headers[how] ?? {}, body) };
}
