/** How a provider fares, for what is to go out: stopped, silent, short of money. */
import type { Xof } from '#core/money.ts';
import type { PaymentReason } from '#core/payment-reasons.ts';
import { first, one, type Tx } from '../db.ts';
import type { PaymentProvider, ProviderName } from '../payments/provider.ts';
import { readSettings } from '../settings/open-settings.ts';

/** An older word on the balance says nothing. */
const BALANCE_FRESH = "interval '10 minutes'";

/** Null: it may go out now. */
export async function whyPayoutsWait(
  tx: Tx,
  provider: PaymentProvider,
  amountXof: Xof,
): Promise<PaymentReason | null> {
  const row = first(
    await tx.query<{ isStopped: boolean; balanceXof: number | null }>(
      `SELECT payouts_stopped_at IS NOT NULL AS "isStopped",
         CASE WHEN balance_at > clock_timestamp() - ${BALANCE_FRESH} THEN balance_xof END AS "balanceXof"
       FROM provider_state WHERE provider = $1`,
      [provider.name],
    ),
  );
  if (row?.isStopped === true) return 'provider_stopped';
  if (provider.isSilent?.() === true) return 'provider_unreachable';
  const { balanceXof = null } = row ?? {};
  if (balanceXof === null) return null;
  return balanceXof - amountXof < (await readSettings(tx)).floatMinXof ? 'float_empty' : null;
}

/** By the house itself, after an answer that means that our access is broken. */
export async function recordPayoutsStopped(
  tx: Tx,
  provider: ProviderName,
  { reason, detail }: { readonly reason: PaymentReason; readonly detail: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO provider_state AS s (provider, payouts_stopped_at, stopped_reason, stopped_detail)
     VALUES ($1, clock_timestamp(), $2, $3)
     ON CONFLICT (provider) DO UPDATE SET payouts_stopped_at = coalesce(s.payouts_stopped_at, clock_timestamp()),
       stopped_reason = $2, stopped_detail = $3,
       -- Not whoever let it go on before.
       stopped_by = CASE WHEN s.payouts_stopped_at IS NULL THEN NULL ELSE s.stopped_by END`,
    [provider, reason, detail],
  );
}

export type ProviderSide = 'deposits' | 'payouts';

/** By a person, either way. */
export async function recordStopped(
  tx: Tx,
  stop: {
    readonly provider: ProviderName;
    readonly side: ProviderSide;
    readonly isStopped: boolean;
    readonly note: string;
    readonly staffId: string;
  },
): Promise<{
  readonly provider: ProviderName;
  readonly areDepositsStopped: boolean;
  readonly arePayoutsStopped: boolean;
}> {
  const column = stop.side === 'deposits' ? 'deposits_stopped_at' : 'payouts_stopped_at';
  const rows = await tx.query<{ areDepositsStopped: boolean; arePayoutsStopped: boolean }>(
    `INSERT INTO provider_state AS s (provider, ${column}, stopped_by, stopped_detail)
     VALUES ($1, CASE WHEN $2 THEN clock_timestamp() END, $3, $4)
     ON CONFLICT (provider) DO UPDATE SET stopped_by = $3, stopped_detail = $4, stopped_reason = NULL,
       ${column} = CASE WHEN $2 THEN coalesce(s.${column}, clock_timestamp()) END
     RETURNING deposits_stopped_at IS NOT NULL AS "areDepositsStopped", payouts_stopped_at IS NOT NULL AS "arePayoutsStopped"`,
    [stop.provider, stop.isStopped, stop.staffId, stop.note],
  );
  return { provider: stop.provider, ...one(rows) };
}
