/** Choosing a PIN: weak ones are refused, the others hashed. */
import { fail } from '#core/errors.ts';
import { findPinWeakness, type PinOwner } from '#core/pin.ts';
import type { Db, Tx } from '../db.ts';
import { hashPin, type PinKeys } from './hash-pin.ts';
import { deletePinHash, findPinOwner, updatePinHash } from './queries.ts';

interface KeyDeps {
  readonly db: Db;
  readonly secrets: { readonly pinKeys: PinKeys };
}

/** What to keep of a new player's PIN; a weak one is refused. Before the transaction: it takes its time. */
export function hashNewPin(keys: PinKeys, playerId: string, pin: string, owner: PinOwner): Promise<string> {
  const reason = findPinWeakness(pin, owner);
  if (reason !== null) fail('pin_weak', { reason });
  return hashPin(keys, playerId, pin);
}

/** The same for a player who exists. */
export async function hashChosenPin(deps: KeyDeps, playerId: string, pin: string): Promise<string> {
  return hashNewPin(deps.secrets.pinKeys, playerId, pin, await findPinOwner(deps.db, playerId));
}

export async function storePin(tx: Tx, playerId: string, pinHash: string): Promise<void> {
  await updatePinHash(tx, playerId, pinHash);
}

/** From now on the next log-in with a code chooses a new one. */
export async function forgetPin(tx: Tx, playerId: string): Promise<void> {
  await deletePinHash(tx, playerId);
}

export async function hasPin(db: Db | Tx, playerId: string): Promise<boolean> {
  return (await findPinOwner(db, playerId)).hasPin;
}
