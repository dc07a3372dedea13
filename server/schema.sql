-- Printed by `npm run schema` from the migrated database. Not to be edited.
-- It is the result of
-- 0001_ledger.sql
-- 0002_catalogue.sql
-- 0003_people.sql
-- 0004_betting.sql
-- 0005_wallet.sql
-- 0006_jobs.sql
-- 0007_desk.sql
-- 0008_roles.sql
-- 0009_rate_limits.sql
-- 0010_audit_chain.sql
-- 0011_access.sql
-- 0012_sessions.sql
-- 0013_staff.sql
-- 0014_identity.sql
-- 0015_responsible_play.sql
-- 0016_data_rights.sql
-- 0018_setting_withdrawals.sql
-- 0019_barred_people.sql
-- 0020_payments.sql
-- 0022_withdrawals.sql
-- 0023_reconciliation.sql
-- 0024_maintenance.sql
-- 0026_erased_payments.sql
-- 0027_unpaid_deposits.sql
-- 0029_minors_and_refunds.sql
-- 0030_questions.sql
-- 0031_pools.sql
-- 0032_proofs.sql
-- 0033_corrections.sql
-- 0034_bout_changes.sql
-- 0035_tax.sql
-- 0037_objections_and_alerts.sql
-- 0040_private_offers.sql
-- 0041_pool_money.sql
-- 0046_invitations.sql
-- 0048_bonuses.sql
-- 0049_pool_corrections.sql
-- 0056_pool_proof_faults.sql

CREATE TABLE ledger.account (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  subject text NOT NULL,
  is_test boolean NOT NULL,
  opened_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT account_kind_known CHECK ((kind = ANY (ARRAY['player_available'::text, 'player_bonus'::text, 'market_escrow'::text, 'pool_escrow'::text, 'pool_remainder'::text, 'commission'::text, 'tax_payable'::text, 'tax_claim'::text, 'house_loss'::text, 'bonus_expense'::text, 'provider_clearing'::text, 'withdrawal_pending'::text, 'suspense'::text, 'provider_fee'::text, 'transfer_tax'::text, 'treasury'::text]))),
  CONSTRAINT account_named_once UNIQUE (kind, subject, is_test),
  CONSTRAINT account_pkey PRIMARY KEY (id)
);
CREATE TABLE ledger.balance (
  account_id bigint NOT NULL,
  amount_xof bigint NOT NULL DEFAULT 0,
  CONSTRAINT balance_account_id_fkey FOREIGN KEY (account_id) REFERENCES ledger.account(id),
  CONSTRAINT balance_not_negative CHECK ((amount_xof >= 0)),
  CONSTRAINT balance_pkey PRIMARY KEY (account_id)
) WITH (fillfactor=50);
CREATE TABLE ledger.posting (
  transfer_id uuid NOT NULL,
  seq smallint NOT NULL,
  debit_account_id bigint NOT NULL,
  credit_account_id bigint NOT NULL,
  amount_xof bigint NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT posting_amount_positive CHECK ((amount_xof > 0)),
  CONSTRAINT posting_credit_account_id_fkey FOREIGN KEY (credit_account_id) REFERENCES ledger.account(id),
  CONSTRAINT posting_debit_account_id_fkey FOREIGN KEY (debit_account_id) REFERENCES ledger.account(id),
  CONSTRAINT posting_pkey PRIMARY KEY (transfer_id, seq),
  CONSTRAINT posting_transfer_id_fkey FOREIGN KEY (transfer_id) REFERENCES ledger.transfer(id),
  CONSTRAINT posting_two_accounts CHECK ((debit_account_id <> credit_account_id))
);
CREATE TABLE ledger.transfer (
  id uuid NOT NULL,
  kind text NOT NULL,
  input_hash bytea NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT transfer_input_hash_size CHECK ((octet_length(input_hash) = 32)),
  CONSTRAINT transfer_pkey PRIMARY KEY (id)
);

CREATE INDEX posting_credit ON ledger.posting USING btree (credit_account_id, recorded_at);
CREATE INDEX posting_debit ON ledger.posting USING btree (debit_account_id, recorded_at);

CREATE OR REPLACE FUNCTION ledger.find_faults()
 RETURNS TABLE(fault text, detail text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'ledger', 'pg_temp'
AS $function$
  WITH movement AS (
    SELECT account_id, sum(delta)::bigint AS amount_xof FROM (
      SELECT credit_account_id AS account_id, amount_xof AS delta FROM posting
      UNION ALL
      SELECT debit_account_id, -amount_xof FROM posting
    ) m GROUP BY account_id
  )
  SELECT 'sum_not_zero', format('all postings sum to %s F', sum(amount_xof))
  FROM movement HAVING coalesce(sum(amount_xof), 0) <> 0
  UNION ALL
  SELECT 'balance_differs', format('account %s holds %s F, its postings say %s F',
    b.account_id, b.amount_xof, coalesce(m.amount_xof, 0))
  FROM balance b LEFT JOIN movement m USING (account_id) WHERE b.amount_xof <> coalesce(m.amount_xof, 0)
  UNION ALL
  SELECT 'balance_negative', format('account %s holds %s F', account_id, amount_xof)
  FROM balance WHERE amount_xof < 0
  UNION ALL
  SELECT 'liability_negative', format('account %s (%s %s) holds %s F', a.id, a.kind, a.subject, m.amount_xof)
  FROM movement m JOIN account a ON a.id = m.account_id
  WHERE m.amount_xof < 0 AND a.kind IN ('market_escrow', 'tax_payable', 'withdrawal_pending')
  UNION ALL
  SELECT 'balance_missing', format('account %s of player %s has no balance', a.id, a.subject)
  FROM account a LEFT JOIN balance b ON b.account_id = a.id WHERE a.kind = 'player_available' AND b.account_id IS NULL
  UNION ALL
  SELECT 'test_boundary_crossed', format('transfer %s posting %s', p.transfer_id, p.seq)
  FROM posting p JOIN account d ON d.id = p.debit_account_id JOIN account c ON c.id = p.credit_account_id
  WHERE d.is_test <> c.is_test
  UNION ALL
  SELECT 'transfer_empty', format('transfer %s', t.id)
  FROM transfer t WHERE NOT EXISTS (SELECT 1 FROM posting p WHERE p.transfer_id = t.id);
$function$;
CREATE OR REPLACE FUNCTION ledger.lock_balances(p_accounts bigint[])
 RETURNS TABLE(account_id bigint, amount_xof bigint)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'ledger', 'pg_temp'
AS $function$
  SELECT b.account_id, b.amount_xof FROM balance b
  WHERE b.account_id = ANY (p_accounts) ORDER BY b.account_id FOR NO KEY UPDATE;
$function$;
CREATE OR REPLACE FUNCTION ledger.open_account(p_kind text, p_subject text, p_is_test boolean)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'ledger', 'pg_temp'
AS $function$
DECLARE
  v_id bigint;
BEGIN
  SELECT id INTO v_id FROM account WHERE kind = p_kind AND subject = p_subject AND is_test = p_is_test;
  IF FOUND THEN
    RETURN v_id;
  END IF;
  INSERT INTO account (kind, subject, is_test) VALUES (p_kind, p_subject, p_is_test)
  ON CONFLICT ON CONSTRAINT account_named_once DO NOTHING RETURNING id INTO v_id;
  IF v_id IS NULL THEN
    SELECT id INTO STRICT v_id FROM account WHERE kind = p_kind AND subject = p_subject AND is_test = p_is_test;
  ELSIF p_kind IN ('player_available', 'player_bonus') THEN
    INSERT INTO balance (account_id) VALUES (v_id);
  END IF;
  RETURN v_id;
END $function$;
CREATE OR REPLACE FUNCTION ledger.post(p_transfer uuid[], p_kind text[], p_input_hash bytea[], p_posting_transfer uuid[], p_seq smallint[], p_debit bigint[], p_credit bigint[], p_amount bigint[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'ledger', 'pg_temp'
AS $function$
DECLARE
  v_recorded_at timestamptz;
BEGIN
  IF EXISTS (
    SELECT 1 FROM unnest(p_transfer) AS t (id) WHERE t.id NOT IN (SELECT unnest(p_posting_transfer))
  ) THEN
    RAISE EXCEPTION 'a transfer without postings' USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_has_postings';
  END IF;
  IF EXISTS (SELECT 1 FROM unnest(p_posting_transfer) AS p (id) WHERE p.id NOT IN (SELECT unnest(p_transfer))) THEN
    RAISE EXCEPTION 'a posting without its transfer' USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_has_transfer';
  END IF;
  IF EXISTS (
    SELECT 1 FROM unnest(p_debit, p_credit) AS p (debit, credit)
    JOIN account d ON d.id = p.debit JOIN account c ON c.id = p.credit
    WHERE d.is_test <> c.is_test
  ) THEN
    RAISE EXCEPTION 'test money may not meet real money' USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_test_boundary';
  END IF;

  PERFORM 1 FROM balance b
  WHERE b.account_id = ANY (p_debit) OR b.account_id = ANY (p_credit)
  ORDER BY b.account_id FOR NO KEY UPDATE;
  -- Read after the locks: on each player's statement the order in time is the order of the balances.
  v_recorded_at := clock_timestamp();

  INSERT INTO transfer (id, kind, input_hash, recorded_at)
  SELECT t.id, t.kind, t.input_hash, v_recorded_at
  FROM unnest(p_transfer, p_kind, p_input_hash) AS t (id, kind, input_hash);

  INSERT INTO posting (transfer_id, seq, debit_account_id, credit_account_id, amount_xof, recorded_at)
  SELECT p.transfer_id, p.seq, p.debit, p.credit, p.amount, v_recorded_at
  FROM unnest(p_posting_transfer, p_seq, p_debit, p_credit, p_amount) AS p (transfer_id, seq, debit, credit, amount);

  UPDATE balance b SET amount_xof = b.amount_xof + d.delta
  FROM (
    SELECT m.account_id, sum(m.delta)::bigint AS delta
    FROM (
      SELECT p.credit AS account_id, p.amount AS delta FROM unnest(p_credit, p_amount) AS p (credit, amount)
      UNION ALL
      SELECT p.debit, -p.amount FROM unnest(p_debit, p_amount) AS p (debit, amount)
    ) m GROUP BY m.account_id
  ) d
  WHERE b.account_id = d.account_id AND d.delta <> 0;
END $function$;
CREATE OR REPLACE FUNCTION ledger.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION '% on %.%: the ledger is append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $function$;

CREATE TRIGGER account_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON ledger.account FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER posting_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON ledger.posting FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER transfer_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON ledger.transfer FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

GRANT EXECUTE ON FUNCTION ledger.find_faults() TO mbayar_app;
GRANT EXECUTE ON FUNCTION ledger.lock_balances(p_accounts bigint[]) TO mbayar_app;
GRANT EXECUTE ON FUNCTION ledger.open_account(p_kind text, p_subject text, p_is_test boolean) TO mbayar_app;
GRANT EXECUTE ON FUNCTION ledger.post(p_transfer uuid[], p_kind text[], p_input_hash bytea[], p_posting_transfer uuid[], p_seq smallint[], p_debit bigint[], p_credit bigint[], p_amount bigint[]) TO mbayar_app;
GRANT USAGE ON SCHEMA ledger TO mbayar_app;
GRANT SELECT ON ledger.account TO mbayar_app;
GRANT SELECT ON ledger.balance TO mbayar_app;
GRANT SELECT ON ledger.posting TO mbayar_app;
GRANT SELECT ON ledger.transfer TO mbayar_app;

CREATE SEQUENCE public.erased_player_number AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807;

CREATE TABLE public.account_case (
  id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  player_id uuid,
  phone text NOT NULL,
  new_phone text,
  statement text NOT NULL,
  opened_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  proposal text,
  proposal_reason text,
  proposed_by uuid,
  proposed_at timestamp with time zone,
  decision text,
  decision_reason text,
  decided_by uuid,
  decided_at timestamp with time zone,
  CONSTRAINT account_case_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.staff(id),
  CONSTRAINT account_case_decision_known CHECK ((decision = ANY (ARRAY['reset_pin'::text, 'change_phone'::text, 'release_phone'::text, 'refuse'::text]))),
  CONSTRAINT account_case_decision_whole CHECK ((((state = 'decided'::text) AND (num_nulls(decision, decision_reason, decided_by, decided_at) = 0)) OR ((state <> 'decided'::text) AND (num_nonnulls(decision, decision_reason, decided_by, decided_at) = 0)))),
  CONSTRAINT account_case_kind_known CHECK ((kind = ANY (ARRAY['lost_phone'::text, 'forgotten_pin'::text, 'recycled_number'::text, 'changed_number'::text]))),
  CONSTRAINT account_case_open_is_somebodys CHECK (((state <> 'open'::text) OR (player_id IS NOT NULL))),
  CONSTRAINT account_case_phone_e164 CHECK (((phone ~ '^\+[1-9][0-9]{6,14}$'::text) AND (new_phone ~ '^\+[1-9][0-9]{6,14}$'::text))),
  CONSTRAINT account_case_pkey PRIMARY KEY (id),
  CONSTRAINT account_case_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT account_case_proposal_known CHECK ((proposal = ANY (ARRAY['reset_pin'::text, 'change_phone'::text, 'release_phone'::text, 'refuse'::text]))),
  CONSTRAINT account_case_proposal_whole CHECK ((num_nulls(proposal, proposal_reason, proposed_by, proposed_at) = ANY (ARRAY[0, 4]))),
  CONSTRAINT account_case_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.staff(id),
  CONSTRAINT account_case_state_known CHECK ((state = ANY (ARRAY['claimed'::text, 'open'::text, 'decided'::text]))),
  CONSTRAINT account_case_statement_size CHECK ((length(statement) <= 1000))
);
CREATE TABLE public.account_closure (
  id uuid NOT NULL,
  player_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'waiting'::text,
  state_before text NOT NULL,
  asked_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  closed_at timestamp with time zone,
  withdrawal_id uuid,
  payout_count smallint NOT NULL DEFAULT 0,
  remainder_xof bigint,
  erase_at timestamp with time zone,
  held_by uuid,
  held_at timestamp with time zone,
  hold_reason text,
  erased_at timestamp with time zone,
  CONSTRAINT account_closure_closed_whole CHECK ((num_nulls(closed_at, remainder_xof, erase_at) =
CASE
    WHEN (state = 'closed'::text) THEN 0
    ELSE 3
END)),
  CONSTRAINT account_closure_erased_last CHECK (((erased_at IS NULL) OR ((state = 'closed'::text) AND (held_at IS NULL)))),
  CONSTRAINT account_closure_held_by_fkey FOREIGN KEY (held_by) REFERENCES public.staff(id),
  CONSTRAINT account_closure_held_whole CHECK ((num_nulls(held_by, held_at, hold_reason) = ANY (ARRAY[0, 3]))),
  CONSTRAINT account_closure_once UNIQUE (player_id),
  CONSTRAINT account_closure_pkey PRIMARY KEY (id),
  CONSTRAINT account_closure_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT account_closure_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'paying'::text, 'closed'::text]))),
  CONSTRAINT account_closure_withdrawal_id_fkey FOREIGN KEY (withdrawal_id) REFERENCES public.withdrawal(id)
);
CREATE TABLE public.arena (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  search_name text NOT NULL,
  CONSTRAINT arena_name_once UNIQUE (search_name),
  CONSTRAINT arena_pkey PRIMARY KEY (id)
);
CREATE TABLE public.audit_entry (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  actor_id uuid,
  command text NOT NULL,
  target text NOT NULL,
  input jsonb NOT NULL,
  outcome text NOT NULL,
  operation_id uuid,
  actor_kind text NOT NULL DEFAULT 'staff'::text,
  address text,
  request_id text,
  written_by xid8 NOT NULL DEFAULT pg_current_xact_id(),
  CONSTRAINT audit_entry_actor_known CHECK ((actor_kind = ANY (ARRAY['staff'::text, 'player'::text, 'system'::text, 'command_line'::text, 'nobody'::text]))),
  CONSTRAINT audit_entry_pkey PRIMARY KEY (id)
);
CREATE TABLE public.audit_head (
  is_only boolean NOT NULL DEFAULT true,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  sealed_below xid8 NOT NULL,
  CONSTRAINT audit_head_hash_size CHECK ((octet_length(hash) = 32)),
  CONSTRAINT audit_head_only CHECK (is_only),
  CONSTRAINT audit_head_pkey PRIMARY KEY (is_only)
);
CREATE TABLE public.audit_seal (
  seq bigint NOT NULL,
  entry_id bigint NOT NULL,
  hash bytea NOT NULL,
  sealed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT audit_seal_entry_once UNIQUE (entry_id),
  CONSTRAINT audit_seal_hash_once UNIQUE (hash),
  CONSTRAINT audit_seal_hash_size CHECK ((octet_length(hash) = 32)),
  CONSTRAINT audit_seal_pkey PRIMARY KEY (seq)
);
CREATE TABLE public.automatic_payout (
  settlement_id uuid NOT NULL,
  player_id uuid NOT NULL,
  withdrawal_id uuid,
  refusal text,
  made_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT automatic_payout_one_end CHECK ((num_nonnulls(withdrawal_id, refusal) = 1)),
  CONSTRAINT automatic_payout_pkey PRIMARY KEY (settlement_id, player_id),
  CONSTRAINT automatic_payout_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT automatic_payout_withdrawal_id_fkey FOREIGN KEY (withdrawal_id) REFERENCES public.withdrawal(id)
);
CREATE TABLE public.barred_person (
  id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  wrestler_id integer,
  phone text,
  number_print bytea,
  person_print bytea,
  reason text NOT NULL,
  until_at timestamp with time zone,
  added_by uuid NOT NULL,
  added_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  ended_by uuid,
  ended_at timestamp with time zone,
  CONSTRAINT barred_person_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.staff(id),
  CONSTRAINT barred_person_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.staff(id),
  CONSTRAINT barred_person_ended_whole CHECK ((num_nonnulls(ended_by, ended_at) = ANY (ARRAY[0, 2]))),
  CONSTRAINT barred_person_kind_known CHECK ((kind = ANY (ARRAY['wrestler'::text, 'referee'::text, 'promoter'::text, 'close_to_staff'::text, 'other'::text]))),
  CONSTRAINT barred_person_lasts CHECK ((until_at > added_at)),
  CONSTRAINT barred_person_phone_e164 CHECK ((phone ~ '^\+[1-9][0-9]{6,14}$'::text)),
  CONSTRAINT barred_person_pkey PRIMARY KEY (id),
  CONSTRAINT barred_person_print_sizes CHECK (((octet_length(number_print) = 32) AND (octet_length(person_print) = 32))),
  CONSTRAINT barred_person_recognised CHECK ((num_nonnulls(phone, number_print, person_print) >= 1)),
  CONSTRAINT barred_person_wrestler_id_fkey FOREIGN KEY (wrestler_id) REFERENCES public.wrestler(id)
);
CREATE TABLE public.bonus_grant (
  id uuid NOT NULL,
  player_id uuid NOT NULL,
  reason text NOT NULL,
  referred_id uuid,
  amount_xof bigint NOT NULL,
  refusal text,
  decided_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT bonus_grant_amount_positive CHECK ((amount_xof > 0)),
  CONSTRAINT bonus_grant_of_referral CHECK (((referred_id IS NOT NULL) = (reason = ANY (ARRAY['referred'::text, 'referrer'::text])))),
  CONSTRAINT bonus_grant_pkey PRIMARY KEY (id),
  CONSTRAINT bonus_grant_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT bonus_grant_reason_known CHECK ((reason = ANY (ARRAY['referred'::text, 'referrer'::text, 'first_lost_bet'::text]))),
  CONSTRAINT bonus_grant_referred_id_fkey FOREIGN KEY (referred_id) REFERENCES public.referral(player_id),
  CONSTRAINT bonus_grant_refusal_known CHECK ((refusal = ANY (ARRAY['may_not_play'::text, 'linked'::text, 'enough'::text])))
);
CREATE TABLE public.bout (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  gala_id integer NOT NULL,
  "position" smallint NOT NULL,
  wrestler_a_id integer NOT NULL,
  wrestler_b_id integer NOT NULL,
  title text,
  scheduled_at timestamp with time zone NOT NULL,
  state text NOT NULL DEFAULT 'announced'::text,
  first_scheduled_at timestamp with time zone,
  is_undated boolean NOT NULL DEFAULT false,
  stands_until timestamp with time zone,
  void_at timestamp with time zone,
  CONSTRAINT bout_gala_id_fkey FOREIGN KEY (gala_id) REFERENCES public.gala(id),
  CONSTRAINT bout_moved_whole CHECK (((first_scheduled_at IS NULL) = (stands_until IS NULL))),
  CONSTRAINT bout_pkey PRIMARY KEY (id),
  CONSTRAINT bout_position_once UNIQUE (gala_id, "position"),
  CONSTRAINT bout_state_known CHECK ((state = ANY (ARRAY['announced'::text, 'whistled'::text, 'decided'::text, 'cancelled'::text]))),
  CONSTRAINT bout_two_wrestlers CHECK ((wrestler_a_id <> wrestler_b_id)),
  CONSTRAINT bout_voided_is_moved CHECK (((void_at IS NULL) OR (stands_until IS NOT NULL))),
  CONSTRAINT bout_wrestler_a_id_fkey FOREIGN KEY (wrestler_a_id) REFERENCES public.wrestler(id),
  CONSTRAINT bout_wrestler_b_id_fkey FOREIGN KEY (wrestler_b_id) REFERENCES public.wrestler(id)
);
CREATE TABLE public.correction (
  id uuid NOT NULL,
  market_id integer,
  pool_id integer,
  version smallint NOT NULL,
  result_id uuid NOT NULL,
  escrow_account_id bigint NOT NULL,
  is_test boolean NOT NULL,
  state text NOT NULL DEFAULT 'computing'::text,
  commission_delta_xof bigint,
  tax_payable_delta_xof bigint,
  tax_claim_delta_xof bigint,
  loss_xof bigint,
  loss_delta_xof bigint,
  started_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  house_at timestamp with time zone,
  finished_at timestamp with time zone,
  remainder_delta_xof bigint NOT NULL DEFAULT 0,
  CONSTRAINT correction_done_has_time CHECK (((state = 'done'::text) = (finished_at IS NOT NULL))),
  CONSTRAINT correction_escrow_account_id_fkey FOREIGN KEY (escrow_account_id) REFERENCES ledger.account(id),
  CONSTRAINT correction_house_before_paying CHECK (((state = ANY (ARRAY['paying'::text, 'done'::text])) = (house_at IS NOT NULL))),
  CONSTRAINT correction_house_whole CHECK ((num_nonnulls(house_at, commission_delta_xof, tax_payable_delta_xof, tax_claim_delta_xof, loss_xof, loss_delta_xof) = ANY (ARRAY[0, 6]))),
  CONSTRAINT correction_loss_not_negative CHECK ((loss_xof >= 0)),
  CONSTRAINT correction_market_id_fkey FOREIGN KEY (market_id) REFERENCES public.market(id),
  CONSTRAINT correction_market_version_once UNIQUE (market_id, version),
  CONSTRAINT correction_of_one CHECK ((num_nonnulls(market_id, pool_id) = 1)),
  CONSTRAINT correction_pkey PRIMARY KEY (id),
  CONSTRAINT correction_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES public.pool(id),
  CONSTRAINT correction_pool_version_once UNIQUE (pool_id, version),
  CONSTRAINT correction_remainder_of_pools CHECK (((remainder_delta_xof = 0) OR (pool_id IS NOT NULL))),
  CONSTRAINT correction_result_id_fkey FOREIGN KEY (result_id) REFERENCES public.result(id),
  CONSTRAINT correction_state_known CHECK ((state = ANY (ARRAY['computing'::text, 'collecting'::text, 'house'::text, 'paying'::text, 'done'::text]))),
  CONSTRAINT correction_version CHECK ((version > 1))
);
CREATE TABLE public.correction_line (
  correction_id uuid NOT NULL,
  account_id bigint NOT NULL,
  player_id uuid NOT NULL,
  received_xof bigint NOT NULL,
  due_xof bigint NOT NULL,
  taken_xof bigint,
  is_given boolean NOT NULL DEFAULT false,
  owed_xof bigint GENERATED ALWAYS AS (GREATEST((received_xof - due_xof), (0)::bigint)) STORED,
  given_xof bigint GENERATED ALWAYS AS (GREATEST((due_xof - received_xof), (0)::bigint)) STORED,
  CONSTRAINT correction_line_account_id_fkey FOREIGN KEY (account_id) REFERENCES ledger.account(id),
  CONSTRAINT correction_line_correction_id_fkey FOREIGN KEY (correction_id) REFERENCES public.correction(id),
  CONSTRAINT correction_line_not_negative CHECK (((received_xof >= 0) AND (due_xof >= 0))),
  CONSTRAINT correction_line_pkey PRIMARY KEY (correction_id, account_id),
  CONSTRAINT correction_line_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT correction_line_takes_what_is_owed CHECK (((taken_xof >= 0) AND (taken_xof <= GREATEST((received_xof - due_xof), (0)::bigint))))
);
CREATE TABLE public.data_export (
  id uuid NOT NULL,
  player_id uuid NOT NULL,
  asked_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  ready_at timestamp with time zone,
  expires_at timestamp with time zone,
  sealed bytea,
  fetched_count integer NOT NULL DEFAULT 0,
  CONSTRAINT data_export_file_when_ready CHECK (((sealed IS NULL) OR (ready_at IS NOT NULL))),
  CONSTRAINT data_export_pkey PRIMARY KEY (id),
  CONSTRAINT data_export_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT data_export_ready_whole CHECK ((num_nulls(ready_at, expires_at) = ANY (ARRAY[0, 2])))
);
CREATE TABLE public.deposit (
  id uuid NOT NULL,
  player_id uuid NOT NULL,
  provider text NOT NULL,
  amount_xof bigint NOT NULL,
  state text NOT NULL,
  input_hash bytea NOT NULL,
  requested_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  credited_at timestamp with time zone,
  reason text,
  expires_at timestamp with time zone,
  look_at timestamp with time zone DEFAULT clock_timestamp(),
  look_count integer NOT NULL DEFAULT 0,
  back_path text,
  CONSTRAINT deposit_amount_positive CHECK ((amount_xof > 0)),
  CONSTRAINT deposit_credited_whole CHECK (((state = 'credited'::text) = (credited_at IS NOT NULL))),
  CONSTRAINT deposit_pkey PRIMARY KEY (id),
  CONSTRAINT deposit_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT deposit_provider_named CHECK ((provider ~ '^[a-z][a-z_]{1,29}$'::text)),
  CONSTRAINT deposit_state_known CHECK ((state = ANY (ARRAY['requested'::text, 'credited'::text, 'expired'::text, 'refused'::text, 'review'::text, 'returned'::text])))
);
CREATE TABLE public.deposit_attempt (
  reference uuid NOT NULL,
  deposit_id uuid NOT NULL,
  seq smallint NOT NULL,
  session text,
  launch jsonb,
  requested_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamp with time zone,
  CONSTRAINT deposit_attempt_deposit_id_fkey FOREIGN KEY (deposit_id) REFERENCES public.deposit(id),
  CONSTRAINT deposit_attempt_numbered_once UNIQUE (deposit_id, seq),
  CONSTRAINT deposit_attempt_pkey PRIMARY KEY (reference)
);
CREATE TABLE public.device (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  player_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  label text NOT NULL,
  bound_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  last_used_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  removed_at timestamp with time zone,
  pin_failure_count smallint NOT NULL DEFAULT 0,
  pin_failed_at timestamp with time zone,
  pin_blocked_until timestamp with time zone,
  CONSTRAINT device_label_size CHECK (((length(label) >= 1) AND (length(label) <= 80))),
  CONSTRAINT device_pkey PRIMARY KEY (id),
  CONSTRAINT device_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT device_token_hash_size CHECK ((octet_length(token_hash) = 32))
);
CREATE TABLE public.duel (
  id uuid NOT NULL,
  market_id integer NOT NULL,
  seq bigint NOT NULL,
  maker_side text NOT NULL,
  maker_offer_id uuid NOT NULL,
  taker_operation_id uuid NOT NULL,
  player_a_id uuid NOT NULL,
  player_b_id uuid NOT NULL,
  stake_a_xof bigint NOT NULL,
  stake_b_xof bigint NOT NULL,
  made_at timestamp with time zone NOT NULL,
  salt bytea NOT NULL,
  settlement_id uuid,
  outcome text,
  payout_a_xof bigint,
  payout_b_xof bigint,
  commission_xof bigint,
  tax_xof bigint,
  bonus_a_xof bigint NOT NULL DEFAULT 0,
  bonus_b_xof bigint NOT NULL DEFAULT 0,
  CONSTRAINT duel_bonus_within CHECK ((((bonus_a_xof >= 0) AND (bonus_a_xof <= stake_a_xof)) AND ((bonus_b_xof >= 0) AND (bonus_b_xof <= stake_b_xof)))),
  CONSTRAINT duel_maker_offer_id_fkey FOREIGN KEY (maker_offer_id) REFERENCES public.offer(id),
  CONSTRAINT duel_market_id_fkey FOREIGN KEY (market_id) REFERENCES public.market(id),
  CONSTRAINT duel_outcome_known CHECK ((outcome = ANY (ARRAY['A'::text, 'B'::text, 'void'::text]))),
  CONSTRAINT duel_pkey PRIMARY KEY (id),
  CONSTRAINT duel_player_a_id_fkey FOREIGN KEY (player_a_id) REFERENCES public.player(id),
  CONSTRAINT duel_player_b_id_fkey FOREIGN KEY (player_b_id) REFERENCES public.player(id),
  CONSTRAINT duel_salt_size CHECK ((octet_length(salt) = 16)),
  CONSTRAINT duel_settled_exactly CHECK (((((payout_a_xof + payout_b_xof) + commission_xof) + tax_xof) = (stake_a_xof + stake_b_xof))),
  CONSTRAINT duel_settled_whole CHECK ((num_nonnulls(settlement_id, outcome, payout_a_xof, payout_b_xof, commission_xof, tax_xof) = ANY (ARRAY[0, 6]))),
  CONSTRAINT duel_settlement FOREIGN KEY (settlement_id) REFERENCES public.settlement(id),
  CONSTRAINT duel_side_known CHECK ((maker_side = ANY (ARRAY['A'::text, 'B'::text]))),
  CONSTRAINT duel_stakes_positive CHECK (((stake_a_xof > 0) AND (stake_b_xof > 0))),
  CONSTRAINT duel_two_players CHECK ((player_a_id <> player_b_id))
) WITH (fillfactor=80);
CREATE TABLE public.exclusion (
  id uuid NOT NULL,
  player_id uuid NOT NULL,
  kind text NOT NULL,
  began_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone,
  returns_at timestamp with time zone,
  CONSTRAINT exclusion_cool_off_ends CHECK (((kind <> 'cool_off'::text) OR ((ends_at IS NOT NULL) AND (returns_at = ends_at)))),
  CONSTRAINT exclusion_for_good CHECK (((ends_at IS NOT NULL) OR (returns_at IS NULL))),
  CONSTRAINT exclusion_kind_known CHECK ((kind = ANY (ARRAY['cool_off'::text, 'self_exclusion'::text]))),
  CONSTRAINT exclusion_lasts CHECK ((ends_at > began_at)),
  CONSTRAINT exclusion_pkey PRIMARY KEY (id),
  CONSTRAINT exclusion_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT exclusion_returns_late CHECK (((kind = 'cool_off'::text) OR (returns_at >= (ends_at + '24:00:00'::interval))))
);
CREATE TABLE public.first_bet (
  player_id uuid NOT NULL,
  market_id integer,
  pool_id integer,
  CONSTRAINT first_bet_market_id_fkey FOREIGN KEY (market_id) REFERENCES public.market(id),
  CONSTRAINT first_bet_of_one CHECK ((num_nonnulls(market_id, pool_id) = 1)),
  CONSTRAINT first_bet_pkey PRIMARY KEY (player_id),
  CONSTRAINT first_bet_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT first_bet_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES public.pool(id)
);
CREATE TABLE public.gala (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  venue text NOT NULL,
  promoter text,
  authority text NOT NULL,
  round_count smallint NOT NULL DEFAULT 2,
  round_minutes smallint NOT NULL DEFAULT 10,
  break_minutes smallint NOT NULL DEFAULT 5,
  extension_minutes smallint NOT NULL DEFAULT 0,
  warnings_limit smallint NOT NULL DEFAULT 5,
  starts_at timestamp with time zone NOT NULL,
  visibility text NOT NULL,
  is_test boolean NOT NULL,
  created_by_operation uuid NOT NULL,
  CONSTRAINT gala_created_by_operation_key UNIQUE (created_by_operation),
  CONSTRAINT gala_pkey PRIMARY KEY (id),
  CONSTRAINT gala_rules_plausible CHECK ((((round_count >= 1) AND (round_count <= 10)) AND ((round_minutes >= 1) AND (round_minutes <= 60)) AND ((break_minutes >= 0) AND (break_minutes <= 30)) AND ((extension_minutes >= 0) AND (extension_minutes <= 60)) AND ((warnings_limit >= 1) AND (warnings_limit <= 20)))),
  CONSTRAINT gala_visibility_known CHECK ((visibility = ANY (ARRAY['public'::text, 'hidden'::text])))
);
CREATE TABLE public.homologation (
  id uuid NOT NULL,
  result_id uuid NOT NULL,
  source text NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  CONSTRAINT homologation_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.staff(id),
  CONSTRAINT homologation_confirmed_whole CHECK ((num_nonnulls(confirmed_by, confirmed_at) = ANY (ARRAY[0, 2]))),
  CONSTRAINT homologation_one_fate CHECK (((confirmed_at IS NULL) OR (withdrawn_at IS NULL))),
  CONSTRAINT homologation_pkey PRIMARY KEY (id),
  CONSTRAINT homologation_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.staff(id),
  CONSTRAINT homologation_result_id_fkey FOREIGN KEY (result_id) REFERENCES public.result(id),
  CONSTRAINT homologation_two_people CHECK ((confirmed_by <> proposed_by))
);
CREATE TABLE public.identity_alert (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  document_id uuid,
  player_id uuid NOT NULL,
  other_player_id uuid,
  raised_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  closed_by uuid,
  closed_at timestamp with time zone,
  CONSTRAINT identity_alert_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.staff(id),
  CONSTRAINT identity_alert_closed_whole CHECK ((num_nulls(closed_by, closed_at) = ANY (ARRAY[0, 2]))),
  CONSTRAINT identity_alert_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.identity_document(id),
  CONSTRAINT identity_alert_document_told CHECK (((document_id IS NULL) = (kind = 'account_of_minor'::text))),
  CONSTRAINT identity_alert_kind_known CHECK ((kind = ANY (ARRAY['same_document'::text, 'under_age'::text, 'birth_date_differs'::text, 'barred'::text, 'account_of_minor'::text]))),
  CONSTRAINT identity_alert_once UNIQUE (document_id, kind),
  CONSTRAINT identity_alert_other_player_id_fkey FOREIGN KEY (other_player_id) REFERENCES public.player(id),
  CONSTRAINT identity_alert_pkey PRIMARY KEY (id),
  CONSTRAINT identity_alert_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id)
);
CREATE TABLE public.identity_document (
  id uuid NOT NULL,
  player_id uuid NOT NULL,
  kind text NOT NULL,
  country text NOT NULL,
  number_print bytea,
  sealed bytea,
  state text NOT NULL DEFAULT 'waiting'::text,
  sent_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  decided_by uuid,
  decided_at timestamp with time zone,
  reason text,
  remark text,
  erased_at timestamp with time zone,
  person_print bytea,
  CONSTRAINT identity_document_country_known CHECK ((country ~ '^[A-Z]{2}$'::text)),
  CONSTRAINT identity_document_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.staff(id),
  CONSTRAINT identity_document_decided_whole CHECK (((state = ANY (ARRAY['approved'::text, 'refused'::text])) = ((decided_by IS NOT NULL) AND (decided_at IS NOT NULL)))),
  CONSTRAINT identity_document_kind_known CHECK ((kind = ANY (ARRAY['cni'::text, 'passport'::text, 'residence'::text, 'driving'::text]))),
  CONSTRAINT identity_document_person_print_size CHECK ((octet_length(person_print) = 32)),
  CONSTRAINT identity_document_pkey PRIMARY KEY (id),
  CONSTRAINT identity_document_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT identity_document_print_size CHECK ((octet_length(number_print) = 32)),
  CONSTRAINT identity_document_refused_why CHECK (((state = 'refused'::text) = (reason IS NOT NULL))),
  CONSTRAINT identity_document_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text]))),
  CONSTRAINT identity_document_whole CHECK ((((sealed IS NULL) = (erased_at IS NOT NULL)) AND ((number_print IS NOT NULL) OR (erased_at IS NOT NULL))))
);
CREATE TABLE public.identity_picture (
  document_id uuid NOT NULL,
  side text NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT identity_picture_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.identity_document(id),
  CONSTRAINT identity_picture_pkey PRIMARY KEY (document_id, side),
  CONSTRAINT identity_picture_side_known CHECK ((side = ANY (ARRAY['front'::text, 'back'::text])))
);
CREATE TABLE public.import_row (
  run_id integer NOT NULL,
  file text NOT NULL,
  line integer NOT NULL,
  official_id text,
  verdict text NOT NULL,
  reasons jsonb NOT NULL,
  differences jsonb NOT NULL,
  source_row jsonb NOT NULL,
  CONSTRAINT import_row_file_known CHECK ((file = ANY (ARRAY['wrestlers'::text, 'bouts'::text]))),
  CONSTRAINT import_row_pkey PRIMARY KEY (run_id, file, line),
  CONSTRAINT import_row_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.import_run(id),
  CONSTRAINT import_row_verdict_known CHECK ((verdict = ANY (ARRAY['new'::text, 'changed'::text, 'conflicting'::text, 'rejected'::text])))
);
CREATE TABLE public.import_run (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  applied_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  actor text NOT NULL,
  wrestlers_sha256 bytea NOT NULL,
  bouts_sha256 bytea NOT NULL,
  counts jsonb NOT NULL,
  CONSTRAINT import_run_actor_named CHECK ((actor <> ''::text)),
  CONSTRAINT import_run_bouts_sha256_size CHECK ((octet_length(bouts_sha256) = 32)),
  CONSTRAINT import_run_pkey PRIMARY KEY (id),
  CONSTRAINT import_run_wrestlers_sha256_size CHECK ((octet_length(wrestlers_sha256) = 32))
);
CREATE TABLE public.incoming_payment (
  id uuid NOT NULL,
  provider text NOT NULL,
  transaction text NOT NULL,
  deposit_id uuid,
  player_id uuid,
  is_test boolean NOT NULL,
  amount_xof bigint NOT NULL,
  payer_phone text,
  paid_at timestamp with time zone,
  state text NOT NULL,
  reason text,
  recorded_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT incoming_payment_amount_positive CHECK ((amount_xof > 0)),
  CONSTRAINT incoming_payment_credited_is_somebodys CHECK (((state <> ALL (ARRAY['credited'::text, 'allocated'::text, 'returned'::text])) OR (player_id IS NOT NULL))),
  CONSTRAINT incoming_payment_deposit_id_fkey FOREIGN KEY (deposit_id) REFERENCES public.deposit(id),
  CONSTRAINT incoming_payment_once UNIQUE (provider, transaction),
  CONSTRAINT incoming_payment_pkey PRIMARY KEY (id),
  CONSTRAINT incoming_payment_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT incoming_payment_state_known CHECK ((state = ANY (ARRAY['credited'::text, 'review'::text, 'allocated'::text, 'settled'::text, 'returned'::text, 'refunded'::text])))
);
CREATE TABLE public.market (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  bout_id integer NOT NULL,
  kind text NOT NULL,
  state text NOT NULL DEFAULT 'draft'::text,
  is_test boolean NOT NULL,
  escrow_account_id bigint NOT NULL,
  rule_card jsonb,
  hard_stop_at timestamp with time zone NOT NULL,
  opened_at timestamp with time zone,
  closed_at timestamp with time zone,
  close_cause text,
  last_seq bigint NOT NULL DEFAULT 0,
  root bytea,
  root_duel_count integer,
  root_published_at timestamp with time zone,
  line_seconds integer,
  method_group text,
  payout_policy text NOT NULL DEFAULT 'verdict'::text,
  rule_card_hash bytea,
  staked_xof bigint NOT NULL DEFAULT 0,
  CONSTRAINT market_bout_id_fkey FOREIGN KEY (bout_id) REFERENCES public.bout(id),
  CONSTRAINT market_close_cause_known CHECK ((close_cause = ANY (ARRAY['whistle'::text, 'hard_stop'::text, 'cancelled'::text]))),
  CONSTRAINT market_closed_has_time CHECK (((state = ANY (ARRAY['closed'::text, 'settling'::text, 'settled'::text])) = (closed_at IS NOT NULL))),
  CONSTRAINT market_escrow_account_id_fkey FOREIGN KEY (escrow_account_id) REFERENCES ledger.account(id),
  CONSTRAINT market_group_exists CHECK ((method_group = ANY (ARRAY['fall'::text, 'ko'::text, 'stoppage'::text, 'decision'::text]))),
  CONSTRAINT market_group_known CHECK (((kind = 'method'::text) = (method_group IS NOT NULL))),
  CONSTRAINT market_kind_known CHECK ((kind = ANY (ARRAY['winner'::text, 'over_under'::text, 'method'::text]))),
  CONSTRAINT market_line_known CHECK (((kind = 'over_under'::text) = (line_seconds IS NOT NULL))),
  CONSTRAINT market_line_plausible CHECK (((line_seconds >= 1) AND (line_seconds <= 7200))),
  CONSTRAINT market_open_has_rule_card CHECK (((state = 'draft'::text) OR (rule_card IS NOT NULL))),
  CONSTRAINT market_payout_policy_known CHECK ((payout_policy = ANY (ARRAY['verdict'::text, 'homologation'::text]))),
  CONSTRAINT market_pkey PRIMARY KEY (id),
  CONSTRAINT market_rule_card_hash_size CHECK ((octet_length(rule_card_hash) = 32)),
  CONSTRAINT market_rule_card_hashed CHECK (((rule_card IS NULL) OR (((rule_card ->> 'version'::text))::integer < 2) OR (rule_card_hash IS NOT NULL))),
  CONSTRAINT market_settled_has_root CHECK (((state <> ALL (ARRAY['settling'::text, 'settled'::text])) OR (root IS NOT NULL))),
  CONSTRAINT market_staked_not_negative CHECK ((staked_xof >= 0)),
  CONSTRAINT market_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'suspended'::text, 'closed'::text, 'settling'::text, 'settled'::text])))
) WITH (fillfactor=50);
CREATE TABLE public.objection (
  id uuid NOT NULL,
  number integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  player_id uuid NOT NULL,
  market_id integer NOT NULL,
  duel_id uuid NOT NULL,
  version smallint NOT NULL,
  reason text NOT NULL,
  raised_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  due_at timestamp with time zone NOT NULL,
  verdict text,
  answer text,
  result_id uuid,
  answered_by uuid,
  answered_at timestamp with time zone,
  CONSTRAINT objection_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.staff(id),
  CONSTRAINT objection_answered_whole CHECK ((num_nonnulls(verdict, answer, answered_by, answered_at) = ANY (ARRAY[0, 4]))),
  CONSTRAINT objection_due_later CHECK ((due_at > raised_at)),
  CONSTRAINT objection_duel_id_fkey FOREIGN KEY (duel_id) REFERENCES public.duel(id),
  CONSTRAINT objection_market_id_fkey FOREIGN KEY (market_id) REFERENCES public.market(id),
  CONSTRAINT objection_number_key UNIQUE (number),
  CONSTRAINT objection_once UNIQUE (market_id, player_id),
  CONSTRAINT objection_pkey PRIMARY KEY (id),
  CONSTRAINT objection_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT objection_result_id_fkey FOREIGN KEY (result_id) REFERENCES public.result(id),
  CONSTRAINT objection_upheld_by_correction CHECK (((NOT (verdict IS DISTINCT FROM 'upheld'::text)) = (result_id IS NOT NULL))),
  CONSTRAINT objection_verdict_known CHECK ((verdict = ANY (ARRAY['upheld'::text, 'rejected'::text])))
);
CREATE TABLE public.offer (
  id uuid NOT NULL,
  market_id integer NOT NULL,
  player_id uuid NOT NULL,
  seq bigint NOT NULL,
  side text NOT NULL,
  ratio_stake smallint NOT NULL,
  ratio_ask smallint NOT NULL,
  stake_xof bigint NOT NULL,
  ask_xof bigint NOT NULL,
  open_xof bigint NOT NULL,
  filled_xof bigint NOT NULL,
  returned_xof bigint NOT NULL,
  placed_at timestamp with time zone NOT NULL,
  price bigint GENERATED ALWAYS AS ((((232792560)::bigint / ratio_stake) * ratio_ask)) STORED,
  is_open boolean GENERATED ALWAYS AS ((open_xof > 0)) STORED,
  visibility text NOT NULL DEFAULT 'public'::text,
  invited_phone text,
  invited_player_id uuid,
  answers_offer_id uuid,
  expires_at timestamp with time zone,
  bonus_xof bigint NOT NULL DEFAULT 0,
  CONSTRAINT offer_amounts_not_negative CHECK (((stake_xof > 0) AND (open_xof >= 0) AND (filled_xof >= 0) AND (returned_xof >= 0))),
  CONSTRAINT offer_answers_offer_id_fkey FOREIGN KEY (answers_offer_id) REFERENCES public.offer(id),
  CONSTRAINT offer_bonus_public CHECK (((bonus_xof = 0) OR (visibility = 'public'::text))),
  CONSTRAINT offer_bonus_within CHECK (((bonus_xof >= 0) AND (bonus_xof <= open_xof))),
  CONSTRAINT offer_counter_answers CHECK ((((visibility = 'counter'::text) = (answers_offer_id IS NOT NULL)) AND ((visibility = 'counter'::text) = (invited_player_id IS NOT NULL)))),
  CONSTRAINT offer_expires_later CHECK ((expires_at > placed_at)),
  CONSTRAINT offer_invited_player_id_fkey FOREIGN KEY (invited_player_id) REFERENCES public.player(id),
  CONSTRAINT offer_invites_by_phone CHECK (((invited_phone IS NULL) OR (visibility = 'phone'::text))),
  CONSTRAINT offer_market_id_fkey FOREIGN KEY (market_id) REFERENCES public.market(id),
  CONSTRAINT offer_pkey PRIMARY KEY (id),
  CONSTRAINT offer_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT offer_ratio_exact CHECK (((stake_xof * ratio_ask) = (ask_xof * ratio_stake))),
  CONSTRAINT offer_ratio_on_ladder CHECK ((((ratio_stake >= 1) AND (ratio_stake <= 20)) AND ((ratio_ask >= 1) AND (ratio_ask <= 20)))),
  CONSTRAINT offer_side_known CHECK ((side = ANY (ARRAY['A'::text, 'B'::text]))),
  CONSTRAINT offer_stake_accounted CHECK ((((open_xof + filled_xof) + returned_xof) = stake_xof)),
  CONSTRAINT offer_visibility_known CHECK ((visibility = ANY (ARRAY['public'::text, 'phone'::text, 'link'::text, 'counter'::text])))
) WITH (fillfactor=70);
CREATE TABLE public.official_bout (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  official_id text,
  held_on text,
  held_first date,
  held_last date,
  arena_id integer,
  wrestler_a_id integer NOT NULL,
  wrestler_b_id integer NOT NULL,
  found_a_id integer,
  found_b_id integer,
  result text NOT NULL,
  winner_id integer,
  method text,
  duration_seconds integer,
  title text,
  promoter_id integer,
  initial_verdict text,
  notes text,
  sources text[] NOT NULL DEFAULT '{}'::text[],
  confidence text,
  publication text NOT NULL,
  publication_decided_by text,
  publication_decided_at timestamp with time zone,
  source_row jsonb,
  last_import_run_id integer,
  CONSTRAINT official_bout_arena_id_fkey FOREIGN KEY (arena_id) REFERENCES public.arena(id),
  CONSTRAINT official_bout_confidence_known CHECK ((confidence = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
  CONSTRAINT official_bout_decision_signed CHECK (((publication_decided_by IS NULL) = (publication_decided_at IS NULL))),
  CONSTRAINT official_bout_duration_plausible CHECK (((duration_seconds >= 1) AND (duration_seconds <= 7200))),
  CONSTRAINT official_bout_found_a_id_fkey FOREIGN KEY (found_a_id) REFERENCES public.wrestler(id),
  CONSTRAINT official_bout_found_b_id_fkey FOREIGN KEY (found_b_id) REFERENCES public.wrestler(id),
  CONSTRAINT official_bout_held_known_together CHECK (((num_nonnulls(held_on, held_first, held_last) = ANY (ARRAY[0, 3])) AND (held_first <= held_last))),
  CONSTRAINT official_bout_held_on_form CHECK ((held_on ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'::text)),
  CONSTRAINT official_bout_last_import_run_id_fkey FOREIGN KEY (last_import_run_id) REFERENCES public.import_run(id),
  CONSTRAINT official_bout_method_known CHECK ((method = ANY (ARRAY['fall'::text, 'four_supports'::text, 'ko'::text, 'medical_stop'::text, 'abandon'::text, 'decision'::text, 'warnings'::text, 'draw'::text, 'no_verdict'::text, 'double_disqualification'::text]))),
  CONSTRAINT official_bout_official_id_once UNIQUE (official_id),
  CONSTRAINT official_bout_official_row_kept CHECK ((num_nonnulls(official_id, source_row, found_a_id, found_b_id, confidence) = ANY (ARRAY[0, 5]))),
  CONSTRAINT official_bout_pkey PRIMARY KEY (id),
  CONSTRAINT official_bout_promoter_id_fkey FOREIGN KEY (promoter_id) REFERENCES public.promoter(id),
  CONSTRAINT official_bout_publication_known CHECK ((publication = ANY (ARRAY['published'::text, 'pending_review'::text, 'held'::text]))),
  CONSTRAINT official_bout_result_known CHECK ((result = ANY (ARRAY['win'::text, 'draw'::text, 'no_verdict'::text, 'double_disqualification'::text, 'planned'::text]))),
  CONSTRAINT official_bout_two_wrestlers CHECK ((wrestler_a_id <> wrestler_b_id)),
  CONSTRAINT official_bout_winner_is_one_of_them CHECK ((((result = 'win'::text) = COALESCE(((winner_id = wrestler_a_id) OR (winner_id = wrestler_b_id)), false)) AND ((result = 'win'::text) OR (winner_id IS NULL)))),
  CONSTRAINT official_bout_wrestler_a_id_fkey FOREIGN KEY (wrestler_a_id) REFERENCES public.wrestler(id),
  CONSTRAINT official_bout_wrestler_b_id_fkey FOREIGN KEY (wrestler_b_id) REFERENCES public.wrestler(id)
);
CREATE TABLE public.one_time_code (
  phone text NOT NULL,
  purpose text NOT NULL,
  code_hash bytea,
  sent_at timestamp with time zone,
  expires_at timestamp with time zone,
  send_count smallint NOT NULL DEFAULT 0,
  failure_count smallint NOT NULL DEFAULT 0,
  failed_at timestamp with time zone,
  blocked_until timestamp with time zone,
  CONSTRAINT one_time_code_hash_size CHECK ((octet_length(code_hash) = 32)),
  CONSTRAINT one_time_code_pkey PRIMARY KEY (phone, purpose),
  CONSTRAINT one_time_code_purpose_named CHECK ((purpose ~ '^[a-z_]{3,40}$'::text)),
  CONSTRAINT one_time_code_whole CHECK (((code_hash IS NULL) OR (num_nulls(sent_at, expires_at) = 0)))
);
CREATE TABLE public.operation (
  id uuid NOT NULL,
  kind text NOT NULL,
  actor_id uuid NOT NULL,
  input_hash bytea NOT NULL,
  status smallint NOT NULL,
  answer jsonb NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT operation_input_hash_size CHECK ((octet_length(input_hash) = 32)),
  CONSTRAINT operation_pkey PRIMARY KEY (id)
);
CREATE TABLE public.passkey (
  id uuid NOT NULL,
  player_id uuid,
  staff_id uuid,
  credential_id text NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  label text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  last_used_at timestamp with time zone,
  removed_at timestamp with time zone,
  CONSTRAINT passkey_credential_once UNIQUE (credential_id),
  CONSTRAINT passkey_one_person CHECK ((num_nonnulls(player_id, staff_id) = 1)),
  CONSTRAINT passkey_pkey PRIMARY KEY (id),
  CONSTRAINT passkey_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT passkey_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id)
);
CREATE TABLE public.passkey_challenge (
  browser_hash bytea NOT NULL,
  purpose text NOT NULL,
  session_id uuid,
  challenge text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT passkey_challenge_browser_hash_size CHECK ((octet_length(browser_hash) = 32)),
  CONSTRAINT passkey_challenge_pkey PRIMARY KEY (browser_hash)
);
CREATE TABLE public.payment_event (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  deposit_id uuid,
  withdrawal_id uuid,
  state text NOT NULL,
  reason text,
  detail text,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT payment_event_deposit_id_fkey FOREIGN KEY (deposit_id) REFERENCES public.deposit(id),
  CONSTRAINT payment_event_one_payment CHECK ((num_nonnulls(deposit_id, withdrawal_id) = 1)),
  CONSTRAINT payment_event_pkey PRIMARY KEY (id),
  CONSTRAINT payment_event_withdrawal_id_fkey FOREIGN KEY (withdrawal_id) REFERENCES public.withdrawal(id)
);
CREATE TABLE public.payment_refund (
  id uuid NOT NULL,
  payment_id uuid NOT NULL,
  state text NOT NULL,
  reason text,
  transaction text,
  line_id uuid,
  asked_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamp with time zone,
  CONSTRAINT payment_refund_ended_whole CHECK (((state = 'asked'::text) = (ended_at IS NULL))),
  CONSTRAINT payment_refund_id_fkey FOREIGN KEY (id) REFERENCES public.suspense_allocation(id),
  CONSTRAINT payment_refund_line_id_fkey FOREIGN KEY (line_id) REFERENCES public.statement_line(id),
  CONSTRAINT payment_refund_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES public.incoming_payment(id),
  CONSTRAINT payment_refund_pkey PRIMARY KEY (id),
  CONSTRAINT payment_refund_refused_why CHECK (((state = 'refused'::text) = (reason IS NOT NULL))),
  CONSTRAINT payment_refund_state_known CHECK ((state = ANY (ARRAY['asked'::text, 'refunded'::text, 'refused'::text])))
);
CREATE TABLE public.phone_holder (
  phone text NOT NULL,
  kind text NOT NULL,
  CONSTRAINT phone_holder_kind_known CHECK ((kind = ANY (ARRAY['player'::text, 'staff'::text]))),
  CONSTRAINT phone_holder_pkey PRIMARY KEY (phone)
);
CREATE TABLE public.play_alert (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  player_id uuid NOT NULL,
  other_player_id uuid,
  bet_count integer NOT NULL,
  staked_xof bigint NOT NULL,
  compared_xof bigint NOT NULL,
  raised_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  closed_by uuid,
  closed_at timestamp with time zone,
  note text,
  CONSTRAINT play_alert_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.staff(id),
  CONSTRAINT play_alert_closed_whole CHECK ((num_nonnulls(closed_by, closed_at, note) = ANY (ARRAY[0, 3]))),
  CONSTRAINT play_alert_kind_known CHECK ((kind = ANY (ARRAY['same_pair'::text, 'linked_accounts'::text, 'stake_spike'::text]))),
  CONSTRAINT play_alert_other_player_id_fkey FOREIGN KEY (other_player_id) REFERENCES public.player(id),
  CONSTRAINT play_alert_pair_named CHECK ((((kind = 'stake_spike'::text) = (other_player_id IS NULL)) AND (player_id <> other_player_id))),
  CONSTRAINT play_alert_pkey PRIMARY KEY (id),
  CONSTRAINT play_alert_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id)
);
CREATE TABLE public.play_limit (
  id uuid NOT NULL,
  player_id uuid NOT NULL,
  kind text NOT NULL,
  period text NOT NULL,
  limit_xof bigint,
  asked_at timestamp with time zone NOT NULL,
  confirm_from timestamp with time zone,
  state text NOT NULL,
  in_force_at timestamp with time zone,
  ended_at timestamp with time zone,
  CONSTRAINT play_limit_amount CHECK ((limit_xof >= 0)),
  CONSTRAINT play_limit_ended_whole CHECK (((state = ANY (ARRAY['ended'::text, 'dropped'::text])) = (ended_at IS NOT NULL))),
  CONSTRAINT play_limit_in_force_whole CHECK (((state = ANY (ARRAY['in_force'::text, 'ended'::text])) = (in_force_at IS NOT NULL))),
  CONSTRAINT play_limit_kind_known CHECK ((kind = ANY (ARRAY['deposit'::text, 'stake'::text, 'loss'::text]))),
  CONSTRAINT play_limit_loosened_late CHECK ((in_force_at >= confirm_from)),
  CONSTRAINT play_limit_pending_is_loosening CHECK (((state <> 'pending'::text) OR (confirm_from IS NOT NULL))),
  CONSTRAINT play_limit_period_known CHECK ((period = ANY (ARRAY['day'::text, 'week'::text, 'month'::text]))),
  CONSTRAINT play_limit_pkey PRIMARY KEY (id),
  CONSTRAINT play_limit_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT play_limit_state_known CHECK ((state = ANY (ARRAY['pending'::text, 'in_force'::text, 'ended'::text, 'dropped'::text]))),
  CONSTRAINT play_limit_waits_a_day CHECK ((confirm_from >= (asked_at + '24:00:00'::interval)))
);
CREATE TABLE public.player (
  id uuid NOT NULL,
  phone text NOT NULL,
  pseudonym text NOT NULL,
  pseudonym_key text NOT NULL,
  birth_date date NOT NULL,
  terms_version text NOT NULL,
  terms_accepted_at timestamp with time zone NOT NULL,
  is_test boolean NOT NULL,
  state text NOT NULL DEFAULT 'active'::text,
  available_account_id bigint NOT NULL,
  joined_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  pin_hash text,
  pin_set_at timestamp with time zone,
  pin_failure_count smallint NOT NULL DEFAULT 0,
  pin_failed_at timestamp with time zone,
  pin_blocked_until timestamp with time zone,
  logged_in_at timestamp with time zone,
  payout_held_until timestamp with time zone,
  payout_held_for text,
  payout_frozen_at timestamp with time zone,
  phone_released_at timestamp with time zone,
  tier text NOT NULL DEFAULT 'phone'::text,
  pays_out_to text,
  bonus_account_id bigint,
  CONSTRAINT player_account_once UNIQUE (available_account_id),
  CONSTRAINT player_available_account_id_fkey FOREIGN KEY (available_account_id) REFERENCES ledger.account(id),
  CONSTRAINT player_bonus_account_id_fkey FOREIGN KEY (bonus_account_id) REFERENCES ledger.account(id),
  CONSTRAINT player_payout_held_for_known CHECK ((payout_held_for = ANY (ARRAY['device'::text, 'access'::text]))),
  CONSTRAINT player_payout_held_whole CHECK ((num_nulls(payout_held_until, payout_held_for) = ANY (ARRAY[0, 2]))),
  CONSTRAINT player_phone_e164 CHECK ((phone ~ '^\+[1-9][0-9]{6,14}$'::text)),
  CONSTRAINT player_pin_hashed CHECK ((pin_hash ~~ 'scrypt$%'::text)),
  CONSTRAINT player_pin_whole CHECK ((num_nulls(pin_hash, pin_set_at) = ANY (ARRAY[0, 2]))),
  CONSTRAINT player_pkey PRIMARY KEY (id),
  CONSTRAINT player_pseudonym_once UNIQUE (pseudonym_key),
  CONSTRAINT player_released_is_frozen CHECK (((phone_released_at IS NULL) OR (payout_frozen_at IS NOT NULL))),
  CONSTRAINT player_state_known CHECK ((state = ANY (ARRAY['active'::text, 'excluded'::text, 'barred'::text, 'closing'::text, 'closed'::text]))),
  CONSTRAINT player_tier_known CHECK ((tier = ANY (ARRAY['phone'::text, 'identified'::text])))
);
CREATE TABLE public.player_notice (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  player_id uuid NOT NULL,
  kind text NOT NULL,
  detail text NOT NULL,
  made_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  except_device_id uuid,
  read_at timestamp with time zone,
  CONSTRAINT player_notice_except_device_id_fkey FOREIGN KEY (except_device_id) REFERENCES public.device(id),
  CONSTRAINT player_notice_pkey PRIMARY KEY (id),
  CONSTRAINT player_notice_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id)
);
CREATE TABLE public.pool (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  gala_id integer NOT NULL,
  name text NOT NULL,
  state text NOT NULL DEFAULT 'draft'::text,
  is_test boolean NOT NULL,
  escrow_account_id bigint NOT NULL,
  rule_card jsonb,
  rule_card_hash bytea,
  hard_stop_at timestamp with time zone NOT NULL,
  decided_by timestamp with time zone NOT NULL,
  opened_at timestamp with time zone,
  closed_at timestamp with time zone,
  close_cause text,
  last_seq bigint NOT NULL DEFAULT 0,
  staked_xof bigint NOT NULL DEFAULT 0,
  root bytea,
  root_ticket_count integer,
  root_published_at timestamp with time zone,
  created_by_operation uuid NOT NULL,
  CONSTRAINT pool_close_cause_known CHECK ((close_cause = ANY (ARRAY['whistle'::text, 'hard_stop'::text, 'cancelled'::text]))),
  CONSTRAINT pool_closed_has_time CHECK (((state = ANY (ARRAY['closed'::text, 'settling'::text, 'settled'::text])) = (closed_at IS NOT NULL))),
  CONSTRAINT pool_created_by_operation_key UNIQUE (created_by_operation),
  CONSTRAINT pool_escrow_account_id_fkey FOREIGN KEY (escrow_account_id) REFERENCES ledger.account(id),
  CONSTRAINT pool_gala_id_fkey FOREIGN KEY (gala_id) REFERENCES public.gala(id),
  CONSTRAINT pool_open_has_rule_card CHECK (((state = 'draft'::text) OR ((rule_card IS NOT NULL) AND (rule_card_hash IS NOT NULL)))),
  CONSTRAINT pool_pkey PRIMARY KEY (id),
  CONSTRAINT pool_rule_card_hash_size CHECK ((octet_length(rule_card_hash) = 32)),
  CONSTRAINT pool_settled_has_root CHECK (((state <> ALL (ARRAY['settling'::text, 'settled'::text])) OR (root IS NOT NULL))),
  CONSTRAINT pool_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'suspended'::text, 'closed'::text, 'settling'::text, 'settled'::text]))),
  CONSTRAINT pool_stops_before_it_is_decided CHECK ((hard_stop_at <= decided_by))
) WITH (fillfactor=50);
CREATE TABLE public.pool_file (
  pool_id integer NOT NULL,
  version smallint NOT NULL,
  body text NOT NULL,
  CONSTRAINT pool_file_pkey PRIMARY KEY (pool_id, version),
  CONSTRAINT pool_file_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES public.pool(id)
);
CREATE TABLE public.pool_leg (
  pool_id integer NOT NULL,
  "position" smallint NOT NULL,
  bout_id integer NOT NULL,
  kind text NOT NULL,
  line_seconds integer,
  CONSTRAINT pool_leg_bout_id_fkey FOREIGN KEY (bout_id) REFERENCES public.bout(id),
  CONSTRAINT pool_leg_kind_known CHECK ((kind = ANY (ARRAY['winner'::text, 'over_under'::text, 'method'::text]))),
  CONSTRAINT pool_leg_line_known CHECK (((kind = 'over_under'::text) = (line_seconds IS NOT NULL))),
  CONSTRAINT pool_leg_line_plausible CHECK (((line_seconds >= 1) AND (line_seconds <= 7200))),
  CONSTRAINT pool_leg_pkey PRIMARY KEY (pool_id, "position"),
  CONSTRAINT pool_leg_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES public.pool(id),
  CONSTRAINT pool_leg_position CHECK ((("position" >= 1) AND ("position" <= 10))),
  CONSTRAINT pool_leg_question_once UNIQUE (pool_id, bout_id, kind)
);
CREATE TABLE public.pool_settlement (
  id uuid NOT NULL,
  pool_id integer NOT NULL,
  version smallint NOT NULL,
  outcomes text[] NOT NULL,
  late_after timestamp with time zone,
  late_xof bigint NOT NULL,
  stakes_xof bigint NOT NULL,
  right_xof bigint NOT NULL,
  refund_reason text,
  take_out_xof bigint NOT NULL,
  net_pool_xof bigint NOT NULL,
  state text NOT NULL DEFAULT 'paying'::text,
  paid_seq bigint NOT NULL DEFAULT 0,
  ticket_count integer NOT NULL,
  paid_count integer NOT NULL DEFAULT 0,
  gross_xof bigint NOT NULL DEFAULT 0,
  tax_xof bigint NOT NULL DEFAULT 0,
  refunded_xof bigint NOT NULL DEFAULT 0,
  remainder_xof bigint,
  started_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamp with time zone,
  CONSTRAINT pool_settlement_counts CHECK ((((paid_count >= 0) AND (paid_count <= ticket_count)) AND ((state = 'paying'::text) OR (paid_count = ticket_count)))),
  CONSTRAINT pool_settlement_done_exactly CHECK (((state = 'paying'::text) OR ((remainder_xof >= 0) AND ((((gross_xof + remainder_xof) + refunded_xof) + take_out_xof) = (stakes_xof + late_xof))))),
  CONSTRAINT pool_settlement_done_whole CHECK ((((state = 'done'::text) = (remainder_xof IS NOT NULL)) AND ((state = 'done'::text) = (finished_at IS NOT NULL)))),
  CONSTRAINT pool_settlement_pkey PRIMARY KEY (id),
  CONSTRAINT pool_settlement_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES public.pool(id),
  CONSTRAINT pool_settlement_reason_known CHECK ((refund_reason = ANY (ARRAY['all_void'::text, 'no_winner'::text, 'one_sided'::text]))),
  CONSTRAINT pool_settlement_refunds_whole CHECK (((refund_reason IS NULL) OR (take_out_xof = 0))),
  CONSTRAINT pool_settlement_shares CHECK (((refund_reason IS NOT NULL) OR (((right_xof >= 1) AND (right_xof <= (stakes_xof - 1))) AND (net_pool_xof >= right_xof)))),
  CONSTRAINT pool_settlement_state_known CHECK ((state = ANY (ARRAY['paying'::text, 'done'::text]))),
  CONSTRAINT pool_settlement_sums CHECK (((take_out_xof >= 0) AND ((take_out_xof + net_pool_xof) = stakes_xof))),
  CONSTRAINT pool_settlement_version_once UNIQUE (pool_id, version)
);
CREATE TABLE public.pool_ticket (
  id uuid NOT NULL,
  pool_id integer NOT NULL,
  player_id uuid NOT NULL,
  seq bigint NOT NULL,
  picks text NOT NULL,
  stake_xof bigint NOT NULL,
  bonus_xof bigint NOT NULL DEFAULT 0,
  made_at timestamp with time zone NOT NULL,
  salt bytea NOT NULL,
  settlement_id uuid,
  outcome text,
  gross_xof bigint,
  tax_xof bigint,
  payout_xof bigint,
  CONSTRAINT pool_ticket_outcome_known CHECK ((outcome = ANY (ARRAY['won'::text, 'lost'::text, 'refunded'::text]))),
  CONSTRAINT pool_ticket_paid_as_said CHECK (
CASE outcome
    WHEN 'won'::text THEN (gross_xof >= stake_xof)
    WHEN 'lost'::text THEN (gross_xof = 0)
    WHEN 'refunded'::text THEN (payout_xof = stake_xof)
    ELSE true
END),
  CONSTRAINT pool_ticket_paid_exactly CHECK (((gross_xof = (tax_xof + payout_xof)) AND (tax_xof >= 0) AND (payout_xof >= 0))),
  CONSTRAINT pool_ticket_pkey PRIMARY KEY (id),
  CONSTRAINT pool_ticket_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT pool_ticket_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES public.pool(id),
  CONSTRAINT pool_ticket_salt_size CHECK ((octet_length(salt) = 16)),
  CONSTRAINT pool_ticket_seq UNIQUE (pool_id, seq),
  CONSTRAINT pool_ticket_settled_whole CHECK ((num_nonnulls(settlement_id, outcome, gross_xof, tax_xof, payout_xof) = ANY (ARRAY[0, 5]))),
  CONSTRAINT pool_ticket_settlement_id_fkey FOREIGN KEY (settlement_id) REFERENCES public.pool_settlement(id),
  CONSTRAINT pool_ticket_stake_positive CHECK (((stake_xof > 0) AND ((bonus_xof >= 0) AND (bonus_xof <= stake_xof))))
) WITH (fillfactor=80);
CREATE TABLE public.pool_total (
  pool_id integer NOT NULL,
  picks text NOT NULL,
  staked_xof bigint NOT NULL,
  ticket_count integer NOT NULL,
  CONSTRAINT pool_total_pkey PRIMARY KEY (pool_id, picks),
  CONSTRAINT pool_total_pool_id_fkey FOREIGN KEY (pool_id) REFERENCES public.pool(id),
  CONSTRAINT pool_total_positive CHECK (((staked_xof > 0) AND (ticket_count > 0)))
) WITH (fillfactor=50);
CREATE TABLE public.postponement (
  id uuid NOT NULL,
  bout_id integer NOT NULL,
  from_at timestamp with time zone NOT NULL,
  to_at timestamp with time zone,
  reason text NOT NULL,
  source text NOT NULL,
  moved_by uuid NOT NULL,
  moved_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT postponement_bout_id_fkey FOREIGN KEY (bout_id) REFERENCES public.bout(id),
  CONSTRAINT postponement_moved_by_fkey FOREIGN KEY (moved_by) REFERENCES public.staff(id),
  CONSTRAINT postponement_moves CHECK ((to_at IS DISTINCT FROM from_at)),
  CONSTRAINT postponement_pkey PRIMARY KEY (id),
  CONSTRAINT postponement_says_why CHECK (((reason <> ''::text) AND (source <> ''::text)))
);
CREATE TABLE public.promoter (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  search_name text NOT NULL,
  CONSTRAINT promoter_name_once UNIQUE (search_name),
  CONSTRAINT promoter_pkey PRIMARY KEY (id)
);
CREATE TABLE public.provider_callback (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  provider text NOT NULL,
  event_id text NOT NULL,
  body bytea NOT NULL,
  about text NOT NULL,
  reference text,
  session text,
  transaction text,
  received_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  delivery_count integer NOT NULL DEFAULT 1,
  read_at timestamp with time zone,
  outcome text,
  CONSTRAINT provider_callback_about_known CHECK ((about = ANY (ARRAY['deposit'::text, 'withdrawal'::text, 'nothing'::text]))),
  CONSTRAINT provider_callback_event_once UNIQUE (provider, event_id),
  CONSTRAINT provider_callback_pkey PRIMARY KEY (id)
);
CREATE TABLE public.provider_state (
  provider text NOT NULL,
  deposits_stopped_at timestamp with time zone,
  payouts_stopped_at timestamp with time zone,
  stopped_reason text,
  stopped_detail text,
  stopped_by uuid,
  balance_xof bigint,
  balance_at timestamp with time zone,
  CONSTRAINT provider_state_pkey PRIMARY KEY (provider),
  CONSTRAINT provider_state_stopped_by_fkey FOREIGN KEY (stopped_by) REFERENCES public.staff(id)
);
CREATE UNLOGGED TABLE public.rate_count (
  key text NOT NULL,
  ceiling integer NOT NULL,
  wanted integer NOT NULL,
  granted integer NOT NULL,
  taken integer NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  CONSTRAINT rate_count_pkey PRIMARY KEY (key)
) WITH (fillfactor=50);
CREATE TABLE public.reality_check (
  player_id uuid NOT NULL,
  every_minutes smallint NOT NULL,
  due_at timestamp with time zone NOT NULL,
  CONSTRAINT reality_check_interval_known CHECK ((every_minutes = ANY (ARRAY[15, 30, 60]))),
  CONSTRAINT reality_check_pkey PRIMARY KEY (player_id),
  CONSTRAINT reality_check_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id)
);
CREATE TABLE public.receipt_key (
  id text NOT NULL,
  public_key bytea NOT NULL,
  sealed_private_key bytea,
  made_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  retired_at timestamp with time zone,
  CONSTRAINT receipt_key_named_by_itself CHECK ((id = "left"(encode(sha256(public_key), 'hex'::text), 16))),
  CONSTRAINT receipt_key_pkey PRIMARY KEY (id),
  CONSTRAINT receipt_key_retired_signs_nothing CHECK (((retired_at IS NULL) = (sealed_private_key IS NOT NULL))),
  CONSTRAINT receipt_key_size CHECK ((octet_length(public_key) = 32))
);
CREATE TABLE public.recipient_check (
  provider text NOT NULL,
  phone text NOT NULL,
  is_within_limits boolean,
  name_match text,
  checked_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT recipient_check_name_match_known CHECK ((name_match = ANY (ARRAY['match'::text, 'no_match'::text, 'not_known'::text]))),
  CONSTRAINT recipient_check_pkey PRIMARY KEY (provider, phone)
);
CREATE TABLE public.reconciliation_day (
  provider text NOT NULL,
  account text NOT NULL,
  day date NOT NULL,
  closed_by uuid NOT NULL,
  closed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  run_id uuid NOT NULL,
  line_count integer NOT NULL,
  net_xof bigint NOT NULL,
  fee_xof bigint NOT NULL,
  tax_xof bigint NOT NULL,
  CONSTRAINT reconciliation_day_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.staff(id),
  CONSTRAINT reconciliation_day_pkey PRIMARY KEY (provider, account, day),
  CONSTRAINT reconciliation_day_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.reconciliation_run(id)
);
CREATE TABLE public.reconciliation_run (
  id uuid NOT NULL,
  provider text NOT NULL,
  account text NOT NULL,
  is_test boolean NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  started_by uuid,
  state text NOT NULL,
  detail text,
  clearing_xof bigint NOT NULL,
  provider_xof bigint NOT NULL,
  source text NOT NULL,
  explanations jsonb NOT NULL,
  unexplained_xof bigint NOT NULL,
  explained_xof bigint NOT NULL,
  suspense_xof bigint NOT NULL,
  line_count integer NOT NULL,
  CONSTRAINT reconciliation_run_pkey PRIMARY KEY (id),
  CONSTRAINT reconciliation_run_source_known CHECK ((source = ANY (ARRAY['balance'::text, 'last_line'::text, 'lines'::text]))),
  CONSTRAINT reconciliation_run_started_by_fkey FOREIGN KEY (started_by) REFERENCES public.staff(id),
  CONSTRAINT reconciliation_run_state_known CHECK ((state = ANY (ARRAY['done'::text, 'unreadable'::text])))
);
CREATE TABLE public.referral (
  player_id uuid NOT NULL,
  referrer_id uuid NOT NULL,
  signed_up_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  decided_at timestamp with time zone,
  CONSTRAINT referral_pkey PRIMARY KEY (player_id),
  CONSTRAINT referral_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT referral_referrer_id_fkey FOREIGN KEY (referrer_id) REFERENCES public.player(id),
  CONSTRAINT referral_two_people CHECK ((player_id <> referrer_id))
);
CREATE TABLE public.replaced_payment (
  duel_id uuid NOT NULL,
  settlement_id uuid NOT NULL,
  replaced_by uuid NOT NULL,
  outcome text NOT NULL,
  payout_a_xof bigint NOT NULL,
  payout_b_xof bigint NOT NULL,
  commission_xof bigint NOT NULL,
  tax_xof bigint NOT NULL,
  CONSTRAINT replaced_payment_duel_id_fkey FOREIGN KEY (duel_id) REFERENCES public.duel(id),
  CONSTRAINT replaced_payment_outcome_known CHECK ((outcome = ANY (ARRAY['A'::text, 'B'::text, 'void'::text]))),
  CONSTRAINT replaced_payment_pkey PRIMARY KEY (duel_id, settlement_id),
  CONSTRAINT replaced_payment_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.correction(id),
  CONSTRAINT replaced_payment_settlement_id_fkey FOREIGN KEY (settlement_id) REFERENCES public.settlement(id)
);
CREATE TABLE public.result (
  id uuid NOT NULL,
  bout_id integer NOT NULL,
  version smallint NOT NULL,
  ending text NOT NULL,
  winner_side text,
  source text NOT NULL,
  proposed_by uuid,
  proposed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  wrestled_seconds integer,
  void_market_ids integer[] NOT NULL DEFAULT '{}'::integer[],
  reason text,
  CONSTRAINT result_bout_id_fkey FOREIGN KEY (bout_id) REFERENCES public.bout(id),
  CONSTRAINT result_by_people_or_job CHECK (((proposed_by IS NULL) = (ending = 'postponed'::text))),
  CONSTRAINT result_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.staff(id),
  CONSTRAINT result_confirmed_whole CHECK (
CASE
    WHEN (ending = 'postponed'::text) THEN ((confirmed_by IS NULL) AND (confirmed_at IS NOT NULL))
    ELSE (num_nonnulls(confirmed_by, confirmed_at) = ANY (ARRAY[0, 2]))
END),
  CONSTRAINT result_ending_known CHECK ((ending = ANY (ARRAY['fall'::text, 'four_supports'::text, 'ko'::text, 'medical_stop'::text, 'abandon'::text, 'warnings'::text, 'decision'::text, 'draw'::text, 'no_verdict'::text, 'double_disqualification'::text, 'forfeit'::text, 'opponent_replaced'::text, 'postponed'::text, 'cancelled'::text]))),
  CONSTRAINT result_one_fate CHECK (((confirmed_at IS NULL) OR (withdrawn_at IS NULL))),
  CONSTRAINT result_pkey PRIMARY KEY (id),
  CONSTRAINT result_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.staff(id),
  CONSTRAINT result_reason_when_corrected CHECK (((version > 1) = (reason IS NOT NULL))),
  CONSTRAINT result_two_people CHECK ((confirmed_by <> proposed_by)),
  CONSTRAINT result_winner_known CHECK ((winner_side = ANY (ARRAY['A'::text, 'B'::text]))),
  CONSTRAINT result_winner_when_won CHECK (((winner_side IS NOT NULL) = (ending = ANY (ARRAY['fall'::text, 'four_supports'::text, 'ko'::text, 'medical_stop'::text, 'abandon'::text, 'warnings'::text, 'decision'::text])))),
  CONSTRAINT result_wrestled_plausible CHECK (((wrestled_seconds >= 0) AND (wrestled_seconds <= 7200)))
);
CREATE TABLE public.root_chain (
  number bigint NOT NULL,
  kind text NOT NULL,
  subject_id integer NOT NULL,
  leaf_count integer NOT NULL,
  root bytea NOT NULL,
  published_at timestamp with time zone NOT NULL,
  value bytea NOT NULL,
  CONSTRAINT root_chain_count CHECK ((leaf_count >= 0)),
  CONSTRAINT root_chain_hash_size CHECK (((octet_length(root) = 32) AND (octet_length(value) = 32))),
  CONSTRAINT root_chain_kind_known CHECK ((kind = ANY (ARRAY['market'::text, 'pool'::text]))),
  CONSTRAINT root_chain_number_positive CHECK ((number > 0)),
  CONSTRAINT root_chain_pkey PRIMARY KEY (number),
  CONSTRAINT root_chain_subject_once UNIQUE (kind, subject_id)
);
CREATE TABLE public.root_chain_head (
  is_only boolean NOT NULL DEFAULT true,
  number bigint NOT NULL,
  value bytea NOT NULL,
  CONSTRAINT root_chain_head_hash_size CHECK ((octet_length(value) = 32)),
  CONSTRAINT root_chain_head_only CHECK (is_only),
  CONSTRAINT root_chain_head_pkey PRIMARY KEY (is_only)
);
CREATE TABLE public.schema_migration (
  version integer NOT NULL,
  file text NOT NULL,
  sha256 text NOT NULL,
  applied_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT schema_migration_pkey PRIMARY KEY (version)
);
CREATE TABLE public.service_state (
  is_the_row boolean NOT NULL DEFAULT true,
  maintenance_since timestamp with time zone,
  CONSTRAINT service_state_one_row CHECK (is_the_row),
  CONSTRAINT service_state_pkey PRIMARY KEY (is_the_row)
);
CREATE TABLE public.session (
  token_hash bytea NOT NULL,
  kind text NOT NULL,
  player_id uuid,
  staff_id uuid,
  started_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  device_id uuid,
  last_used_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  stepped_up_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  via text NOT NULL DEFAULT 'browser'::text,
  rotated_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  previous_token_hash bytea,
  previous_until timestamp with time zone,
  agent text,
  place text,
  CONSTRAINT session_device_known FOREIGN KEY (device_id) REFERENCES public.device(id),
  CONSTRAINT session_id_once UNIQUE (id),
  CONSTRAINT session_one_person CHECK ((((kind = 'player'::text) AND (player_id IS NOT NULL) AND (staff_id IS NULL)) OR ((kind = 'staff'::text) AND (staff_id IS NOT NULL) AND (player_id IS NULL)))),
  CONSTRAINT session_pkey PRIMARY KEY (token_hash),
  CONSTRAINT session_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT session_previous_token_hash_size CHECK ((octet_length(previous_token_hash) = 32)),
  CONSTRAINT session_previous_until_of_token CHECK (((previous_until IS NULL) OR (previous_token_hash IS NOT NULL))),
  CONSTRAINT session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id),
  CONSTRAINT session_token_hash_size CHECK ((octet_length(token_hash) = 32)),
  CONSTRAINT session_via_known CHECK ((via = ANY (ARRAY['browser'::text, 'program'::text])))
);
CREATE TABLE public.setting_change (
  id uuid NOT NULL,
  name text NOT NULL,
  value jsonb NOT NULL,
  reason text NOT NULL,
  effective_at timestamp with time zone NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  decision text,
  decided_by uuid,
  decided_at timestamp with time zone,
  withdrawn_by uuid,
  withdrawn_at timestamp with time zone,
  CONSTRAINT setting_change_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.staff(id),
  CONSTRAINT setting_change_decided_whole CHECK ((num_nonnulls(decision, decided_by, decided_at) = ANY (ARRAY[0, 3]))),
  CONSTRAINT setting_change_decision_known CHECK ((decision = ANY (ARRAY['approved'::text, 'refused'::text]))),
  CONSTRAINT setting_change_pkey PRIMARY KEY (id),
  CONSTRAINT setting_change_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.staff(id),
  CONSTRAINT setting_change_two_people CHECK (((decision <> 'approved'::text) OR (decided_by <> proposed_by))),
  CONSTRAINT setting_change_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES public.staff(id),
  CONSTRAINT setting_change_withdrawn_in_time CHECK (((withdrawn_at IS NULL) OR (decision IS NULL) OR ((decision = 'approved'::text) AND (withdrawn_at < effective_at)))),
  CONSTRAINT setting_change_withdrawn_whole CHECK ((num_nonnulls(withdrawn_by, withdrawn_at) = ANY (ARRAY[0, 2])))
);
CREATE TABLE public.settlement (
  id uuid NOT NULL,
  market_id integer NOT NULL,
  version smallint NOT NULL,
  result_id uuid NOT NULL,
  outcome text NOT NULL,
  state text NOT NULL DEFAULT 'paying'::text,
  paid_seq bigint NOT NULL DEFAULT 0,
  duel_count integer NOT NULL,
  paid_count integer NOT NULL DEFAULT 0,
  started_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamp with time zone,
  CONSTRAINT settlement_counts CHECK ((((paid_count >= 0) AND (paid_count <= duel_count)) AND ((state = 'paying'::text) OR (paid_count = duel_count)))),
  CONSTRAINT settlement_market_id_fkey FOREIGN KEY (market_id) REFERENCES public.market(id),
  CONSTRAINT settlement_outcome_known CHECK ((outcome = ANY (ARRAY['A'::text, 'B'::text, 'void'::text]))),
  CONSTRAINT settlement_pkey PRIMARY KEY (id),
  CONSTRAINT settlement_result_id_fkey FOREIGN KEY (result_id) REFERENCES public.result(id),
  CONSTRAINT settlement_state_known CHECK ((state = ANY (ARRAY['paying'::text, 'done'::text]))),
  CONSTRAINT settlement_version_once UNIQUE (market_id, version)
);
CREATE TABLE public.sms (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  phone text NOT NULL,
  body text,
  queued_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  kind text NOT NULL DEFAULT 'code'::text,
  useful_until timestamp with time zone,
  state text NOT NULL DEFAULT 'kept'::text,
  attempt_count smallint NOT NULL DEFAULT 0,
  ended_at timestamp with time zone,
  gateway_reference text,
  CONSTRAINT sms_ended_is_blank CHECK (((state = ANY (ARRAY['kept'::text, 'queued'::text, 'sending'::text])) OR (body IS NULL))),
  CONSTRAINT sms_kind_known CHECK ((kind = ANY (ARRAY['code'::text, 'security'::text, 'service'::text]))),
  CONSTRAINT sms_pkey PRIMARY KEY (id),
  CONSTRAINT sms_state_known CHECK ((state = ANY (ARRAY['kept'::text, 'queued'::text, 'sending'::text, 'sent'::text, 'unknown'::text, 'refused'::text, 'expired'::text])))
);
CREATE TABLE public.stable (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  search_name text NOT NULL,
  CONSTRAINT stable_name_once UNIQUE (search_name),
  CONSTRAINT stable_pkey PRIMARY KEY (id)
);
CREATE TABLE public.stable_membership (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  wrestler_id integer NOT NULL,
  stable_id integer NOT NULL,
  joined_on text,
  left_on text,
  has_left boolean NOT NULL,
  origin text NOT NULL,
  CONSTRAINT stable_membership_joined_on_form CHECK ((joined_on ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'::text)),
  CONSTRAINT stable_membership_left_has_left CHECK (((left_on IS NULL) OR has_left)),
  CONSTRAINT stable_membership_left_on_form CHECK ((left_on ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'::text)),
  CONSTRAINT stable_membership_origin_known CHECK ((origin = ANY (ARRAY['official'::text, 'office'::text]))),
  CONSTRAINT stable_membership_pkey PRIMARY KEY (id),
  CONSTRAINT stable_membership_stable_id_fkey FOREIGN KEY (stable_id) REFERENCES public.stable(id),
  CONSTRAINT stable_membership_wrestler_id_fkey FOREIGN KEY (wrestler_id) REFERENCES public.wrestler(id)
);
CREATE TABLE public.staff (
  id uuid NOT NULL,
  phone text NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  totp_secret text,
  totp_last_step bigint NOT NULL DEFAULT 0,
  state text NOT NULL DEFAULT 'active'::text,
  joined_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  left_at timestamp with time zone,
  CONSTRAINT staff_phone_e164 CHECK ((phone ~ '^\+[1-9][0-9]{6,14}$'::text)),
  CONSTRAINT staff_phone_once UNIQUE (phone),
  CONSTRAINT staff_pkey PRIMARY KEY (id),
  CONSTRAINT staff_role_known CHECK ((role = ANY (ARRAY['operator'::text, 'support'::text, 'finance'::text, 'compliance'::text, 'administrator'::text, 'robot'::text]))),
  CONSTRAINT staff_state_known CHECK ((state = ANY (ARRAY['active'::text, 'left'::text])))
);
CREATE TABLE public.staff_invitation (
  id uuid NOT NULL,
  phone text NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  staff_id uuid,
  invited_by uuid NOT NULL,
  invited_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamp with time zone NOT NULL,
  totp_secret text,
  used_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  CONSTRAINT staff_invitation_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES public.staff(id),
  CONSTRAINT staff_invitation_one_fate CHECK ((num_nonnulls(used_at, withdrawn_at) <= 1)),
  CONSTRAINT staff_invitation_phone_e164 CHECK ((phone ~ '^\+[1-9][0-9]{6,14}$'::text)),
  CONSTRAINT staff_invitation_pkey PRIMARY KEY (id),
  CONSTRAINT staff_invitation_role_known CHECK ((role = ANY (ARRAY['operator'::text, 'support'::text, 'finance'::text, 'compliance'::text, 'administrator'::text, 'robot'::text]))),
  CONSTRAINT staff_invitation_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id)
);
CREATE TABLE public.statement_break (
  id uuid NOT NULL,
  provider text NOT NULL,
  account text NOT NULL,
  is_test boolean NOT NULL,
  day date NOT NULL,
  kind text NOT NULL,
  amount_xof bigint NOT NULL,
  ours_xof bigint,
  theirs_xof bigint,
  line_id uuid,
  payment_id uuid,
  withdrawal_id uuid,
  is_reversal boolean NOT NULL DEFAULT false,
  suspense_xof bigint NOT NULL DEFAULT 0,
  booked_xof bigint NOT NULL DEFAULT 0,
  opened_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  state text NOT NULL DEFAULT 'open'::text,
  resolved_at timestamp with time zone,
  resolution text,
  refund_id uuid,
  CONSTRAINT statement_break_kind_known CHECK ((kind = ANY (ARRAY['extra'::text, 'missing'::text, 'different'::text, 'outside'::text]))),
  CONSTRAINT statement_break_line_id_fkey FOREIGN KEY (line_id) REFERENCES public.statement_line(id),
  CONSTRAINT statement_break_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES public.incoming_payment(id),
  CONSTRAINT statement_break_pkey PRIMARY KEY (id),
  CONSTRAINT statement_break_refund_id_fkey FOREIGN KEY (refund_id) REFERENCES public.payment_refund(id),
  CONSTRAINT statement_break_resolution_known CHECK ((resolution = ANY (ARRAY['by_itself'::text, 'allocated'::text]))),
  CONSTRAINT statement_break_resolved_whole CHECK ((((state = 'resolved'::text) = (resolved_at IS NOT NULL)) AND ((state = 'resolved'::text) = (resolution IS NOT NULL)))),
  CONSTRAINT statement_break_state_known CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text]))),
  CONSTRAINT statement_break_withdrawal_id_fkey FOREIGN KEY (withdrawal_id) REFERENCES public.withdrawal(id)
);
CREATE TABLE public.statement_line (
  id uuid NOT NULL,
  provider text NOT NULL,
  account text NOT NULL,
  is_test boolean NOT NULL,
  transaction text NOT NULL,
  kind text NOT NULL,
  raw_kind text NOT NULL,
  net_xof bigint NOT NULL,
  fee_xof bigint NOT NULL,
  tax_xof bigint NOT NULL,
  is_tax_paid_by_provider boolean NOT NULL,
  gross_xof bigint NOT NULL GENERATED ALWAYS AS (((net_xof + fee_xof) +
CASE
    WHEN is_tax_paid_by_provider THEN (0)::bigint
    ELSE tax_xof
END)) STORED,
  balance_xof bigint,
  reference text,
  session text,
  counterparty_phone text,
  at timestamp with time zone NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  read_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  state text NOT NULL DEFAULT 'new'::text,
  is_fee_booked boolean NOT NULL DEFAULT false,
  payment_id uuid,
  withdrawal_id uuid,
  refund_id uuid,
  CONSTRAINT statement_line_kind_known CHECK ((kind = ANY (ARRAY['deposit'::text, 'deposit_refund'::text, 'withdrawal'::text, 'withdrawal_reversal'::text, 'other'::text]))),
  CONSTRAINT statement_line_once UNIQUE (provider, account, transaction, raw_kind),
  CONSTRAINT statement_line_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES public.incoming_payment(id),
  CONSTRAINT statement_line_pkey PRIMARY KEY (id),
  CONSTRAINT statement_line_refund_id_fkey FOREIGN KEY (refund_id) REFERENCES public.payment_refund(id),
  CONSTRAINT statement_line_state_known CHECK ((state = ANY (ARRAY['new'::text, 'waiting'::text, 'matched'::text, 'different'::text, 'extra'::text]))),
  CONSTRAINT statement_line_withdrawal_id_fkey FOREIGN KEY (withdrawal_id) REFERENCES public.withdrawal(id)
);
CREATE TABLE public.statement_reading (
  provider text NOT NULL,
  account text NOT NULL,
  day date NOT NULL,
  read_at timestamp with time zone NOT NULL,
  line_count integer NOT NULL,
  CONSTRAINT statement_reading_pkey PRIMARY KEY (provider, account, day)
);
CREATE TABLE public.suspense_allocation (
  id uuid NOT NULL,
  payment_id uuid,
  break_id uuid,
  choice text NOT NULL,
  player_id uuid,
  amount_xof bigint NOT NULL,
  note text NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  decision text,
  decided_by uuid,
  decided_at timestamp with time zone,
  transaction text,
  CONSTRAINT suspense_allocation_break_id_fkey FOREIGN KEY (break_id) REFERENCES public.statement_break(id),
  CONSTRAINT suspense_allocation_by_hand_told CHECK (((choice = 'by_hand'::text) = (transaction IS NOT NULL))),
  CONSTRAINT suspense_allocation_choice_known CHECK ((choice = ANY (ARRAY['player'::text, 'payer'::text, 'refund'::text, 'by_hand'::text, 'treasury'::text, 'fee'::text, 'house'::text, 'omitted'::text]))),
  CONSTRAINT suspense_allocation_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.staff(id),
  CONSTRAINT suspense_allocation_decided_whole CHECK ((((decision IS NULL) = (decided_by IS NULL)) AND ((decision IS NULL) = (decided_at IS NULL)))),
  CONSTRAINT suspense_allocation_decision_known CHECK ((decision = ANY (ARRAY['confirmed'::text, 'refused'::text]))),
  CONSTRAINT suspense_allocation_of_one CHECK ((num_nonnulls(payment_id, break_id) = 1)),
  CONSTRAINT suspense_allocation_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES public.incoming_payment(id),
  CONSTRAINT suspense_allocation_pkey PRIMARY KEY (id),
  CONSTRAINT suspense_allocation_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT suspense_allocation_player_named CHECK (((choice <> 'player'::text) OR (player_id IS NOT NULL))),
  CONSTRAINT suspense_allocation_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.staff(id),
  CONSTRAINT suspense_allocation_two_people CHECK (((decision IS DISTINCT FROM 'confirmed'::text) OR (decided_by <> proposed_by)))
);
CREATE TABLE public.tax_remittance (
  id uuid NOT NULL,
  month date NOT NULL,
  amount_xof bigint NOT NULL,
  advance_xof bigint,
  reference text NOT NULL,
  paid_on date NOT NULL,
  report bytea NOT NULL,
  report_hash bytea NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  decision text,
  decided_by uuid,
  decided_at timestamp with time zone,
  CONSTRAINT tax_remittance_advance_part CHECK ((advance_xof >= 0)),
  CONSTRAINT tax_remittance_advance_when_confirmed CHECK (((NOT (decision IS DISTINCT FROM 'confirmed'::text)) = (advance_xof IS NOT NULL))),
  CONSTRAINT tax_remittance_amount_positive CHECK ((amount_xof > 0)),
  CONSTRAINT tax_remittance_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.staff(id),
  CONSTRAINT tax_remittance_decided_whole CHECK ((num_nonnulls(decision, decided_by, decided_at) = ANY (ARRAY[0, 3]))),
  CONSTRAINT tax_remittance_decision_known CHECK ((decision = ANY (ARRAY['confirmed'::text, 'refused'::text]))),
  CONSTRAINT tax_remittance_first_of_month CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
  CONSTRAINT tax_remittance_hash_of_report CHECK ((report_hash = sha256(report))),
  CONSTRAINT tax_remittance_paid_after CHECK ((paid_on >= (month + '1 mon'::interval))),
  CONSTRAINT tax_remittance_pkey PRIMARY KEY (id),
  CONSTRAINT tax_remittance_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.staff(id),
  CONSTRAINT tax_remittance_two_people CHECK (((decision IS DISTINCT FROM 'confirmed'::text) OR (decided_by <> proposed_by)))
);
CREATE TABLE public.true_whistle (
  bout_id integer NOT NULL,
  at timestamp with time zone NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  CONSTRAINT true_whistle_bout_id_fkey FOREIGN KEY (bout_id) REFERENCES public.bout(id),
  CONSTRAINT true_whistle_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.staff(id),
  CONSTRAINT true_whistle_confirmed_whole CHECK ((num_nonnulls(confirmed_by, confirmed_at) = ANY (ARRAY[0, 2]))),
  CONSTRAINT true_whistle_pkey PRIMARY KEY (bout_id),
  CONSTRAINT true_whistle_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.staff(id),
  CONSTRAINT true_whistle_two_people CHECK ((confirmed_by <> proposed_by))
);
CREATE TABLE public.withdrawal (
  id uuid NOT NULL,
  player_id uuid NOT NULL,
  provider text NOT NULL,
  amount_xof bigint NOT NULL,
  state text NOT NULL,
  provider_transaction text,
  requested_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamp with time zone,
  phone text NOT NULL,
  approvals_required smallint NOT NULL DEFAULT 0,
  reason text,
  session text,
  composed text,
  sent_at timestamp with time zone,
  send_count integer NOT NULL DEFAULT 0,
  is_automatic boolean NOT NULL DEFAULT false,
  returns_payment uuid,
  CONSTRAINT withdrawal_amount_positive CHECK ((amount_xof > 0)),
  CONSTRAINT withdrawal_approvals_known CHECK (((approvals_required >= 0) AND (approvals_required <= 2))),
  CONSTRAINT withdrawal_ended_whole CHECK (((state = ANY (ARRAY['paid'::text, 'refused'::text, 'reversed'::text])) = (ended_at IS NOT NULL))),
  CONSTRAINT withdrawal_pkey PRIMARY KEY (id),
  CONSTRAINT withdrawal_player_id_fkey FOREIGN KEY (player_id) REFERENCES public.player(id),
  CONSTRAINT withdrawal_provider_named CHECK ((provider ~ '^[a-z][a-z_]{1,29}$'::text)),
  CONSTRAINT withdrawal_provider_transaction_once UNIQUE (provider, provider_transaction),
  CONSTRAINT withdrawal_returns_payment_fkey FOREIGN KEY (returns_payment) REFERENCES public.incoming_payment(id),
  CONSTRAINT withdrawal_returns_payment_once UNIQUE (returns_payment),
  CONSTRAINT withdrawal_state_known CHECK ((state = ANY (ARRAY['approval'::text, 'requested'::text, 'sent'::text, 'processing'::text, 'unknown'::text, 'paid'::text, 'refused'::text, 'reversed'::text])))
);
CREATE TABLE public.withdrawal_decision (
  withdrawal_id uuid NOT NULL,
  staff_id uuid NOT NULL,
  approves boolean NOT NULL,
  note text NOT NULL,
  decided_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT withdrawal_decision_pkey PRIMARY KEY (withdrawal_id, staff_id),
  CONSTRAINT withdrawal_decision_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id),
  CONSTRAINT withdrawal_decision_withdrawal_id_fkey FOREIGN KEY (withdrawal_id) REFERENCES public.withdrawal(id)
);
CREATE TABLE public.withdrawal_verdict (
  id uuid NOT NULL,
  withdrawal_id uuid NOT NULL,
  verdict text NOT NULL,
  evidence text NOT NULL,
  state text NOT NULL DEFAULT 'proposed'::text,
  proposed_by uuid NOT NULL,
  proposed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  decided_by uuid,
  decided_at timestamp with time zone,
  CONSTRAINT withdrawal_verdict_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.staff(id),
  CONSTRAINT withdrawal_verdict_decided_whole CHECK ((num_nulls(decided_by, decided_at) =
CASE
    WHEN (state = 'proposed'::text) THEN 2
    ELSE 0
END)),
  CONSTRAINT withdrawal_verdict_known CHECK ((verdict = ANY (ARRAY['paid'::text, 'refused'::text, 'reverse'::text]))),
  CONSTRAINT withdrawal_verdict_pkey PRIMARY KEY (id),
  CONSTRAINT withdrawal_verdict_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.staff(id),
  CONSTRAINT withdrawal_verdict_state_known CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'dropped'::text]))),
  CONSTRAINT withdrawal_verdict_two_people CHECK (((state <> 'confirmed'::text) OR (decided_by <> proposed_by))),
  CONSTRAINT withdrawal_verdict_withdrawal_id_fkey FOREIGN KEY (withdrawal_id) REFERENCES public.withdrawal(id)
);
CREATE TABLE public.wrestler (
  id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
  official_id text,
  is_stub boolean NOT NULL DEFAULT false,
  slug text,
  ring_name text NOT NULL,
  search_name text NOT NULL,
  legal_name text,
  search_legal_name text,
  born_on text,
  birth_place text,
  height_cm smallint,
  weight_kg smallint,
  status text,
  debut_year smallint,
  record_wins smallint,
  record_losses smallint,
  record_draws smallint,
  record_no_verdicts smallint,
  record_as_of text,
  titles text[] NOT NULL DEFAULT '{}'::text[],
  notes text,
  sources text[] NOT NULL DEFAULT '{}'::text[],
  confidence text,
  publication text NOT NULL,
  publication_decided_by text,
  publication_decided_at timestamp with time zone,
  source_row jsonb,
  last_import_run_id integer,
  CONSTRAINT wrestler_born_on_form CHECK ((born_on ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'::text)),
  CONSTRAINT wrestler_confidence_known CHECK ((confidence = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
  CONSTRAINT wrestler_debut_plausible CHECK (((debut_year >= 1900) AND (debut_year <= 2100))),
  CONSTRAINT wrestler_decision_signed CHECK (((publication_decided_by IS NULL) = (publication_decided_at IS NULL))),
  CONSTRAINT wrestler_height_plausible CHECK (((height_cm >= 100) AND (height_cm <= 250))),
  CONSTRAINT wrestler_last_import_run_id_fkey FOREIGN KEY (last_import_run_id) REFERENCES public.import_run(id),
  CONSTRAINT wrestler_legal_name_folded CHECK (((legal_name IS NULL) = (search_legal_name IS NULL))),
  CONSTRAINT wrestler_named CHECK (((ring_name <> ''::text) AND (search_name <> ''::text))),
  CONSTRAINT wrestler_official_id_once UNIQUE (official_id),
  CONSTRAINT wrestler_official_row_kept CHECK ((num_nonnulls(official_id, source_row, confidence) = ANY (ARRAY[0, 3]))),
  CONSTRAINT wrestler_pkey PRIMARY KEY (id),
  CONSTRAINT wrestler_publication_known CHECK ((publication = ANY (ARRAY['published'::text, 'pending_review'::text, 'held'::text]))),
  CONSTRAINT wrestler_record_as_of_form CHECK ((record_as_of ~ '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'::text)),
  CONSTRAINT wrestler_record_counts CHECK (((record_wins >= 0) AND (record_losses >= 0) AND (record_draws >= 0) AND (record_no_verdicts >= 0))),
  CONSTRAINT wrestler_record_dated CHECK (((num_nonnulls(record_wins, record_losses, record_as_of) = ANY (ARRAY[0, 3])) AND ((record_as_of IS NOT NULL) OR (num_nonnulls(record_draws, record_no_verdicts) = 0)))),
  CONSTRAINT wrestler_slug_form CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
  CONSTRAINT wrestler_slug_once UNIQUE (slug),
  CONSTRAINT wrestler_status_known CHECK ((status = ANY (ARRAY['active'::text, 'retired'::text, 'deceased'::text]))),
  CONSTRAINT wrestler_stub_is_a_name CHECK (((is_stub AND (slug IS NULL) AND (official_id IS NULL) AND (source_row IS NULL) AND (publication = 'held'::text)) OR ((NOT is_stub) AND (slug IS NOT NULL)))),
  CONSTRAINT wrestler_weight_plausible CHECK (((weight_kg >= 30) AND (weight_kg <= 300)))
);
CREATE TABLE public.wrestler_alias (
  wrestler_id integer NOT NULL,
  name text NOT NULL,
  search_name text NOT NULL,
  "position" smallint NOT NULL,
  origin text NOT NULL,
  CONSTRAINT wrestler_alias_named CHECK (((name <> ''::text) AND (search_name <> ''::text))),
  CONSTRAINT wrestler_alias_origin_known CHECK ((origin = ANY (ARRAY['official'::text, 'office'::text]))),
  CONSTRAINT wrestler_alias_pkey PRIMARY KEY (wrestler_id, search_name),
  CONSTRAINT wrestler_alias_wrestler_id_fkey FOREIGN KEY (wrestler_id) REFERENCES public.wrestler(id)
);

CREATE UNIQUE INDEX account_case_claimed_once ON public.account_case USING btree (new_phone) WHERE (state = 'claimed'::text);
CREATE UNIQUE INDEX account_case_open_once ON public.account_case USING btree (player_id) WHERE (state = 'open'::text);
CREATE INDEX account_case_player ON public.account_case USING btree (player_id, opened_at);
CREATE INDEX account_case_undecided ON public.account_case USING btree (opened_at) WHERE (state <> 'decided'::text);
CREATE INDEX account_closure_unended ON public.account_closure USING btree (asked_at) WHERE (erased_at IS NULL);
CREATE INDEX audit_entry_actor ON public.audit_entry USING btree (actor_id, id);
CREATE INDEX audit_entry_at ON public.audit_entry USING btree (at);
CREATE INDEX audit_entry_command ON public.audit_entry USING btree (command, id);
CREATE INDEX audit_entry_target ON public.audit_entry USING btree (target, id);
CREATE INDEX audit_entry_written_by ON public.audit_entry USING btree (written_by, id);
CREATE INDEX barred_person_number ON public.barred_person USING btree (number_print) WHERE (ended_at IS NULL);
CREATE INDEX barred_person_person ON public.barred_person USING btree (person_print) WHERE (ended_at IS NULL);
CREATE INDEX barred_person_phone ON public.barred_person USING btree (phone) WHERE (ended_at IS NULL);
CREATE INDEX bonus_grant_day ON public.bonus_grant USING btree (decided_at) WHERE (refusal IS NULL);
CREATE UNIQUE INDEX bonus_grant_once ON public.bonus_grant USING btree (player_id, reason, COALESCE(referred_id, player_id));
CREATE INDEX bout_void_at ON public.bout USING btree (void_at) WHERE ((void_at IS NOT NULL) AND (state = ANY (ARRAY['announced'::text, 'whistled'::text])));
CREATE INDEX correction_house_at ON public.correction USING btree (house_at);
CREATE INDEX correction_line_player ON public.correction_line USING btree (player_id, correction_id);
CREATE INDEX correction_line_to_give ON public.correction_line USING btree (correction_id, account_id) WHERE (NOT is_given);
CREATE INDEX correction_line_to_take ON public.correction_line USING btree (correction_id, account_id) WHERE (taken_xof IS NULL);
CREATE INDEX data_export_kept ON public.data_export USING btree (expires_at) WHERE (sealed IS NOT NULL);
CREATE INDEX data_export_player ON public.data_export USING btree (player_id, asked_at);
CREATE INDEX data_export_to_build ON public.data_export USING btree (asked_at) WHERE (ready_at IS NULL);
CREATE INDEX deposit_attempt_session ON public.deposit_attempt USING btree (session) WHERE (session IS NOT NULL);
CREATE INDEX deposit_player ON public.deposit USING btree (player_id, requested_at);
CREATE INDEX deposit_to_look_at ON public.deposit USING btree (look_at) WHERE (look_at IS NOT NULL);
CREATE UNIQUE INDEX device_bound_once ON public.device USING btree (token_hash, player_id) WHERE (removed_at IS NULL);
CREATE INDEX device_player ON public.device USING btree (player_id, bound_at);
CREATE INDEX device_token ON public.device USING btree (token_hash);
CREATE INDEX duel_made_at ON public.duel USING brin (made_at);
CREATE INDEX duel_maker_offer ON public.duel USING btree (maker_offer_id);
CREATE INDEX duel_player_a ON public.duel USING btree (player_a_id, made_at, id);
CREATE INDEX duel_player_b ON public.duel USING btree (player_b_id, made_at, id);
CREATE UNIQUE INDEX duel_seq ON public.duel USING btree (market_id, seq);
CREATE INDEX duel_settlement_id ON public.duel USING btree (settlement_id) WHERE (settlement_id IS NOT NULL);
CREATE INDEX exclusion_player ON public.exclusion USING btree (player_id);
CREATE INDEX first_bet_market ON public.first_bet USING btree (market_id) WHERE (market_id IS NOT NULL);
CREATE INDEX first_bet_pool ON public.first_bet USING btree (pool_id) WHERE (pool_id IS NOT NULL);
CREATE INDEX gala_starts_at ON public.gala USING btree (starts_at);
CREATE UNIQUE INDEX homologation_one_living ON public.homologation USING btree (result_id) WHERE (withdrawn_at IS NULL);
CREATE UNIQUE INDEX identity_alert_minor_once ON public.identity_alert USING btree (player_id) WHERE ((kind = 'account_of_minor'::text) AND (closed_at IS NULL));
CREATE INDEX identity_alert_open ON public.identity_alert USING btree (raised_at) WHERE (closed_at IS NULL);
CREATE INDEX identity_document_approved ON public.identity_document USING btree (player_id) WHERE (state = 'approved'::text);
CREATE UNIQUE INDEX identity_document_person_once ON public.identity_document USING btree (number_print) WHERE (state = 'approved'::text);
CREATE INDEX identity_document_player ON public.identity_document USING btree (player_id, sent_at);
CREATE INDEX identity_document_queue ON public.identity_document USING btree (sent_at) WHERE (state = 'waiting'::text);
CREATE UNIQUE INDEX identity_document_waiting_once ON public.identity_document USING btree (player_id) WHERE (state = 'waiting'::text);
CREATE INDEX incoming_payment_deposit ON public.incoming_payment USING btree (deposit_id);
CREATE INDEX incoming_payment_player ON public.incoming_payment USING btree (player_id, recorded_at);
CREATE INDEX incoming_payment_review ON public.incoming_payment USING btree (recorded_at) WHERE (state = 'review'::text);
CREATE INDEX market_hard_stop ON public.market USING btree (hard_stop_at) WHERE (state = ANY (ARRAY['open'::text, 'suspended'::text]));
CREATE UNIQUE INDEX market_question_once ON public.market USING btree (bout_id, kind, COALESCE(line_seconds, 0), COALESCE(method_group, ''::text));
CREATE INDEX market_unsettled ON public.market USING btree (opened_at) WHERE (state = ANY (ARRAY['open'::text, 'suspended'::text, 'closed'::text, 'settling'::text]));
CREATE INDEX objection_answered ON public.objection USING btree (answered_at) WHERE (answered_at IS NOT NULL);
CREATE INDEX objection_open ON public.objection USING btree (due_at) WHERE (answered_at IS NULL);
CREATE INDEX offer_answers ON public.offer USING btree (answers_offer_id) WHERE (answers_offer_id IS NOT NULL);
CREATE INDEX offer_book ON public.offer USING btree (market_id, side, price, seq) WHERE (is_open AND (visibility = 'public'::text));
CREATE INDEX offer_expiry ON public.offer USING btree (expires_at) WHERE (is_open AND (expires_at IS NOT NULL));
CREATE INDEX offer_invited_phone ON public.offer USING btree (invited_phone) WHERE (invited_phone IS NOT NULL);
CREATE INDEX offer_invited_player ON public.offer USING btree (invited_player_id) WHERE (is_open AND (invited_player_id IS NOT NULL));
CREATE INDEX offer_open ON public.offer USING btree (market_id) WHERE is_open;
CREATE INDEX offer_player ON public.offer USING btree (player_id, placed_at);
CREATE INDEX offer_player_open ON public.offer USING btree (player_id) WHERE is_open;
CREATE UNIQUE INDEX offer_seq ON public.offer USING btree (market_id, seq);
CREATE INDEX official_bout_wrestler_a ON public.official_bout USING btree (wrestler_a_id, held_last);
CREATE INDEX official_bout_wrestler_b ON public.official_bout USING btree (wrestler_b_id, held_last);
CREATE INDEX passkey_challenge_expiry ON public.passkey_challenge USING btree (expires_at);
CREATE INDEX passkey_player ON public.passkey USING btree (player_id) WHERE (removed_at IS NULL);
CREATE INDEX passkey_staff ON public.passkey USING btree (staff_id) WHERE (removed_at IS NULL);
CREATE INDEX payment_event_deposit ON public.payment_event USING btree (deposit_id, id) WHERE (deposit_id IS NOT NULL);
CREATE INDEX payment_event_withdrawal ON public.payment_event USING btree (withdrawal_id, id) WHERE (withdrawal_id IS NOT NULL);
CREATE UNIQUE INDEX payment_refund_once ON public.payment_refund USING btree (payment_id) WHERE (state <> 'refused'::text);
CREATE INDEX payment_refund_transaction ON public.payment_refund USING btree (transaction) WHERE (transaction IS NOT NULL);
CREATE INDEX play_alert_of ON public.play_alert USING btree (player_id, closed_at);
CREATE INDEX play_alert_of_other ON public.play_alert USING btree (other_player_id, closed_at) WHERE (other_player_id IS NOT NULL);
CREATE UNIQUE INDEX play_alert_open ON public.play_alert USING btree (kind, LEAST(player_id, COALESCE(other_player_id, player_id)), GREATEST(player_id, COALESCE(other_player_id, player_id))) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX play_limit_in_force ON public.play_limit USING btree (player_id, kind, period) WHERE (state = 'in_force'::text);
CREATE UNIQUE INDEX play_limit_pending ON public.play_limit USING btree (player_id, kind, period) WHERE (state = 'pending'::text);
CREATE INDEX player_notice_unread ON public.player_notice USING btree (player_id, made_at) WHERE (read_at IS NULL);
CREATE UNIQUE INDEX player_phone_once ON public.player USING btree (phone) WHERE (phone_released_at IS NULL);
CREATE INDEX pool_gala ON public.pool USING btree (gala_id);
CREATE INDEX pool_hard_stop ON public.pool USING btree (hard_stop_at) WHERE (state = ANY (ARRAY['open'::text, 'suspended'::text]));
CREATE INDEX pool_leg_bout ON public.pool_leg USING btree (bout_id);
CREATE INDEX pool_settlement_started_at ON public.pool_settlement USING btree (started_at);
CREATE INDEX pool_ticket_player ON public.pool_ticket USING btree (player_id, made_at, id);
CREATE INDEX pool_ticket_settlement ON public.pool_ticket USING btree (settlement_id) WHERE (outcome = 'won'::text);
CREATE INDEX pool_unsettled ON public.pool USING btree (opened_at) WHERE (state = ANY (ARRAY['open'::text, 'suspended'::text, 'closed'::text, 'settling'::text]));
CREATE INDEX postponement_bout ON public.postponement USING btree (bout_id, moved_at);
CREATE INDEX provider_callback_unread ON public.provider_callback USING btree (received_at) WHERE (read_at IS NULL);
CREATE UNIQUE INDEX receipt_key_one_signs ON public.receipt_key USING btree ((true)) WHERE (retired_at IS NULL);
CREATE INDEX reconciliation_run_of ON public.reconciliation_run USING btree (provider, account, at);
CREATE INDEX referral_referrer ON public.referral USING btree (referrer_id, signed_up_at, player_id);
CREATE INDEX replaced_payment_by ON public.replaced_payment USING btree (replaced_by);
CREATE UNIQUE INDEX result_one_living ON public.result USING btree (bout_id, version) WHERE (withdrawn_at IS NULL);
CREATE INDEX root_chain_published_at ON public.root_chain USING btree (published_at, number);
CREATE INDEX session_player ON public.session USING btree (player_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX session_previous_token ON public.session USING btree (previous_token_hash) WHERE (previous_token_hash IS NOT NULL);
CREATE INDEX session_staff ON public.session USING btree (staff_id) WHERE (ended_at IS NULL);
CREATE INDEX setting_change_history ON public.setting_change USING btree (name, proposed_at DESC, id DESC);
CREATE INDEX setting_change_in_force ON public.setting_change USING btree (name, effective_at DESC, decided_at DESC) WHERE ((decision = 'approved'::text) AND (withdrawn_at IS NULL));
CREATE UNIQUE INDEX setting_change_one_waits ON public.setting_change USING btree (name) WHERE ((decision IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX settlement_started_at ON public.settlement USING btree (started_at);
CREATE INDEX settlement_unfinished ON public.settlement USING btree (market_id, version) WHERE (state <> 'done'::text);
CREATE INDEX sms_phone ON public.sms USING btree (phone, id);
CREATE INDEX sms_waiting ON public.sms USING btree (id) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));
CREATE UNIQUE INDEX stable_membership_official_once ON public.stable_membership USING btree (wrestler_id, stable_id) WHERE (origin = 'official'::text);
CREATE INDEX stable_membership_stable ON public.stable_membership USING btree (stable_id);
CREATE INDEX stable_membership_wrestler ON public.stable_membership USING btree (wrestler_id);
CREATE UNIQUE INDEX staff_invitation_living ON public.staff_invitation USING btree (phone) WHERE ((used_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX statement_break_day ON public.statement_break USING btree (provider, account, day);
CREATE INDEX statement_break_line ON public.statement_break USING btree (line_id) WHERE (line_id IS NOT NULL);
CREATE UNIQUE INDEX statement_break_missing_payment_once ON public.statement_break USING btree (payment_id) WHERE (kind = 'missing'::text);
CREATE UNIQUE INDEX statement_break_missing_refund_once ON public.statement_break USING btree (refund_id) WHERE (kind = 'missing'::text);
CREATE UNIQUE INDEX statement_break_missing_withdrawal_once ON public.statement_break USING btree (withdrawal_id, is_reversal) WHERE (kind = 'missing'::text);
CREATE INDEX statement_break_open ON public.statement_break USING btree (provider, account, opened_at) WHERE (state = 'open'::text);
CREATE UNIQUE INDEX statement_break_outside_open_once ON public.statement_break USING btree (provider, account) WHERE ((kind = 'outside'::text) AND (state = 'open'::text));
CREATE INDEX statement_line_day ON public.statement_line USING btree (provider, account, at, seq);
CREATE UNIQUE INDEX statement_line_payment_once ON public.statement_line USING btree (payment_id) WHERE (payment_id IS NOT NULL);
CREATE UNIQUE INDEX statement_line_refund_once ON public.statement_line USING btree (refund_id) WHERE (refund_id IS NOT NULL);
CREATE INDEX statement_line_unmatched ON public.statement_line USING btree (provider, account) WHERE (state = ANY (ARRAY['new'::text, 'waiting'::text]));
CREATE UNIQUE INDEX statement_line_withdrawal_once ON public.statement_line USING btree (withdrawal_id, kind) WHERE (withdrawal_id IS NOT NULL);
CREATE INDEX suspense_allocation_break ON public.suspense_allocation USING btree (break_id);
CREATE UNIQUE INDEX suspense_allocation_break_waits ON public.suspense_allocation USING btree (break_id) WHERE (decision IS NULL);
CREATE INDEX suspense_allocation_decided ON public.suspense_allocation USING btree (decided_at) WHERE (decision IS NOT NULL);
CREATE INDEX suspense_allocation_payment ON public.suspense_allocation USING btree (payment_id);
CREATE UNIQUE INDEX suspense_allocation_payment_waits ON public.suspense_allocation USING btree (payment_id) WHERE (decision IS NULL);
CREATE UNIQUE INDEX tax_remittance_month_once ON public.tax_remittance USING btree (month) WHERE ((decision IS NULL) OR (decision = 'confirmed'::text));
CREATE INDEX tax_remittance_of ON public.tax_remittance USING btree (month, proposed_at);
CREATE INDEX withdrawal_approval ON public.withdrawal USING btree (requested_at) WHERE (state = 'approval'::text);
CREATE INDEX withdrawal_player ON public.withdrawal USING btree (player_id, requested_at);
CREATE UNIQUE INDEX withdrawal_verdict_one_open ON public.withdrawal_verdict USING btree (withdrawal_id) WHERE (state = 'proposed'::text);
CREATE INDEX withdrawal_waiting ON public.withdrawal USING btree (requested_at) WHERE (ended_at IS NULL);
CREATE INDEX wrestler_alias_search_name ON public.wrestler_alias USING btree (search_name text_pattern_ops);
CREATE INDEX wrestler_search_name ON public.wrestler USING btree (search_name text_pattern_ops);
CREATE UNIQUE INDEX wrestler_stub_once ON public.wrestler USING btree (search_name) WHERE is_stub;

CREATE VIEW public.wrestler_brief AS
 SELECT id,
    ring_name AS name,
    is_stub,
    slug,
    ((NOT is_stub) AND (publication = 'published'::text)) AS has_page,
    ( SELECT name
           FROM (public.stable_membership m
             JOIN public.stable s ON ((id = stable_id)))
          WHERE ((wrestler_id = id) AND (NOT has_left))
          ORDER BY id DESC
         LIMIT 1) AS stable
   FROM public.wrestler w;

CREATE OR REPLACE FUNCTION public.accounts_linked(p_one uuid, p_other uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (
    SELECT FROM device a JOIN device b ON b.token_hash = a.token_hash WHERE a.player_id = p_one AND b.player_id = p_other
  ) OR EXISTS (
    SELECT FROM identity_document a JOIN identity_document b ON b.number_print = a.number_print
    WHERE a.player_id = p_one AND b.player_id = p_other)
$function$;
CREATE OR REPLACE FUNCTION public.barred_players(p_players uuid[])
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
AS $function$
  SELECT p.id FROM player p
  WHERE p.id = ANY (p_players)
    AND EXISTS (
      SELECT FROM barred_person b
      WHERE b.phone = p.phone AND b.ended_at IS NULL AND (b.until_at IS NULL OR b.until_at > clock_timestamp()))
  UNION
  SELECT d.player_id FROM identity_document d
  WHERE d.player_id = ANY (p_players) AND d.state = 'approved'
    AND EXISTS (
      SELECT FROM barred_person b
      WHERE (b.number_print = d.number_print OR b.person_print = d.person_print)
        AND b.ended_at IS NULL AND (b.until_at IS NULL OR b.until_at > clock_timestamp()))
$function$;
CREATE OR REPLACE FUNCTION public.decided_bets(p_market integer, p_pool integer)
 RETURNS TABLE(player_id uuid, other_id uuid, own_xof bigint, payout_xof bigint)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT d.player_a_id, d.player_b_id, d.stake_a_xof - d.bonus_a_xof, d.payout_a_xof
  FROM duel d WHERE d.market_id = p_market AND d.outcome IN ('A', 'B')
  UNION ALL
  SELECT d.player_b_id, d.player_a_id, d.stake_b_xof - d.bonus_b_xof, d.payout_b_xof
  FROM duel d WHERE d.market_id = p_market AND d.outcome IN ('A', 'B')
  UNION ALL
  SELECT t.player_id, NULL, t.stake_xof - t.bonus_xof, t.payout_xof
  FROM pool_ticket t WHERE t.pool_id = p_pool AND t.outcome IN ('won', 'lost')
$function$;
CREATE OR REPLACE FUNCTION public.duel_play_used(p_player uuid, p_kind text, p_since timestamp with time zone)
 RETURNS TABLE(used_xof bigint, oldest_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
AS $function$
DECLARE
  v_made_since timestamptz;
BEGIN
  CASE p_kind
  WHEN 'stake' THEN
    RETURN QUERY SELECT coalesce(sum(s.stake_xof), 0)::bigint, min(s.made_at) FROM stakes_of(p_player, p_since) s;
  WHEN 'deposit' THEN
    RETURN QUERY SELECT coalesce(sum(d.amount_xof), 0)::bigint, min(coalesce(d.credited_at, d.requested_at))
      FROM deposit d
      WHERE d.player_id = p_player AND coalesce(d.credited_at, d.requested_at) >= p_since
        AND (d.state IN ('credited', 'review')
          OR (d.state = 'requested' AND coalesce(d.expires_at > clock_timestamp(), true)));
  ELSE
    -- No duel is older than its market's opening.
    v_made_since := least(
      (SELECT min(m.opened_at) FROM market m WHERE m.state IN ('open', 'suspended', 'closed', 'settling')),
      (SELECT min(m.opened_at) FROM settlement s JOIN market m ON m.id = s.market_id WHERE s.started_at >= p_since));
    RETURN QUERY
      SELECT (coalesce(sum(t.lost_xof), 0)
          + coalesce((SELECT sum(o.open_xof) FROM offer o WHERE o.player_id = p_player AND o.is_open), 0))::bigint,
        min(t.settled_at) FILTER (WHERE t.lost_xof > 0)
      FROM (
        SELECT d.stake_a_xof - coalesce(d.payout_a_xof, 0) AS lost_xof, s.started_at AS settled_at
        FROM duel d LEFT JOIN settlement s ON s.id = d.settlement_id
        WHERE d.player_a_id = p_player AND d.made_at >= v_made_since
          AND (d.settlement_id IS NULL OR s.started_at >= p_since)
        UNION ALL
        SELECT d.stake_b_xof - coalesce(d.payout_b_xof, 0), s.started_at
        FROM duel d LEFT JOIN settlement s ON s.id = d.settlement_id
        WHERE d.player_b_id = p_player AND d.made_at >= v_made_since
          AND (d.settlement_id IS NULL OR s.started_at >= p_since)
      ) t;
  END CASE;
END $function$;
CREATE OR REPLACE FUNCTION public.duel_stakes_of(p_player uuid, p_since timestamp with time zone)
 RETURNS TABLE(market_id integer, stake_xof bigint, made_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT o.market_id, o.open_xof, NULL::timestamptz FROM offer o WHERE o.player_id = p_player AND o.is_open
  UNION ALL
  SELECT d.market_id, d.stake_a_xof, d.made_at FROM duel d
  WHERE d.player_a_id = p_player AND d.made_at >= p_since AND d.outcome IS DISTINCT FROM 'void'
  UNION ALL
  SELECT d.market_id, d.stake_b_xof, d.made_at FROM duel d
  WHERE d.player_b_id = p_player AND d.made_at >= p_since AND d.outcome IS DISTINCT FROM 'void'
$function$;
CREATE OR REPLACE FUNCTION public.erase_player(p_player uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE
  v_phone text;
  v_number text;
  v_stays_known boolean;
  -- A recycled number is somebody else's as well: what is kept by number is his.
  v_is_shared boolean;
BEGIN
  SELECT c.state_before = 'barred' OR EXISTS (
      SELECT FROM exclusion e WHERE e.player_id = p_player
        AND (e.returns_at IS NULL OR e.returns_at > clock_timestamp()))
    INTO v_stays_known
    FROM account_closure c
    WHERE c.player_id = p_player AND c.state = 'closed' AND c.erased_at IS NULL AND c.held_at IS NULL
      AND c.erase_at <= clock_timestamp()
    FOR NO KEY UPDATE;
  IF NOT FOUND
    OR EXISTS (SELECT FROM withdrawal w WHERE w.player_id = p_player AND w.ended_at IS NULL)
    OR EXISTS (SELECT FROM deposit d WHERE d.player_id = p_player AND (d.state = 'review'
      OR (d.state = 'requested' AND d.requested_at > clock_timestamp() - interval '30 days')))
    OR EXISTS (SELECT FROM incoming_payment i WHERE i.player_id = p_player AND i.state = 'review')
    OR EXISTS (SELECT FROM account_case a WHERE a.player_id = p_player AND a.state <> 'decided')
  THEN
    RETURN false;
  END IF;
  SELECT phone INTO STRICT v_phone FROM player WHERE id = p_player FOR NO KEY UPDATE;
  v_is_shared := EXISTS (SELECT FROM player p WHERE p.phone = v_phone AND p.id <> p_player)
    OR EXISTS (SELECT FROM staff s WHERE s.phone = v_phone);
  v_number := lpad(nextval('erased_player_number')::text, 10, '0');
  -- No country has the code 999.
  UPDATE player SET phone = '+999' || v_number, pseudonym = 'Ancien-' || v_number, pseudonym_key = 'ancien' || v_number,
    birth_date = '1900-01-01', tier = 'phone', pin_hash = NULL, pin_set_at = NULL, pin_failure_count = 0,
    pin_failed_at = NULL, pin_blocked_until = NULL WHERE id = p_player;
  IF NOT v_is_shared THEN
    DELETE FROM phone_holder WHERE phone = v_phone;
    DELETE FROM one_time_code WHERE phone = v_phone;
    DELETE FROM sms WHERE phone = v_phone;
    DELETE FROM recipient_check WHERE phone = v_phone;
  END IF;
  -- Money keeps its way: amounts, providers and their transaction ids stay, the numbers go. His payments may have come
  -- from another number, and his withdrawals have gone to an earlier one: nothing will be looked up by either again.
  DELETE FROM recipient_check c USING withdrawal w
    WHERE w.player_id = p_player AND c.provider = w.provider AND c.phone = w.phone
      AND NOT EXISTS (SELECT FROM withdrawal o WHERE o.phone = w.phone AND o.player_id <> p_player);
  UPDATE withdrawal SET phone = '+999' || v_number, composed = NULL WHERE player_id = p_player;
  UPDATE statement_line l SET counterparty_phone = NULL WHERE counterparty_phone IS NOT NULL
    AND (l.payment_id IN (SELECT id FROM incoming_payment WHERE player_id = p_player)
      OR l.withdrawal_id IN (SELECT id FROM withdrawal WHERE player_id = p_player));
  -- What providers sent us word for word names who paid.
  UPDATE provider_callback SET body = '' WHERE body <> ''
    AND (reference IN (SELECT a.reference::text FROM deposit_attempt a JOIN deposit d ON d.id = a.deposit_id
                       WHERE d.player_id = p_player
                       UNION ALL SELECT id::text FROM withdrawal WHERE player_id = p_player)
      OR (provider, session) IN (SELECT d.provider, a.session FROM deposit_attempt a JOIN deposit d ON d.id = a.deposit_id
                     WHERE d.player_id = p_player AND a.session IS NOT NULL)
      OR (provider, transaction) IN (SELECT provider, transaction FROM incoming_payment WHERE player_id = p_player));
  UPDATE incoming_payment SET payer_phone = NULL WHERE player_id = p_player;
  UPDATE account_case SET phone = '+999' || v_number, new_phone = NULL, statement = '', proposal_reason =
      CASE WHEN proposal_reason IS NULL THEN NULL ELSE '' END, decision_reason = '' WHERE player_id = p_player;
  DELETE FROM passkey WHERE player_id = p_player;
  DELETE FROM session WHERE player_id = p_player;
  DELETE FROM player_notice WHERE player_id = p_player;
  DELETE FROM device WHERE player_id = p_player;
  DELETE FROM play_limit WHERE player_id = p_player;
  DELETE FROM reality_check WHERE player_id = p_player;
  DELETE FROM data_export WHERE player_id = p_player;
  DELETE FROM identity_picture WHERE document_id IN (SELECT id FROM identity_document WHERE player_id = p_player);
  UPDATE identity_document SET sealed = NULL, remark = NULL, erased_at = clock_timestamp(),
      number_print = CASE WHEN v_stays_known AND state = 'approved' THEN number_print END
    WHERE player_id = p_player AND erased_at IS NULL;
  UPDATE account_closure SET erased_at = clock_timestamp() WHERE player_id = p_player;
  RETURN true;
END $function$;
CREATE OR REPLACE FUNCTION public.exclusion_keep()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.returns_at IS NOT NULL
    OR (NEW.id, NEW.player_id, NEW.kind, NEW.began_at) IS DISTINCT FROM (OLD.id, OLD.player_id, OLD.kind, OLD.began_at)
    OR NEW.ends_at IS DISTINCT FROM OLD.ends_at THEN
    RAISE EXCEPTION 'an exclusion is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'exclusion_kept';
  END IF;
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.find_betting_faults()
 RETURNS TABLE(fault text, detail text)
 LANGUAGE sql
 STABLE
AS $function$
  WITH held AS (
    SELECT m.id AS market_id,
      coalesce((SELECT sum(o.open_xof) FROM offer o WHERE o.market_id = m.id AND o.is_open), 0)
      + coalesce((SELECT sum(d.stake_a_xof + d.stake_b_xof) FROM duel d
                  WHERE d.market_id = m.id AND d.settlement_id IS NULL), 0)
      + held_by_corrections(m.escrow_account_id) AS owed_xof,
      coalesce((SELECT sum(p.amount_xof) FROM ledger.posting p WHERE p.credit_account_id = m.escrow_account_id), 0)
      - coalesce((SELECT sum(p.amount_xof) FROM ledger.posting p WHERE p.debit_account_id = m.escrow_account_id), 0)
        AS escrow_xof
    FROM market m
  )
  SELECT 'escrow_differs', format('market %s holds %s F, open offers and unsettled duels are %s F', market_id, escrow_xof, owed_xof)
  FROM held WHERE escrow_xof <> owed_xof
  UNION ALL
  SELECT 'offer_filled_differs', format('offer %s says %s F filled, its duels %s F', o.id, o.filled_xof, coalesce(f.filled_xof, 0))
  FROM offer o
  LEFT JOIN (
    SELECT s.offer_id, sum(s.stake_xof)::bigint AS filled_xof FROM (
      SELECT d.maker_offer_id AS offer_id, CASE d.maker_side WHEN 'A' THEN d.stake_a_xof ELSE d.stake_b_xof END AS stake_xof FROM duel d
      UNION ALL
      -- A taker's operation that is no offer is an acceptance: it finds none here.
      SELECT d.taker_operation_id, CASE d.maker_side WHEN 'A' THEN d.stake_b_xof ELSE d.stake_a_xof END FROM duel d
    ) s GROUP BY s.offer_id
  ) f ON f.offer_id = o.id
  WHERE o.filled_xof <> coalesce(f.filled_xof, 0)
  UNION ALL
  SELECT 'offer_open_after_close', format('offer %s keeps %s F open in settled market %s', o.id, o.open_xof, m.id)
  FROM offer o JOIN market m ON m.id = o.market_id WHERE o.is_open AND m.state = 'settled'
  UNION ALL
  SELECT 'duel_unsettled', format('duel %s of settled market %s is not settled', d.id, m.id)
  FROM duel d JOIN market m ON m.id = d.market_id WHERE m.state = 'settled' AND d.settlement_id IS NULL
  UNION ALL
  SELECT 'duel_after_close', format('duel %s was made after market %s closed', d.id, m.id)
  FROM duel d JOIN market m ON m.id = d.market_id WHERE d.made_at > m.closed_at
  UNION ALL
  SELECT fault, detail FROM find_correction_faults();
$function$;
CREATE OR REPLACE FUNCTION public.find_correction_faults()
 RETURNS TABLE(fault text, detail text)
 LANGUAGE sql
 STABLE
AS $function$
  WITH line AS (
    SELECT l.correction_id, sum(l.owed_xof - l.taken_xof)::bigint AS short_xof, count(*) FILTER (WHERE l.taken_xof IS NULL) AS untaken,
      count(*) FILTER (WHERE NOT l.is_given) AS ungiven, sum(l.received_xof)::bigint AS received_xof, sum(l.due_xof)::bigint AS due_xof
    FROM correction_line l GROUP BY l.correction_id
  )
  SELECT 'correction_loss_differs', format('correction %s says a loss of %s F, its lines %s F', c.id, c.loss_xof, coalesce(l.short_xof, 0))
  FROM correction c LEFT JOIN line l ON l.correction_id = c.id
  WHERE c.house_at IS NOT NULL AND c.loss_xof <> coalesce(l.short_xof, 0)
  UNION ALL
  SELECT 'correction_unfinished', format('correction %s is done, %s lines are not', c.id, l.untaken + l.ungiven)
  FROM correction c JOIN line l ON l.correction_id = c.id WHERE c.state = 'done' AND l.untaken + l.ungiven > 0
  UNION ALL
  SELECT 'correction_held', format('correction %s is done, and %s F of it lie in the escrow', c.id, h.xof)
  FROM correction c CROSS JOIN LATERAL (SELECT held_by_corrections(c.escrow_account_id) AS xof) h
  WHERE h.xof <> 0 AND NOT EXISTS (SELECT FROM correction r WHERE r.escrow_account_id = c.escrow_account_id AND r.state <> 'done')
  UNION ALL
  SELECT 'correction_due_differs', format('correction %s: its lines are due %s F, its duels pay %s F', c.id, l.due_xof, d.paid_xof)
  FROM correction c JOIN line l ON l.correction_id = c.id
  CROSS JOIN LATERAL (SELECT sum(d.payout_a_xof + d.payout_b_xof)::bigint AS paid_xof FROM duel d WHERE d.market_id = c.market_id) d
  WHERE c.state <> 'computing' AND l.due_xof <> d.paid_xof
    AND NOT EXISTS (SELECT FROM correction n WHERE n.market_id = c.market_id AND n.version > c.version)
  UNION ALL
  SELECT 'house_loss_differs', format('the house lost %s F in the escrow %s by its postings, %s F by its corrections', p.xof, p.escrow, e.xof)
  FROM (
    SELECT c.escrow_account_id AS escrow, sum(c.loss_delta_xof) AS xof FROM correction c GROUP BY 1
  ) e JOIN LATERAL (
    SELECT e.escrow, coalesce(sum(CASE WHEN q.credit_account_id = e.escrow THEN q.amount_xof ELSE -q.amount_xof END), 0) AS xof
    FROM ledger.posting q JOIN ledger.account a ON a.id IN (q.credit_account_id, q.debit_account_id) AND a.kind = 'house_loss'
    WHERE e.escrow IN (q.credit_account_id, q.debit_account_id)
  ) p ON p.xof <> coalesce(e.xof, 0)
$function$;
CREATE OR REPLACE FUNCTION public.find_pool_faults()
 RETURNS TABLE(fault text, detail text)
 LANGUAGE sql
 STABLE
AS $function$
  WITH sold AS (
    SELECT t.pool_id, count(*) AS ticket_count, sum(t.stake_xof)::bigint AS staked_xof,
      coalesce(sum(t.gross_xof), 0)::bigint AS paid_xof, coalesce(sum(t.payout_xof), 0)::bigint AS payout_xof,
      count(t.settlement_id) AS paid_count
    FROM pool_ticket t GROUP BY t.pool_id
  ), held AS (
    SELECT p.id AS pool_id, p.state, p.last_seq, p.staked_xof, coalesce(s.ticket_count, 0) AS ticket_count,
      coalesce(s.paid_count, 0) AS paid_count, coalesce(s.staked_xof, 0) AS sold_xof, coalesce(s.paid_xof, 0) AS paid_xof,
      coalesce(s.payout_xof, 0) AS payout_xof,
      EXISTS (SELECT FROM pool_settlement v WHERE v.pool_id = p.id AND v.state = 'paying') AS is_paying,
      -- Escrow holds the stakes less what was paid, and less the house's parts once they were taken; of a settled pool,
      -- what a correction that runs has taken back.
      CASE p.state WHEN 'settled' THEN held_by_corrections(p.escrow_account_id) ELSE
        coalesce(s.staked_xof, 0) - coalesce(s.paid_xof, 0) - coalesce((
          SELECT v.take_out_xof + v.remainder_xof FROM pool_settlement v
          WHERE v.pool_id = p.id AND v.state = 'done' ORDER BY v.version DESC LIMIT 1), 0) END AS owed_xof,
      coalesce((SELECT sum(q.amount_xof) FROM ledger.posting q WHERE q.credit_account_id = p.escrow_account_id), 0)
      - coalesce((SELECT sum(q.amount_xof) FROM ledger.posting q WHERE q.debit_account_id = p.escrow_account_id), 0)
        AS escrow_xof
    FROM pool p LEFT JOIN sold s ON s.pool_id = p.id
  )
  SELECT 'pool_escrow_differs', format('pool %s holds %s F, its tickets say %s F', pool_id, escrow_xof, owed_xof)
  FROM held WHERE escrow_xof <> owed_xof
  UNION ALL
  SELECT 'pool_escrow_left', format('settled pool %s still holds %s F', pool_id, escrow_xof)
  FROM held WHERE state = 'settled' AND escrow_xof <> 0 AND NOT is_paying
  UNION ALL
  SELECT 'pool_paid_differs', format('settled pool %s has paid %s F, its settlement says %s F', h.pool_id, h.paid_xof, v.paid_xof)
  FROM held h CROSS JOIN LATERAL (
    SELECT n.gross_xof + n.refunded_xof AS paid_xof FROM pool_settlement n WHERE n.pool_id = h.pool_id ORDER BY n.version DESC LIMIT 1) v
  WHERE h.state = 'settled' AND NOT h.is_paying AND h.paid_xof <> v.paid_xof
  UNION ALL
  SELECT 'pool_due_differs', format('correction %s: its lines are due %s F, its tickets pay %s F', c.id, l.due_xof, h.payout_xof)
  FROM held h JOIN LATERAL (
    SELECT k.id, k.state FROM correction k WHERE k.pool_id = h.pool_id ORDER BY k.version DESC LIMIT 1) c ON c.state <> 'computing'
  CROSS JOIN LATERAL (SELECT coalesce(sum(n.due_xof), 0) AS due_xof FROM correction_line n WHERE n.correction_id = c.id) l
  WHERE l.due_xof <> h.payout_xof
  UNION ALL
  SELECT 'pool_sold_differs', format('pool %s says %s tickets of %s F, they are %s of %s F',
    pool_id, last_seq, staked_xof, ticket_count, sold_xof)
  FROM held WHERE last_seq <> ticket_count OR staked_xof <> sold_xof
  UNION ALL
  SELECT 'pool_unsettled', format('settled pool %s has paid %s of %s tickets', pool_id, paid_count, ticket_count)
  FROM held WHERE state = 'settled' AND paid_count <> ticket_count
  UNION ALL
  SELECT 'pool_total_differs', format('pool %s says %s F on %s, its tickets %s F',
    coalesce(t.pool_id, k.pool_id), coalesce(t.staked_xof, 0), coalesce(t.picks, k.picks), coalesce(k.staked_xof, 0))
  FROM pool_total t FULL JOIN (
    SELECT pool_id, picks, sum(stake_xof)::bigint AS staked_xof, count(*) AS ticket_count FROM pool_ticket GROUP BY pool_id, picks
  ) k ON k.pool_id = t.pool_id AND k.picks = t.picks
  WHERE t.staked_xof IS DISTINCT FROM k.staked_xof OR t.ticket_count IS DISTINCT FROM k.ticket_count
  UNION ALL
  SELECT 'ticket_after_close', format('ticket %s was bought after pool %s closed', t.id, p.id)
  FROM pool_ticket t JOIN pool p ON p.id = t.pool_id WHERE t.made_at > p.closed_at
  UNION ALL
  SELECT 'pool_remainder_negative', format('account %s holds %s F', a.id, r.held_xof)
  FROM ledger.account a CROSS JOIN LATERAL (
    SELECT coalesce(sum(CASE WHEN q.credit_account_id = a.id THEN q.amount_xof ELSE -q.amount_xof END), 0) AS held_xof
    FROM ledger.posting q WHERE a.id IN (q.credit_account_id, q.debit_account_id)) r
  WHERE a.kind IN ('pool_escrow', 'pool_remainder') AND r.held_xof < 0
$function$;
CREATE OR REPLACE FUNCTION public.find_proof_faults()
 RETURNS TABLE(fault text, detail text)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT 'chain_broken', format('root %s does not follow from root %s', c.number, c.number - 1)
  FROM (
    SELECT e.*, coalesce(lag(e.value) OVER w, decode(repeat('00', 32), 'hex')) AS previous, row_number() OVER w AS place
    FROM root_chain e WINDOW w AS (ORDER BY e.number)
  ) c
  WHERE c.number <> c.place
    OR c.value <> root_chain_value(c.previous, c.number, c.kind, c.subject_id, c.leaf_count, c.published_at, c.root)
  UNION ALL
  SELECT 'chain_cut', format('the chain says that it ends at root %s', h.number)
  FROM root_chain_head h LEFT JOIN (SELECT number, value FROM root_chain ORDER BY number DESC LIMIT 1) l ON true
  WHERE h.number <> coalesce(l.number, 0) OR h.value <> coalesce(l.value, decode(repeat('00', 32), 'hex'))
  UNION ALL
  SELECT 'root_not_chained', format('the root of market %s is not the one in the chain', m.id)
  FROM market m LEFT JOIN root_chain e ON e.kind = 'market' AND e.subject_id = m.id
  WHERE (m.root, m.root_duel_count, m.root_published_at) IS DISTINCT FROM (e.root, e.leaf_count, e.published_at)
  UNION ALL
  SELECT 'root_count_differs', format('market %s has %s bets, its root was made of %s', m.id, d.duels, m.root_duel_count)
  FROM market m CROSS JOIN LATERAL (SELECT count(*) AS duels FROM duel WHERE market_id = m.id) d
  WHERE m.root IS NOT NULL AND d.duels <> m.root_duel_count
  UNION ALL
  SELECT 'root_not_chained', format('the root of pool %s is not the one in the chain', p.id)
  FROM pool p LEFT JOIN root_chain e ON e.kind = 'pool' AND e.subject_id = p.id
  WHERE (p.root, p.root_ticket_count, p.root_published_at) IS DISTINCT FROM (e.root, e.leaf_count, e.published_at)
  UNION ALL
  SELECT 'root_count_differs', format('pool %s has %s tickets, its root was made of %s', p.id, t.tickets, p.root_ticket_count)
  FROM pool p CROSS JOIN LATERAL (SELECT count(*) AS tickets FROM pool_ticket WHERE pool_id = p.id) t
  WHERE p.root IS NOT NULL AND t.tickets <> p.root_ticket_count
$function$;
CREATE OR REPLACE FUNCTION public.find_suspense_faults()
 RETURNS TABLE(fault text, detail text)
 LANGUAGE sql
 STABLE
AS $function$
  WITH held AS (
    SELECT a.subject AS provider, a.is_test,
      (SELECT coalesce(sum(p.amount_xof), 0) FROM ledger.posting p WHERE p.credit_account_id = a.id)::bigint
        - (SELECT coalesce(sum(p.amount_xof), 0) FROM ledger.posting p WHERE p.debit_account_id = a.id)::bigint AS amount_xof
    FROM ledger.account a WHERE a.kind = 'suspense'
  ), item AS (
    SELECT provider, is_test, sum(amount_xof)::bigint AS amount_xof FROM (
      SELECT provider, is_test, amount_xof FROM incoming_payment WHERE state = 'review'
      UNION ALL
      SELECT provider, is_test, suspense_xof FROM statement_break WHERE state = 'open'
    ) i GROUP BY provider, is_test
  )
  SELECT 'suspense_differs', format('suspense of %s (test: %s) holds %s F, what is in suspense adds up to %s F',
    provider, is_test, coalesce(held.amount_xof, 0), coalesce(item.amount_xof, 0))
  FROM held FULL JOIN item USING (provider, is_test)
  WHERE coalesce(held.amount_xof, 0) <> coalesce(item.amount_xof, 0);
$function$;
CREATE OR REPLACE FUNCTION public.has_deposited(p_player uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (
    SELECT FROM player p JOIN ledger.posting o ON o.credit_account_id = p.available_account_id
    JOIN ledger.transfer t ON t.id = o.transfer_id
    WHERE p.id = p_player AND t.kind IN ('deposit_credited', 'suspense_credited'))
$function$;
CREATE OR REPLACE FUNCTION public.held_by_corrections(p_escrow bigint)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce(sum(
      (SELECT coalesce(sum(l.taken_xof), 0) - coalesce(sum(l.given_xof) FILTER (WHERE l.is_given), 0)
       FROM correction_line l WHERE l.correction_id = c.id)
      - coalesce(c.commission_delta_xof + c.tax_payable_delta_xof - c.tax_claim_delta_xof - c.loss_delta_xof, 0)
      - c.remainder_delta_xof), 0)::bigint
  FROM correction c WHERE c.escrow_account_id = p_escrow
$function$;
CREATE OR REPLACE FUNCTION public.hold_phone()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  INSERT INTO phone_holder (phone, kind) VALUES (NEW.phone, TG_ARGV[0]) ON CONFLICT (phone) DO NOTHING;
  IF NOT EXISTS (SELECT FROM phone_holder WHERE phone = NEW.phone AND kind = TG_ARGV[0]) THEN
    RAISE EXCEPTION 'this phone belongs to somebody who is no %', TG_ARGV[0]
      USING ERRCODE = 'check_violation', CONSTRAINT = 'staff_and_players_apart';
  END IF;
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.identity_document_forget_person()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.person_print := NULL;
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.is_tax_remitted(p_booked_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('mbayar tax remittance', 0));
  RETURN EXISTS (
    SELECT FROM tax_remittance r
    WHERE r.decision = 'confirmed' AND r.month >= date_trunc('month', p_booked_at AT TIME ZONE 'UTC')::date
  );
END $function$;
CREATE OR REPLACE FUNCTION public.lock_and_read_market(p_market integer, p_operations uuid[], p_offers uuid[], p_takers uuid[], p_bettors uuid[], p_players uuid[], p_accounts bigint[], p_depth_a integer, p_depth_b integer, p_of_gala boolean, p_of_house boolean)
 RETURNS TABLE(state text, rule_card jsonb, hard_stop_ms bigint, now_at text, now_ms bigint, last_seq bigint, escrow_account_id bigint, operations json, book_a json, book_b json, named json, wallets json, bonuses json, barred json, staked json, limits json, linked json, totals json)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
DECLARE
  v_market market%ROWTYPE;
  v_totals record;
  v_bonus bigint[];
  v_wallets json;
  v_now timestamptz;
  v_day timestamptz;
BEGIN
  SELECT * INTO v_market FROM market m WHERE m.id = p_market FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF p_of_gala OR p_of_house THEN
    SELECT t.gala_xof, t.house_xof INTO v_totals
    FROM bout b CROSS JOIN LATERAL lock_staked_totals(b.gala_id, v_market.is_test, p_of_gala, p_of_house) t
    WHERE b.id = v_market.bout_id;
  ELSE
    SELECT NULL::bigint AS gala_xof, NULL::bigint AS house_xof INTO v_totals;
  END IF;
  SELECT array_agg(p.bonus_account_id) INTO v_bonus
  FROM player p WHERE p.id = ANY (p_players) AND p.bonus_account_id IS NOT NULL;
  SELECT json_object_agg(b.account_id, b.amount_xof) INTO v_wallets
  FROM ledger.lock_balances(p_accounts || coalesce(v_bonus, '{}')) b;
  v_now := clock_timestamp();
  v_day := v_now - play_window('day');
  RETURN QUERY SELECT
    v_market.state, v_market.rule_card, (extract(epoch FROM v_market.hard_stop_at) * 1000)::bigint,
    v_now::text, floor(extract(epoch FROM v_now) * 1000)::bigint, v_market.last_seq, v_market.escrow_account_id,
    (SELECT json_agg(json_build_array(o.id, encode(o.input_hash, 'hex'), o.answer))
       FROM operation o WHERE o.id = ANY (p_operations)),
    (SELECT json_agg(t.offer) FROM (
       SELECT offer_row(o) AS offer
       FROM offer o WHERE o.market_id = p_market AND o.side = 'A' AND o.is_open AND o.visibility = 'public'
         AND (o.expires_at IS NULL OR o.expires_at > v_now)
       ORDER BY o.price, o.seq LIMIT p_depth_a) t),
    (SELECT json_agg(t.offer) FROM (
       SELECT offer_row(o) AS offer
       FROM offer o WHERE o.market_id = p_market AND o.side = 'B' AND o.is_open AND o.visibility = 'public'
         AND (o.expires_at IS NULL OR o.expires_at > v_now)
       ORDER BY o.price, o.seq LIMIT p_depth_b) t),
    (SELECT json_agg(offer_row(o)) FROM offer o WHERE o.id = ANY (p_offers) AND o.market_id = p_market),
    v_wallets,
    (SELECT json_agg(json_build_array(p.id, p.bonus_account_id)) FROM player p
       WHERE v_bonus IS NOT NULL AND p.id = ANY (p_players) AND p.bonus_account_id IS NOT NULL),
    (SELECT json_agg(json_build_array(w.player_id, w.code, w.until_at)) FROM (
       SELECT n.player_id, n.code, n.until_at FROM who_may_not_play(p_bettors) n
       UNION ALL
       SELECT c.player_id, 'reality_check_due', NULL FROM reality_checks_due(p_bettors) c) w),
    -- Staked in this market, and in any market in 24 hours, for the house's own limits.
    (SELECT json_agg(json_build_array(b.id, s.market_xof, s.day_xof, s.day_oldest_at + play_window('day')))
       FROM unnest(p_bettors) AS b (id) CROSS JOIN LATERAL (
         SELECT coalesce(sum(t.stake_xof) FILTER (WHERE t.market_id = p_market), 0) AS market_xof,
           coalesce(sum(t.stake_xof) FILTER (WHERE t.made_at IS NULL OR t.made_at >= v_day), 0) AS day_xof,
           min(t.made_at) FILTER (WHERE t.made_at >= v_day) AS day_oldest_at
         FROM stakes_of(b.id, least(v_day, v_market.opened_at)) t) s),
    (SELECT json_agg(json_build_array(l.player_id, l.kind, l.period, l.limit_xof, l.used_xof, l.until_at))
       FROM play_limits_of(p_bettors, ARRAY['stake', 'loss'], v_now) l),
    (SELECT json_agg(json_build_array(o.id, t.taker))
       FROM unnest(p_offers, p_takers) AS t (offer, taker) JOIN offer o ON o.id = t.offer AND o.visibility <> 'public'
       WHERE t.taker IS NOT NULL AND t.taker <> o.player_id AND accounts_linked(o.player_id, t.taker)),
    json_build_array(v_market.staked_xof, v_totals.gala_xof, v_totals.house_xof);
END $function$;
CREATE OR REPLACE FUNCTION public.lock_and_read_pool(p_pool integer, p_operations uuid[], p_bettors uuid[], p_accounts bigint[], p_picks text[], p_of_gala boolean, p_of_house boolean)
 RETURNS TABLE(state text, rule_card jsonb, hard_stop_ms bigint, now_at text, now_ms bigint, last_seq bigint, staked_xof bigint, escrow_account_id bigint, operations json, totals json, wallets json, bonuses json, barred json, staked json, limits json, staked_totals json)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
DECLARE
  v_pool pool%ROWTYPE;
  v_totals record;
  v_bonus bigint[];
  v_wallets json;
  v_now timestamptz;
  v_day timestamptz;
BEGIN
  SELECT * INTO v_pool FROM pool p WHERE p.id = p_pool FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF p_of_gala OR p_of_house THEN
    SELECT t.gala_xof, t.house_xof INTO v_totals
    FROM lock_staked_totals(v_pool.gala_id, v_pool.is_test, p_of_gala, p_of_house) t;
  ELSE
    SELECT NULL::bigint AS gala_xof, NULL::bigint AS house_xof INTO v_totals;
  END IF;
  SELECT array_agg(p.bonus_account_id) INTO v_bonus
  FROM player p WHERE p.id = ANY (p_bettors) AND p.bonus_account_id IS NOT NULL;
  SELECT json_object_agg(b.account_id, b.amount_xof) INTO v_wallets
  FROM ledger.lock_balances(p_accounts || coalesce(v_bonus, '{}')) b;
  v_now := clock_timestamp();
  v_day := v_now - play_window('day');
  RETURN QUERY SELECT
    v_pool.state, v_pool.rule_card, (extract(epoch FROM v_pool.hard_stop_at) * 1000)::bigint,
    v_now::text, floor(extract(epoch FROM v_now) * 1000)::bigint, v_pool.last_seq, v_pool.staked_xof,
    v_pool.escrow_account_id,
    (SELECT json_agg(json_build_array(o.id, encode(o.input_hash, 'hex'), o.answer))
       FROM operation o WHERE o.id = ANY (p_operations)),
    (SELECT json_object_agg(t.picks, t.staked_xof) FROM pool_total t WHERE t.pool_id = p_pool AND t.picks = ANY (p_picks)),
    v_wallets,
    (SELECT json_agg(json_build_array(p.id, p.bonus_account_id)) FROM player p
       WHERE v_bonus IS NOT NULL AND p.id = ANY (p_bettors) AND p.bonus_account_id IS NOT NULL),
    (SELECT json_agg(json_build_array(w.player_id, w.code, w.until_at)) FROM (
       SELECT n.player_id, n.code, n.until_at FROM who_may_not_play(p_bettors) n
       UNION ALL
       SELECT c.player_id, 'reality_check_due', NULL FROM reality_checks_due(p_bettors) c) w),
    -- Staked in this pool, and anywhere in 24 hours, for the house's own limits.
    (SELECT json_agg(json_build_array(b.id, k.pool_xof, s.day_xof, s.day_oldest_at + play_window('day')))
       FROM unnest(p_bettors) AS b (id)
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(t.stake_xof), 0) AS pool_xof FROM pool_ticket t
         WHERE t.player_id = b.id AND t.made_at >= v_pool.opened_at AND t.pool_id = p_pool) k
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(t.stake_xof), 0) AS day_xof, min(t.made_at) AS day_oldest_at
         FROM stakes_of(b.id, v_day) t) s),
    (SELECT json_agg(json_build_array(l.player_id, l.kind, l.period, l.limit_xof, l.used_xof, l.until_at))
       FROM play_limits_of(p_bettors, ARRAY['stake', 'loss'], v_now) l),
    json_build_array(v_pool.staked_xof, v_totals.gala_xof, v_totals.house_xof);
END $function$;
CREATE OR REPLACE FUNCTION public.lock_staked_totals(p_gala integer, p_is_test boolean, p_of_gala boolean, p_of_house boolean)
 RETURNS TABLE(gala_xof bigint, house_xof bigint)
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF p_of_gala THEN
    PERFORM pg_advisory_xact_lock(hashtext('staked gala'), p_gala);
    SELECT coalesce(sum(m.staked_xof), 0) INTO gala_xof
    FROM (
      SELECT m.staked_xof FROM market m JOIN bout b ON b.id = m.bout_id WHERE b.gala_id = p_gala
      UNION ALL
      SELECT p.staked_xof FROM pool p WHERE p.gala_id = p_gala
    ) m;
  END IF;
  IF p_of_house THEN
    PERFORM pg_advisory_xact_lock(hashtext('staked house'), p_is_test::int);
    SELECT coalesce(sum(m.staked_xof), 0) INTO house_xof
    FROM (
      SELECT m.staked_xof FROM market m
      WHERE m.state IN ('open', 'suspended', 'closed', 'settling') AND m.is_test = p_is_test
      UNION ALL
      SELECT p.staked_xof FROM pool p
      WHERE p.state IN ('open', 'suspended', 'closed', 'settling') AND p.is_test = p_is_test
    ) m;
  END IF;
  RETURN NEXT;
END $function$;
CREATE OR REPLACE FUNCTION public.market_keep_frozen()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF OLD.rule_card IS NOT NULL AND (NEW.rule_card, NEW.rule_card_hash, NEW.payout_policy)
      IS DISTINCT FROM (OLD.rule_card, OLD.rule_card_hash, OLD.payout_policy)
    OR OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at
    OR OLD.root IS NOT NULL AND NEW.root IS DISTINCT FROM OLD.root
    OR NEW.last_seq < OLD.last_seq THEN
    RAISE EXCEPTION 'market %: rule card, closing instant, root and sequence are frozen', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'market_frozen';
  END IF;
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.objection_forget_reason()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
  UPDATE objection SET reason = '' WHERE player_id = NEW.player_id;
  RETURN NULL;
END $function$;
CREATE OR REPLACE FUNCTION public.offer_row(o public.offer)
 RETURNS json
 LANGUAGE sql
 STABLE
AS $function$
  SELECT json_build_array(o.id, o.player_id, (SELECT p.pseudonym FROM player p WHERE p.id = o.player_id),
    o.side, o.ratio_stake, o.ratio_ask, o.seq, o.open_xof, o.bonus_xof,
    floor(extract(epoch FROM o.expires_at) * 1000)::bigint, o.visibility,
    CASE o.visibility WHEN 'counter' THEN o.invited_player_id
      WHEN 'phone' THEN (SELECT p.id FROM player p WHERE p.phone = o.invited_phone) END)
$function$;
CREATE OR REPLACE FUNCTION public.play_limits_of(p_players uuid[], p_kinds text[], p_now timestamp with time zone)
 RETURNS TABLE(player_id uuid, kind text, period text, limit_xof bigint, used_xof bigint, until_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT l.player_id, l.kind, l.period, l.limit_xof, u.used_xof, u.oldest_at + play_window(l.period)
  FROM play_limit l CROSS JOIN LATERAL play_used(l.player_id, l.kind, p_now - play_window(l.period)) u
  WHERE l.player_id = ANY (p_players) AND l.state = 'in_force' AND l.limit_xof IS NOT NULL AND l.kind = ANY (p_kinds)
$function$;
CREATE OR REPLACE FUNCTION public.play_used(p_player uuid, p_kind text, p_since timestamp with time zone)
 RETURNS TABLE(used_xof bigint, oldest_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
AS $function$
DECLARE
  v_bought_since timestamptz;
BEGIN
  IF p_kind <> 'loss' THEN
    RETURN QUERY SELECT u.used_xof, u.oldest_at FROM duel_play_used(p_player, p_kind, p_since) u;
    RETURN;
  END IF;
  -- No ticket is older than its pool's opening.
  v_bought_since := least(
    (SELECT min(p.opened_at) FROM pool p WHERE p.state IN ('open', 'suspended', 'closed', 'settling')),
    (SELECT min(p.opened_at) FROM pool_settlement s JOIN pool p ON p.id = s.pool_id WHERE s.started_at >= p_since));
  RETURN QUERY
    SELECT (u.used_xof + coalesce(t.lost_xof, 0))::bigint, least(u.oldest_at, t.oldest_at)
    FROM duel_play_used(p_player, p_kind, p_since) u CROSS JOIN (
      SELECT sum(k.stake_xof - coalesce(k.payout_xof, 0)) AS lost_xof,
        min(s.started_at) FILTER (WHERE k.stake_xof > k.payout_xof) AS oldest_at
      FROM pool_ticket k LEFT JOIN pool_settlement s ON s.id = k.settlement_id
      WHERE k.player_id = p_player AND k.made_at >= v_bought_since
        AND (k.settlement_id IS NULL OR s.started_at >= p_since)) t;
END $function$;
CREATE OR REPLACE FUNCTION public.play_window(p_period text)
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE p_period WHEN 'day' THEN interval '24 hours' WHEN 'week' THEN interval '168 hours' ELSE interval '720 hours' END
$function$;
CREATE OR REPLACE FUNCTION public.pool_keep_frozen()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF OLD.rule_card IS NOT NULL
      AND (NEW.rule_card, NEW.rule_card_hash, NEW.decided_by) IS DISTINCT FROM (OLD.rule_card, OLD.rule_card_hash, OLD.decided_by)
    OR OLD.closed_at IS NOT NULL
      AND (NEW.closed_at, NEW.last_seq, NEW.staked_xof) IS DISTINCT FROM (OLD.closed_at, OLD.last_seq, OLD.staked_xof)
    OR OLD.root IS NOT NULL AND NEW.root IS DISTINCT FROM OLD.root
    OR NEW.last_seq < OLD.last_seq THEN
    RAISE EXCEPTION 'pool %: rule card, closing instant, stakes and root are frozen', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'pool_frozen';
  END IF;
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.question_of(p_kind text, p_line_seconds integer, p_method_group text)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT jsonb_strip_nulls(jsonb_build_object('kind', p_kind, 'lineSeconds', p_line_seconds, 'group', p_method_group))
$function$;
CREATE OR REPLACE FUNCTION public.rate_lease(remaining integer, wanted integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE WHEN remaining <= wanted THEN greatest(remaining, 0) ELSE wanted + (remaining - wanted) / 20 END;
$function$;
CREATE OR REPLACE FUNCTION public.reality_checks_due(p_players uuid[])
 RETURNS TABLE(player_id uuid)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT r.player_id FROM reality_check r
  WHERE r.player_id = ANY (p_players) AND r.due_at <= clock_timestamp()
    AND NOT EXISTS (
      SELECT FROM session s WHERE s.player_id = r.player_id AND s.ended_at IS NULL
        AND s.started_at > clock_timestamp() - r.every_minutes * interval '1 minute')
$function$;
CREATE OR REPLACE FUNCTION public.receipt_key_keep()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.retired_at IS NOT NULL
    OR (NEW.id, NEW.public_key, NEW.made_at) IS DISTINCT FROM (OLD.id, OLD.public_key, OLD.made_at) THEN
    RAISE EXCEPTION 'a published key is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'receipt_key_kept';
  END IF;
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.root_chain_value(p_previous bytea, p_number bigint, p_kind text, p_subject integer, p_leaves integer, p_at timestamp with time zone, p_root bytea)
 RETURNS bytea
 LANGUAGE sql
 STABLE
AS $function$
  SELECT sha256('\x02'::bytea || p_previous || int8send(p_number) || CASE p_kind WHEN 'market' THEN '\x4d'::bytea ELSE '\x50' END
    || int4send(p_subject) || int4send(p_leaves) || int8send(floor(extract(epoch FROM p_at) * 1000)::bigint) || p_root)
$function$;
CREATE OR REPLACE FUNCTION public.staff_keep_administrator()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF OLD.role = 'administrator' AND OLD.state = 'active' AND (NEW.role <> 'administrator' OR NEW.state <> 'active') THEN
    -- Two who would leave at once come one after the other.
    PERFORM 1 FROM staff s WHERE s.role = 'administrator' AND s.state = 'active' ORDER BY s.id FOR UPDATE;
    IF NOT EXISTS (SELECT FROM staff s WHERE s.role = 'administrator' AND s.state = 'active' AND s.id <> OLD.id) THEN
      RAISE EXCEPTION 'the last administrator stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'staff_last_administrator';
    END IF;
  END IF;
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.stakes_of(p_player uuid, p_since timestamp with time zone)
 RETURNS TABLE(market_id integer, stake_xof bigint, made_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT d.market_id, d.stake_xof, d.made_at FROM duel_stakes_of(p_player, p_since) d
  UNION ALL
  SELECT NULL::int, t.stake_xof, t.made_at FROM pool_ticket t
  WHERE t.player_id = p_player AND t.made_at >= p_since AND t.outcome IS DISTINCT FROM 'refunded'
$function$;
CREATE OR REPLACE FUNCTION public.take_rate_counts(keys text[], ceilings integer[], windows_ms integer[], wants integer[])
 RETURNS TABLE(key text, granted integer, ends_in_ms integer)
 LANGUAGE sql
AS $function$
  INSERT INTO rate_count AS known (key, ceiling, wanted, granted, taken, ends_at)
  SELECT a.key, a.ceiling, a.wanted, rate_lease(a.ceiling, a.wanted), rate_lease(a.ceiling, a.wanted),
    statement_timestamp() + a.window_ms * interval '1 millisecond'
  FROM unnest(keys, ceilings, windows_ms, wants) AS a (key, ceiling, window_ms, wanted)
  ORDER BY a.key
  ON CONFLICT ON CONSTRAINT rate_count_pkey DO UPDATE SET
    ceiling = excluded.ceiling,
    wanted = excluded.wanted,
    granted = CASE WHEN known.ends_at > statement_timestamp()
      THEN rate_lease(excluded.ceiling - known.taken, excluded.wanted) ELSE excluded.granted END,
    taken = CASE WHEN known.ends_at > statement_timestamp()
      THEN known.taken + rate_lease(excluded.ceiling - known.taken, excluded.wanted) ELSE excluded.taken END,
    ends_at = CASE WHEN known.ends_at > statement_timestamp() THEN known.ends_at ELSE excluded.ends_at END
  RETURNING known.key, known.granted,
    greatest(1, extract(epoch FROM known.ends_at - statement_timestamp()) * 1000)::integer;
$function$;
CREATE OR REPLACE FUNCTION public.tax_remittance_keep_decided()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF OLD.decision IS NOT NULL THEN
    RAISE EXCEPTION 'the remittance of % is decided', OLD.month
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tax_remittance_decided';
  END IF;
  RETURN NEW;
END $function$;
CREATE OR REPLACE FUNCTION public.who_may_not_play(p_players uuid[])
 RETURNS TABLE(player_id uuid, code text, until_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT e.player_id, CASE e.kind WHEN 'cool_off' THEN 'player_cooling_off' ELSE 'player_self_excluded' END, e.returns_at
  FROM exclusion e
  WHERE e.player_id = ANY (p_players) AND (e.returns_at IS NULL OR e.returns_at > clock_timestamp())
  UNION ALL
  SELECT p.id, CASE WHEN p.state <> 'active' THEN 'player_may_not_bet' ELSE 'player_under_age' END, NULL
  FROM player p
  WHERE p.id = ANY (p_players)
    AND (p.state <> 'active' OR p.birth_date > (clock_timestamp() - interval '18 years')::date)
  UNION ALL
  SELECT b.id, 'barred_person', NULL FROM barred_players(p_players) AS b (id)
$function$;

CREATE TRIGGER objection_erased AFTER UPDATE OF erased_at ON public.account_closure FOR EACH ROW WHEN ((new.erased_at IS NOT NULL)) EXECUTE FUNCTION public.objection_forget_reason();
CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER audit_seal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_seal FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER exclusion_kept BEFORE DELETE OR UPDATE ON public.exclusion FOR EACH ROW EXECUTE FUNCTION public.exclusion_keep();
CREATE TRIGGER identity_document_erased BEFORE UPDATE OF erased_at ON public.identity_document FOR EACH ROW WHEN ((new.erased_at IS NOT NULL)) EXECUTE FUNCTION public.identity_document_forget_person();
CREATE TRIGGER import_row_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.import_row FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER import_run_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.import_run FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER market_frozen BEFORE UPDATE OF rule_card, rule_card_hash, payout_policy, closed_at, root ON public.market FOR EACH ROW EXECUTE FUNCTION public.market_keep_frozen();
CREATE TRIGGER player_holds_phone BEFORE INSERT OR UPDATE OF phone ON public.player FOR EACH ROW EXECUTE FUNCTION public.hold_phone('player');
CREATE TRIGGER pool_frozen BEFORE UPDATE ON public.pool FOR EACH ROW EXECUTE FUNCTION public.pool_keep_frozen();
CREATE TRIGGER postponement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.postponement FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER receipt_key_kept BEFORE DELETE OR UPDATE ON public.receipt_key FOR EACH ROW EXECUTE FUNCTION public.receipt_key_keep();
CREATE TRIGGER root_chain_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.root_chain FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER staff_administrator_kept BEFORE UPDATE OF role, state ON public.staff FOR EACH ROW EXECUTE FUNCTION public.staff_keep_administrator();
CREATE TRIGGER staff_holds_phone BEFORE INSERT OR UPDATE OF phone ON public.staff FOR EACH ROW EXECUTE FUNCTION public.hold_phone('staff');
CREATE TRIGGER tax_remittance_decided BEFORE UPDATE ON public.tax_remittance FOR EACH ROW EXECUTE FUNCTION public.tax_remittance_keep_decided();

GRANT EXECUTE ON FUNCTION public.accounts_linked(p_one uuid, p_other uuid) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.barred_players(p_players uuid[]) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.decided_bets(p_market integer, p_pool integer) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.duel_play_used(p_player uuid, p_kind text, p_since timestamp with time zone) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.duel_stakes_of(p_player uuid, p_since timestamp with time zone) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.erase_player(p_player uuid) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.find_betting_faults() TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.find_correction_faults() TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.find_pool_faults() TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.find_proof_faults() TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.find_suspense_faults() TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.has_deposited(p_player uuid) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.held_by_corrections(p_escrow bigint) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.is_tax_remitted(p_booked_at timestamp with time zone) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.lock_and_read_market(p_market integer, p_operations uuid[], p_offers uuid[], p_takers uuid[], p_bettors uuid[], p_players uuid[], p_accounts bigint[], p_depth_a integer, p_depth_b integer, p_of_gala boolean, p_of_house boolean) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.lock_and_read_pool(p_pool integer, p_operations uuid[], p_bettors uuid[], p_accounts bigint[], p_picks text[], p_of_gala boolean, p_of_house boolean) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.lock_staked_totals(p_gala integer, p_is_test boolean, p_of_gala boolean, p_of_house boolean) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.market_keep_frozen() TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.offer_row(o public.offer) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.play_limits_of(p_players uuid[], p_kinds text[], p_now timestamp with time zone) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.play_used(p_player uuid, p_kind text, p_since timestamp with time zone) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.play_window(p_period text) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.question_of(p_kind text, p_line_seconds integer, p_method_group text) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.rate_lease(remaining integer, wanted integer) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.reality_checks_due(p_players uuid[]) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.root_chain_value(p_previous bytea, p_number bigint, p_kind text, p_subject integer, p_leaves integer, p_at timestamp with time zone, p_root bytea) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.stakes_of(p_player uuid, p_since timestamp with time zone) TO mbayar_app;
GRANT EXECUTE ON FUNCTION public.take_rate_counts(keys text[], ceilings integer[], windows_ms integer[], wants integer[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.who_may_not_play(p_players uuid[]) TO mbayar_app;
GRANT USAGE ON SEQUENCE public.market_id_seq TO mbayar_app;
GRANT USAGE ON SEQUENCE public.pool_id_seq TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (decided_at, decided_by, decision, decision_reason, player_id, proposal, proposal_reason, proposed_at, proposed_by, state, statement) ON public.account_case TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (closed_at, erase_at, held_at, held_by, hold_reason, payout_count, remainder_xof, state, withdrawal_id) ON public.account_closure TO mbayar_app;
GRANT INSERT, SELECT ON public.arena TO mbayar_app;
GRANT INSERT, SELECT ON public.audit_entry TO mbayar_app;
GRANT SELECT, UPDATE (hash, sealed_below, seq) ON public.audit_head TO mbayar_app;
GRANT INSERT, SELECT ON public.audit_seal TO mbayar_app;
GRANT INSERT, SELECT ON public.automatic_payout TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (ended_at, ended_by) ON public.barred_person TO mbayar_app;
GRANT INSERT, SELECT ON public.bonus_grant TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (first_scheduled_at, is_undated, scheduled_at, stands_until, state, void_at) ON public.bout TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (commission_delta_xof, finished_at, house_at, loss_delta_xof, loss_xof, remainder_delta_xof, state, tax_claim_delta_xof, tax_payable_delta_xof) ON public.correction TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (is_given, taken_xof) ON public.correction_line TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (expires_at, fetched_count, ready_at, sealed) ON public.data_export TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (credited_at, expires_at, look_at, look_count, reason, state) ON public.deposit TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (expires_at, launch, session) ON public.deposit_attempt TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (label, last_used_at, pin_blocked_until, pin_failed_at, pin_failure_count, removed_at, token_hash) ON public.device TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (commission_xof, outcome, payout_a_xof, payout_b_xof, settlement_id, tax_xof) ON public.duel TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (returns_at) ON public.exclusion TO mbayar_app;
GRANT INSERT, SELECT ON public.first_bet TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (starts_at) ON public.gala TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (confirmed_at, confirmed_by, withdrawn_at) ON public.homologation TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (closed_at, closed_by) ON public.identity_alert TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (decided_at, decided_by, erased_at, number_print, person_print, reason, remark, sealed, state) ON public.identity_document TO mbayar_app;
GRANT DELETE, INSERT, SELECT ON public.identity_picture TO mbayar_app;
GRANT INSERT, SELECT ON public.import_row TO mbayar_app;
GRANT INSERT, SELECT ON public.import_run TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (player_id, reason, state) ON public.incoming_payment TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (close_cause, closed_at, hard_stop_at, last_seq, opened_at, payout_policy, root, root_duel_count, root_published_at, rule_card, rule_card_hash, staked_xof, state) ON public.market TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (answer, answered_at, answered_by, result_id, verdict) ON public.objection TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (bonus_xof, filled_xof, invited_phone, open_xof, returned_xof) ON public.offer TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (arena_id, confidence, duration_seconds, found_a_id, found_b_id, held_first, held_last, held_on, initial_verdict, last_import_run_id, method, notes, promoter_id, publication, publication_decided_at, publication_decided_by, result, source_row, sources, title, winner_id, wrestler_a_id, wrestler_b_id) ON public.official_bout TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (blocked_until, code_hash, expires_at, failed_at, failure_count, send_count, sent_at) ON public.one_time_code TO mbayar_app;
GRANT INSERT, SELECT ON public.operation TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (counter, label, last_used_at, removed_at) ON public.passkey TO mbayar_app;
GRANT DELETE, INSERT, SELECT ON public.passkey_challenge TO mbayar_app;
GRANT INSERT, SELECT ON public.payment_event TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (ended_at, reason, state) ON public.payment_refund TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (closed_at, closed_by, note) ON public.play_alert TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (ended_at, in_force_at, state) ON public.play_limit TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (birth_date, bonus_account_id, logged_in_at, payout_frozen_at, payout_held_for, payout_held_until, pays_out_to, phone, phone_released_at, pin_blocked_until, pin_failed_at, pin_failure_count, pin_hash, pin_set_at, state, tier) ON public.player TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (read_at) ON public.player_notice TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (close_cause, closed_at, hard_stop_at, last_seq, opened_at, root, root_published_at, root_ticket_count, rule_card, rule_card_hash, staked_xof, state) ON public.pool TO mbayar_app;
GRANT INSERT, SELECT ON public.pool_file TO mbayar_app;
GRANT INSERT, SELECT ON public.pool_leg TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (finished_at, gross_xof, paid_count, paid_seq, refunded_xof, remainder_xof, state, tax_xof) ON public.pool_settlement TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (gross_xof, outcome, payout_xof, settlement_id, tax_xof) ON public.pool_ticket TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (staked_xof, ticket_count) ON public.pool_total TO mbayar_app;
GRANT INSERT, SELECT ON public.postponement TO mbayar_app;
GRANT INSERT, SELECT ON public.promoter TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (delivery_count, outcome, read_at) ON public.provider_callback TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (balance_at, balance_xof, deposits_stopped_at, payouts_stopped_at, stopped_by, stopped_detail, stopped_reason) ON public.provider_state TO mbayar_app;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.rate_count TO mbayar_app;
GRANT DELETE, INSERT, SELECT, UPDATE (due_at, every_minutes) ON public.reality_check TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (retired_at, sealed_private_key) ON public.receipt_key TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (checked_at, is_within_limits, name_match) ON public.recipient_check TO mbayar_app;
GRANT INSERT, SELECT ON public.reconciliation_day TO mbayar_app;
GRANT INSERT, SELECT ON public.reconciliation_run TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (decided_at) ON public.referral TO mbayar_app;
GRANT INSERT, SELECT ON public.replaced_payment TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (confirmed_at, confirmed_by, withdrawn_at) ON public.result TO mbayar_app;
GRANT INSERT, SELECT ON public.root_chain TO mbayar_app;
GRANT SELECT, UPDATE (number, value) ON public.root_chain_head TO mbayar_app;
GRANT SELECT ON public.schema_migration TO mbayar_app;
GRANT SELECT, UPDATE (maintenance_since) ON public.service_state TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (agent, device_id, ended_at, expires_at, last_used_at, place, previous_token_hash, previous_until, rotated_at, stepped_up_at, token_hash) ON public.session TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (decided_at, decided_by, decision, effective_at, withdrawn_at, withdrawn_by) ON public.setting_change TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (finished_at, paid_count, paid_seq, state) ON public.settlement TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (attempt_count, body, ended_at, gateway_reference, state) ON public.sms TO mbayar_app;
GRANT INSERT, SELECT ON public.stable TO mbayar_app;
GRANT DELETE, INSERT, SELECT, UPDATE (has_left, joined_on, left_on) ON public.stable_membership TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (left_at, role, state, totp_last_step, totp_secret) ON public.staff TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (totp_secret, used_at, withdrawn_at) ON public.staff_invitation TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (amount_xof, booked_xof, line_id, resolution, resolved_at, state, suspense_xof, theirs_xof) ON public.statement_break TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (is_fee_booked, payment_id, refund_id, state, withdrawal_id) ON public.statement_line TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (line_count, read_at) ON public.statement_reading TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (decided_at, decided_by, decision) ON public.suspense_allocation TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (advance_xof, decided_at, decided_by, decision) ON public.tax_remittance TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (at, confirmed_at, confirmed_by, proposed_at, proposed_by) ON public.true_whistle TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (approvals_required, composed, ended_at, provider_transaction, reason, send_count, sent_at, session, state) ON public.withdrawal TO mbayar_app;
GRANT INSERT, SELECT ON public.withdrawal_decision TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (decided_at, decided_by, state) ON public.withdrawal_verdict TO mbayar_app;
GRANT INSERT, SELECT, UPDATE (birth_place, born_on, confidence, debut_year, height_cm, is_stub, last_import_run_id, legal_name, notes, official_id, publication, publication_decided_at, publication_decided_by, record_as_of, record_draws, record_losses, record_no_verdicts, record_wins, ring_name, search_legal_name, search_name, slug, source_row, sources, status, titles, weight_kg) ON public.wrestler TO mbayar_app;
GRANT DELETE, INSERT, SELECT ON public.wrestler_alias TO mbayar_app;
GRANT SELECT ON public.wrestler_brief TO mbayar_app;
