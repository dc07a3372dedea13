/** Wave (docs.wave.com): checkout sessions in, payouts out. See docs/payments.md. */

import { fieldOf } from '../json-fields.ts';
import type { BalanceAnswer, PaymentProvider } from '../provider.ts';
import type { OpenOptions, ProviderModule } from '../provider-module.ts';
import { openWaveClient, troubleOfQuestion, type WaveClient } from './client.ts';
import { readWaveConfig, type WaveConfig } from './config.ts';
import { expireDeposit, findDeposit, refundDeposit, requestDeposit } from './deposits.ts';
import { readCallback } from './read-callback.ts';
import { movementNames, readStatement } from './read-statement.ts';
import { readXof } from './read-values.ts';
import { openWaveSimulator } from './simulator/open-simulator.ts';
import {
  composeWithdrawal,
  findWithdrawal,
  reverseWithdrawal,
  sendWithdrawal,
  verifyRecipient,
} from './withdrawals.ts';

const name = 'wave';

export const waveModule: ProviderModule<WaveConfig> = {
  name,
  readConfig: readWaveConfig,
  open: openWave,
  openSimulator: openWaveSimulator,
};

export function openWave(config: WaveConfig, options: OpenOptions): PaymentProvider {
  const { log, servesTest } = options;
  const client = openWaveClient(config, options);
  const deps = { client, log, restrictsPayer: config.restrictsPayer };
  return {
    name,
    label: 'Wave',
    servesTest,
    isOffered: true,
    refusesOtherPayers: config.restrictsPayer,
    accounts: { deposits: name, withdrawals: name },
    movementNames,
    repeatsDepositsSafely: true,
    repeatsWithdrawalsSafely: true,
    requestDeposit: (order) => requestDeposit(deps, order),
    findDeposit: (key) => findDeposit(deps, key),
    expireDeposit: (session) => expireDeposit(deps, session),
    refundDeposit: (of) => refundDeposit(deps, of),
    composeWithdrawal,
    sendWithdrawal: (order, composed) => sendWithdrawal(deps, order, composed),
    findWithdrawal: (key) => findWithdrawal(deps, key),
    reverseWithdrawal: ({ transaction }) => reverseWithdrawal(deps, transaction),
    verifyRecipient: (of) => verifyRecipient(deps, of),
    readCallback: (request) => readCallback(config, request),
    readBalance: () => readBalance(client),
    readStatement: (_account, day) => readStatement(client, day),
  };
}

async function readBalance(client: WaveClient): Promise<BalanceAnswer> {
  const reply = await client.call({ method: 'GET', path: '/v1/balance' });
  if (reply.kind !== 'done') return troubleOfQuestion(reply);
  const amountXof = readXof(fieldOf(reply.body, 'amount'));
  if (amountXof === null || fieldOf(reply.body, 'currency') !== 'XOF')
    return { kind: 'unknown', detail: 'a balance that is not francs' };
  return { kind: 'balance', amountXof };
}
