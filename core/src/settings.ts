/**
 * Settings: their names, units and defaults. Source: the specification's section 8.
 */
import type { BetLimits, Rates } from './market.ts';
import { xof } from './money.ts';

export const defaultRates: Rates = {
  commissionBps: 500,
  commissionBase: 'pot',
  taxBps: 2_000,
  taxBase: 'payout',
};

export const defaultBetLimits: BetLimits = {
  stakeMinXof: xof(1_000),
  stakeMaxXof: xof(500_000),
  stakeUnitXof: xof(100),
};

export const depositLimits = { minXof: xof(500), maxXof: xof(500_000) };
export const withdrawalLimits = { minXof: xof(500), multipleXof: xof(5) };

/** Hard stop of a market after the bout's scheduled time. */
export const hardStopDelayMs = 4 * 60 * 60 * 1000;

/** How long a slip with its amounts may wait for the tap. */
export const slipValidityMs = 60_000;

/**
 * One-time codes. After every `failuresMax` wrong ones the phone waits, each time twice as long; after `sendsMax`
 * codes without a log-in the next ones come at the slow pace. Neither is forgotten when a new code is sent.
 */
export const oneTimeCode = {
  digits: 6,
  validityMs: 10 * 60_000,
  failuresMax: 5,
  blockMs: 5 * 60_000,
  blockMsMax: 60 * 60_000,
  failuresForgottenMs: 24 * 60 * 60_000,
  resendAfterMs: 30_000,
  sendsMax: 5,
  resendSlowlyMs: 10 * 60_000,
};
/** How long the token of a checked phone may wait for the sign-up form. */
export const signUpValidityMs = 15 * 60_000;
export const sessionValidityMs = { player: 30 * 24 * 60 * 60 * 1000, staff: 12 * 60 * 60 * 1000 };
export const ageMin = 18;
export const termsVersion = '2026-11';
