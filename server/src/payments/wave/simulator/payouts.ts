/** Payouts: at most one for each Idempotency-Key; numbers whose payouts always end in the same way. */
import { createHash } from 'node:crypto';
import { magicNumber, type SimulatedPayout } from './control.ts';
import { readAmountXof, readCurrency, readFields, readMobile, readText } from './read-fields.ts';
import { feeOf, newId, taxOf, taxPaidByUs, type WaveState } from './state.ts';
import { invalid, WaveError } from './wave-error.ts';

const refusedNumbers: ReadonlyMap<string, string> = new Map([
  [magicNumber(1), 'recipient-account-blocked'],
  [magicNumber(2), 'recipient-account-inactive'],
  [magicNumber(3), 'recipient-limit-exceeded'],
  [magicNumber(4), 'recipient-minor'],
]);

const REVERSIBLE_MS = 3 * 24 * 60 * 60_000;
/** Numbers 9 and 10 are let through at the third try. */
const TRIES_REFUSED = 2;

export interface PayoutAnswer {
  readonly payout: SimulatedPayout;
  /** What keeps the caller from hearing of it. */
  readonly fault: 'none' | 'error_after' | 'lost';
}

/** `tries`: how often each key has come, in this process. */
export function askPayout(
  state: WaveState,
  tries: Map<string, number>,
  { key, body }: { readonly key: string | undefined; readonly body: Buffer },
): PayoutAnswer {
  if (key === undefined || key === '' || key.length > 255)
    throw invalid('The Idempotency-Key header is required for POST.');
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const known = [...state.payouts.values()].find((payout) => payout.key === key);
  if (known !== undefined) {
    if (known.bodyHash !== bodyHash)
      throw new WaveError(409, 'idempotency-mismatch', 'This key came with another body.');
    return { payout: findPayout(state, known.id), fault: 'none' };
  }
  const asked = readPayout(body);
  refuseByNumber(tries, key, asked.mobile);
  const feeXof = feeOf(asked.amountXof, state.faults);
  const taxXof = taxOf(asked.amountXof, state.faults);
  const payout = { ...asked, id: newId('pt-', 13), key, bodyHash, feeXof, taxXof };
  if (availableXof(state) < costOf(state, payout))
    throw new WaveError(422, 'insufficient-funds', 'Insufficient funds in wallet.');
  const created = create(state, { ...payout, createdAtMs: state.nowMs() });
  const faults = new Map([
    [magicNumber(7), 'error_after'],
    [magicNumber(8), 'lost'],
  ] as const);
  return { payout: created, fault: faults.get(asked.mobile) ?? 'none' };
}

type Asked = Omit<SimulatedPayout, 'status' | 'error' | 'settles'>;

function readPayout(
  body: Buffer,
): Pick<SimulatedPayout, 'amountXof' | 'mobile' | 'name' | 'reason' | 'reference'> {
  const fields = readFields(body);
  readCurrency(fields);
  const mobile = readMobile(fields, 'mobile');
  if (!mobile.startsWith('+221'))
    throw new WaveError(400, 'country-mismatch', 'The recipient is in another country.');
  if (fields['aggregated_merchant_id'] != null)
    throw new WaveError(400, 'invalid-aggregated-merchant-id', 'This wallet aggregates no merchants.');
  return {
    amountXof: readAmountXof(fields, 'receive_amount'),
    mobile,
    name: readText(fields, 'name', 255),
    reason: readText(fields, 'payment_reason', 40),
    reference: readText(fields, 'client_reference', 255),
  };
}

function refuseByNumber(tries: Map<string, number>, key: string, mobile: string): void {
  const code = refusedNumbers.get(mobile);
  if (code !== undefined) throw new WaveError(422, code, 'The recipient cannot be paid.');
  const tried = (tries.get(key) ?? 0) + 1;
  tries.set(key, tried);
  if (tried > TRIES_REFUSED) return;
  if (mobile === magicNumber(9)) throw new WaveError(429, 'too-many-requests', 'Too many requests.');
  if (mobile === magicNumber(10)) throw new WaveError(503, 'service-unavailable', 'Try again later.');
}

function create(state: WaveState, asked: Asked): SimulatedPayout {
  const { processesPayouts, processingMs, payoutError } = state.faults;
  const isSlow = processesPayouts || [magicNumber(5), magicNumber(6)].includes(asked.mobile);
  const to = asked.mobile === magicNumber(6) || payoutError !== null ? 'failed' : 'succeeded';
  const atMs = asked.createdAtMs + processingMs;
  const payout = { ...asked, status: 'processing', error: null, settles: { atMs, to } } as const;
  if (!isSlow) return settle(state, payout, to);
  state.save({ payout });
  return payout;
}

/** The money leaves when the payout succeeds. */
function settle(state: WaveState, payout: SimulatedPayout, to: 'succeeded' | 'failed'): SimulatedPayout {
  const error = to === 'failed' ? (state.faults.payoutError ?? 'recipient-limit-exceeded') : null;
  const settled = { ...payout, status: to, error, settles: null };
  if (to === 'failed') state.save({ payout: settled });
  else state.save({ payout: settled, transaction: state.lineOf(movementOf(state, payout)) });
  return settled;
}

function movementOf(state: WaveState, payout: SimulatedPayout) {
  const { feeXof, taxXof, mobile: counterparty, reference } = payout;
  const amountXof = -costOf(state, payout);
  return {
    type: 'api_payout',
    amountXof,
    feeXof,
    taxXof,
    isReversal: false,
    counterparty,
    reference,
    session: null,
  };
}

function costOf(state: WaveState, of: Pick<SimulatedPayout, 'amountXof' | 'feeXof' | 'taxXof'>): number {
  return of.amountXof + of.feeXof + taxPaidByUs(of.taxXof, state.faults);
}

/** Without what is on its way out. */
function availableXof(state: WaveState): number {
  const underWay = [...state.payouts.values()].filter(({ status }) => status === 'processing');
  return underWay.reduce((restXof, payout) => restXof - costOf(state, payout), state.balanceXof());
}

/** As it is now: one whose time has come is settled, whoever looks first. */
export function findPayout(state: WaveState, id: string): SimulatedPayout {
  const payout = state.payouts.get(id);
  if (payout === undefined) throw new WaveError(404, 'not-found', 'There is no such payout.');
  const { settles } = payout;
  return settles === null || settles.atMs > state.nowMs() ? payout : settle(state, payout, settles.to);
}

export function findPayoutsOf(state: WaveState, reference: string): SimulatedPayout[] {
  const found = [...state.payouts.values()].filter((payout) => payout.reference === reference);
  return found.map(({ id }) => findPayout(state, id));
}

export function settlePayout(state: WaveState, id: string, to: 'succeeded' | 'failed'): SimulatedPayout {
  const payout = findPayout(state, id);
  return payout.status === 'processing' ? settle(state, payout, to) : payout;
}

export function reversePayout(state: WaveState, id: string): void {
  const payout = findPayout(state, id);
  if (payout.status === 'reversed') return;
  if (payout.status !== 'succeeded') throw invalid('The payout has not succeeded.');
  if (state.nowMs() - payout.createdAtMs > REVERSIBLE_MS)
    throw new WaveError(422, 'payout-reversal-time-limit-exceeded', 'It is more than 3 days old.');
  if (state.faults.hasRecipientSpent)
    throw new WaveError(422, 'insufficient-funds', 'The recipient no longer has the money.');
  const movement = movementOf(state, payout);
  const transaction = state.lineOf({
    ...movement,
    type: 'api_payout_reversal',
    isReversal: true,
    amountXof: -movement.amountXof,
    feeXof: -movement.feeXof,
    taxXof: -movement.taxXof,
  });
  state.save({ payout: { ...payout, status: 'reversed' }, transaction });
}
