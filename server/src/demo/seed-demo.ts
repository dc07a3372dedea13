/**
 * The demonstration: a member of staff for each role, four players with play money, and a gala tonight between published
 * wrestlers, with open markets and a few offers. Each part is made once; the gala is made anew when the last one is over.
 * It acts through the same operations as everybody.
 */
import { xof } from '#core/money.ts';
import { termsVersion } from '#core/settings.ts';
import { addBout } from '../bouts/add-bout.ts';
import { createGala } from '../bouts/create-gala.ts';
import { openMarket } from '../bouts/open-market.ts';
import type { Db } from '../db.ts';
import type { DepositDeps } from '../deposits/deposit-deps.ts';
import { requestDeposit } from '../deposits/request-deposit.ts';
import type { PlayerIdentity, StaffIdentity } from '../http.ts';
import { type BetDesk, openBetDesk } from '../offers/desk.ts';
import { placeOffer } from '../offers/place-offer.ts';
import type { PinKeys } from '../pins/hash-pin.ts';
import { hashNewPin } from '../pins/set-pin.ts';
import { addPlayer } from '../players/sign-up.ts';
import type { Keys } from '../sessions/signed-text.ts';
import { fixedSettings } from '../settings/open-settings.ts';
import { addStaffMember } from '../staff/add-staff-member.ts';
import { uuidV5, uuidV7 } from '../uuid.ts';
import { demoPin, demoPlayers, demoStaff } from './people.ts';
import {
  countComingDemoGalas,
  type DemoWrestler,
  findDemoPlayers,
  findDemoStaff,
  findWrestlersForDemo,
} from './queries.ts';
import { seedOpeningBalances } from './seed-opening-balances.ts';

interface DemoDeps extends DepositDeps {
  readonly secrets: { readonly pinKeys: PinKeys; readonly formKeys: Keys };
  readonly desk: BetDesk;
}

/** The gala starts this long after it is made, and its bouts follow each other. */
const STARTS_AFTER_MS = 3 * 60 * 60 * 1000;
const BOUT_EVERY_MS = 25 * 60 * 1000;

/** Returns whether anything was made. Safe to run at every start. */
export async function seedDemo(wallet: Omit<DemoDeps, 'desk'>): Promise<boolean> {
  if ((await countComingDemoGalas(wallet.db)) > 0) return false;
  const deps: DemoDeps = {
    ...wallet,
    desk: openBetDesk({
      db: wallet.db,
      settings: fixedSettings,
      formKeys: wallet.secrets.formKeys,
      onChanged: () => undefined,
    }),
  };
  const operators = await seedStaff(deps.db);
  await seedOpeningBalances(deps);
  const players = await seedPlayers(deps);
  await seedGala(deps, operators, players);
  return true;
}

/** Returns the operators. */
async function seedStaff(db: Db): Promise<StaffIdentity[]> {
  const known = new Set(
    (
      await findDemoStaff(
        db,
        demoStaff.map(({ phone }) => phone),
      )
    ).map(({ phone }) => phone),
  );
  for (const member of demoStaff) {
    if (!known.has(member.phone)) await addStaffMember(db, member);
  }
  const phones = demoStaff.filter(({ role }) => role === 'operator').map(({ phone }) => phone);
  const staff = await findDemoStaff(db, phones);
  return staff.map(({ staffId, name }) => ({
    kind: 'staff',
    staffId,
    name,
    role: 'operator',
    session: { sessionId: '', isSteppedUp: true },
  }));
}

async function seedPlayers(deps: DemoDeps): Promise<PlayerIdentity[]> {
  const phones = demoPlayers.map((player) => player.phone);
  const known = new Set((await findDemoPlayers(deps.db, phones)).map((player) => player.phone));
  for (const player of demoPlayers) {
    if (known.has(player.phone)) continue;
    const { phone, pseudonym } = player;
    const playerId = uuidV7(Date.now());
    const birthDate = '1995-01-01';
    const pinHash = await hashNewPin(deps.secrets.pinKeys, playerId, demoPin, { birthDate, phone });
    const person = { playerId, phone, pseudonym, birthDate, pinHash, termsVersion, isTest: true };
    await deps.db.transaction((tx) => addPlayer(tx, person));
  }
  const players = await findDemoPlayers(deps.db, phones);
  for (const player of players) {
    const amountXof = xof(demoPlayers.find((demo) => demo.phone === player.phone)?.depositXof ?? 0);
    // The id follows from the player: a second start deposits nothing more.
    const operationId = uuidV5('demo-deposit', player.playerId);
    await requestDeposit(deps, identityOf(player), { operationId, provider: 'internal', amountXof });
  }
  return players.map(identityOf);
}

function identityOf(player: Awaited<ReturnType<typeof findDemoPlayers>>[number]): PlayerIdentity {
  const { playerId, pseudonym, accountId } = player;
  const session = { sessionId: '', isSteppedUp: true };
  return {
    kind: 'player',
    playerId,
    pseudonym,
    accountId,
    isTest: true,
    deviceId: null,
    session,
  };
}

async function seedGala(
  deps: DemoDeps,
  [operator]: readonly StaffIdentity[],
  players: readonly PlayerIdentity[],
): Promise<void> {
  if (operator === undefined) throw new Error('the demonstration has no operator');
  const startsAtMs = Math.ceil((Date.now() + STARTS_AFTER_MS) / 900_000) * 900_000;
  const source = `demo-gala:${startsAtMs}`;
  const { galaId } = await createGala(deps.db, operator, {
    operationId: uuidV5(source, 'gala'),
    name: 'Grand gala de démonstration',
    venue: 'Arène nationale, Pikine',
    promoter: 'Mbayar (démonstration)',
    authority: 'FSL',
    startsAt: new Date(startsAtMs).toISOString(),
    visibility: 'public',
    isTest: true,
  });
  const pairs = pairsOf(await findWrestlersForDemo(deps.db));
  for (const [index, [a, b]] of pairs.entries()) {
    const { marketId } = await addBout(deps.db, operator, {
      operationId: uuidV5(source, `bout-${index}`),
      galaId,
      wrestlerAId: a.id,
      wrestlerBId: b.id,
      ...(index === pairs.length - 1 ? { title: 'Grand combat' } : {}),
      scheduledAt: new Date(startsAtMs + index * BOUT_EVERY_MS).toISOString(),
    });
    await openMarket(deps.db, operator, { operationId: uuidV5(source, `open-${index}`), marketId });
    await seedOffers(deps, marketId, `${source}:${index}`, players);
  }
}

/** The best-known meet last. Two of one stable never meet. */
function pairsOf(wrestlers: readonly DemoWrestler[]): [DemoWrestler, DemoWrestler][] {
  const waiting = [...wrestlers];
  const pairs: [DemoWrestler, DemoWrestler][] = [];
  while (pairs.length < 5) {
    const first = waiting.shift();
    const other = waiting.findIndex(
      (wrestler) => wrestler.stable === null || wrestler.stable !== first?.stable,
    );
    const [second] = other === -1 ? [] : waiting.splice(other, 1);
    if (first === undefined || second === undefined) break;
    pairs.push([first, second]);
  }
  return pairs.reverse();
}

/** Who places what, by place in the list of players. No two of them meet: all wait for the visitor. */
const OFFERS = [
  { by: 1, side: 'A', stakeXof: 5_000, askXof: 6_000 },
  { by: 2, side: 'A', stakeXof: 2_000, askXof: 3_000 },
  { by: 3, side: 'B', stakeXof: 10_000, askXof: 10_000 },
  { by: 3, side: 'B', stakeXof: 2_000, askXof: 2_000 },
] as const;

async function seedOffers(
  deps: DemoDeps,
  marketId: number,
  source: string,
  players: readonly PlayerIdentity[],
): Promise<void> {
  for (const [index, { by, side, stakeXof, askXof }] of OFFERS.entries()) {
    const player = players[by];
    if (player === undefined) continue;
    const operationId = uuidV5(source, `offer-${index}`);
    const offer = { operationId, marketId, side, stakeXof: xof(stakeXof), askXof: xof(askXof) };
    await placeOffer(deps.desk, player, offer);
  }
}
