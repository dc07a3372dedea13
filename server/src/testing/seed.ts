/**
 * People, money and markets for tests and measurements, made by the owner of the database in a few set-based
 * statements: hundreds of players cost as much as two. Money comes in through the ledger's own function.
 */
import { randomUUID } from 'node:crypto';
import type { StaffRole } from '#core/api/contract.ts';
import type { Tier } from '#core/ceilings.ts';
import { type RuleCard, winnerRuleCard } from '#core/market.ts';
import { defaultBetLimits, defaultRates } from '#core/settings.ts';
import { type Db, one } from '../db.ts';
import { hashSessionToken, newSessionToken } from '../sessions/session-token.ts';

export interface SeededPlayer {
  readonly playerId: string;
  readonly accountId: number;
  readonly pseudonym: string;
  /** The whole header, outside production. */
  readonly cookie: string;
}

export interface SeededStaff {
  readonly staffId: string;
  readonly name: string;
  readonly cookie: string;
}

export interface SeededMarket {
  readonly galaId: number;
  readonly boutId: number;
  readonly marketId: number;
}

export interface PlayerSeed {
  readonly count: number;
  /** Of each, in francs. */
  readonly availableXof: number;
  readonly isTest?: boolean;
  /** What is known of them: `phone` unless said. */
  readonly tier?: Tier;
  /** The id of the n-th, counted from 0; random unless said. */
  readonly idOf?: (index: number) => string;
}

export interface MarketSeed {
  readonly count: number;
  readonly state?: 'draft' | 'open' | 'suspended';
  readonly isTest?: boolean;
  readonly visibility?: 'public' | 'hidden';
  readonly ruleCard?: RuleCard;
  readonly hardStopAfterMs?: number;
}

let phones = 0;

/** Apart from the numbers of the demonstration (77, 78) and those that end badly at the simulators (76). */
function newSeedPhone(): string {
  return `+22175${process.pid % 10}${String(phones).padStart(6, '0')}`;
}

/** Logged-in players with money. */
export async function seedPlayers(owner: Db, seed: PlayerSeed): Promise<SeededPlayer[]> {
  const isTest = seed.isTest ?? true;
  const people = Array.from({ length: seed.count }, (_, index) => {
    phones += 1;
    const token = newSessionToken();
    return {
      playerId: seed.idOf?.(index) ?? randomUUID(),
      phone: newSeedPhone(),
      pseudonym: `Joueur-${process.pid}-${phones}`,
      token,
      tokenHash: hashSessionToken(token),
    };
  });
  const rows = await owner.query<{ id: string; account: number }>(
    `INSERT INTO player (id, phone, pseudonym, pseudonym_key, birth_date, terms_version, terms_accepted_at, is_test,
       available_account_id, tier)
     SELECT p.id, p.phone, p.pseudonym, lower(p.pseudonym), '1990-01-01', 'test', clock_timestamp(), $4,
       ledger.open_account('player_available', p.id::text, $4), $5
     FROM unnest($1::uuid[], $2::text[], $3::text[]) AS p (id, phone, pseudonym)
     RETURNING id, available_account_id AS account`,
    [
      people.map((p) => p.playerId),
      people.map((p) => p.phone),
      people.map((p) => p.pseudonym),
      isTest,
      seed.tier ?? 'phone',
    ],
  );
  const accounts = new Map(rows.map((row) => [row.id, row.account]));
  await owner.query(
    `INSERT INTO session (token_hash, kind, player_id, expires_at)
     SELECT s.hash, 'player', s.player, clock_timestamp() + interval '1 day'
     FROM unnest($1::bytea[], $2::uuid[]) AS s (hash, player)`,
    [people.map((p) => p.tokenHash), people.map((p) => p.playerId)],
  );
  if (seed.availableXof > 0) await deposit(owner, [...accounts.values()], seed.availableXof, isTest);
  return people.map(({ playerId, pseudonym, token }) => ({
    playerId,
    pseudonym,
    accountId: accounts.get(playerId) ?? 0,
    cookie: `mb_player=${token}`,
  }));
}

/** A bound device of a player; its token opens nothing. Returns its id. */
export async function seedDevice(owner: Db, playerId: string): Promise<string> {
  const rows = await owner.query<{ id: string }>(
    `INSERT INTO device (player_id, token_hash, label) VALUES ($1, $2, 'Chrome sur Android') RETURNING id`,
    [playerId, hashSessionToken(newSessionToken())],
  );
  return one(rows).id;
}

/** Puts the same amount into each of these accounts, as a deposit does. */
export async function deposit(
  owner: Db,
  accounts: readonly number[],
  amountXof: number,
  isTest = true,
): Promise<void> {
  await owner.query(
    `WITH clearing AS MATERIALIZED (SELECT ledger.open_account('provider_clearing', 'internal', $3) AS id),
      made AS MATERIALIZED (SELECT gen_random_uuid() AS id, account FROM unnest($1::bigint[]) AS a (account))
     SELECT ledger.post(array_agg(m.id), array_agg('deposit_credited'::text),
       array_agg(sha256(uuid_send(m.id))), array_agg(m.id), array_agg(0::smallint), array_agg(c.id),
       array_agg(m.account), array_agg($2::bigint))
     FROM made m, clearing c`,
    [accounts, amountXof, isTest],
  );
}

/** Logged-in members of staff. */
export async function seedStaff(
  owner: Db,
  count: number,
  role: StaffRole = 'operator',
): Promise<SeededStaff[]> {
  const staff: SeededStaff[] = [];
  for (let i = 0; i < count; i++) {
    phones += 1;
    const token = newSessionToken();
    const member = { staffId: randomUUID(), name: `Opérateur ${phones}`, cookie: `mb_office=${token}` };
    const phone = newSeedPhone();
    await owner.query('INSERT INTO staff (id, phone, name, role, totp_secret) VALUES ($1, $2, $3, $4, $5)', [
      member.staffId,
      phone,
      member.name,
      role,
      'AAAAAAAAAAAAAAAA',
    ]);
    await owner.query(
      `INSERT INTO session (token_hash, kind, staff_id, expires_at)
       VALUES ($1, 'staff', $2, clock_timestamp() + interval '1 day')`,
      [hashSessionToken(token), member.staffId],
    );
    staff.push(member);
  }
  return staff;
}

/** One gala with this many bouts, each with its `winner` market. */
export async function seedMarkets(owner: Db, seed: MarketSeed): Promise<SeededMarket[]> {
  const { state = 'open', isTest = true, visibility = 'public', hardStopAfterMs = 4 * 60 * 60 * 1000 } = seed;
  const ruleCard =
    seed.ruleCard ?? winnerRuleCard({ rates: defaultRates, limits: defaultBetLimits, authority: 'FSL' });
  const [a, b] = [await seedWrestler(owner), await seedWrestler(owner)];
  const { id: galaId } = one(
    await owner.query<{ id: number }>(
      `INSERT INTO gala (name, venue, authority, starts_at, visibility, is_test, created_by_operation)
       VALUES ('Gala', 'Arène', 'FSL', clock_timestamp() + interval '1 hour', $1, $2, gen_random_uuid()) RETURNING id`,
      [visibility, isTest],
    ),
  );
  const bouts = await owner.query<{ id: number }>(
    `INSERT INTO bout (gala_id, position, wrestler_a_id, wrestler_b_id, scheduled_at)
     SELECT $1, i, $2, $3, clock_timestamp() + interval '1 hour' FROM generate_series(1, $4::int) AS i RETURNING id`,
    [galaId, a, b, seed.count],
  );
  const markets = await owner.query<{ id: number; bout_id: number }>(
    `WITH numbered AS MATERIALIZED (SELECT nextval('market_id_seq')::int AS id, b.id AS bout_id FROM unnest($1::int[]) AS b (id))
     INSERT INTO market (id, bout_id, kind, state, is_test, escrow_account_id, rule_card, hard_stop_at, opened_at)
     OVERRIDING SYSTEM VALUE
     SELECT n.id, n.bout_id, 'winner', $2, $3, ledger.open_account('market_escrow', n.id::text, $3),
       CASE WHEN $2 = 'draft' THEN NULL ELSE $4::jsonb END, clock_timestamp() + $5 * interval '1 millisecond',
       CASE WHEN $2 = 'draft' THEN NULL ELSE clock_timestamp() END
     FROM numbered n RETURNING id, bout_id`,
    [bouts.map((bout) => bout.id), state, isTest, ruleCard, hardStopAfterMs],
  );
  return markets.map(({ id: marketId, bout_id: boutId }) => ({ galaId, boutId, marketId }));
}

async function seedWrestler(owner: Db): Promise<number> {
  const name = `lutteur ${randomUUID().slice(0, 8)}`;
  const rows = await owner.query<{ id: number }>(
    `INSERT INTO wrestler (ring_name, search_name, is_stub, publication) VALUES ($1, $1, true, 'held') RETURNING id`,
    [name],
  );
  return one(rows).id;
}
