/** Asks each provider what we have where withdrawals leave from, and warns when it is little. */
import type { BalanceAnswer, PaymentProvider } from '../payments/provider.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';

type BalanceDeps = Pick<WalletDeps, 'db' | 'log' | 'providers' | 'settings'>;

export async function readBalances(deps: BalanceDeps): Promise<void> {
  await Promise.all(Object.values(deps.providers).map((provider) => readBalance(deps, provider)));
}

async function readBalance(deps: BalanceDeps, provider: PaymentProvider): Promise<void> {
  const answer = await ask(deps, provider);
  if (answer.kind !== 'balance') {
    if (answer.kind !== 'none') deps.log.warn({ provider: provider.name, answer }, 'no word on a balance');
    return;
  }
  const { amountXof } = answer;
  await deps.db.query(
    `INSERT INTO provider_state (provider, balance_xof, balance_at) VALUES ($1, $2, clock_timestamp())
     ON CONFLICT (provider) DO UPDATE SET balance_xof = $2, balance_at = clock_timestamp()`,
    [provider.name, amountXof],
  );
  if (amountXof < deps.settings.current().floatMinXof) {
    deps.log.error({ provider: provider.name, amountXof }, 'too little money to pay withdrawals');
  }
}

async function ask(deps: BalanceDeps, provider: PaymentProvider): Promise<BalanceAnswer> {
  try {
    return await provider.readBalance(provider.accounts.withdrawals);
  } catch (error) {
    deps.log.error({ err: error, provider: provider.name }, 'the provider did not answer for a balance');
    return { kind: 'unknown', detail: 'no answer' };
  }
}
