import type { DepositDeps } from '../deposits/deposit-deps.ts';

export type ReconciliationDeps = DepositDeps;
