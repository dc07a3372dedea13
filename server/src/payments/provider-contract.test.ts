/** The contract of every provider, on every provider. */
import { openLog } from '../log.ts';
import { listenSimulator } from '../testing/listen-simulator.ts';
import { describeProvider, type ProviderStage } from '../testing/provider-contract.ts';
import { openOutgoingHttp } from './outgoing-http.ts';
import type { CallbackRequest } from './provider.ts';
import { openWave } from './wave/module.ts';
import { magicNumber } from './wave/simulator/control.ts';
import { openWaveSimulator } from './wave/simulator/open-simulator.ts';

const log = openLog('silent');

describeProvider('Wave', async (): Promise<ProviderStage> => {
  const callbackUrl = 'http://127.0.0.1:9/callbacks/wave';
  const { simulator, close } = await listenSimulator((url) =>
    openWaveSimulator({ url, callbackUrl, file: null, log }),
  );
  const { control, config } = simulator;
  const http = openOutgoingHttp({ allowsPrivateHosts: true });
  const provider = openWave(config, { http, log, servesTest: true });
  const callbacks: CallbackRequest[] = [];
  control.holdCallbacks(true);
  control.postCallbacksThrough(async ({ headers, body }) => {
    callbacks.push({ headers, body: Buffer.from(body), receivedAt: new Date() });
    return 200;
  });
  const openOf = (reference: string) =>
    control.sessions().find((session) => session.reference === reference && session.status !== 'complete');
  let passedMs = 0;
  return {
    provider,
    phone: '+221771234567',
    refusedPhone: magicNumber(1),
    pay: (reference) => void control.pay(openOf(reference)?.id ?? ''),
    payLate: (reference) => void control.pay(openOf(reference)?.id ?? '', { isForced: true }),
    openTwin: async ({ reference, amountXof, phone, backUrl }) => {
      // Wave itself would make it; the adapter reuses the open one.
      control.openSession({ reference, amountXof, onlyPayer: phone, backUrl });
    },
    passTime: (ms) => {
      passedMs += ms;
      control.advance(ms);
    },
    sessionLifeMs: 30 * 60_000,
    loseNextAnswer: (of) => {
      let isLost = false;
      const operation = of === 'deposit' ? 'create_session' : 'payout';
      control.setFaults({
        answer: (call) => {
          if (isLost || call.operation !== operation) return 'none';
          isLost = true;
          return 'lost';
        },
      });
    },
    emptyFloat: () => {
      const amountXof = control.balanceXof();
      control.moveFloat(-amountXof);
      return () => void control.moveFloat(amountXof);
    },
    countPaidOut: (reference) =>
      control.transactions().filter((line) => line.type === 'api_payout' && line.reference === reference)
        .length,
    takeCallbacks: async () => {
      await control.deliverCallbacks();
      return callbacks.splice(0);
    },
    forge: (callback) => ({
      ...callback,
      body: Buffer.from(callback.body.toString('utf8').replace('"XOF"', '"EUR"')),
    }),
    reset: () => {
      control.clearFaults();
      control.advance(-passedMs);
      passedMs = 0;
    },
    close: async () => {
      await close();
      await http.close();
    },
  };
});
