/** Orange Money Senegal (Sonatel): how it joins the house. docs/payments.md tells how it behaves and what it needs. */
import type { PaymentProvider } from '../provider.ts';
import type { OpenOptions, ProviderModule } from '../provider-module.ts';
import { readDay, readRetailerBalance } from './account.ts';
import { openOrangeClient } from './client.ts';
import { type OrangeConfig, readOrangeConfig } from './config.ts';
import { findDeposit, requestDeposit } from './deposits.ts';
import { readOrangeCallback } from './read-callback.ts';
import { openRetailerPin } from './retailer-pin.ts';
import { openOrangeSimulator } from './simulator/open-simulator.ts';
import { composeWithdrawal, findWithdrawal, sendWithdrawal } from './withdrawals.ts';

/** Two contracts, two accounts: deposits arrive at the merchant's, withdrawals leave from the retailer's. */
const accounts = { deposits: 'orange', withdrawals: 'orange_retailer' };

export const orangeModule: ProviderModule<OrangeConfig> = {
  name: 'orange',
  readConfig: readOrangeConfig,
  open: openOrange,
  openSimulator: openOrangeSimulator,
};

export function openOrange(config: OrangeConfig, options: OpenOptions): PaymentProvider {
  const { servesTest, now = Date.now } = options;
  const client = openOrangeClient(config, options);
  const usePin = config.retailer === null ? null : openRetailerPin(client, config.retailer.pin, now).use;
  const retailer = config.retailer === null || usePin === null ? null : { ...config.retailer, usePin };
  const deposits = { client, config, allowsPlainLinks: servesTest, now };
  const withdrawals = { client, retailer, log: options.log };
  return {
    name: 'orange',
    label: 'Orange Money',
    servesTest,
    isOffered: true,
    accounts,
    movementNames: { MERCHANT_PAYMENT: 'Paiement marchand', CASHIN: 'Versement' },
    // A lost answer is asked for anew under a new reference; nobody knows what Orange does with one that comes twice.
    repeatsDepositsSafely: false,
    repeatsWithdrawalsSafely: false,
    requestDeposit: (order) => requestDeposit(deposits, order),
    findDeposit: (key) => findDeposit(deposits, key),
    composeWithdrawal,
    sendWithdrawal: (order, composed) => sendWithdrawal(withdrawals, order, composed),
    findWithdrawal: (key) => findWithdrawal(withdrawals, key),
    readCallback: (request) => readOrangeCallback(config, request),
    readBalance: async (account) =>
      account === accounts.withdrawals && retailer !== null
        ? readRetailerBalance(client, retailer)
        : { kind: 'none' },
    readStatement: async (account, day) => {
      if (account === accounts.deposits)
        return readDay(client, { partner: config.merchantCode, type: 'MERCHANT_PAYMENT', day });
      if (account !== accounts.withdrawals || retailer === null) return { kind: 'none' };
      return readDay(client, { partner: retailer.msisdn, type: 'CASHIN', day });
    },
  };
}
