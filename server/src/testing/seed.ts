/**
 * People, money and markets for tests and measurements, made by the owner of the database in a few set-based
 * statements: hundreds of players cost as much as two. Money comes in through the ledger's own function.
 */
import { randomUUID } from 'node:crypto';
import type { StaffRole } from '#core/api/contract.ts';
import type { Tier } from '#core/ceilings.ts';
import type { Question } from '#core/question.ts';
import type { RuleCard, RuleTerms } from '#core/rule-card.ts';
import { testRuleCard } from '#core/testing/rule-card.ts';
import { hashRuleCard } from '../bouts/open-market.ts';
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
/** Bonus money of a player. */
export async function seedBonus(owner: Db, playerId: string, amountXof: number): Promise<void> {
  await owner.query(
    `WITH opened AS (
       UPDATE player SET bonus_account_id = ledger.open_account('player_bonus', id::text, is_test) WHERE id = $1
       RETURNING bonus_account_id AS account, is_test, gen_random_uuid() AS transfer
     )
     SELECT ledger.post(ARRAY[transfer], ARRAY['bonus_granted'], ARRAY[sha256('bonus')], ARRAY[transfer],
       ARRAY[0::smallint], ARRAY[ledger.open_account('bonus_expense', 'house', is_test)], ARRAY[account], ARRAY[$2::bigint])
     FROM opened`,
    [playerId, amountXof],
  );
}

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
  const ruleCard = seed.ruleCard ?? testRuleCard();
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
     INSERT INTO market (id, bout_id, kind, state, is_test, escrow_account_id, rule_card, rule_card_hash, hard_stop_at, opened_at)
     OVERRIDING SYSTEM VALUE
     SELECT n.id, n.bout_id, 'winner', $2, $3, ledger.open_account('market_escrow', n.id::text, $3),
       CASE WHEN $2 = 'draft' THEN NULL ELSE $4::jsonb END, CASE WHEN $2 = 'draft' THEN NULL ELSE $6::bytea END, clock_timestamp() + $5 * interval '1 millisecond',
       CASE WHEN $2 = 'draft' THEN NULL ELSE clock_timestamp() END
     FROM numbered n RETURNING id, bout_id`,
    [bouts.map((bout) => bout.id), state, isTest, ruleCard, hardStopAfterMs, hashRuleCard(ruleCard)],
  );
  return markets.map(({ id: marketId, bout_id: boutId }) => ({ galaId, boutId, marketId }));
}

/** One more market on a bout, with another question than its others. Its id. */
export async function seedQuestion(
  owner: Db,
  boutId: number,
  question: Question,
  { state = 'open', ...terms }: Partial<RuleTerms> & { readonly state?: 'draft' | 'open' } = {},
): Promise<number> {
  const ruleCard = testRuleCard({ ...terms, question });
  const rows = await owner.query<{ id: number }>(
    `WITH numbered AS MATERIALIZED (SELECT nextval('market_id_seq')::int AS id)
     INSERT INTO market (id, bout_id, kind, line_seconds, method_group, payout_policy, state, is_test, escrow_account_id,
       rule_card, rule_card_hash, hard_stop_at, opened_at)
     OVERRIDING SYSTEM VALUE
     SELECT n.id, m.bout_id, $2, $3, $4, $5, $8, m.is_test, ledger.open_account('market_escrow', n.id::text, m.is_test),
       CASE WHEN $8 = 'open' THEN $6::jsonb END, CASE WHEN $8 = 'open' THEN $7::bytea END, m.hard_stop_at,
       CASE WHEN $8 = 'open' THEN clock_timestamp() END
     FROM numbered n, (SELECT * FROM market WHERE bout_id = $1 ORDER BY id LIMIT 1) m RETURNING id`,
    [
      boutId,
      question.kind,
      question.kind === 'over_under' ? question.lineSeconds : null,
      question.kind === 'method' ? question.group : null,
      ruleCard.payoutPolicy,
      ruleCard,
      hashRuleCard(ruleCard),
      state,
    ],
  );
  return one(rows).id;
}

async function seedWrestler(owner: Db): Promise<number> {
  const name = `lutteur ${randomUUID().slice(0, 8)}`;
  const rows = await owner.query<{ id: number }>(
    `INSERT INTO wrestler (ring_name, search_name, is_stub, publication) VALUES ($1, $1, true, 'held') RETURNING id`,
    [name],
  );
  return one(rows).id;
}
