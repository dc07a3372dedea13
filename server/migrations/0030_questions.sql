-- Questions: a bout has several markets, each with its own question, payout policy and hashed rule card.

ALTER TABLE market
  ADD COLUMN line_seconds int,
  ADD COLUMN method_group text,
  -- verdict: paid on the verdict of the day · homologation: nothing is paid before the result is homologated.
  ADD COLUMN payout_policy text NOT NULL DEFAULT 'verdict',
  -- SHA-256 of the card in canonical JSON (core/rule-card.ts).
  ADD COLUMN rule_card_hash bytea,
  DROP CONSTRAINT market_kind_once,
  DROP CONSTRAINT market_kind_known,
  ADD CONSTRAINT market_kind_known CHECK (kind IN ('winner', 'over_under', 'method')),
  ADD CONSTRAINT market_line_known CHECK ((kind = 'over_under') = (line_seconds IS NOT NULL)),
  ADD CONSTRAINT market_line_plausible CHECK (line_seconds BETWEEN 1 AND 7200),
  ADD CONSTRAINT market_group_known CHECK ((kind = 'method') = (method_group IS NOT NULL)),
  ADD CONSTRAINT market_group_exists CHECK (method_group IN ('fall', 'ko', 'stoppage', 'decision')),
  ADD CONSTRAINT market_payout_policy_known CHECK (payout_policy IN ('verdict', 'homologation')),
  ADD CONSTRAINT market_rule_card_hash_size CHECK (octet_length(rule_card_hash) = 32);
-- A bout asks a question once.
CREATE UNIQUE INDEX market_question_once ON market (bout_id, kind, coalesce(line_seconds, 0), coalesce(method_group, ''));

-- A market's question as core/question.ts reads it.
CREATE FUNCTION question_of(p_kind text, p_line_seconds int, p_method_group text) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('kind', p_kind, 'lineSeconds', p_line_seconds, 'group', p_method_group))
$$;
REVOKE ALL ON FUNCTION question_of(text, int, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION question_of(text, int, text) TO mbayar_app;

-- Cards frozen so far say the same in the new shape; they were not hashed.
ALTER TABLE market DISABLE TRIGGER market_frozen;
UPDATE market SET rule_card = jsonb_build_object(
  'version', rule_card -> 'version', 'question', jsonb_build_object('kind', 'winner'), 'rates', rule_card -> 'rates',
  'limits', rule_card -> 'limits', 'authority', rule_card -> 'authority', 'boutRules', NULL, 'payoutPolicy', 'verdict',
  'postponementMs', 604800000,
  'texts', jsonb_build_object(
    'fr', jsonb_build_object('wins', rule_card -> 'wins', 'voids', rule_card -> 'voids'),
    'wo', jsonb_build_object('wins', rule_card -> 'wins', 'voids', rule_card -> 'voids')))
WHERE rule_card IS NOT NULL;
ALTER TABLE market ENABLE TRIGGER market_frozen;
ALTER TABLE market ADD CONSTRAINT market_rule_card_hashed
  CHECK (rule_card IS NULL OR (rule_card ->> 'version')::int < 2 OR rule_card_hash IS NOT NULL);

-- What was asked, agreed to and published is written once; the payout policy is chosen before the opening.
CREATE OR REPLACE FUNCTION market_keep_frozen() RETURNS trigger
LANGUAGE plpgsql AS $$
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
END $$;
DROP TRIGGER market_frozen ON market;
CREATE TRIGGER market_frozen BEFORE UPDATE OF rule_card, rule_card_hash, payout_policy, closed_at, root ON market
  FOR EACH ROW EXECUTE FUNCTION market_keep_frozen();
GRANT UPDATE (payout_policy, rule_card_hash) ON market TO mbayar_app;

-- The time wrestled, breaks excluded: what an over/under market is decided by.
ALTER TABLE result ADD COLUMN wrestled_seconds int,
  ADD CONSTRAINT result_wrestled_plausible CHECK (wrestled_seconds BETWEEN 0 AND 7200),
  DROP CONSTRAINT result_ending_known,
  ADD CONSTRAINT result_ending_known CHECK (ending IN ('fall', 'four_supports', 'ko', 'medical_stop', 'abandon', 'warnings',
    'decision', 'draw', 'no_verdict', 'double_disqualification', 'forfeit', 'opponent_replaced', 'postponed', 'cancelled'));
