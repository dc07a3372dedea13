/** What the office calls a provider, its accounts and its movements: names, where the books hold codes. */
import type { Providers } from './provider.ts';

export function nameProvider(providers: Providers, provider: string): string {
  return providers[provider]?.label ?? provider;
}

/** What an account with a provider is for; null: for everything, or for something that it no longer is for. */
export function useOfAccount(
  providers: Providers,
  provider: string,
  account: string,
): 'deposits' | 'withdrawals' | null {
  const accounts = providers[provider]?.accounts;
  if (accounts === undefined || accounts.deposits === accounts.withdrawals) return null;
  if (account === accounts.deposits) return 'deposits';
  return account === accounts.withdrawals ? 'withdrawals' : null;
}

export function nameMovement(providers: Providers, provider: string, rawKind: string): string {
  const names = providers[provider]?.movementNames ?? {};
  return (Object.hasOwn(names, rawKind) ? names[rawKind] : undefined) ?? rawKind;
}
