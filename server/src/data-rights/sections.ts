/**
 * What a copy of one's data holds: one section a kind of data, each with its own words and its own look at the tables.
 * Other people appear under their pseudonym only. `$1` is the player; rows come oldest first.
 */
export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

export interface Section {
  /** Its file, and its name in the JSON. */
  readonly name: string;
  readonly title: string;
  /** Column of the rows → what a person reads. */
  readonly columns: Readonly<Record<string, string>>;
}

export interface QueriedSection extends Section {
  readonly sql: string;
}

const at = (column: string, as = column.split('.').at(-1)) =>
  `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${as}`;

const BOUT = `JOIN market m ON m.id = x.market_id JOIN bout b ON b.id = m.bout_id
  JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id`;

export const sections: readonly QueriedSection[] = [
  {
    name: 'profil',
    title: 'Mon profil',
    columns: {
      id: 'Identifiant',
      phone: 'Téléphone',
      pseudonym: 'Pseudo',
      birth_date: 'Naissance',
      tier: 'Niveau',
      state: 'État',
      joined_at: 'Inscription',
      terms_version: 'Conditions',
      terms_accepted_at: 'Acceptées',
    },
    sql: `SELECT id::text, phone, pseudonym, birth_date::text, tier, state, ${at('joined_at')}, terms_version,
        ${at('terms_accepted_at')} FROM player WHERE id = $1`,
  },
  {
    name: 'sessions',
    title: 'Mes sessions et leurs appareils',
    columns: {
      agent: 'Appareil',
      place: 'Réseau',
      via: 'Par',
      started_at: 'Début',
      last_used_at: 'Dernier usage',
      ended_at: 'Fin',
    },
    sql: `SELECT agent, place, via, ${at('started_at')}, ${at('last_used_at')}, ${at('ended_at')}
      FROM session WHERE player_id = $1 ORDER BY session.started_at`,
  },
  {
    name: 'appareils',
    title: 'Mes appareils',
    columns: { label: 'Nom', bound_at: 'Ajouté', last_used_at: 'Dernier usage', removed_at: 'Retiré' },
    sql: `SELECT label, ${at('bound_at')}, ${at('last_used_at')}, ${at('removed_at')}
      FROM device WHERE player_id = $1 ORDER BY device.bound_at`,
  },
  {
    name: 'cles-d-acces',
    title: 'Mes clés d’accès',
    columns: {
      label: 'Nom',
      created_at: 'Ajoutée',
      last_used_at: 'Dernier usage',
      removed_at: 'Retirée',
    },
    sql: `SELECT label, ${at('created_at')}, ${at('last_used_at')}, ${at('removed_at')}
      FROM passkey WHERE player_id = $1 ORDER BY passkey.created_at`,
  },
  {
    name: 'defis',
    title: 'Mes défis',
    columns: {
      id: 'Reçu',
      placed_at: 'Quand',
      bout: 'Combat',
      side: 'Côté',
      stake_xof: 'Mise (F)',
      ask_xof: 'L’autre met (F)',
      open_xof: 'En attente (F)',
      filled_xof: 'Pris (F)',
      returned_xof: 'Rendu (F)',
    },
    sql: `SELECT x.id::text, ${at('x.placed_at')}, wa.ring_name || ' – ' || wb.ring_name AS bout, x.side, x.stake_xof,
        x.ask_xof, x.open_xof, x.filled_xof, x.returned_xof
      FROM offer x ${BOUT} WHERE x.player_id = $1 ORDER BY x.placed_at, x.id`,
  },
  {
    name: 'paris',
    title: 'Mes paris',
    columns: {
      id: 'Reçu',
      made_at: 'Quand',
      bout: 'Combat',
      side: 'Côté',
      stake_xof: 'Mise (F)',
      other_stake_xof: 'L’autre (F)',
      opponent: 'Adversaire',
      outcome: 'Issue',
      payout_xof: 'Reçu (F)',
    },
    sql: `SELECT x.id::text, ${at('x.made_at')}, wa.ring_name || ' – ' || wb.ring_name AS bout, x.side, x.stake_xof,
        x.other_stake_xof, o.pseudonym AS opponent, x.outcome, x.payout_xof
      FROM (
        SELECT id, market_id, made_at, 'A' AS side, stake_a_xof AS stake_xof, stake_b_xof AS other_stake_xof,
          player_b_id AS other_id, outcome, payout_a_xof AS payout_xof FROM duel WHERE player_a_id = $1
        UNION ALL
        SELECT id, market_id, made_at, 'B', stake_b_xof, stake_a_xof, player_a_id, outcome, payout_b_xof
        FROM duel WHERE player_b_id = $1
      ) x ${BOUT} JOIN player o ON o.id = x.other_id ORDER BY x.made_at, x.id`,
  },
  {
    name: 'mouvements',
    title: 'Mes mouvements d’argent',
    columns: { recorded_at: 'Quand', kind: 'Mouvement', amount_xof: 'Montant (F)', transfer_id: 'Référence' },
    sql: `SELECT ${at('x.recorded_at')}, t.kind, x.amount_xof, x.transfer_id::text
      FROM (
        SELECT g.recorded_at, g.transfer_id, g.amount_xof FROM player p
          JOIN ledger.posting g ON g.credit_account_id = p.available_account_id WHERE p.id = $1
        UNION ALL
        SELECT g.recorded_at, g.transfer_id, -g.amount_xof FROM player p
          JOIN ledger.posting g ON g.debit_account_id = p.available_account_id WHERE p.id = $1
      ) x JOIN ledger.transfer t ON t.id = x.transfer_id ORDER BY x.recorded_at, x.transfer_id`,
  },
  {
    name: 'bonus',
    title: 'Mes bonus et mes parrainages',
    columns: {
      decided_at: 'Décidé',
      reason: 'Pour',
      friend: 'Avec',
      amount_xof: 'Montant (F)',
      refusal: 'Refusé car',
    },
    sql: `SELECT ${at('x.decided_at')}, x.reason, x.friend, x.amount_xof, x.refusal FROM (
        SELECT g.decided_at, g.reason, o.pseudonym AS friend, g.amount_xof, g.refusal
        FROM bonus_grant g LEFT JOIN referral r ON r.player_id = g.referred_id
        LEFT JOIN player o ON o.id = CASE g.reason WHEN 'referrer' THEN r.player_id ELSE r.referrer_id END
        WHERE g.player_id = $1
        UNION ALL
        SELECT NULL, 'waiting', o.pseudonym, NULL, NULL FROM referral r
        JOIN player o ON o.id = CASE r.player_id WHEN $1 THEN r.referrer_id ELSE r.player_id END
        WHERE $1 IN (r.player_id, r.referrer_id) AND r.decided_at IS NULL
      ) x ORDER BY x.decided_at NULLS LAST, x.reason`,
  },
  {
    name: 'depots',
    title: 'Mes dépôts',
    columns: {
      requested_at: 'Demandé',
      provider: 'Par',
      amount_xof: 'Montant (F)',
      state: 'État',
      credited_at: 'Reçu',
    },
    sql: `SELECT ${at('requested_at')}, provider, amount_xof, state, ${at('credited_at')}
      FROM deposit WHERE player_id = $1 ORDER BY deposit.requested_at`,
  },
  {
    name: 'retraits',
    title: 'Mes retraits',
    columns: {
      requested_at: 'Demandé',
      provider: 'Par',
      amount_xof: 'Montant (F)',
      state: 'État',
      ended_at: 'Fin',
    },
    sql: `SELECT ${at('requested_at')}, provider, amount_xof, state, ${at('ended_at')}
      FROM withdrawal WHERE player_id = $1 ORDER BY withdrawal.requested_at`,
  },
  {
    name: 'limites',
    title: 'Mes limites',
    columns: {
      kind: 'Sur',
      period: 'Par',
      limit_xof: 'Limite (F)',
      state: 'État',
      asked_at: 'Demandée',
      in_force_at: 'En vigueur',
      ended_at: 'Fin',
    },
    sql: `SELECT kind, period, limit_xof, state, ${at('asked_at')}, ${at('in_force_at')}, ${at('ended_at')}
      FROM play_limit WHERE player_id = $1 ORDER BY play_limit.asked_at`,
  },
  {
    name: 'pauses',
    title: 'Mes pauses et exclusions',
    columns: { kind: 'Quoi', began_at: 'Début', ends_at: 'Fin', returns_at: 'Retour' },
    sql: `SELECT kind, ${at('began_at')}, ${at('ends_at')}, ${at('returns_at')}
      FROM exclusion WHERE player_id = $1 ORDER BY exclusion.began_at`,
  },
  {
    name: 'messages',
    title: 'Les SMS envoyés à mon numéro',
    columns: { queued_at: 'Quand', kind: 'Quoi', state: 'État' },
    sql: `SELECT ${at('x.queued_at')}, x.kind, x.state FROM sms x JOIN player p ON p.phone = x.phone
      WHERE p.id = $1 ORDER BY x.id`,
  },
  {
    name: 'avis',
    title: 'Les avis affichés dans l’application',
    columns: { made_at: 'Quand', kind: 'Quoi', detail: 'Détail', read_at: 'Lu' },
    sql: `SELECT ${at('made_at')}, kind, detail, ${at('read_at')}
      FROM player_notice WHERE player_id = $1 ORDER BY player_notice.made_at`,
  },
  {
    name: 'demandes',
    title: 'Mes demandes d’accès au compte',
    columns: {
      opened_at: 'Quand',
      kind: 'Quoi',
      statement: 'Ce que j’ai écrit',
      state: 'État',
      decision: 'Décision',
    },
    sql: `SELECT ${at('opened_at')}, kind, statement, state, decision
      FROM account_case WHERE player_id = $1 ORDER BY account_case.opened_at`,
  },
  {
    // What colleagues typed is left out: it may name somebody else.
    name: 'journal',
    title: 'Ce que le journal dit de moi',
    columns: {
      at: 'Quand',
      who: 'Qui',
      command: 'Quoi',
      target: 'Sur',
      outcome: 'Résultat',
      address: 'Adresse',
    },
    sql: `SELECT ${at('e.at', 'at')}, CASE WHEN e.actor_id = $1 THEN 'moi' ELSE e.actor_kind END AS who, e.command,
        e.target, e.outcome, CASE WHEN e.actor_id = $1 THEN e.address END AS address
      FROM audit_entry e
      WHERE e.actor_id = $1 OR e.target = 'player ' || $1
        OR e.target IN (SELECT 'document ' || d.id FROM identity_document d WHERE d.player_id = $1)
      ORDER BY e.id`,
  },
];

/** Filled by the identity feature: what is encrypted is opened there. */
export const documentsSection: Section = {
  name: 'pieces-d-identite',
  title: 'Mes pièces d’identité',
  columns: {
    kind: 'Pièce',
    country: 'Pays',
    number: 'Numéro',
    name: 'Nom',
    birth_date: 'Naissance',
    expires_on: 'Valable jusqu’au',
    state: 'État',
    sent_at: 'Envoyée',
    decided_at: 'Décidée',
    reason: 'Motif',
    remark: 'Remarque',
  },
};
