/**
 * Asks the provider about who is to be paid, before the first withdrawal to a number; outside any transaction. What it
 * says is kept for a day. A provider that does not say lets the withdrawal go.
 */
import { type Db, first } from '../db.ts';
import type { PaymentProvider, RecipientAnswer } from '../payments/provider.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import type { WithdrawalRow } from './queries.ts';

export type RecipientVerdict = 'fine' | 'over_limit' | 'name_differs';

export async function checkRecipient(
  deps: Pick<WalletDeps, 'db' | 'log'>,
  provider: PaymentProvider,
  { phone, amountXof }: Pick<WithdrawalRow, 'phone' | 'amountXof'>,
): Promise<RecipientVerdict> {
  if (provider.verifyRecipient === undefined) return 'fine';
  const kept = await findCheck(deps.db, provider.name, phone);
  if (kept !== null) return verdictOf(kept);
  try {
    const answer = await provider.verifyRecipient({ phone, name: null, amountXof });
    if ('kind' in answer) return 'fine';
    await keepCheck(deps.db, provider.name, phone, answer);
    return verdictOf(answer);
  } catch (error) {
    deps.log.error({ err: error, provider: provider.name }, 'the provider did not answer for a recipient');
    return 'fine';
  }
}

function verdictOf({ isWithinLimits, nameMatch }: RecipientAnswer): RecipientVerdict {
  if (isWithinLimits === false) return 'over_limit';
  return nameMatch === 'no_match' ? 'name_differs' : 'fine';
}

/** A wallet that could take nothing is asked about again: its month may have begun anew. */
async function findCheck(db: Db, provider: string, phone: string): Promise<RecipientAnswer | null> {
  return first(
    await db.query<RecipientAnswer>(
      `SELECT is_within_limits AS "isWithinLimits", name_match AS "nameMatch" FROM recipient_check
       WHERE provider = $1 AND phone = $2 AND is_within_limits IS DISTINCT FROM false
         AND checked_at > clock_timestamp() - interval '24 hours'`,
      [provider, phone],
    ),
  );
}

async function keepCheck(
  db: Db,
  provider: string,
  phone: string,
  { isWithinLimits, nameMatch }: RecipientAnswer,
): Promise<void> {
  await db.query(
    `INSERT INTO recipient_check (provider, phone, is_within_limits, name_match) VALUES ($1, $2, $3, $4)
     ON CONFLICT (provider, phone) DO UPDATE
       SET is_within_limits = $3, name_match = $4, checked_at = clock_timestamp()`,
    [provider, phone, isWithinLimits, nameMatch],
  );
}
