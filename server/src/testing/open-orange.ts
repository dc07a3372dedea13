/** Our adapter of Orange Money and its simulator, over real HTTP on loopback, on the simulator's clock. */
import { randomUUID } from 'node:crypto';
import { xof } from '#core/money.ts';
import { openLog } from '../log.ts';
import type { OrangeConfig } from '../payments/orange/config.ts';
import { openOrange } from '../payments/orange/module.ts';
import type { OrangeControl, SimulatedTransaction } from '../payments/orange/simulator/control.ts';
import { openOrangeSimulator } from '../payments/orange/simulator/open-simulator.ts';
import { openOutgoingHttp } from '../payments/outgoing-http.ts';
import type { DepositAnswer, PaymentProvider } from '../payments/provider.ts';
import { listenSimulator } from './listen-simulator.ts';

export interface OpenOrange {
  readonly provider: PaymentProvider;
  readonly control: OrangeControl;
  readonly config: OrangeConfig;
  readonly url: string;
  /** Another adapter of the same Orange, configured otherwise. */
  reopen(config: Partial<OrangeConfig>): PaymentProvider;
  /** A code that waits for its payer. */
  askForQr(amountXof?: number): Promise<{
    readonly reference: string;
    readonly session: string;
    pay(from?: string): SimulatedTransaction;
    find(): Promise<DepositAnswer>;
  }>;
  close(): Promise<void>;
}

const orderOf = (amountXof: number) => ({
  reference: randomUUID(),
  amountXof: xof(amountXof),
  phone: '+221770000000',
  backUrl: 'https://mbayar.example/portefeuille',
});

export async function openOrangeForTests(
  options: { readonly callbackSecrets?: readonly string[]; readonly callbackUrl?: string } = {},
): Promise<OpenOrange> {
  const log = openLog('silent');
  const given = { callbackUrl: 'http://127.0.0.1:9/callbacks/orange', file: null, log, ...options };
  const { simulator, url, close } = await listenSimulator((at) => openOrangeSimulator({ url: at, ...given }));
  const { control, config } = simulator;
  control.holdCallbacks(true);
  const http = openOutgoingHttp({ allowsPrivateHosts: true });
  const reopen = (over: Partial<OrangeConfig>) =>
    openOrange({ ...config, ...over }, { log, http, servesTest: true, now: control.now });
  const provider = reopen({});
  return {
    provider,
    control,
    config,
    url,
    reopen,
    askForQr: async (amountXof = 5_000) => {
      const order = orderOf(amountXof);
      const requestedAt = new Date(control.now());
      const asked = await provider.requestDeposit(order);
      if (asked.kind !== 'waiting' || asked.session === null) throw new Error(`no code: ${asked.kind}`);
      const { session } = asked;
      return {
        reference: order.reference,
        session,
        pay: (from = '770000000') => {
          const paid = control.pay(session, { from });
          if (paid.kind !== 'recorded') throw new Error(`not paid: ${paid.why}`);
          return paid.transaction;
        },
        find: () =>
          provider.findDeposit({ reference: order.reference, session, transaction: null, requestedAt }),
      };
    },
    close: async () => {
      await close();
      await http.close();
    },
  };
}
