/** What a case does to an account: money out stands still, the number moves or is given up. */
import { fail } from '#core/errors.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import { releasePhone, setPayoutsFrozen, updatePhone } from './queries.ts';

export async function freezePayouts(tx: Tx, playerId: string): Promise<void> {
  await setPayoutsFrozen(tx, playerId, true);
}

/** A player whose number was given up stays frozen: there is nowhere to pay to. */
export async function unfreezePayouts(tx: Tx, playerId: string): Promise<void> {
  await setPayoutsFrozen(tx, playerId, false);
}

/** The number names him no more, and whoever has it now may sign up with it. */
export async function givePhoneUp(tx: Tx, playerId: string): Promise<void> {
  await releasePhone(tx, playerId);
}

/** A number that nobody else has. */
export async function changePhone(tx: Tx, playerId: string, phone: string): Promise<void> {
  try {
    await tx.attempt(() => updatePhone(tx, playerId, phone));
  } catch (error) {
    switch (violatedConstraint(error)) {
      case 'player_phone_once':
        return fail('phone_taken');
      case 'staff_and_players_apart':
        return fail('staff_may_not_bet');
      default:
        throw error;
    }
  }
}
