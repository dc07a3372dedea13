/**
 * What stands around each provider: a bound on calls at once, a bound on their time, and a circuit that opens when it
 * fails again and again, so that a dead provider costs nobody a wait. Of our own: what counts here are answers
 * (`unknown`, `later`), which a library for exceptions would have to be told one by one.
 *
 * An answer that comes after its time is not heard: what it did is found by a look-up, as after a lost connection.
 */
import type { Log } from '../log.ts';
import type { PaymentProvider, Trouble } from './provider.ts';

export interface GuardOptions {
  readonly log: Log;
  readonly now?: () => number;
}

/** Looks and questions that people wait for; payouts, whose unknown end costs more than a wait; whole days of lines. */
const calls = {
  ask: { atOnce: 16, timeoutMs: 8_000 },
  pay: { atOnce: 8, timeoutMs: 20_000 },
  read: { atOnce: 2, timeoutMs: 120_000 },
} as const;
type CallKind = keyof typeof calls;

/** So many failures in a row open the circuit. */
const FAILURES_MAX = 5;
const OPEN_MS_MIN = 5_000;
const OPEN_MS_MAX = 60_000;

const open: Trouble = {
  kind: 'later',
  reason: 'provider_unreachable',
  detail: 'the circuit is open: it has not answered for a while',
};
const full: Trouble = {
  kind: 'later',
  reason: 'too_many_requests',
  detail: 'as many calls as it is given at once are on their way',
};

export function guardProvider(provider: PaymentProvider, options: GuardOptions): PaymentProvider {
  const circuit = new Circuit(provider.name, options);
  const running: Record<CallKind, number> = { ask: 0, pay: 0, read: 0 };

  async function guard<Answer extends { readonly kind: string }>(
    kind: CallKind,
    work: () => Promise<Answer>,
  ): Promise<Answer | Trouble> {
    if (running[kind] >= calls[kind].atOnce) return full;
    if (!circuit.lets()) return open;
    running[kind] += 1;
    try {
      const answer = await within(calls[kind].timeoutMs, work());
      circuit.heard(isFailure(answer));
      return answer;
    } catch (error) {
      circuit.heard(true);
      options.log.error({ err: error, provider: provider.name }, 'a provider did not answer');
      return { kind: 'unknown', detail: 'no answer' };
    } finally {
      running[kind] -= 1;
    }
  }

  const { expireDeposit, refundDeposit, reverseWithdrawal, verifyRecipient } = provider;
  return {
    ...provider,
    isSilent: () => circuit.isOpen(),
    requestDeposit: (order) => guard('ask', () => provider.requestDeposit(order)),
    findDeposit: (key) => guard('ask', () => provider.findDeposit(key)),
    sendWithdrawal: (order, composed) => guard('pay', () => provider.sendWithdrawal(order, composed)),
    findWithdrawal: (key) => guard('pay', () => provider.findWithdrawal(key)),
    readBalance: (account) => guard('read', () => provider.readBalance(account)),
    readStatement: (account, day) => guard('read', () => provider.readStatement(account, day)),
    ...(expireDeposit === undefined
      ? {}
      : {
          expireDeposit: async (session) => {
            await guard('ask', async () => {
              await expireDeposit.call(provider, session);
              return { kind: 'done' };
            });
          },
        }),
    ...(refundDeposit === undefined
      ? {}
      : { refundDeposit: (of) => guard('pay', () => refundDeposit.call(provider, of)) }),
    ...(reverseWithdrawal === undefined
      ? {}
      : { reverseWithdrawal: (key) => guard('pay', () => reverseWithdrawal.call(provider, key)) }),
    ...(verifyRecipient === undefined
      ? {}
      : { verifyRecipient: (of) => verify(guard, () => verifyRecipient.call(provider, of)) }),
  };
}

type Guard = <Answer extends { readonly kind: string }>(
  kind: CallKind,
  work: () => Promise<Answer>,
) => Promise<Answer | Trouble>;

/** What may be known of a recipient has no kind of its own. */
async function verify<Known extends object>(
  guard: Guard,
  work: () => Promise<Known | Trouble>,
): Promise<Known | Trouble> {
  const answer = await guard('pay', async () => {
    const known = await work();
    return 'kind' in known ? known : { kind: 'known' as const, known };
  });
  return answer.kind === 'known' ? answer.known : answer;
}

/** Silence, and words that say as much. Being told "no" is an answer. */
function isFailure(answer: { readonly kind: string; readonly reason?: string }): boolean {
  if (answer.kind === 'unknown') return true;
  return (
    answer.kind === 'later' &&
    (answer.reason === 'provider_unreachable' || answer.reason === 'too_many_requests')
  );
}

/** Closed; open for a moment; then one call tries for all. */
class Circuit {
  readonly #name: string;
  readonly #log: Log;
  readonly #now: () => number;
  #failures = 0;
  #openUntil: number | null = null;
  #openMs = OPEN_MS_MIN;
  #isTrying = false;

  constructor(name: string, { log, now = () => performance.now() }: GuardOptions) {
    this.#name = name;
    this.#log = log;
    this.#now = now;
  }

  isOpen(): boolean {
    return this.#openUntil !== null;
  }

  /** May this call go out? */
  lets(): boolean {
    if (this.#openUntil === null) return true;
    if (this.#isTrying || this.#now() < this.#openUntil) return false;
    this.#isTrying = true;
    return true;
  }

  heard(isFailure: boolean): void {
    this.#isTrying = false;
    if (!isFailure) {
      if (this.#openUntil !== null) this.#log.warn({ provider: this.#name }, 'a provider answers again');
      this.#failures = 0;
      this.#openUntil = null;
      this.#openMs = OPEN_MS_MIN;
      return;
    }
    this.#failures += 1;
    if (this.#failures < FAILURES_MAX) return;
    if (this.#openUntil === null)
      this.#log.error({ provider: this.#name }, 'a provider is not asked for now');
    else if (this.#now() >= this.#openUntil) this.#openMs = Math.min(2 * this.#openMs, OPEN_MS_MAX);
    this.#openUntil = this.#now() + this.#openMs;
  }
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const tooLong = Promise.withResolvers<never>();
  const timer = setTimeout(() => tooLong.reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([work, tooLong.promise]);
  } finally {
    clearTimeout(timer);
  }
}
