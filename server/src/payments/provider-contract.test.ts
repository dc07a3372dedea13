/** The contract of every provider, on every provider. */
import { openLog } from '../log.ts';
import { listenSimulator } from '../testing/listen-simulator.ts';
import { openOrangeForTests } from '../testing/open-orange.ts';
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

/** By the key it sends where Orange has given no secret, and by the signature where it has. */
async function openOrangeStage(callbackSecrets: readonly string[]): Promise<ProviderStage> {
  const { provider, control, close } = await openOrangeForTests({ callbackSecrets });
  const callbacks: CallbackRequest[] = [];
  control.postThrough(async ({ headers, body }) => {
    callbacks.push({ headers, body: Buffer.from(body), receivedAt: new Date(control.now()) });
    return 200;
  });
  const pay = (reference: string, isLate: boolean) => {
    const isPaid = (id: string) => control.transactions().some(({ qrId }) => qrId === id);
    const open = control.qrs().find((qr) => qr.reference === reference && !isPaid(qr.qrId));
    const paid = control.pay(open?.qrId ?? '', { from: '771234567', isLate });
    if (paid.kind !== 'recorded') throw new Error(`not paid: ${paid.why}`);
  };
  let passedMs = 0;
  return {
    provider,
    phone: '+221771234567',
    refusedPhone: '+221760002025',
    pay: (reference) => pay(reference, false),
    payLate: (reference) => pay(reference, true),
    openTwin: async (order) => void (await provider.requestDeposit(order)),
    passTime: (ms) => {
      passedMs += ms;
      control.advance(ms);
    },
    // Its validity, and the day in which Orange promises a final state.
    sessionLifeMs: 25 * 60 * 60_000,
    loseNextAnswer: (of) =>
      control.setFaults({ calls: { [of === 'deposit' ? 'qr' : 'cash_in']: ['lost_after_commit'] } }),
    emptyFloat: () => {
      const amountXof = control.floatXof();
      control.setFloat(0);
      return () => control.setFloat(amountXof);
    },
    countPaidOut: (reference) =>
      control.transactions().filter((row) => row.type === 'CASHIN' && row.reference === reference).length,
    takeCallbacks: async () => {
      await control.deliverCallbacks();
      return callbacks.splice(0);
    },
    forge: (callback) =>
      callbackSecrets.length > 0
        ? { ...callback, body: Buffer.from(callback.body.toString('utf8').replace('"XOF"', '"EUR"')) }
        : { ...callback, headers: { ...callback.headers, authorization: 'Basic guessed' } },
    reset: () => {
      control.setFaults({});
      control.advance(-passedMs);
      passedMs = 0;
    },
    close,
  };
}

describeProvider('Orange Money, without an endpoint secret', () => openOrangeStage([]));
describeProvider('Orange Money, with one', () => openOrangeStage(['a-secret-of-orange']));
