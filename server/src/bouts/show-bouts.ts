/** What visitors and players see of galas and bouts. What is not for them is not there. */
import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { type GalaAccess, maySee } from './access.ts';
import { type Bout, findAllGalas, findBout, findGala, findPublicGalas, type Gala } from './queries.ts';

export type { Bout, Gala } from './queries.ts';

/** Public galas from one day ago on, soonest first. */
export async function listGalas(db: Db, player: PlayerIdentity | null): Promise<Gala[]> {
  const galas = await findPublicGalas(db);
  return galas.filter((gala) => maySee(player, gala));
}

export async function showGala(db: Db, player: PlayerIdentity | null, galaId: number): Promise<Gala> {
  const gala = await findGala(db, galaId);
  return gala !== null && maySee(player, gala) ? gala : fail('not_found');
}

/** With the market named, or the one of the winner. */
export async function showBout(
  db: Db,
  player: PlayerIdentity | null,
  boutId: number,
  marketId: number | null = null,
): Promise<Bout> {
  const bout = await findBout(db, boutId, marketId);
  return bout !== null && maySee(player, bout.access) ? bout : fail('not_found');
}

/** Every gala, newest first, whoever looks: the desk decides. */
export function readAllGalas(db: Db): Promise<(Gala & GalaAccess)[]> {
  return findAllGalas(db);
}

/** One gala, whoever looks: the desk decides. */
export function readGala(db: Db, galaId: number): Promise<(Gala & GalaAccess) | null> {
  return findGala(db, galaId);
}

/** One bout, whoever looks: the desk decides. */
export function readBout(db: Db, boutId: number): Promise<(Bout & { readonly access: GalaAccess }) | null> {
  return findBout(db, boutId);
}
