/**
 * Asks the provider about who is to be paid, before the first withdrawal to a number: can the account take it, and is
 * its name the one on the player's document. Outside any transaction. What it says is kept for a day. A provider that does not say lets the withdrawal go.
 */
import { type Db, first } from '../db.ts';
import { findVerifiedName } from '../identity/find-verified-name.ts';
import type { PaymentProvider, RecipientAnswer } from '../payments/provider.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import type { WithdrawalRow } from './queries.ts';

export type RecipientVerdict = 'fine' | 'over_limit' | 'name_differs';
type Recipient = Pick<WithdrawalRow, 'playerId' | 'phone' | 'amountXof' | 'isOwnNumber'>;

export async function checkRecipient(
  deps: Pick<WalletDeps, 'db' | 'log' | 'cipher'>,
  provider: PaymentProvider,
  { playerId, phone, amountXof, isOwnNumber }: Recipient,
): Promise<RecipientVerdict> {
  if (provider.verifyRecipient === undefined) return 'fine';
  try {
    // The way back of a payment goes to whoever made it: no name of ours is his.
    const name = isOwnNumber ? await findVerifiedName(deps, playerId) : null;
    const kept = await findCheck(deps.db, provider.name, phone);
    // What was said before he was identified says nothing of his name.
    const isAsked = kept !== null && (name === null || kept.nameMatch !== null);
    if (isAsked) return verdictOf(kept, name);
    const answer = await provider.verifyRecipient({ phone, name, amountXof });
    if ('kind' in answer) return 'fine';
    await keepCheck(deps.db, provider.name, phone, answer);
    return verdictOf(answer, name);
  } catch (error) {
    deps.log.error({ err: error, provider: provider.name }, 'the provider did not answer for a recipient');
    return 'fine';
  }
}

/** A name that the provider does not know is no other name: only its plain "no" brings people in. */
function verdictOf({ isWithinLimits, nameMatch }: RecipientAnswer, name: string | null): RecipientVerdict {
  if (isWithinLimits === false) return 'over_limit';
  return name !== null && nameMatch === 'no_match' ? 'name_differs' : 'fine';
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
